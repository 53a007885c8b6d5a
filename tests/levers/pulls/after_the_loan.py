"""Collateral, monitoring, workout, provisioning and capital: what each of their parameters does."""

from __future__ import annotations

from tests.levers.pulls.pull import Pull

FUND = {"collateral.fund_share": 0.3}
ROLLS = {"monitoring.evergreening": 0.5}
PLEDGES = {"monitoring.added_cover": 0.5}
CHECKS = {"monitoring.proceeds_check": 0.8}
GROWN_UP = {"burn_in.months": 40}  # head office no longer fills capital up
LONGER = {"horizon": 14}  # months in which loans that were rescheduled go bad
GROWN_OLD = {"horizon": 30}  # months in which loans granted from month 1 on go bad

POOR = {"collateral.real_estate.cover": 0.0}
UNUSUAL = {"collateral.movables.cover": 0.0}
ALONE = {"collateral.guarantor.cover": 0.0}

COLLATERAL = {
    "collateral.fund_share": Pull(0.5, "claimed+ fund_fees+", {}, GROWN_OLD),
    "collateral.fund_fee": Pull(0.05, "fund_fees+", FUND),
    "collateral.fund_cap": Pull(100.0, "claimed+", FUND),
    "collateral.cover": Pull(1.5, "pledged+ diverting-"),
    "collateral.haircut": Pull(0.9, "mean_rate+"),
    "collateral.valuation": Pull(5_000.0, "file_cost+"),
    "collateral.mixed.real_estate.cover": Pull(2.0, "pledged+ diverting-", POOR),
    "collateral.mixed.real_estate.haircut": Pull(0.95, "mean_rate+ taken-"),
    "collateral.mixed.real_estate.cost": Pull(8_000.0, "file_cost+"),
    "collateral.mixed.movables.cover": Pull(2.0, "movables+ pledged+", UNUSUAL),
    "collateral.mixed.movables.haircut": Pull(0.95, "mean_rate+ taken-"),
    "collateral.mixed.movables.cost": Pull(8_000.0, "file_cost+"),
    "collateral.mixed.guarantor.cover": Pull(2.0, "guaranteed+ diverting-", ALONE),
    "collateral.mixed.guarantor.haircut": Pull(0.95, "mean_rate+ taken-"),
    "collateral.mixed.guarantor.cost": Pull(8_000.0, "file_cost+"),
    "collateral.mixed.search": Pull(2_000.0, "file_cost+"),
    "collateral.mixed.least": Pull(0.4, "approved-"),
    "collateral.replaces_visits": Pull(True, "file_cost- belief_variance+"),
}

OFTEN = {"monitoring.monthly": 0.5, "monitoring.precision": 1.5}
DIM = OFTEN | {"monitoring.precision": 0.3}  # who is deterred is not caught
PROMPT = OFTEN | {"monitoring.response_lag": 0}
SLOW = OFTEN | {"monitoring.response_lag": 6}
# what checks avert saves hours and visits too
LONG_CHECKS = {"monitoring.proceeds_hours": 20.0, "monitoring.monthly": 0.0}
TEMPTED = {"firms.temptation.omega": 20.0}
ALL_CHECKED = {"monitoring.proceeds_check": 1.0}

MONITORING = {
    "monitoring.evergreening": Pull(0.8, "rolled_over+"),
    "monitoring.evergreening_below": Pull(0.1, "rolled_over-", ROLLS),
    "monitoring.extra_months": Pull(60, "loans~", ROLLS, LONGER),
    "monitoring.inspection_cost": Pull(4_000.0, "monitoring_cost+"),
    "monitoring.inspection_hours": Pull(20.0, "workload+"),
    "monitoring.system_cost": Pull(500.0, "monitoring_cost+"),
    "monitoring.action_cost": Pull(20_000.0, "monitoring_cost+"),
    "monitoring.action_hours": Pull(60.0, "workload+"),
    "monitoring.added_cover": Pull(2.0, "pledged+"),
    "monitoring.pledge_cost": Pull(20_000.0, "monitoring_cost+", PLEDGES),
    "monitoring.proceeds_cost": Pull(2_000.0, "monitoring_cost+", CHECKS),
    "monitoring.proceeds_hours": Pull(60.0, "workload+", CHECKS),
    "monitoring.monthly": Pull(0.8, "inspections+ alarms+ caught+ diverting-"),
    "monitoring.in_arrears": Pull(3.0, "inspections+"),
    "monitoring.warned": Pull(
        20.0, "inspections+ caught+", OFTEN | {"monitoring.monthly": 0.1}, TEMPTED
    ),
    "monitoring.close_watch": Pull(True, "inspections+ caught+", SLOW),
    "monitoring.precision": Pull(5.0, "alarms+ caught+ diverting-", DIM),
    "monitoring.precision_hours": Pull(60.0, "workload+", OFTEN),
    "monitoring.proceeds_check": Pull(1.0, "caught+ diverting-", LONG_CHECKS),
    "monitoring.check_month": Pull(8, "caught~", ALL_CHECKED),
    "monitoring.accounts": Pull(20.0, "alarms~ warned_defaults+"),
    "monitoring.false_alarms": Pull(0.5, "alarms+ interventions+"),
    "monitoring.quiet_months": Pull(0, "alarms+", PROMPT),
    "monitoring.response_lag": Pull(0, "interventions+", OFTEN),
    "monitoring.usual_lag": Pull(30, "monitoring_cost+", OFTEN),
    "monitoring.success": Pull(0.9, "caught+ diverting-", OFTEN),
    "monitoring.call_misuse": Pull(
        True, "principal_repaid+", ALL_CHECKED | {"monitoring.call_misuse": False}
    ),
    "monitoring.reschedule": Pull(True, "rescheduled+", OFTEN | {"monitoring.reschedule": False}),
    "monitoring.ease": Pull(True, "eased+", OFTEN | {"monitoring.ease": False}),
    "monitoring.contract_cost": Pull(20_000.0, "monitoring_cost+", OFTEN),
    "monitoring.call": Pull(True, "gross_loans- interest_income-", PROMPT),
    "monitoring.cut": Pull(0.9, "gross_loans- interest_income-", OFTEN),
}

DUE_AT_ONCE = {"firms.demand.bullet_share": 0.9}  # most short loans end in one payment

RENEWAL = {
    "renewal.days": Pull(1.0, "file_cost+", {}, DUE_AT_ONCE),
    "renewal.usual_days": Pull(30.0, "file_cost+", {}, DUE_AT_ONCE),
    "renewal.fastest_days": Pull(30.0, "file_cost-", {"renewal.days": 0.0}, DUE_AT_ONCE),
    "renewal.cost": Pull(2_000.0, "file_cost+", {}, DUE_AT_ONCE),
    "renewal.years": Pull(50.0, "refinanced+", {"renewal.years": 0.2}, DUE_AT_ONCE),
    "renewal.despite_warning": Pull(True, "refinanced+", {}, DUE_AT_ONCE),
    "renewal.check_cost": Pull(5_000.0, "file_cost+", {}, DUE_AT_ONCE),
}

WORKOUT = {
    "workout.months": Pull(40, "npl+"),
    "workout.price": Pull(0.8, "sale_price+"),
}

PROVISIONING = {
    "provisioning.lgd": Pull(0.9, "provisions+"),
    "provisioning.lifetime": Pull(50.0, "provisions+"),
    "provisioning.coverage_min": Pull(4.0, "provisions+ coverage+"),
    "provisioning.share": Pull(0.1, "provisions+"),
}

UNAIDED = {  # no capital but what it earns, and everybody gets a loan
    "capital.young_months": 0, "capital.minimum": 0.0, "capital.target": 0.0,
    "approval.kind": "all",
}  # fmt: skip
RUINED = {"economy.macro.shift": -5.0}

CAPITAL = {
    "capital.minimum": Pull(0.125, "approved-", {}, GROWN_UP),
    "capital.target": Pull(0.3, "capital_ratio+ mean_rate+"),
    "capital.young_months": Pull(0, "equity~"),
    "capital.npl_tolerance": Pull(0.0, "authority_lost+ approved-"),
    "capital.tolerance_errors": Pull(6.0, "authority_lost-", {"capital.npl_tolerance": 0.05}),
    "capital.tolerance_above": Pull(
        0.05, "authority_lost+", {"capital.npl_tolerance": 0.05, "capital.tolerance_errors": 6.0}
    ),
    "capital.tolerance_usual": Pull(
        1.0, "authority_lost-", {"capital.npl_tolerance": 0.05, "capital.tolerance_errors": 6.0}
    ),
    "capital.tolerance_months": Pull(1, "authority_lost-", {"capital.npl_tolerance": 0.05}),
    "capital.backed": Pull(True, "approved+ dividends-", {"capital.minimum": 0.125}, GROWN_UP),
    "capital.legal_entity": Pull(True, "bank_failed+ applications-", UNAIDED, RUINED),
    "capital.weight": Pull(1.5, "equity+ mean_rate+"),
    "capital.lgd": Pull(0.9, "equity+ mean_rate+"),
    "capital.model_cost": Pull(1e6, "fixed_cost+"),
    "capital.retail": Pull(False, "equity+ mean_rate+"),
    "capital.maturity": Pull(5.0, "equity+ mean_rate+", {"capital.retail": False}),
    "capital.turnover": Pull(1e9, "equity+ mean_rate+", {"capital.retail": False}),
    "capital.cny_per_eur": Pull(0.1, "equity+ mean_rate+", {"capital.retail": False}),
}

CIRCLES = {"mechanisms.guarantees.share": 0.8}
UNCALLED = {"recall.enforced": False}
SEEN = {"recall.sees_all": True}

RECALL = {
    "recall.enforced": Pull(True, "paid_by_guarantors+ monitoring_cost+", UNCALLED, CIRCLES),
    "recall.after": Pull(0, "guarantors_called+ monitoring_cost+", {}, CIRCLES),
    "recall.whole": Pull(True, "paid_by_guarantors+", {"recall.whole": False}, CIRCLES),
    "recall.call_cost": Pull(50_000.0, "monitoring_cost+", {}, CIRCLES),
    "recall.call_hours": Pull(60.0, "workload+", {}, CIRCLES),
    "recall.doubt": Pull(1e12, "mean_rate+", {}, CIRCLES),
    "recall.memory": Pull(1.0, "mean_rate~", {}, CIRCLES),
    "recall.sees_all": Pull(True, "fixed_cost+", {}, CIRCLES),
    "recall.network_fee": Pull(500.0, "fixed_cost+", SEEN, CIRCLES),
    "recall.call.share": Pull(1.0, "interest_income-", {"recall.share": 0.1}, CIRCLES),
    "recall.call.demand_cost": Pull(50_000.0, "monitoring_cost+", {}, CIRCLES),
    "recall.call.demand_hours": Pull(60.0, "workload+", {}, CIRCLES),
    "recall.restructure.extra_months": Pull(60, "funding_cost+", {}, CIRCLES),
    "recall.restructure.contract_cost": Pull(50_000.0, "monitoring_cost+", {}, CIRCLES),
    "recall.restructure.contract_hours": Pull(60.0, "workload+", {}, CIRCLES),
}
