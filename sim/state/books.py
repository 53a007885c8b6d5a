"""Books: the balance sheet of each lender in each run, and its culture and reputation."""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Bools, Floats
from sim.core.columns import Schema, column
from sim.core.sight import Sight
from sim.state.loans import Security

WORKOUT_MONTHS = 128  # length of the circular buffer of future receipts; later ones go in the last


class Books(NamedTuple):
    """One row per lender and run, (runs * lenders,); `workout_due` and `mean_cover` are vectors."""

    cash: Floats = column("f8", "CNY", "cash and reserves", Sight.FILE)
    gross_loans: Floats = column("f8", "CNY", "gross loans", Sight.FILE)
    accrued: Floats = column("f8", "CNY", "interest receivable", Sight.FILE)
    fund_claims: Floats = column("f8", "CNY", "claims on the guarantee fund", Sight.FILE)
    fund_fees_so_far: Floats = column("f8", "CNY", "fees paid to the guarantee fund", Sight.FILE)
    fund_claims_so_far: Floats = column(
        "f8", "CNY", "claimed from the fund, paid or not yet", Sight.FILE
    )
    provisions: Floats = column("f8", "CNY", "allowance for loan losses", Sight.FILE)
    funding: Floats = column("f8", "CNY", "deposits and head-office funding", Sight.FILE)
    deferred_bonus: Floats = column("f8", "CNY", "bonus earned and not yet paid", Sight.FILE)
    tax_payable: Floats = column("f8", "CNY", "tax owed", Sight.FILE)
    equity: Floats = column("f8", "CNY", "equity", Sight.FILE)
    workout_due: Floats = column(
        "f8",
        "CNY",
        "receipts from written-off loans, by month of receipt",
        Sight.HIDDEN,
        width=WORKOUT_MONTHS,
    )
    culture: Floats = column("f8", "ratio", "risk culture, 0 none to 1 full", Sight.FILE)
    proof_chances: Floats = column(
        "f8", "count", "fading sum of chances that checks would prove a misuse", Sight.HIDDEN
    )
    loan_months: Floats = column(
        "f8", "loan-months", "fading sum of months of live loans", Sight.HIDDEN
    )
    lie_chances: Floats = column(
        "f8", "count", "fading sum of chances that a lie would be found", Sight.HIDDEN
    )
    statements_made: Floats = column("f8", "count", "fading sum of statements made", Sight.HIDDEN)
    mean_pd: Floats = column(
        "f8", "probability", "mean estimate over live loans, last month-end", Sight.FILE
    )
    mean_cover: Floats = column(
        "f8",
        "ratio",
        "security over balance of live loans, last month-end, by kind",
        Sight.FILE,
        width=len(Security),
    )
    usual_days: Floats = column("f8", "days", "days to decision that firms expect", Sight.FILE)
    usual_rate: Floats = column(
        "f8", "1/year", "rate on new loans that firms expect; 0: none yet", Sight.FILE
    )
    rate_at_start: Floats = column(
        "f8", "1/year", "rate that firms expected when month 1 began; 0: none", Sight.FILE
    )
    cost_in_price: Floats = column(
        "f8", "CNY a year per loan", "the bank's own cost that its rates carry", Sight.FILE
    )
    spent_per_loan: Floats = column(
        "f8",
        "CNY a year per loan",
        "fading mean of what the bank spent beyond planned people, branch and systems, and beyond"
        " what its rates carry for files",
        Sight.FILE,
    )
    full_time: Floats = column(
        "f8", "officers", "officers whom the bank pays, part-time ones as shares", Sight.FILE
    )
    barred: Floats = column(
        "f8", "months", "months until the branch may lend again; 0: it may", Sight.FILE
    )
    measured_on: Floats = column(
        "f8", "CNY", "loans on which the NPL ratio of a barred branch is taken; else 0", Sight.FILE
    )
    failed: Bools = column("?", "flag", "has failed: its loans run off", Sight.FILE)
    volume_base: Floats = column(
        "f8",
        "CNY",
        "gross loans from which the plan is measured: their mean in the months before month 1 in"
        " which the bank was no longer young; 0: no plan yet",
        Sight.FILE,
    )
    pressure: Floats = column(
        "f8", "ratio", "volume pressure, 0 on plan to 1 far below", Sight.FILE
    )


BOOKS = Schema(Books)
