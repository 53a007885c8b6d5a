"""Loan officers: one seat per row; the person in it may change and takes the experience along."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Int8s, Int32s, Keys
from sim.core.columns import Schema, column
from sim.core.distributions import Constant, Derived, Exponential, Lognormal, Uniform
from sim.core.sight import Sight


def diligence_law(born: Any, params: Any) -> Any:
    """1 - slack u; lognormal with median 1 where `diligence_log_sd` is above 0"""
    if params.diligence_log_sd == 0.0:
        return 1.0 - params.slack * born["slackness"]
    from sim.core.random_numbers import normal_quantiles

    return np.exp(params.diligence_log_sd * normal_quantiles(1.0 - born["slackness"]))


class Officers(NamedTuple):
    """One row per seat of every bank and run, (runs * banks * seats,)."""

    key: Keys = column("u8", "key", "root of the person's random numbers", Sight.HIDDEN)
    run: Int32s = column("i4", "index", "run (seed) that the seat is in", Sight.FILE)
    lender: Int8s = column("i1", "index", "bank that the seat belongs to", Sight.FILE)
    seat: Int32s = column("i4", "index", "number of the seat at the bank", Sight.FILE)
    generation: Int32s = column("i4", "count", "how many officers had this seat before", Sight.FILE)
    active: Bools = column("?", "flag", "the bank pays for this seat", Sight.FILE)
    slackness: Floats = column(
        "f8", "quantile", "rank by lack of diligence", Sight.HIDDEN, Uniform()
    )
    diligence: Floats = column(
        "f8",
        "ratio",
        "effort on a task if there is time for it",
        Sight.HIDDEN,
        Derived(diligence_law),
    )
    skill: Floats = column(
        "f8",
        "ratio",
        "precision for the same effort, median 1",
        Sight.HIDDEN,
        Lognormal(1.0, "skill_log_sd"),
    )
    integrity: Floats = column(
        "f8", "quantile", "rank by integrity: the lowest do favours", Sight.HIDDEN, Uniform()
    )
    favours: Floats = column("f8", "count/month", "rules bent for firms this month", Sight.HIDDEN)
    since: Int32s = column("i4", "month", "month at whose end the person took the seat", Sight.FILE)
    experience: Floats = column(
        "f8", "months", "time in the job", Sight.FILE, Exponential("experience")
    )
    caseload: Floats = column("f8", "loans", "live loans managed", Sight.FILE)
    hours: Floats = column("f8", "hours/month", "work required this month", Sight.FILE)
    workload: Floats = column(
        "f8", "ratio", "work required over hours in a month, last month", Sight.FILE
    )
    effort: Floats = column("f8", "ratio", "share of full effort, last month", Sight.HIDDEN)
    record_months: Floats = column(
        "f8", "loan-months", "loans near the cut-off that the person granted", Sight.FILE
    )
    record_defaults: Floats = column("f8", "count", "of these, defaults", Sight.FILE)
    supervised: Bools = column("?", "flag", "under supervision this month", Sight.FILE)
    care: Floats = column(
        "f8", "ratio", "care for loans granted over the usual", Sight.HIDDEN, Constant(1.0)
    )


OFFICERS = Schema(Officers)
