"""Loans: at most one per firm over all lenders, so a loan is stored in its firm's slot."""

from __future__ import annotations

from enum import IntEnum

from sim.core.columns import Column, Schema
from sim.core.sight import Sight


class Security(IntEnum):
    """What secures a loan in addition to the firm's promise to pay."""

    PROPERTY = 0  # real estate
    MOVABLES = 1  # stock and machines
    INVOICES = 2  # claims on customers, assigned to the bank
    GUARANTOR = 3  # a person's liability: not pledged, always in addition to a pledge


LOANS = Schema(
    "Loans",
    Column("lender", "i1", "index", "bank that lent; -1 where there is no loan", Sight.FILE),
    Column("asked", "i1", "index", "bank that the firm had applied to", Sight.FILE),
    Column("seat", "i4", "index", "officer's seat at the bank", Sight.FILE),
    Column("granted", "i4", "month", "month of disbursement", Sight.FILE),
    Column("principal", "f8", "CNY", "amount lent", Sight.FILE),
    Column("rate", "f8", "1/year", "contract rate", Sight.FILE),
    Column("schedule", "i1", "code", "repayment schedule", Sight.FILE),
    Column("season_shift", "i1", "months", "dues fall this long after the cash peak", Sight.FILE),
    Column("remaining", "i2", "months", "instalments not yet due", Sight.FILE),
    Column("balance", "f8", "CNY", "principal outstanding", Sight.FILE),
    Column("instalment", "f8", "CNY", "level instalment at the contract's terms", Sight.FILE),
    Column("overdue_principal", "f8", "CNY", "principal due and not paid", Sight.FILE),
    Column("accrued", "f8", "CNY", "interest due, booked as income, not received", Sight.FILE),
    Column("suspended", "f8", "CNY", "interest due, not booked as income", Sight.FILE),
    Column("behind", "f8", "months", "instalments missed, part payments in fractions", Sight.FILE),
    Column("dpd", "i2", "days", "days past due", Sight.FILE),
    Column("grade", "i1", "code", "class of the loan, 0 normal to 4 loss", Sight.FILE),
    Column("defaulted", "?", "flag", "has been more than 90 days past due", Sight.FILE),
    Column("default_month", "i4", "month", "month of default", Sight.FILE),
    Column("npl_months", "i2", "months", "months in a row as non-performing", Sight.FILE),
    Column("rescheduled", "?", "flag", "has been rescheduled", Sight.FILE),
    Column("probation", "i1", "months", "months left non-performing once rescheduled", Sight.FILE),
    Column("renewed", "?", "flag", "renewed to hide arrears, not yet reported", Sight.HIDDEN),
    Column("pd", "f4", "probability", "estimate at approval", Sight.FILE),
    Column("collateral", "f8", "CNY", "market value of what is pledged", Sight.FILE),
    Column("fund_share", "f4", "share", "share of a loss that a guarantee fund bears", Sight.FILE),
    Column("project_income", "f8", "CNY/month", "income from the loan's use", Sight.HIDDEN),
    Column("project_left", "i2", "months",
           "months of that income left; below 0: begins once customers pay", Sight.HIDDEN),
    Column("alarm", "i4", "month", "month of a warning not yet acted on", Sight.FILE),
    Column("first_alarm", "i4", "month", "month of the first warning", Sight.FILE),
    Column("recovery_due", "i4", "month", "month in which a workout pays", Sight.HIDDEN),
    Column("recovery", "f8", "share", "share of exposure that a workout brings", Sight.HIDDEN),
    Column("security", "i1", "code", "what is pledged", Sight.FILE),
    Column("guaranteed", "f4", "CNY", "amount for which a guarantor is liable", Sight.FILE),
)  # fmt: skip
Loans = LOANS.record
