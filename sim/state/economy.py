"""The economy of each run: one common factor, and one factor per sector."""

from __future__ import annotations

from sim.core.columns import Column, Schema
from sim.core.sight import Sight

SECTORS = 6  # factors kept; a scenario may name fewer sectors

ECONOMY = Schema(
    "Economy",
    Column("seed", "i8", "seed", "seed of the run", Sight.FILE),
    Column("key", "u8", "key", "root of the economy's random numbers", Sight.HIDDEN),
    Column("cycle", "f8", "sd", "persistent part of the common factor", Sight.HIDDEN),
    Column("macro", "f8", "sd", "common factor: shift of the scenario plus cycle", Sight.HIDDEN),
    Column("macro_change", "f8", "sd", "change of the common factor this month", Sight.HIDDEN),
    Column("entered", "i8", "count", "firms that ever entered", Sight.FILE),
    Column("exited", "i8", "count", "firms that left", Sight.FILE),
    Column("earned", "f8", "CNY", "operating cash flow of firms this month", Sight.HIDDEN),
    Column("project_income", "f8", "CNY", "what the use of loans brought in", Sight.HIDDEN),
    Column("invested", "f8", "CNY", "part of new loans put to work at once", Sight.HIDDEN),
    Column("owner_draw", "f8", "CNY", "what owners drew", Sight.HIDDEN),
    Column("informal_net", "f8", "CNY", "new informal debt less repaid", Sight.HIDDEN),
    Column("informal_interest", "f8", "CNY", "interest paid on informal debt", Sight.HIDDEN),
    Column("sector", "f8", "sd", "factor of each sector", Sight.HIDDEN, width=SECTORS),
)
Economy = ECONOMY.record
FIRM_FLOWS = (
    "earned", "project_income", "invested", "owner_draw", "informal_net", "informal_interest",
)  # fmt: skip # of a month, summed over the firms of a run
