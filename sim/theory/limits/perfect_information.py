"""A production market without frictions: two years of loans, and nothing lost.

Mapping: a good firm's quality is 5 and a bad one's -5, so that signals whose noise is a hundredth
of quality's spread leave no doubt: the limit of perfect information, since precisions end at 100.
Good firms earn by their quality, bad ones would lose by it.  All are tempted, and every loan is
visited every month at no cost, by officers who miss nothing and prove what they see; firms know it
from the start and see it confirmed.  The same market without visits, which firms also know, shows
the effect of monitoring: all divert.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.theory import perfect_information
from sim.theory.bench.cohort import set_overall_quality
from sim.theory.bench.estimate import Measured, exact
from sim.theory.bench.frictionless import READS, care, investigation
from sim.theory.bench.trial import Trial
from sim.theory.bench.two_points import is_bad, mixed
from sim.theory.rows import Answer

OFF = "shocks, lies, costs and delays; signals and visits are set to their extreme"
PRODUCTION = (
    "sim.model.investigation.investigate",
    "sim.policies.approval.cut_off.CutOff.approve",
    "sim.mechanisms.diversion.divert",
    "sim.model.care.look",
    "sim.mechanisms.repayment.repay",
)
CASE = {"share_bad": 0.3}
FIRMS, MONTHS = 2000, 24
FAR = 5.0  # sd of quality


def answers(case: Mapping[str, float]) -> Answer:
    """Return the losses, which are zero, and the share that diverts without monitoring, 1."""
    watched = perfect_information.closed_form(case["share_bad"])
    unwatched = perfect_information.closed_form(case["share_bad"], watched=False)
    return {
        "good firms refused": watched["good_refused"],
        "bad firms booked": watched["bad_booked"],
        "loans diverted": watched["diverted"],
        "loans that default": watched["default"],
        "spent on signals and visits": 0.0,
        "loans diverted without monitoring": unwatched["diverted"],
    }


def simulated(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return the same from two years of a production market, with and without monitoring."""
    watched, diverted, booked = two_years(seed, case, monthly=1.0)
    _, unwatched, _ = two_years(seed, case, monthly=0.0)
    bad = is_bad(watched)
    return {
        "good firms refused": exact(1.0 - booked[~bad].mean()),
        "bad firms booked": exact(booked[bad].mean()),
        "loans diverted": exact(diverted),
        "loans that default": exact(watched.total("defaults")),
        "spent on signals and visits": exact(
            watched.total("file_cost") + watched.total("monitoring_cost")
        ),
        "loans diverted without monitoring": exact(unwatched),
    }


def two_years(seed: int, case: Mapping[str, float], monthly: float) -> tuple[Trial, float, Any]:
    """Return a trial, the share of live loans diverted at its end, and which firms borrowed."""
    trial = Trial(
        {
            "firms.count": FIRMS,
            **mixed(case["share_bad"]),
            # good firms have two sectors: with one, rounding may exceed even a limit of 1
            "firms.sectors.good.share": 0.5 * (1.0 - case["share_bad"]),
            "firms.sectors.other.share": 0.5 * (1.0 - case["share_bad"]),
            "firms.earnings.quality_effect": 0.06,
            "firms.margin": 0.08,
            "firms.opportunism_log_sd": 0.8,
            "firms.temptation": {"omega": 1, "view_at_start": monthly},
            "firms.demand.need_monthly": 0.5,
            "firms.demand.tenor_shares": [0.1, 0.2, 0.4, 0.2, 0.1],
            "banks.main.screening": investigation(dict.fromkeys(READS, 100.0)),
            "banks.main.rating": {"kind": "expert"},
            "banks.main.approval": {
                "kind": "cut_off",
                "override": 0,
                "hours": 0,
                "cost": 0,
                "days": 0,
            },
            "banks.main.monitoring": care(
                monthly, precision=100, response_lag=0, success=1, call_misuse=False
            ),
        },
        seed,
    )
    market = trial.market
    set_overall_quality(trial, np.arange(FIRMS), np.where(is_bad(trial), -FAR, FAR))
    booked = np.zeros(FIRMS, bool)
    for _ in range(MONTHS):
        trial.run_months()
        booked[market.live] = True
    old = market.live[market.loans.granted[market.live] < market.month]
    return trial, float(market.firms.diverting[old].mean()), booked
