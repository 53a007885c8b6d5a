"""The ledger: one month's flows, counts and month-end census, one row per lender and run.

It is cleared when the month opens.  Its content when the month closes is the record from which
every outcome is computed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sim.core.arrays import Floats
from sim.core.columns import Schema, column
from sim.core.sight import Sight


def _money(meaning: str) -> Any:
    return column("f8", "CNY", meaning, Sight.FILE)


def _count(meaning: str) -> Any:
    return column("f8", "count", meaning, Sight.FILE)


class Ledger(NamedTuple):
    """One row per lender and run, (runs * lenders,); `block_of` shows all columns as one array."""

    # credit decisions
    applications: Floats = _count("applications received")
    walked_away: Floats = _count("applicants who left before the decision")
    decided: Floats = _count("applications decided")
    approved: Floats = _count("applications approved")
    overridden: Floats = _count("refusals turned into approvals")
    inflated: Floats = _count(
        "applications and renewals whose report an officer inflated so that it passes"
    )
    caught_lying: Floats = _count("applications and renewals whose inflated statements were found")
    booked_lying: Floats = _count("loans booked on inflated statements")
    taken: Floats = _count("offers taken")
    lost_to_rival: Floats = _count("offers lost to a rival's better one")
    lost_to_bank: Floats = _count("offers lost to another bank's better one")
    withdrawn: Floats = _count("requests withdrawn before the decision for another lender's offer")
    days_to_decision: Floats = _count("days from application to decision, summed over decided")
    disbursed: Floats = _money("principal lent")
    disbursed_good: Floats = _money("principal lent to firms of above-average quality")
    rate_squared_volume: Floats = _money("squared contract rate times principal lent")
    rate_volume: Floats = _money("contract rate times principal lent")
    # payments and income
    interest_accrued: Floats = _money("interest fallen due on all loans")
    interest_income: Floats = _money("interest booked as income, less reversals")
    interest_received: Floats = _money("interest received in cash")
    interest_forgone: Floats = _money(
        "interest due that was given up with written-off or settled loans"
    )
    principal_repaid: Floats = _money("principal repaid in cash, collateral included")
    paid_by_firms: Floats = _money("cash paid by borrowers and their guarantors")
    paid_by_guarantors: Floats = _money("of this, cash paid by firms called as guarantors")
    collateral_receipts: Floats = _money("cash from workout of loans still on the book")
    recoveries: Floats = _money("cash from loans already written off")
    fund_receipts: Floats = _money("cash from the guarantee fund")
    written_off: Floats = _money("principal written off")
    claimed: Floats = _money("principal claimed from the guarantee fund at write-off")
    sold: Floats = _money("principal sold")
    sale_price: Floats = _money("cash from sales of loans")
    # costs
    provision_charge: Floats = _money("charge for loan losses")
    funding_cost: Floats = _money("interest on funding")
    file_cost: Floats = _money("cost of due diligence and of applications")
    salaries: Floats = _money("officers' salaries and overheads")
    training_cost: Floats = _money("training, retention and rotation of officers")
    bonus: Floats = _money("bonus earned by officers")
    monitoring_cost: Floats = _money("inspections and warning systems")
    workout_cost: Floats = _money("cost of collection")
    fund_fees: Floats = _money("fees for guarantees")
    fixed_cost: Floats = _money(
        "branch, teams, systems, audit, supervision, and finding applicants beyond officers' hours"
    )
    profit_before_tax: Floats = _money("profit before tax")
    tax: Floats = _money("tax on profit")
    profit: Floats = _money("profit after tax")
    dividends: Floats = _money("paid to owners (negative: capital allotted)")
    # risk events
    defaults: Floats = _count("loans more than 90 days past due for the first time")
    defaults_diverting: Floats = _count("defaults of firms that diverted their loan")
    defaults_lying: Floats = _count("defaults of loans booked on inflated statements")
    defaults_ruined: Floats = _count("defaults of firms ruined in the year before")
    defaults_guarantor_called: Floats = _count(
        "defaults of firms that were called as guarantors in the year before"
    )
    defaulted_exposure: Floats = _money("exposure at default")
    defaults_full: Floats = _count(
        "loans in default by the full definition for the first time: more than 90 days past due,"
        " rescheduled or renewed in arrears, written off or sold"
    )
    defaults_restructured: Floats = _count(
        "of these, loans whose default began as a restructuring or renewal in arrears"
    )
    npl_new: Floats = _money("balance that became non-performing")
    recovered_share_exposure: Floats = _money("share recovered times exposure, of workouts closed")
    closed_exposure: Floats = _money("exposure of workouts closed")
    warned_defaults: Floats = _count("defaults preceded by a warning")
    warning_lead: Floats = _count(
        "months from the first warning to default, summed over warned defaults"
    )
    inspections: Floats = _count("inspections made")
    unreported: Floats = _count("loans at which an officer was alarmed and did not report it")
    alarms: Floats = _count("warnings raised")
    alarms_true: Floats = _count("warnings on firms that divert their loan or are past due")
    interventions: Floats = _count("warnings acted on")
    rolled_over: Floats = _count("loans renewed instead of falling into arrears")
    brought_to_light: Floats = _count("hidden renewals that a successor reported")
    diversions_stopped: Floats = _count("diversions that an intervention stopped")
    caught: Floats = _count("borrowers whose misuse of a loan was proven")
    eased: Floats = _count("loans whose term was lengthened while they paid")
    renewals_asked: Floats = _count("renewals of loans near maturity that firms asked for")
    renewals_granted: Floats = _count("renewals that the bank granted before the loan fell due")
    renewals_withdrawn: Floats = _count("renewals granted and withdrawn before the new loan")
    renewals: Floats = _count("loans renewed at maturity")
    refinanced: Floats = _count("of these, loans renewed without repayment")
    bridge_loans: Floats = _count("loans repaid with a bridge loan")
    bridge_ruins: Floats = _count("firms wound up over a bridge loan that they could not repay")
    defaults_not_renewed: Floats = _count(
        "defaults of loans whose borrower could not pay at maturity and was not renewed"
    )
    guarantors_called: Floats = _count("loans whose guarantors were called")
    recalled: Floats = _count("loans demanded because another of their circle had defaulted")
    favours: Floats = _count("applications and renewals in which an officer bent a rule for a firm")
    exposed: Floats = _count("officers whose favours an audit found, and who were replaced")
    # loans by the diligence of the officer who decided
    lent_fifth_1: Floats = _count("loans granted by the least diligent fifth of officers")
    lent_fifth_2: Floats = _count("loans granted by the second least diligent fifth of officers")
    lent_fifth_3: Floats = _count("loans granted by the middle fifth of officers")
    lent_fifth_4: Floats = _count("loans granted by the second most diligent fifth of officers")
    lent_fifth_5: Floats = _count("loans granted by the most diligent fifth of officers")
    failed_fifth_1: Floats = _count("loans since month 1 that defaulted within 18 months, fifth 1")
    failed_fifth_2: Floats = _count("loans since month 1 that defaulted within 18 months, fifth 2")
    failed_fifth_3: Floats = _count("loans since month 1 that defaulted within 18 months, fifth 3")
    failed_fifth_4: Floats = _count("loans since month 1 that defaulted within 18 months, fifth 4")
    failed_fifth_5: Floats = _count("loans since month 1 that defaulted within 18 months, fifth 5")
    # month-end census
    loans: Floats = _count("live loans")
    performing: Floats = _count("live loans never more than 90 days past due, at the month's start")
    performing_full: Floats = _count(
        "live loans never in default by the full definition, at the month's start"
    )
    performing_balance: Floats = _money("balance not non-performing, at the month's start")
    diverting: Floats = _count("live loans that the firm diverts")
    good_loans: Floats = _count("live loans to firms of above-average quality")
    good_firms: Floats = _count("firms of above-average quality in the market")
    sector_concentration: Floats = column(
        "f8", "index", "sum of squared sector shares of gross loans", Sight.FILE
    )
    npl: Floats = _money("non-performing balance")
    npl_loss: Floats = _money(
        "loss expected on the non-performing balance, given its age and security"
    )
    npl_loss_before: Floats = _money("the same at the end of the month before")
    ever_90: Floats = _money("balance of loans that were ever more than 90 days past due")
    gross_normal: Floats = _money("balance classed normal")
    gross_special: Floats = _money("balance classed special mention")
    gross_substandard: Floats = _money("balance classed substandard")
    gross_doubtful: Floats = _money("balance classed doubtful")
    gross_loss: Floats = _money("balance classed loss")
    suspended: Floats = _money("interest due and not booked as income")
    workload: Floats = _count("officers' mean hours of work required over hours in a month")
    effort: Floats = _count("officers' mean share of full effort")
    # balance sheet at month end
    cash: Floats = _money("cash and reserves")
    gross_loans: Floats = _money("gross loans")
    accrued: Floats = _money("interest receivable")
    fund_claims: Floats = _money("claims on the guarantee fund")
    provisions: Floats = _money("allowance for loan losses")
    funding: Floats = _money("deposits and head-office funding")
    deferred_bonus: Floats = _money("bonus earned and not yet paid")
    tax_payable: Floats = _money("tax owed")
    equity: Floats = _money("equity")
    barred: Floats = _count("1 where the branch may not lend after the month, for bad loans")
    failed: Floats = _count("1 where the bank has failed")
    culture: Floats = column("f8", "ratio", "risk culture", Sight.FILE)
    pressure: Floats = column("f8", "ratio", "volume pressure", Sight.FILE)


LEDGER = Schema(Ledger)
GRADES = ("gross_normal", "gross_special", "gross_substandard", "gross_doubtful", "gross_loss")
BALANCE_SHEET = (
    "cash", "gross_loans", "accrued", "fund_claims", "provisions",
    "funding", "deferred_bonus", "tax_payable", "equity",
)  # fmt: skip
