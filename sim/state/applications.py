"""Applications: at most one open request per firm and bank, from application to decision.

If firms apply to one bank at a time, a firm has at most one request over all banks, and the table
has one row per slot.  If they may apply to several at once, each bank has its own block of rows
(`Market.requests`).
"""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Bools, Floats, Floats32, Int8s, Int16s, Int32s
from sim.core.columns import Schema, column
from sim.core.sight import Sight


class Applications(NamedTuple):
    """One row per slot, (slots,), or per bank and slot if firms may ask several at once."""

    lender: Int8s = column("i1", "index", "bank applied to; -1 if no request is open", Sight.FILE)
    made: Int32s = column("i4", "month", "month of application", Sight.FILE)
    due: Int32s = column("i4", "month", "month of the decision and the firm's answer", Sight.FILE)
    days: Floats32 = column("f4", "days", "days from application to decision", Sight.FILE)
    amount: Floats = column("f8", "CNY", "amount requested", Sight.FILE)
    tenor: Int16s = column("i2", "months", "term requested", Sight.FILE)
    stated_turnover: Floats = column("f8", "CNY/year", "turnover as stated", Sight.REPORTED)
    lying: Bools = column("?", "flag", "statements inflated", Sight.HIDDEN)
    caught: Bools = column("?", "flag", "inflated statements found by cross-check", Sight.FILE)
    reviewed: Bools = column("?", "flag", "a second reader has read the file", Sight.FILE)
    mean: Floats = column("f8", "sd", "bank's belief about overall quality: mean", Sight.FILE)
    variance: Floats = column(
        "f8", "sd^2", "bank's belief about overall quality: variance", Sight.FILE
    )
    soft_mean: Floats = column("f8", "sd", "part of the mean due to soft information", Sight.SOFT)
    pd: Floats = column("f8", "probability", "bank's estimated PD of the loan", Sight.FILE)
    seat: Int32s = column("i4", "index", "officer's seat at the bank", Sight.FILE)


APPLICATIONS = Schema(Applications)
