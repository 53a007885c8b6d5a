"""Loans: at most one per firm over all lenders, so a loan is stored in its firm's slot."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from sim.core.arrays import Bools, Floats, Floats32, Int8s, Int16s, Int32s
from sim.core.columns import Schema, column
from sim.core.sight import Sight


class Security(IntEnum):
    """What secures a loan in addition to the firm's promise to pay."""

    PROPERTY = 0  # real estate
    MOVABLES = 1  # stock and machines
    INVOICES = 2  # claims on customers, assigned to the bank
    GUARANTOR = 3  # a person's liability: not pledged, always in addition to a pledge


class Loans(NamedTuple):
    """One row per slot, (slots,): the loan of the firm in it, if it has one."""

    lender: Int8s = column("i1", "index", "bank that lent; -1 where there is no loan", Sight.FILE)
    asked: Int8s = column("i1", "index", "bank that the firm had applied to", Sight.FILE)
    seat: Int32s = column("i4", "index", "officer's seat at the bank", Sight.FILE)
    fifth: Int8s = column(
        "i1", "index", "fifth by diligence of the officer who decided, 0 the least", Sight.HIDDEN
    )
    granted: Int32s = column("i4", "month", "month of disbursement", Sight.FILE)
    principal: Floats = column("f8", "CNY", "amount lent", Sight.FILE)
    rate: Floats = column("f8", "1/year", "contract rate", Sight.FILE)
    schedule: Int8s = column("i1", "code", "repayment schedule", Sight.FILE)
    season_shift: Int8s = column(
        "i1", "months", "dues fall this long after the cash peak", Sight.FILE
    )
    remaining: Int16s = column("i2", "months", "instalments not yet due", Sight.FILE)
    balance: Floats = column("f8", "CNY", "principal outstanding", Sight.FILE)
    instalment: Floats = column("f8", "CNY", "level instalment at the contract's terms", Sight.FILE)
    overdue_principal: Floats = column("f8", "CNY", "principal due and not paid", Sight.FILE)
    accrued: Floats = column(
        "f8", "CNY", "interest due, booked as income, not received", Sight.FILE
    )
    suspended: Floats = column("f8", "CNY", "interest due, not booked as income", Sight.FILE)
    behind: Floats = column(
        "f8", "months", "instalments missed, part payments in fractions", Sight.FILE
    )
    dpd: Int16s = column("i2", "days", "days past due", Sight.FILE)
    grade: Int8s = column("i1", "code", "class of the loan, 0 normal to 4 loss", Sight.FILE)
    defaulted: Bools = column("?", "flag", "has been more than 90 days past due", Sight.FILE)
    impaired: Bools = column(
        "?", "flag", "has been in default by the full definition", Sight.HIDDEN
    )
    default_month: Int32s = column("i4", "month", "month of default", Sight.FILE)
    npl_months: Int16s = column("i2", "months", "months in a row as non-performing", Sight.FILE)
    rescheduled: Bools = column("?", "flag", "has been rescheduled", Sight.FILE)
    probation: Int8s = column(
        "i1", "months", "months left non-performing once rescheduled", Sight.FILE
    )
    renewed: Bools = column("?", "flag", "renewed to hide arrears, not yet reported", Sight.HIDDEN)
    pd: Floats32 = column("f4", "probability", "estimate at approval", Sight.FILE)
    collateral: Floats = column("f8", "CNY", "market value of what is pledged", Sight.FILE)
    fund_share: Floats32 = column(
        "f4", "share", "share of a loss that a guarantee fund bears", Sight.FILE
    )
    project_income: Floats = column("f8", "CNY/month", "income from the loan's use", Sight.HIDDEN)
    project_left: Int16s = column(
        "i2",
        "months",
        "months of that income left; below 0: begins once customers pay",
        Sight.HIDDEN,
    )
    unreported: Int8s = column(
        "i1",
        "code",
        "not reported: 0 nothing, 1 an alarm that saw nothing, else 2 + sights of misuse",
        Sight.HIDDEN,
    )
    diverted: Int32s = column(
        "i4", "month", "month in which the owner took out a share of its use", Sight.HIDDEN
    )
    proven: Int32s = column("i4", "month", "month in which its misuse was proven", Sight.FILE)
    alarm: Int32s = column("i4", "month", "month of a warning not yet acted on", Sight.FILE)
    first_alarm: Int32s = column("i4", "month", "month of the first warning", Sight.FILE)
    founded: Bools = column(
        "?", "flag", "the open warning was raised by a look that saw trouble", Sight.FILE
    )
    evidence: Int8s = column(
        "i1", "count", "looks under the open warning that saw its misuse", Sight.FILE
    )
    answered: Int32s = column("i4", "month", "month of the last action on a warning", Sight.FILE)
    trouble_answered: Int32s = column(
        "i4", "month", "month of the last action on a warning that had seen trouble", Sight.FILE
    )
    ruled_out: Floats = column(
        "f8", "sd", "noise of account data above this would have raised a warning", Sight.HIDDEN
    )
    ruled_in: Floats = column(
        "f8", "sd", "noise of account data up to this would have raised none", Sight.HIDDEN
    )
    eased: Bools = column("?", "flag", "its term was lengthened while it paid", Sight.FILE)
    recovery_due: Int32s = column("i4", "month", "month in which a workout pays", Sight.HIDDEN)
    recovery: Floats = column(
        "f8", "share", "share of exposure that a workout brings", Sight.HIDDEN
    )
    security: Int8s = column("i1", "code", "what is pledged", Sight.FILE)
    guaranteed: Floats32 = column("f4", "CNY", "amount for which a guarantor is liable", Sight.FILE)


LOANS = Schema(Loans)
