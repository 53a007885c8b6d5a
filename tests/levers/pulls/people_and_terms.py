"""Pricing, products, staffing and the branch itself: what each of their parameters does."""

from __future__ import annotations

from tests.levers.pulls.pull import Pull

STRICT = {"culture": 0.4, "execution_base": 0.3}
HUMAN = {f"staffing.{key}": value for key, value in STRICT.items()}
TEAM = {"staffing.specialised": True}
HIDES = {"monitoring.evergreening": 0.8}
AUDITED = {"staffing.audit": 0.5}
CROOKED = {"economy.labour.open_to_favours": 0.5}
ROTATES = {"staffing.rotation_months": 3}
TRAINED = {"staffing.trained": True}
PRESSED = {"growth_target": 5.0}  # far behind plan from the first month
SEARCHES = {"growth_target": 0.1, "staffing.prospecting": 20.0}  # within its bounds
LATE = {"firms.late_payers": 0.8}
AGAINST = {"products.receivables_up_to": 24}
BY_PROFIT = {"approval.kind": "profit_optimal"}
CARRIED = {"pricing.pass_through": 1.0}
LOOKED_AFTER = {"staffing.supervision.share": 0.3}
ONE_OF_TEN = {
    "staffing.clients_per_officer": 5.0, "staffing.supervision.share": 0.1,
    "staffing.supervision.last_band": 0.0,
}  # fmt: skip
RESPONSIVE = {"firms.prospects.respond": True}
INSISTENT = {"approval.override": 1.0}

PRICING = {
    "pricing.margin": Pull(0.02, "mean_rate+"),
    "pricing.rate_cap": Pull(0.083, "approval_rate- mean_rate-"),
    "pricing.rate_spread_cap": Pull(0.02, "mean_rate-"),
    "pricing.fixed": Pull(0.12, "mean_rate+ rate_dispersion-"),
    "pricing.sensitivity": Pull(1.0, "rate_dispersion+"),
    "pricing.pass_through": Pull(1.0, "mean_rate+", {"pricing.cost_step": 1.0}),
    "pricing.cost_step": Pull(1.0, "mean_rate+", CARRIED),
    "pricing.cost_memory": Pull(60.0, "mean_rate~", {**CARRIED, "pricing.cost_step": 1.0}),
    "pricing.files_per_loan": Pull(20.0, "mean_rate+", CARRIED),
    "pricing.horizon": Pull(60, "mean_rate-"),
    "pricing.pd_limit": Pull(0.01, "mean_rate-"),
    "pricing.paid_down": Pull(0.05, "mean_rate+"),
    "pricing.flat.paid_down": Pull(0.05, "approved-", BY_PROFIT),
    "pricing.typical_balance": Pull(1.5e5, "mean_rate+"),
    "pricing.typical_term": Pull(2, "mean_rate+"),
    "pricing.model_cost": Pull(1e6, "fixed_cost+"),
}

PRODUCTS = {
    "products.misfit": Pull(0, "misfit-"),
    "products.fit": Pull(0.95, "misfit-"),
    "products.bullet_up_to": Pull(6, "bullet+", {"products.bullet_up_to": 0}),
    "products.seasonal_from": Pull(6, "seasonal+", {"products.seasonal_from": 600}),
    "products.revolving_up_to": Pull(1e6, "revolving+"),
    "products.receivables_up_to": Pull(24, "receivables+", {}, LATE),
    "products.invoice_cover": Pull(2.5, "file_cost+", AGAINST, LATE),
    "products.invoice_haircut": Pull(0.95, "mean_rate+", AGAINST, LATE),
    "products.invoice_cost": Pull(8_000.0, "file_cost+", AGAINST, LATE),
    "products.design_cost": Pull(1e6, "fixed_cost+"),
}

STAFFING = {
    "staffing.culture": Pull(0.9, "culture+ inspections+"),
    "staffing.none.culture": Pull(0.9, "culture+ inspections+", HUMAN),
    "staffing.culture_cost": Pull(200_000.0, "fixed_cost+"),
    "staffing.culture_lag": Pull(400.0, "culture-", {**HUMAN, "staffing.audit": 1.0}),
    "staffing.execution_base": Pull(0.0, "inspections-", {"staffing.culture": 0.4}),
    "staffing.execution_by_culture": Pull(0.2, "inspections-", HUMAN),
    "staffing.audit": Pull(0.9, "culture+ inspections+"),
    "staffing.none.audit": Pull(0.9, "culture+ inspections+", HUMAN),
    "staffing.audit_cost": Pull(20_000.0, "fixed_cost+"),
    "staffing.audit_effect": Pull(5.0, "culture+ inspections+", HUMAN),
    "staffing.audit_files": Pull(5.0, "culture+ inspections+", HUMAN),
    "staffing.officers": Pull(9, "officers+ workload- salaries+"),
    "staffing.clients_per_officer": Pull(8.0, "officers+ workload-"),
    "staffing.part_time": Pull(True, "salaries~ workload~", {"staffing.clients_per_officer": 12.0}),
    "staffing.loans_per_firm": Pull(0.8, "officers+ workload-"),
    "staffing.follows_plan": Pull(True, "officers+ salaries+ workload-", PRESSED),
    "staffing.salary": Pull(50_000.0, "salaries+"),
    "staffing.hours_per_month": Pull(60.0, "workload+"),
    "staffing.hours_per_loan": Pull(5.0, "workload+"),
    "staffing.hours_per_arrears": Pull(40.0, "workload+"),
    "staffing.turnover_monthly": Pull(0.002, "experience+", {}, {"horizon": 14}),
    "staffing.retention_cost": Pull(500.0, "training_cost+"),
    "staffing.learning_time": Pull(200.0, "belief_variance+"),
    "staffing.trained": Pull(True, "belief_variance-"),
    "staffing.trained_learning_time": Pull(200.0, "belief_variance+", TRAINED),
    "staffing.training_cost": Pull(60_000.0, "training_cost+", TRAINED),
    "staffing.training_effect": Pull(0.6, "culture+ inspections+", TRAINED),
    "staffing.specialised": Pull(True, "workload- belief_variance-"),
    "staffing.team_cost": Pull(1e6, "fixed_cost+", TEAM),
    "staffing.team_time": Pull(0.2, "workload-", TEAM),
    "staffing.rotation_months": Pull(3, "training_cost+ brought_to_light+", HIDES),
    "staffing.rotation_cost": Pull(20_000.0, "training_cost+", ROTATES),
    "staffing.handover_hours": Pull(40.0, "workload+", ROTATES),
    "staffing.replacement_cost": Pull(300_000.0, "training_cost+", AUDITED, CROOKED),
    "staffing.volume_bonus": Pull(0.0, "effort+", PRESSED),
    "staffing.quality_premium": Pull(5.0, "bonus+"),
    "staffing.deferral": Pull(1.0, "deferred_bonus+ effort+", PRESSED),
    "staffing.deferral_months": Pull(2.0, "deferred_bonus-", {"staffing.deferral": 0.5}),
    "staffing.deferral_premium": Pull(5.0, "bonus+", {"staffing.deferral": 0.5}),
    "staffing.bonus": Pull(0.05, "bonus+"),
    "staffing.supervision.share": Pull(1.0, "fixed_cost+ workload+ effort+"),
    "staffing.supervision.cost": Pull(20_000.0, "fixed_cost+", LOOKED_AFTER),
    "staffing.supervision.hours": Pull(100.0, "workload+", LOOKED_AFTER),
    "staffing.supervision.last_band": Pull(0.0, "fixed_cost~", LOOKED_AFTER, {"firms.count": 400}),
    "staffing.supervision.memory_months": Pull(
        1.0, "fixed_cost~", LOOKED_AFTER, {"firms.count": 400}
    ),
    "staffing.supervision.prior_months": Pull(1.0, "effort~", ONE_OF_TEN),
    "staffing.allocation_by_skill": Pull(True, "workload~"),
    "staffing.search_memory": Pull(24.0, "applications~", SEARCHES, RESPONSIVE),
    "staffing.prospecting": Pull(20.0, "applications+ fixed_cost+", PRESSED, RESPONSIVE),
    "staffing.marketing_cost": Pull(3_000.0, "fixed_cost+", PRESSED, RESPONSIVE),
}

BRANCH = {
    "branch_cost": Pull(5_000.0, "fixed_cost+"),
    "cost_per_loan": Pull(20_000.0, "mean_rate+"),
    "return_aim": Pull(0.4, "mean_rate+"),
    "growth_target": Pull(-0.9, "pressure- overridden-", INSISTENT, {"firms.count": 400}),
    "pressure_width": Pull(10.0, "pressure- effort+", PRESSED),
    "reserve": Pull(0.3, "cash+ funding_cost+"),
    "new_to_product": Pull(3, "experience-", throughout=True),
}
