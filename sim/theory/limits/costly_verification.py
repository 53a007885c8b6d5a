"""Debt with costly audits on production loans and visits.

Mapping: one period is a loan of three months repaid at its end.  Its firm has no cash until then,
so interest accumulates and the face value D = 1 + 3 r/12 per CNY lent is due at once.  In the last
month its cash is set to `x = l + w u`, u being its honesty; it pays what it can.  From that month
on the bank visits every borrower still on its book, which are those that did not pay D, at c per
CNY lent.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.core.arrays import Floats
from sim.theory import costly_verification
from sim.theory.bench.cohort import annual, draws_at_birth, lend_once
from sim.theory.bench.estimate import Measured, mean, ratio
from sim.theory.bench.frictionless import care
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "all but limited liability, arrears of one period, and visits to those who do not repay"
PRODUCTION = (
    "sim.mechanisms.repayment.repay",
    "sim.mechanisms.repayment.post_instalments",
    "sim.model.care.look",
    "sim.policies.monitoring.care.Care.inspection_chance",
)
CASE = dict(costly_verification.EXAMPLES[0].parameters)
RUNS, FIRMS = 100, 500
CHEAPER = 0.03  # by how much the lower promise is below D


def answers(case: Mapping[str, float]) -> Answer:
    """Return what a promise of D raises, how often it fails, and what a lower one raises."""
    debt = costly_verification.closed_form(**case)
    return {
        "chance that the firm cannot pay": debt["pd"],
        "raised net of audits by the face value": case["need"],
        "raised net of audits by .03 less": raised(debt["face_value"] - CHEAPER, case),
    }


def raised(face: float, case: Mapping[str, float]) -> float:
    """Return `E[min(x, D)] - c P(x < D)` of a promise D between l and h."""
    below = (face - case["low"]) / (case["high"] - case["low"])
    return below * (0.5 * (case["low"] + face) - case["audit_cost"]) + (1.0 - below) * face


def simulated(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return the same from production loans that promise D, and a little less."""
    face = costly_verification.closed_form(**case)["face_value"]
    trial, lower = lend_for(face, seed, case), lend_for(face - CHEAPER, seed, case)
    return {
        "chance that the firm cannot pay": ratio(
            trial.total("inspections"), trial.monthly("loans")[0]
        ),
        "raised net of audits by the face value": mean(income(trial)),
        "raised net of audits by .03 less": mean(income(lower)),
    }


def income(trial: Trial) -> Floats:
    """Return what the bank received less its cost of audits, per CNY lent, shape (runs,)."""
    got = trial.total("paid_by_firms") - trial.total("monitoring_cost")
    return got / trial.total("disbursed")


def lend_for(face: float, seed: int, case: Mapping[str, float]) -> Trial:
    """Return a trial of loans that promise `face` per CNY lent."""
    trial = Trial(
        {"firms.count": FIRMS, "banks.main.pricing.fixed": float(annual(face))}, seed, RUNS
    )
    rows, market = lend_once(trial), trial.market
    trial.set("firms", "cash", rows, 0.0)
    trial.run_months(2)
    lent = market.loans.principal[rows]
    earned = case["low"] + (case["high"] - case["low"]) * draws_at_birth(trial, rows)
    trial.set("firms", "cash", rows, earned * lent)
    audit = float(case["audit_cost"] * lent.max())
    trial.change({"banks.main.monitoring": care(1, inspection_cost=audit)})
    return trial.run_months()
