"""Books: the balance sheet of each lender in each run, and its culture and reputation."""

from __future__ import annotations

from sim.core.columns import Column, Schema
from sim.core.sight import Sight
from sim.state.loans import Security

WORKOUT_MONTHS = 128  # length of the circular buffer of future receipts; later ones go in the last

BOOKS = Schema(
    "Books",
    Column("cash", "f8", "CNY", "cash and reserves", Sight.FILE),
    Column("gross_loans", "f8", "CNY", "gross loans", Sight.FILE),
    Column("accrued", "f8", "CNY", "interest receivable", Sight.FILE),
    Column("fund_claims", "f8", "CNY", "claims on the guarantee fund", Sight.FILE),
    Column("fund_fees_so_far", "f8", "CNY", "fees paid to the guarantee fund", Sight.FILE),
    Column("fund_claims_so_far", "f8", "CNY", "claimed from the fund, paid or not yet", Sight.FILE),
    Column("provisions", "f8", "CNY", "allowance for loan losses", Sight.FILE),
    Column("funding", "f8", "CNY", "deposits and head-office funding", Sight.FILE),
    Column("deferred_bonus", "f8", "CNY", "bonus earned and not yet paid", Sight.FILE),
    Column("tax_payable", "f8", "CNY", "tax owed", Sight.FILE),
    Column("equity", "f8", "CNY", "equity", Sight.FILE),
    Column("workout_due", "f8", "CNY", "receipts from written-off loans, by month of receipt",
           Sight.HIDDEN, width=WORKOUT_MONTHS),
    Column("culture", "f8", "ratio", "risk culture, 0 none to 1 full", Sight.FILE),
    Column("detection", "f8", "probability", "monthly detection that firms expect", Sight.FILE),
    Column("threshold", "f8", "score", "warning score above which an alarm is raised", Sight.FILE),
    Column("mean_pd", "f8", "probability", "mean estimate over live loans, last month-end",
           Sight.FILE),
    Column("mean_cover", "f8", "ratio",
           "security over balance of live loans, last month-end, by kind", Sight.FILE,
           width=len(Security)),
    Column("usual_days", "f8", "days", "days to decision that firms expect", Sight.FILE),
    Column("usual_rate", "f8", "1/year", "rate on new loans that firms expect; 0: none yet",
           Sight.FILE),
    Column("volume_base", "f8", "CNY", "gross loans when the growth plan began", Sight.FILE),
    Column("pressure", "f8", "ratio", "volume pressure, 0 on plan to 1 far below", Sight.FILE),
)  # fmt: skip
Books = BOOKS.record
