"""The resistance of production borrowers: who takes out a share of what its loan was put into.

Equal loans for three months go to firms that differ in resistance alone; what is in use, the pledge
and what firms have seen of the bank's proven cases are set by hand, a month later it shows who
takes out.  The switch lies between the highest resistance of these and the lowest of the others.
Benefit, share, penalty rate and the value of a relationship of one month are the model's own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim.theory import taking_out
from sim.theory.bench.cohort import lend_once
from sim.theory.bench.estimate import Measured, exact
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "all but the borrower's temptation; nobody looks, and the view is set by hand"
PRODUCTION = (
    "sim.mechanisms.diversion.divert",
    "sim.mechanisms.diversion.post_diversion",
)
CASE = dict(taking_out.EXAMPLES[0].parameters)
VARIANTS: dict[str, dict[str, float]] = {
    "switch of resistance": {},
    "switch where the loan is called, with a pledge of .1": {"pledge": 0.1, "called": 0.1},
    "switch where three times as many were caught": {"view": 0.03},
    "switch where nobody is listed, with a pledge and a penalty of twice the rate": {
        "pledge": 0.1,
        "called": 0.1,
        "penalty_rate": 2.0,
        "listed": 0.0,
        "relationship": 0.0,
    },
}
NOBODY = "share that takes out where nobody was caught"
FIRMS = 20_000
SPREAD = 0.8  # sd of the log of resistance
PLEDGE_LOSS = 0.2  # share of a pledge that its owner loses
RELATIONSHIP = 0.02 / 12.0  # share of the balance, a month known
NOBODY_LOOKS = {"kind": "care", "monthly": 0, "proceeds_check": 0, "accounts": 0}
WEIGHT = 1e6  # loan-months that firms have seen, beside which what is new is nothing


def answers(case: Mapping[str, float]) -> Answer:
    """Return the resistance of the switch in each variant, and who gives in without any fear."""
    known = {**case, "relationship": RELATIONSHIP}
    found = {
        name: taking_out.closed_form(**{**known, **variant})["resistance"]
        for name, variant in VARIANTS.items()
    }
    resistance = taking_out.closed_form(**{**known, "view": 0.0})["resistance"]
    return found | {NOBODY: float(resistance == math.inf)}


def simulated(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return the same from the resistance of those who take out and those who do not."""
    found = {name: switch(seed, {**case, **variant}) for name, variant in VARIANTS.items()}
    fearless = after_a_month(seed, {**case, "view": 0.0})[1]
    return found | {NOBODY: exact(float(fearless.mean()))}


def switch(seed: int, case: Mapping[str, float]) -> Measured:
    """Return the middle of the gap between the resistance of those who take out and the others'.

    The switch is equally likely anywhere in the gap; if the groups overlap, there is no switch.
    """
    resistance, takes = after_a_month(seed, case)
    low, high = resistance[takes].max(initial=0.0), resistance[~takes].min(initial=math.inf)
    if not low <= high:
        return Measured(math.nan)
    return Measured(float(np.mean([low, high])), float(high - low) / math.sqrt(12.0))


def after_a_month(
    seed: int, case: Mapping[str, float]
) -> tuple[
    np.ndarray[tuple[int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.bool_]]
]:
    """Return each borrower's resistance, and whether it has taken out a month after the grant."""
    listed = case.get("listed", 0.1)
    trial = Trial(
        {
            "firms.count": FIRMS,
            "firms.opportunism_log_sd": SPREAD,
            "firms.temptation.omega": 1.0,
            "economy.regulation.misuse_penalty": case.get("penalty_rate", 1.5),
            "economy.regulation.listed_months": 60 if listed else 0,
            "banks.main.monitoring": NOBODY_LOOKS | {"call_misuse": case.get("called", 0.0) > 0.0},
            "banks.main.pricing": {"kind": "flat", "fixed": case["rate"], "rate_cap": 10},
            "banks.main.collateral": {
                "kind": "pledge", "cover": case.get("pledge", 0.0) / PLEDGE_LOSS, "valuation": 0,
            },
        },
        seed,
    )  # fmt: skip
    rows, market = lend_once(trial), trial.market
    months_of_use = case["months"] - 1  # one passes before the owner can take out
    income = case["in_use"] * market.loans.principal[rows] / months_of_use
    trial.set("loans", "project_income", rows, income)
    trial.set("books", "loan_months", market.books_at(0), WEIGHT)
    trial.set("books", "proof_chances", market.books_at(0), WEIGHT * case["view"])
    trial.run_months()
    return market.firms.opportunism[rows].astype(float), market.firms.diverting[rows].copy()
