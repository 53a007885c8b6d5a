"""One signal between good and bad firms, read, judged and paid for by production code.

Mapping as in `sim.theory.bench.two_points`: statements are the signal, and the bank approves where
its PD is below the one that the best cut-off gives.  A loan of one period to a good firm earns
g = 3 r/12; a bad firm repays nothing and its loan is sold at 1 - L.  The AUC is the model's own
metric over the potential outcomes of all applicants, and the profit is the books'.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.credit import normal
from sim.model.result import result_of
from sim.state.firms import DIMENSIONS
from sim.state.population import Population
from sim.theory import signal_detection
from sim.theory.bench.cohort import PERIOD, TO_SALE, lend_once, sold_at, stake, venture
from sim.theory.bench.estimate import Measured, mean, ratio
from sim.theory.bench.frictionless import READS, investigation
from sim.theory.bench.trial import Trial
from sim.theory.bench.two_points import is_bad, mixed, one_signal, set_types
from sim.theory.rows import Answer

OFF = "all but a signal, a cut-off, certain failure of bad firms, a sale of bad loans, and shadows"
PRODUCTION = (
    "sim.world.signals.read",
    "sim.model.investigation.investigate",
    "sim.policies.approval.cut_off.CutOff.approve",
    "sim.world.shadow.move_on",
    "sim.outcomes.truth.auc",
)
CASE = dict(signal_detection.EXAMPLES[0].parameters)
RUNS, FIRMS = 100, 500
SECOND = "partners"  # the second signal; its dimension has a lower weight in quality than finance


def answers(case: Mapping[str, float]) -> Answer:
    """Return discrimination, what the best cut-off does, and the AUC of two signals."""
    best = signal_detection.closed_form(**case)
    good, bad = signal_detection.approved(case["separation"], best["cut_off"])
    each = list(separations(case["separation"]).values())
    both = signal_detection.combined_separation(each, np.eye(2))
    return {
        "AUC over all applicants": best["auc"],
        "AUC of two signals": float(normal.cdf(both / np.sqrt(2.0))),
        "share of good firms approved": good,
        "share of bad firms approved": bad,
        "booked bad rate": best["booked_bad_rate"],
        "profit per CNY applied for": best["profit"],
    }


def simulated(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return the same from production signals, decisions, shadow loans and books."""
    cut_off = signal_detection.closed_form(**case)["cut_off"]
    finance = {"finance": case["separation"]}
    trial, approved = screened(seed, case, one_signal("statements", cut_off), finance)
    two = one_signal("statements", None) | {
        "screening": investigation({"statements": 1.0, SECOND: 1.0})
    }
    better, _ = screened(seed, case, two, separations(case["separation"]))

    bad = is_bad(trial)
    booked, booked_bad = trial.per_run(approved), trial.per_run(approved & bad)
    applied_for = FIRMS * trial.monthly("disbursed")[0] / booked
    return {
        "AUC over all applicants": mean(auc(trial)),
        "AUC of two signals": mean(auc(better)),
        "share of good firms approved": ratio(trial.per_run(approved & ~bad), trial.per_run(~bad)),
        "share of bad firms approved": ratio(booked_bad, trial.per_run(bad)),
        "booked bad rate": ratio(booked_bad, booked),
        "profit per CNY applied for": mean(trial.total("profit_before_tax") / applied_for),
    }


def separations(first: float) -> dict[str, float]:
    """Return d' in the dimensions of both signals, in proportion to their weights in quality.

    The bank sums readings with those weights, so only then is its sum the best combination.
    """
    weights = Population().weights
    finance, other = (weights[DIMENSIONS.index(READS[k])] for k in ("statements", SECOND))
    return {"finance": first, READS[SECOND]: first * float(other / finance)}


def screened(
    seed: int, case: Mapping[str, float], bank: Mapping[str, object], types: Mapping[str, float]
) -> tuple[Trial, NDArray[np.bool_]]:
    """Return a trial of one cohort and its shadows, run to the end, and the approved, (slots,)."""
    trial = Trial(
        {
            "firms.count": FIRMS,
            **mixed(case["share_bad"]),
            "firms.yardstick.sample": 1,
            **{f"banks.main.{key}": value for key, value in bank.items()},
            "banks.main.pricing.fixed": case["gain"] / PERIOD,
            **sold_at(1.0 - case["loss"]),
        },
        seed,
        RUNS,
    )
    set_types(trial, types)
    success = np.where(is_bad(trial), 0.0, 1.0)
    stake(trial, np.arange(success.size), success)  # shadows keep the cash of this month
    approved = np.isin(np.arange(success.size), lend_once(trial))
    venture(trial, np.arange(success.size), success)
    trial.run_months(TO_SALE)
    return trial, approved


def auc(trial: Trial) -> Floats:
    """Return the model's AUC over all applicants, shape (runs,)."""
    table = result_of(trial.market, trial.simulation.recorder).summary
    return table["auc"].to_numpy(float)
