"""The choice of project by production borrowers: to divert a loan or not.

Per CNY lent, all of it in use and taken out, the model's owner diverts iff
`(1-P) (gain + gain_by_rate (r-.06)) > kappa P (call_loss + h C)` where the bank calls, nobody is
listed and no penalty rate is due, P being the chance of being found out over the loan's lifetime.
The theory's borrower takes the risky project iff `(1-m) [(ps-pr)(R-R_0) - (ps-pr) C] > m F`, R_0
being the switch without collateral and monitoring.  The two rules are the same with kappa = 1,
P = m (the view is set by hand), gain = 0, gain_by_rate = ps-pr, `h = (1-m)(ps-pr)/m` as the share
of the pledge lost on a call, and `call_loss = (1-m)(ps-pr)(R_0-1.06)/m + F`.  All that the model's
owner fears stands inside P, so where the theory has no monitoring, P is .3 and F is 0: what is
lost by being found out then stands for what is lost by the risky project's failure.  Here R is
1 + r, r being the yearly rate.

Rates differ between firms through the bank's own risk-based price; the switch is between the
highest rate of a diligent borrower and the lowest of a diverting one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from sim.theory import moral_hazard
from sim.theory.bench.cohort import lend_once
from sim.theory.bench.estimate import Measured
from sim.theory.bench.frictionless import care, investigation
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "all but screening by statements, risk-based price and the borrower's temptation"
PRODUCTION = (
    "sim.mechanisms.diversion.divert",
    "sim.model.pricing.basis",
    "sim.policies.pricing.risk_based.RiskBased.rate",
)
CASE = dict(moral_hazard.EXAMPLES[0].parameters)
VARIANTS: dict[str, dict[str, float]] = {
    "switch of project": {},
    "switch with collateral of .1": {"collateral": 0.1},
    "switch with monitoring of .3 and a fine of .05": {"monitoring": 0.3, "penalty": 0.05},
}
FIRMS = 20_000
LOW = 1.06  # gross rate up to which the model's gain from diverting is constant
TERM = 3  # months
FOUND_OUT = 0.3  # chance of being found out where the theory has no monitoring
WEIGHT = 1e6  # loan-months that firms have seen, beside which what is new is nothing


def answers(case: Mapping[str, float]) -> Answer:
    """Return the gross rate of the switch in each variant."""
    return {
        name: moral_hazard.closed_form(**case, **variant)["highest_rate"]
        for name, variant in VARIANTS.items()
    }


def simulated(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return the same from the rates of those who divert and those who do not."""
    return {name: switch(seed, case, **variant) for name, variant in VARIANTS.items()}


def switch(
    seed: int,
    case: Mapping[str, float],
    collateral: float = 0.0,
    monitoring: float = 0.0,
    penalty: float = 0.0,
) -> Measured:
    """Return the middle of the gap between diligent and diverting borrowers' rates.

    The switch is equally likely anywhere in the gap; if the groups overlap, there is no switch.
    """
    gap = case["safe_success"] - case["risky_success"]
    unsecured = moral_hazard.closed_form(**case)["highest_rate"]
    found_out = monitoring or FOUND_OUT
    deterred = (1.0 - found_out) * gap / found_out
    temptation = {
        "omega": 1,
        "taken": 1,
        "gain": 0,
        "gain_by_rate": gap,
        "pledge_loss": deterred,
        "call_loss": deterred * (unsecured - LOW) + penalty,
    }
    trial = Trial(
        {
            "firms.count": FIRMS,
            **{f"firms.temptation.{key}": value for key, value in temptation.items()},
            "economy.regulation.misuse_penalty": 1,
            "economy.regulation.listed_months": 0,
            "banks.main.monitoring": care(0, call_misuse=True),
            "banks.main.screening": investigation({"statements": 1.0}),
            "banks.main.rating": {"kind": "expert", "level": -1, "slope": 1},
            "banks.main.pricing": {"kind": "risk_based", "sensitivity": 1, "rate_cap": 10},
            "banks.main.collateral": {"kind": "pledge", "cover": collateral, "valuation": 0},
        },
        seed,
    )
    rows, market = lend_once(trial), trial.market
    monthly = 1.0 - (1.0 - found_out) ** (1.0 / TERM)
    income = market.loans.principal[rows] / (TERM - 1)  # a month passes before anyone can divert
    trial.set("loans", "project_income", rows, income)
    trial.set("books", "loan_months", market.books_at(0), WEIGHT)
    trial.set("books", "proof_chances", market.books_at(0), WEIGHT * monthly)
    rate = 1.0 + market.loans.rate[rows]
    trial.run_months()
    diverts = market.firms.diverting[rows]
    low, high = rate[~diverts].max(initial=-math.inf), rate[diverts].min(initial=math.inf)
    if not low <= high:
        return Measured(math.nan)
    return Measured(float(np.mean([low, high])), (high - low) / math.sqrt(12.0))
