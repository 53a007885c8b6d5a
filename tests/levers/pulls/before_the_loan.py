"""Screening, rating and approval: what each of their parameters does."""

from __future__ import annotations

from typing import Any

from tests.levers.pulls.pull import Pull

EAGER = {"rating.fewest_loans": 10, "rating.fewest_defaults": 2}
TAUGHT = {"burn_in.months": 30}  # old enough loans to learn from in month 1
AN_HOUR = {"hours": 1.0, "days": 1.0}
REPORTS = {"screening.bureau.precision": 2.0}
COMMITTEE = {"approval.review_precision": 1.0}
INCOME_RULE = {"approval.dscr_min": 1.2}
BY_FINANCE = [0.02, 0.9, 0.02, 0.04, 0.02]
FINANCE = {"rating.squared_weights": BY_FINANCE}
INSISTENT = {"approval.override": 0.8}
FORGETS = {"approval.listing_months": 1}


def signal(name: str, **beside: float) -> dict[str, Pull]:
    """Return the pulls of one signal; `beside` is what makes a signal that is left out heard."""
    at = f"screening.{name}"
    heard: dict[str, Any] = {f"{at}.{key}": value for key, value in beside.items()}
    plan = {key: value for key, value in heard.items() if not key.endswith("precision")}
    return {
        f"{at}.precision": Pull(12.0, "belief_variance- pd_spread~", plan),
        f"{at}.reference": Pull(0.5, "file_cost+", heard),
        f"{at}.cost": Pull(2_000.0, "file_cost+", heard),
        f"{at}.days": Pull(15.0, "days_to_decision+ walked_away+", heard),
        f"{at}.hours": Pull(20.0, "workload+", heard),
    }


SCREENING = {
    "screening.optimism": Pull(-1.0, "mean_pd+ approval_rate-"),
    "screening.suspicion": Pull(1.0, "mean_pd+"),
    "screening.memory": Pull(1.0, "belief_variance-"),
    "screening.repeat_weight": Pull(0.0, "belief_variance+"),
    "screening.record_cost": Pull(1e6, "fixed_cost+"),
    "screening.learns_from_behaviour": Pull(
        True, "borrower_variance-", {"screening.learns_from_behaviour": False}
    ),
    "screening.behaviour_cost": Pull(1e6, "fixed_cost+"),
    "screening.check_months": Pull(1, "belief_variance- fixed_cost+"),
    "screening.sequential.check_months": Pull(1, "mean_pd~ fixed_cost+"),
    "screening.arrears_level": Pull(-0.5, "mean_pd-"),
    "screening.arrears_slope": Pull(2.0, "belief_variance-"),
    **signal("statements"),
    **signal("bureau", precision=2.0, **AN_HOUR),
    "screening.bureau.shared": Pull(True, "file_cost+", REPORTS),
    "screening.bureau.record_cost": Pull(
        500.0, "file_cost+", REPORTS | {"screening.bureau.shared": True}
    ),
    **signal("site_visit"),
    **signal("owner_visit", precision=2.0),
    **signal("partners", precision=2.0),
    "screening.cross_check.detection": Pull(0.9, "caught_lying+ falsified_booked-"),
    "screening.cross_check.reference": Pull(0.02, "file_cost+"),
    "screening.cross_check.cost": Pull(2_000.0, "file_cost+"),
    "screening.cross_check.days": Pull(15.0, "days_to_decision+ walked_away+"),
    "screening.cross_check.hours": Pull(20.0, "workload+"),
    "screening.plain_refusal": Pull(20.0, "file_cost+ belief_variance-"),
    "screening.plain_approval": Pull(0.01, "file_cost+ belief_variance-"),
}

RATING = {
    "rating.level": Pull(-1.2, "mean_pd+ approval_rate-"),
    "rating.slope": Pull(1.2, "pd_spread+"),
    "rating.validation_cost": Pull(1e6, "fixed_cost+"),
    "rating.squared_weights": Pull(BY_FINANCE, "pd_spread~ belief_variance~"),
    "rating.usual_weights": Pull(BY_FINANCE, "fixed_cost+"),
    "rating.reweighting_cost": Pull(1e6, "fixed_cost+", FINANCE),
    "rating.default_probability": Pull(0.2, "mean_pd+ approval_rate-"),
    "rating.fewest_loans": Pull(1_000_000, "lessons-", EAGER, TAUGHT),
    "rating.fewest_defaults": Pull(1_000, "lessons-", EAGER, TAUGHT),
    "rating.learning_interval": Pull(6, "pd_spread~", EAGER, TAUGHT),
    "rating.matured": Pull(600, "lessons-", EAGER, TAUGHT),
    "rating.bureau": Pull(True, "pd_spread~", EAGER, TAUGHT),
    "rating.data_cost": Pull(1e6, "fixed_cost+"),
    "rating.ridge": Pull(1e4, "pd_spread-", EAGER, TAUGHT),
    "rating.trees": Pull(1, "pd_spread-", EAGER, TAUGHT),
    "rating.depth": Pull(6, "pd_spread~", EAGER, TAUGHT),
    "rating.learning_rate": Pull(0.001, "pd_spread-", EAGER, TAUGHT),
    "rating.platform_cost": Pull(1e6, "fixed_cost+"),
}

APPROVAL = {
    "approval.hours": Pull(20.0, "workload+"),
    "approval.cost": Pull(2_000.0, "file_cost+"),
    "approval.days": Pull(0.5, "days_to_decision- walked_away-"),
    "approval.usual_days": Pull(30.0, "file_cost+"),
    "approval.fastest_days": Pull(0.1, "file_cost+", {"approval.days": 0.1}),
    "approval.listing_months": Pull(60, "applications-", FORGETS),
    "approval.review_precision": Pull(
        5.0, "belief_variance- pd_spread~", {}, {"firms.readings.reader_share": 0.5}
    ),
    "approval.review_hours": Pull(20.0, "workload+", COMMITTEE),
    "approval.review_days": Pull(20.0, "days_to_decision+ walked_away+", COMMITTEE),
    "approval.review_cost": Pull(2_000.0, "file_cost+", COMMITTEE),
    "approval.pd_max": Pull(0.03, "approval_rate-"),
    "approval.margin": Pull(0.02, "approval_rate-"),
    "approval.earns_file": Pull(True, "approval_rate-"),
    "approval.override": Pull(0.0, "overridden-", INSISTENT),
    "approval.override_distance": Pull(0.01, "overridden-", INSISTENT),
    "approval.override_quota": Pull(0.0, "overridden-", INSISTENT),
    "approval.exploration": Pull(0.8, "overridden+ approval_rate+"),
    "approval.dscr_min": Pull(2.0, "approval_rate-"),
    "approval.assumed_margin": Pull(0.02, "approval_rate-", INCOME_RULE),
    "approval.self_financing": Pull(0.1, "approval_rate-", INCOME_RULE),
    "approval.sector_limit": Pull(0.15, "approval_rate-"),
}
