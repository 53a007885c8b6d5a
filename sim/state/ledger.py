"""The ledger: one month's flows, counts and month-end census, one row per lender and run.

It is cleared when the month opens.  Its content when the month closes is the record from which
every outcome is computed.
"""

from __future__ import annotations

from sim.core.columns import Column, Schema
from sim.core.sight import Sight


def _money(name: str, meaning: str) -> Column:
    return Column(name, "f8", "CNY", meaning, Sight.FILE)


def _count(name: str, meaning: str) -> Column:
    return Column(name, "f8", "count", meaning, Sight.FILE)


LEDGER = Schema(
    "Ledger",
    # credit decisions
    _count("applications", "applications received"),
    _count("walked_away", "applicants who left before the decision"),
    _count("decided", "applications decided"),
    _count("approved", "applications approved"),
    _count("overridden", "refusals turned into approvals"),
    _count("caught_lying", "applications whose inflated statements were found"),
    _count("booked_lying", "loans booked on inflated statements"),
    _count("taken", "offers taken"),
    _count("lost_to_rival", "offers lost to a rival's better one"),
    _count("lost_to_bank", "offers lost to another bank's better one"),
    _count("withdrawn", "requests withdrawn before the decision for another lender's offer"),
    _count("days_to_decision", "days from application to decision, summed over decided"),
    _money("disbursed", "principal lent"),
    _money("disbursed_good", "principal lent to firms of above-average quality"),
    _money("rate_squared_volume", "squared contract rate times principal lent"),
    _money("rate_volume", "contract rate times principal lent"),
    # payments and income
    _money("interest_accrued", "interest fallen due on all loans"),
    _money("interest_income", "interest booked as income, less reversals"),
    _money("interest_received", "interest received in cash"),
    _money("interest_forgone", "interest due that was given up with written-off or settled loans"),
    _money("principal_repaid", "principal repaid in cash, collateral included"),
    _money("paid_by_firms", "cash paid by borrowers"),
    _money("collateral_receipts", "cash from workout of loans still on the book"),
    _money("recoveries", "cash from loans already written off"),
    _money("fund_receipts", "cash from the guarantee fund"),
    _money("written_off", "principal written off"),
    _money("claimed", "principal claimed from the guarantee fund at write-off"),
    _money("sold", "principal sold"),
    _money("sale_price", "cash from sales of loans"),
    # costs
    _money("provision_charge", "charge for loan losses"),
    _money("funding_cost", "interest on funding"),
    _money("file_cost", "cost of due diligence and of applications"),
    _money("salaries", "officers' salaries and overheads"),
    _money("training_cost", "training, retention and rotation of officers"),
    _money("bonus", "bonus earned by officers"),
    _money("monitoring_cost", "inspections and warning systems"),
    _money("workout_cost", "cost of collection"),
    _money("fund_fees", "fees for guarantees"),
    _money("fixed_cost", "teams, systems, audit"),
    _money("profit_before_tax", "profit before tax"),
    _money("tax", "tax on profit"),
    _money("profit", "profit after tax"),
    _money("dividends", "paid to owners (negative: capital allotted)"),
    # risk events
    _count("defaults", "loans more than 90 days past due for the first time"),
    _count("defaults_diverting", "defaults of firms that diverted their loan"),
    _count("defaults_lying", "defaults of loans booked on inflated statements"),
    _money("defaulted_exposure", "exposure at default"),
    _money("recovered_share_exposure", "share recovered times exposure, of workouts closed"),
    _money("closed_exposure", "exposure of workouts closed"),
    _count("warned_defaults", "defaults preceded by a warning"),
    _count("warning_lead", "months from the first warning to default, summed over warned defaults"),
    _count("inspections", "inspections made"),
    _count("alarms", "warnings raised"),
    _count("alarms_true", "warnings on firms that divert their loan or are past due"),
    _count("interventions", "warnings acted on"),
    _count("rolled_over", "loans renewed instead of falling into arrears"),
    _count("brought_to_light", "hidden renewals that a successor reported"),
    _count("diversions_stopped", "diversions that an intervention stopped"),
    _count("favours", "applications and renewals in which an officer bent a rule for a firm"),
    _count("exposed", "officers whose favours an audit found, and who were replaced"),
    # month-end census
    _count("loans", "live loans"),
    _count("performing", "live loans never more than 90 days past due, at the month's start"),
    _count("diverting", "live loans that the firm diverts"),
    _count("good_loans", "live loans to firms of above-average quality"),
    _count("good_firms", "firms of above-average quality in the market"),
    Column("sector_concentration", "f8", "index", "sum of squared sector shares of gross loans",
           Sight.FILE),
    _money("npl", "non-performing balance"),
    _money("ever_90", "balance of loans that were ever more than 90 days past due"),
    _money("gross_normal", "balance classed normal"),
    _money("gross_special", "balance classed special mention"),
    _money("gross_substandard", "balance classed substandard"),
    _money("gross_doubtful", "balance classed doubtful"),
    _money("gross_loss", "balance classed loss"),
    _money("suspended", "interest due and not booked as income"),
    _count("workload", "officers' mean hours of work required over hours in a month"),
    _count("effort", "officers' mean share of full effort"),
    # balance sheet at month end
    _money("cash", "cash and reserves"),
    _money("gross_loans", "gross loans"),
    _money("accrued", "interest receivable"),
    _money("fund_claims", "claims on the guarantee fund"),
    _money("provisions", "allowance for loan losses"),
    _money("funding", "deposits and head-office funding"),
    _money("deferred_bonus", "bonus earned and not yet paid"),
    _money("tax_payable", "tax owed"),
    _money("equity", "equity"),
    Column("culture", "f8", "ratio", "risk culture", Sight.FILE),
    Column("pressure", "f8", "ratio", "volume pressure", Sight.FILE),
)  # fmt: skip
Ledger = LEDGER.record
GRADES = ("gross_normal", "gross_special", "gross_substandard", "gross_doubtful", "gross_loss")
BALANCE_SHEET = (
    "cash", "gross_loans", "accrued", "fund_claims", "provisions",
    "funding", "deferred_bonus", "tax_payable", "equity",
)  # fmt: skip
