"""Profit, cost and capital of the book."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.core.money import PENNY
from sim.outcomes.history import History, ratio
from sim.outcomes.metric import metric

COSTS = (
    "file_cost", "salaries", "training_cost", "bonus", "monitoring_cost", "workout_cost",
    "fund_fees", "fixed_cost",
)  # fmt: skip
# by these all banks are compared, whatever their own policies use
WEIGHT = 0.75  # risk weight of gross loans
ECONOMIC_CAPITAL = 0.125  # of risk-weighted loans
HURDLE = 0.10  # 1/year on equity


def operating_cost(history: History) -> Floats:
    """Return all costs except funding, provisions and tax, shape (books,), CNY."""
    return sum((history.total(name) for name in COSTS), start=0.0 * history.total("salaries"))


@metric("CNY", "Profit after tax, all months", better="higher")
def profit(history: History) -> Floats:
    """Profit after tax as booked, summed over all reported months."""
    return history.total("profit")


@metric("CNY", "Operating cost, all months", better="lower")
def cost(history: History) -> Floats:
    """Cost of files, salaries, training, bonus, monitoring, workout, guarantee fees and fixed cost,
    summed over all reported months; it includes the cost of the measures."""
    return operating_cost(history)


@metric("1/year", "Return on equity", better="higher")
def roe(history: History) -> Floats:
    """Profit after tax over mean equity, per year; all reported months."""
    return 12.0 * ratio(history.total("profit"), history.total("equity"))


@metric("1/year", "Return on assets", better="higher")
def roa(history: History) -> Floats:
    """Profit after tax over mean gross loans and cash, per year; all reported months."""
    return 12.0 * ratio(
        history.total("profit"), history.total("gross_loans") + history.total("cash")
    )


@metric("1/year", "Net interest margin", better="higher")
def net_interest_margin(history: History) -> Floats:
    """Interest income less funding cost, over mean gross loans, per year; all reported months."""
    earned = history.total("interest_income") - history.total("funding_cost")
    return 12.0 * ratio(earned, history.total("gross_loans"))


@metric("share", "Cost-to-income ratio", better="lower")
def cost_income(history: History) -> Floats:
    """Operating cost over interest income less funding cost; all reported months."""
    earned = history.total("interest_income") - history.total("funding_cost")
    return ratio(operating_cost(history), earned)


@metric("1/year", "Risk-adjusted return on capital (RAROC)", better="higher")
def raroc(history: History) -> Floats:
    """Profit after tax over economic capital, per year; capital is 12.5 % of gross loans at a risk
    weight of 75 %; provisions represent expected loss; all reported months."""
    capital = ECONOMIC_CAPITAL * WEIGHT * history.total("gross_loans")
    return 12.0 * ratio(history.total("profit"), capital)


@metric("CNY", "Economic value added, all months", better="higher")
def eva(history: History) -> Floats:
    """Profit after tax less 10 % a year on equity, summed over all reported months."""
    return history.total("profit") - HURDLE * history.total("equity") / 12.0


@metric("share", "Capital ratio, at the end (75 % weight)", better="higher")
def capital_ratio(history: History) -> Floats:
    """Equity over gross loans weighted at 75 %, at the end of the last month; nan without loans."""
    loans = history.last("gross_loans")
    return ratio(history.last("equity"), WEIGHT * np.where(loans < PENNY, 0.0, loans))
