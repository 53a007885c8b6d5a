"""The economy of each run: one common factor, and one factor per sector."""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Floats, Int64s, Keys
from sim.core.columns import Schema, column
from sim.core.sight import Sight

SECTORS = 6  # factors kept; a scenario may name fewer sectors


class Economy(NamedTuple):
    """One row per run, (runs,); `sector` (SECTORS, runs)."""

    seed: Int64s = column("i8", "seed", "seed of the run", Sight.FILE)
    key: Keys = column("u8", "key", "root of the economy's random numbers", Sight.HIDDEN)
    cycle: Floats = column("f8", "sd", "persistent part of the common factor", Sight.HIDDEN)
    macro: Floats = column(
        "f8", "sd", "common factor: shift of the scenario plus cycle", Sight.HIDDEN
    )
    macro_change: Floats = column(
        "f8", "sd", "change of the common factor this month", Sight.HIDDEN
    )
    entered: Int64s = column("i8", "count", "firms that ever entered", Sight.FILE)
    exited: Int64s = column("i8", "count", "firms that left", Sight.FILE)
    earned: Floats = column("f8", "CNY", "operating cash flow of firms this month", Sight.HIDDEN)
    project_income: Floats = column("f8", "CNY", "what the use of loans brought in", Sight.HIDDEN)
    invested: Floats = column("f8", "CNY", "part of new loans put to work at once", Sight.HIDDEN)
    owner_draw: Floats = column("f8", "CNY", "what owners drew", Sight.HIDDEN)
    informal_net: Floats = column("f8", "CNY", "new informal debt less repaid", Sight.HIDDEN)
    informal_interest: Floats = column("f8", "CNY", "interest paid on informal debt", Sight.HIDDEN)
    bridge_lent: Floats = column("f8", "CNY", "bridge loans paid out to firms", Sight.HIDDEN)
    bridge_price: Floats = column("f8", "CNY", "price charged for bridge loans", Sight.HIDDEN)
    bridge_paid: Floats = column("f8", "CNY", "paid by firms on bridge loans", Sight.HIDDEN)
    bridge_lost: Floats = column("f8", "CNY", "bridge loans lost with firms", Sight.HIDDEN)
    sector: Floats = column("f8", "sd", "factor of each sector", Sight.HIDDEN, width=SECTORS)


ECONOMY = Schema(Economy)
FIRM_FLOWS = (
    "earned", "project_income", "invested", "owner_draw", "informal_net", "informal_interest",
    "bridge_lent", "bridge_price", "bridge_paid", "bridge_lost",
)  # fmt: skip # of a month, summed over the firms of a run
