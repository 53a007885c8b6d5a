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
    Column("sector", "f8", "sd", "factor of each sector", Sight.HIDDEN, width=SECTORS),
)
Economy = ECONOMY.record
