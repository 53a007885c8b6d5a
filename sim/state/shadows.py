"""Shadows: for a sample of applicants, the loan that was or would have been made, run in parallel.

A shadow loan uses the firm's own random numbers and the terms that were or would have been offered,
and affects nothing else.  Its default is the yardstick for good firms refused and bad ones booked.
"""

from __future__ import annotations

from sim.core.columns import Column, Schema
from sim.core.sight import Sight

SHADOWS = Schema(
    "Shadows",
    Column("active", "?", "flag", "a shadow loan runs in this slot", Sight.HIDDEN),
    Column("lender", "i1", "index", "bank applied to", Sight.HIDDEN),
    Column("begun", "i4", "month", "month of decision", Sight.HIDDEN),
    Column("pd", "f4", "probability", "bank's estimate at decision", Sight.HIDDEN),
    Column("good", "?", "flag", "true default probability below break-even", Sight.HIDDEN),
    Column("approved", "?", "flag", "the bank approved", Sight.HIDDEN),
    Column("booked", "?", "flag", "the bank's offer was taken", Sight.HIDDEN),
    Column("cash", "f8", "CNY", "cash of the firm if it had only this loan", Sight.HIDDEN),
    Column("balance", "f8", "CNY", "principal outstanding", Sight.HIDDEN),
    Column("overdue", "f8", "CNY", "due and not paid", Sight.HIDDEN),
    Column("rate", "f4", "1/year", "rate offered or computed", Sight.HIDDEN),
    Column("schedule", "i1", "code", "repayment schedule", Sight.HIDDEN),
    Column("season_shift", "i1", "months", "dues fall this long after the peak", Sight.HIDDEN),
    Column("instalment", "f8", "CNY", "level instalment", Sight.HIDDEN),
    Column("remaining", "i2", "months", "instalments not yet due", Sight.HIDDEN),
    Column("behind", "f4", "months", "instalments missed", Sight.HIDDEN),
    Column("project_income", "f8", "CNY/month", "income from the loan's use", Sight.HIDDEN),
)
Shadows = SHADOWS.record
