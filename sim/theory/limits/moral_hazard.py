"""The choice of project by production borrowers: to divert a loan or not.

The model diverts iff `(1-P) omega (gain + gain_by_rate (r-.06)) > kappa (P (penalty + h C) + R)`
per CNY lent, P being the chance of being found out over the loan's lifetime.  The theory's
borrower takes the risky project iff `(1-m) [(ps-pr)(R-R_0) - (ps-pr) C] > m F`, R_0 being the
switch without collateral and monitoring.  The two rules are the same with kappa = omega = 1, P = m
(monthly detection by hand), gain = 0, gain_by_rate = ps-pr, penalty = F, `h = (1-m)(ps-pr)/m` as
the share of the pledge lost by being found out, and the value at stake `(1-m)(ps-pr)(R_0-1.06)`
from a relationship of a month.  Here R is 1 + r, r being the yearly rate.

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
from sim.theory.bench.frictionless import investigation
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
PLEDGED = 0.3  # detection that is needed for a pledge to be lost at all


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
    found_out = max(monitoring, PLEDGED if collateral else 0.0)
    temptation = {
        "omega": 1,
        "gain": 0,
        "gain_by_rate": gap,
        "penalty": penalty,
        "pledge_loss": (1.0 - found_out) * gap / found_out if found_out else 0.0,
        "relationship": 12.0 * (1.0 - found_out) * gap * (unsecured - LOW),
    }
    trial = Trial(
        {
            "firms.count": FIRMS,
            **{f"firms.temptation.{key}": value for key, value in temptation.items()},
            "banks.main.screening": investigation({"statements": 1.0}),
            "banks.main.rating": {"kind": "expert", "level": -1, "slope": 1},
            "banks.main.pricing": {"kind": "risk_based", "sensitivity": 1, "rate_cap": 10},
            "banks.main.collateral": {"kind": "pledge", "cover": collateral, "valuation": 0},
        },
        seed,
    )
    rows, market = lend_once(trial), trial.market
    monthly = 1.0 - (1.0 - found_out) ** (1.0 / TERM)
    trial.set("books", "detection", market.books_at(0), monthly)
    rate = 1.0 + market.loans.rate[rows]
    trial.run_months()
    diverts = market.firms.diverting[rows]
    low, high = rate[~diverts].max(initial=-math.inf), rate[diverts].min(initial=math.inf)
    if not low <= high:
        return Measured(math.nan)
    return Measured(float(np.mean([low, high])), (high - low) / math.sqrt(12.0))
