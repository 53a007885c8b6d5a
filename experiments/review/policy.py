"""Findings on what a bank decides: A2 to A6 and A8 to A13."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from experiments.review.asking import (
    MILLION,
    PERCENT,
    Asked,
    Figure,
    again,
    change,
    level,
)
from sim.scenario.schema import Scenario

ZZ = "zhengzhou/baseline"
REFORM = {
    "bank.rating.squared_weights": [0.30, 0.30, 0.15, 0.15, 0.10],
    "bank.approval.pd_max": 0.0545,
}
UNSEEN = {f"bank.screening.{signal}.precision": 0.0 for signal in ("statements", "site_visit")} | {
    "bank.screening.cross_check.detection": 0.0
}


def against(
    asked: Asked, name: str, settings: Mapping[str, Any], base: Mapping[str, Any] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the outcomes of a scenario, and with the settings."""
    before = asked.scenario(name, base)
    return asked.outcomes(before), asked.outcomes(asked.varied(before, settings))


def default(before: str, one: pd.DataFrame, other: pd.DataFrame, what: str = "") -> Figure:
    """Return the change of default, in points a year."""
    name = f"{what}: default, points a year".removeprefix(": ")
    return change(name, before, one["default_rate"], other["default_rate"], PERCENT)


@again("A2")
def a_reschedule_counts_as_a_cure(asked: Asked) -> Iterator[Figure]:
    """Packages: change of default and of what the bank sees."""
    review = {"zhengzhou": ("-1.55", "-.66", "-.30"), "foreign": ("-.46", "+.58", "+.71")}
    for bank, said in review.items():
        base, package = map(asked.outcomes, asked.package(bank))
        names = ("default_rate", "npl_ratio_mean", "write_off_rate")
        for name, before in zip(names, said, strict=True):
            what = f"{bank} package: {name}, points"
            yield change(what, before, base[name], package[name], PERCENT)
    both = against(asked, ZZ, {"bank.monitoring.reschedule": False})
    yield default("not given", *both, "no rescheduling")


@again("A3")
def care_is_deterrence_by_visits(asked: Asked) -> Iterator[Figure]:
    """Visits that see nothing and do nothing, beside real ones; and dead levers."""
    seen = {"bank.monitoring.monthly": 0.33}
    blind = {
        **seen, "bank.monitoring.precision": 0.0001, "bank.monitoring.success": 0.0,
        "bank.monitoring.reschedule": False, "bank.monitoring.proceeds_check": 0.0,
    }  # fmt: skip
    for what, settings, said in (("visits", seen, "-4.26"), ("blind visits", blind, "-4.20")):
        one, other = against(asked, ZZ, settings)
        share = "diverting_share"
        yield change(f"{what}: diverted share, points", said, one[share], other[share], PERCENT)
        yield default("-.49" if settings is seen else "-.32", one, other, what)
    nothing = {f"bank.monitoring.{key}": 0.0 for key in ("monthly", "proceeds_check", "accounts")}
    looks = {
        "visits": {"bank.monitoring.monthly": 1.0, "bank.monitoring.precision": 0.0},
        "account data": {"bank.monitoring.accounts": 1e-9, "bank.monitoring.false_alarms": 0.3},
    }
    for what, settings in looks.items():
        one, other = against(asked, ZZ, settings, nothing)
        name = f"blind {what} against no look: diverted share, points"
        yield change(name, "not given", one[share], other[share], PERCENT)
    for key, value, said in (("precision", 20.0, "+.009"), ("success", 0.9, "+.002")):
        settings = {f"bank.monitoring.{key}": value}
        yield default(said, *against(asked, ZZ, settings, seen), f"monitoring.{key} to {value:g}")


@again("A4")
def a_second_reader_is_an_oracle(asked: Asked) -> Iterator[Figure]:
    """A second review on a full file, and on an empty one."""
    review = {"bank.approval.review_precision": 1.0}
    for what, settings, said in (
        ("review", review, ("+5.5", "-.46")),
        ("review, nothing collected", {**UNSEEN, **review}, ("+4.5", "-.51")),
    ):
        one, other = against(asked, ZZ, settings)
        yield change(f"{what}: AUC, points", said[0], one["auc"], other["auc"], PERCENT)
        yield default(said[1], one, other, what)


@again("A5")
def packages_cost_more_than_all_losses(asked: Asked) -> Iterator[Figure]:
    """Operating cost over the book, cost over income, and profit, of base and package."""
    review = {"zhengzhou": ("2.22", "4.59", "-7.42"), "foreign": ("1.94", "6.70", "not given")}
    for bank, said in review.items():
        both = [asked.outcomes(one) for one in asked.package(bank)]
        for what, before, found in zip(("base", "package"), said[:2], both, strict=True):
            months = asked.scenario("baseline").horizon
            share = 12.0 * found["cost"] / months / found["gross_loans"]
            yield level(f"{bank} {what}: cost over book, % a year", before, share, PERCENT)
            yield level(f"{bank} {what}: cost over income", "see A5", found["cost_income"])
        profits = (one["profit"] for one in both)
        yield change(f"{bank} package: profit, million", said[2], *profits, MILLION)


@again("A6")
def paper_rules_work(asked: Asked) -> Iterator[Figure]:
    """XM where nothing is carried out: a higher prescribed detection."""
    idle = {"bank.staffing.execution_base": 0.0, "bank.staffing.execution_by_culture": 0.0}
    strict = {"bank.screening.cross_check.detection": 0.95}
    one, other = against(asked, "xm/baseline", strict, idle)
    name = "falsified_booked"
    yield change("loans on lies, points", "-17.5", one[name], other[name], PERCENT)
    yield default("-.35", one, other)


@again("A8")
def a_rating_reform_rescales(asked: Asked) -> Iterator[Figure]:
    """The reform's weights and cut-off alone; in the review, a steeper slope alone."""
    one, other = against(asked, ZZ, REFORM)
    yield change("AUC, points", "+.1", one["auc"], other["auc"], PERCENT)
    yield default("+.064", one, other)


@again("A9")
def the_cut_off_is_inert(asked: Asked) -> Iterator[Figure]:
    """Default of cohorts and of the book by cut-off."""
    for cut_off, said in ((0.02, "4.4"), (0.04, "4.3"), (0.06, "4.9"), (0.10, "6.0")):
        found = asked.outcomes(asked.scenario("baseline", {"bank.approval.pd_max": cut_off}))
        what = f"cut-off {cut_off:g}"
        yield level(f"{what}: default, % a year", said, found["default_rate"], PERCENT)
        cohorts = found["cohort_default_18"]
        yield level(f"{what}: default of cohorts, %", "not given", cohorts, PERCENT)


@again("A10")
def a_higher_price_is_the_best_policy(asked: Asked) -> Iterator[Figure]:
    """Margins around the base's, which should be near an optimum, and the demand that they meet."""
    base = asked.scenario("baseline")
    usual = next(iter(base.banks.values())).pricing.margin
    one, lent = asked.outcomes(base), in_the_third_year(asked, base)
    unsaid = ("not given", "not given")
    for points, said in {-1: unsaid, 1: unsaid, 2: unsaid, 4: ("+8.0", "+27")}.items():
        arm = asked.varied(base, {"bank.pricing.margin": usual + points / 100.0})
        other, what = asked.outcomes(arm), f"margin {points:+d} points from month 1"
        yield change(f"{what}: profit, million", said[0], one["profit"], other["profit"], MILLION)
        yield change(f"{what}: ROE, points", said[1], one["roe"], other["roe"], PERCENT)
        yield default("-1.1" if points == 4 else "not given", one, other, what)
        more = in_the_third_year(asked, arm)
        elasticity = np.log(more.lent / lent.lent) / np.log(more.rate / lent.rate)
        yield Figure(f"{what}: elasticity of new lending, third year", "not given", elasticity)


class NewLending(NamedTuple):
    """New lending of a year, over all seeds."""

    lent: float  # CNY
    rate: float  # 1/year, weighted by amount


def in_the_third_year(asked: Asked, scenario: Scenario) -> NewLending:
    """Return the first bank's new lending in the third year."""
    months = asked.run(scenario).months
    first = (months["bank"] == next(iter(scenario.banks))) & (months["month"] > 24)
    total = months[first & (months["month"] <= 36)][["disbursed", "rate_volume"]].sum()
    return NewLending(total["disbursed"], total["rate_volume"] / total["disbursed"])


@again("A11")
def a_growth_target_grows_nothing(asked: Asked) -> Iterator[Figure]:
    """Loans granted at targets of 30 % and of 0."""
    still = {"bank.growth_target": 0.0, "economy.macro.shift": 0.0}
    one, other = against(asked, "baseline", {"bank.growth_target": 0.3}, still)
    more = (other["loans_granted"] / one["loans_granted"] - 1.0).rename("more")
    yield level("loans granted, %", "+.4", more, PERCENT)
    yield default("+.05", one, other)


@again("A12")
def officers_hardly_matter(asked: Asked) -> Iterator[Figure]:
    """Pay on volume against fixed pay, and turnover."""
    one, other = against(
        asked, "baseline", {"bank.staffing.volume_bonus": 1.0}, {"bank.staffing.volume_bonus": 0.0}
    )
    for what, name, said in (
        ("loans", "loans_granted", "-.4"),
        ("default", "default_rate", "+1.6"),
    ):
        yield level(f"pay on volume: {what}, %", said, other[name] / one[name] - 1.0, PERCENT)
    loyal = against(asked, "baseline", {"bank.staffing.turnover_monthly": 0.001})
    yield default("-.005", *loyal, "turnover .001")


@again("A13")
def other_levers_are_dead(asked: Asked) -> Iterator[Figure]:
    """Products that fit, fast decisions, credit lines."""
    yield default("+.025", *against(asked, "baseline", {"bank.products.fit": 1.0}), "fit")
    one, other = against(asked, "baseline", {"bank.approval.days": 1.0})
    name = "credit_to_good"
    yield change("days 1: credit to good, million", "-.5", one[name], other[name], MILLION)
    lines = against(asked, "baseline", {"bank.products.revolving_up_to": 1e6})
    yield default("0", *lines, "credit lines")
