"""Shadows: for a sample of applicants, the loan that was or would have been made, run in parallel.

A shadow loan uses the firm's own random numbers and the terms that were or would have been offered,
and affects nothing else.  Its default is the yardstick for good firms refused and bad ones booked.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Bools, Floats, Floats32, Int8s, Int16s, Int32s
from sim.core.columns import Schema, column
from sim.core.sight import Sight


class Shadows(NamedTuple):
    """One row per slot, (slots,): the shadow loan of the applicant in it, if one runs."""

    active: Bools = column("?", "flag", "a shadow loan runs in this slot", Sight.HIDDEN)
    lender: Int8s = column("i1", "index", "bank applied to", Sight.HIDDEN)
    begun: Int32s = column("i4", "month", "month of decision", Sight.HIDDEN)
    pd: Floats32 = column("f4", "probability", "bank's estimate at decision", Sight.HIDDEN)
    good: Bools = column("?", "flag", "true default probability below break-even", Sight.HIDDEN)
    approved: Bools = column("?", "flag", "the bank approved", Sight.HIDDEN)
    booked: Bools = column("?", "flag", "the bank's offer was taken", Sight.HIDDEN)
    cash: Floats = column("f8", "CNY", "cash of the firm if it had only this loan", Sight.HIDDEN)
    balance: Floats = column("f8", "CNY", "principal outstanding", Sight.HIDDEN)
    overdue: Floats = column("f8", "CNY", "due and not paid", Sight.HIDDEN)
    rate: Floats32 = column("f4", "1/year", "rate offered or computed", Sight.HIDDEN)
    schedule: Int8s = column("i1", "code", "repayment schedule", Sight.HIDDEN)
    season_shift: Int8s = column("i1", "months", "dues fall this long after the peak", Sight.HIDDEN)
    instalment: Floats = column("f8", "CNY", "level instalment", Sight.HIDDEN)
    remaining: Int16s = column("i2", "months", "instalments not yet due", Sight.HIDDEN)
    behind: Floats32 = column("f4", "months", "instalments missed", Sight.HIDDEN)
    project_income: Floats = column("f8", "CNY/month", "income from the loan's use", Sight.HIDDEN)


SHADOWS = Schema(Shadows)
