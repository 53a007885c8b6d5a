"""Postings that several steps share: one function for each fact.

Those of one mechanism stand in its own file; no other code writes to the tables.
"""

from sim.state.post.applying import applications
from sim.state.post.capital import dividends, standing
from sim.state.post.classing import classes
from sim.state.post.closing import balance_sheet, census
from sim.state.post.deciding import decisions
from sim.state.post.defaulting import resolutions, workout
from sim.state.post.earning import collateral, economy, settlement
from sim.state.post.entering import (
    firms_born,
    firms_replaced,
    market_filled,
    officers_born,
    seats_filled,
)
from sim.state.post.going_elsewhere import answers_awaited, elsewhere
from sim.state.post.investigating import beliefs, investigations
from sim.state.post.opening import (
    bank_entered,
    bank_founded,
    growth_plan_started,
    open_month,
    volume_observed,
)
from sim.state.post.profit import costs_in_price, month_result, provisions, running_costs
from sim.state.post.rolling_over import rolled_over
from sim.state.post.shadowing import shadows, shadows_begun
from sim.state.post.staffing import open_seats, staff

__all__ = [
    "answers_awaited",
    "applications",
    "balance_sheet",
    "bank_entered",
    "bank_founded",
    "beliefs",
    "census",
    "classes",
    "collateral",
    "costs_in_price",
    "decisions",
    "dividends",
    "economy",
    "elsewhere",
    "firms_born",
    "firms_replaced",
    "growth_plan_started",
    "investigations",
    "market_filled",
    "month_result",
    "officers_born",
    "open_month",
    "open_seats",
    "provisions",
    "resolutions",
    "rolled_over",
    "running_costs",
    "seats_filled",
    "settlement",
    "shadows",
    "shadows_begun",
    "staff",
    "standing",
    "volume_observed",
    "workout",
]
