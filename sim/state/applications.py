"""Applications: at most one open request per firm and bank, from application to decision.

If firms apply to one bank at a time, a firm has at most one request over all banks, and the table
has one row per slot.  If they may apply to several at once, each bank has its own block of rows
(`Market.requests`).
"""

from __future__ import annotations

from sim.core.columns import Column, Schema
from sim.core.sight import Sight

APPLICATIONS = Schema(
    "Applications",
    Column("lender", "i1", "index", "bank applied to; -1 if no request is open", Sight.FILE),
    Column("made", "i4", "month", "month of application", Sight.FILE),
    Column("due", "i4", "month", "month of the decision and the firm's answer", Sight.FILE),
    Column("days", "f4", "days", "days from application to decision", Sight.FILE),
    Column("amount", "f8", "CNY", "amount requested", Sight.FILE),
    Column("tenor", "i2", "months", "term requested", Sight.FILE),
    Column("stated_turnover", "f8", "CNY/year", "turnover as stated", Sight.REPORTED),
    Column("lying", "?", "flag", "statements inflated", Sight.HIDDEN),
    Column("caught", "?", "flag", "inflated statements found by cross-check", Sight.FILE),
    Column("mean", "f8", "sd", "bank's belief about overall quality: mean", Sight.FILE),
    Column("variance", "f8", "sd^2", "bank's belief about overall quality: variance", Sight.FILE),
    Column("soft_mean", "f8", "sd", "part of the mean due to soft information", Sight.SOFT),
    Column("pd", "f8", "probability", "bank's estimated PD of the loan", Sight.FILE),
    Column("seat", "i4", "index", "officer's seat at the bank", Sight.FILE),
)
Applications = APPLICATIONS.record
