"""The winner's curse among production banks to which a firm applies at the same time.

Every bank reads the bureau's report with the same precision, by the steps of a run: seven tenths of
the noise belong to the firm and are common to all banks.  Each bank approves every firm and quotes
a rate by its own belief, and every rate is acceptable, so each firm gets a loan from its winner at
once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.core.arrays import Floats
from sim.state.firms import DIMENSIONS
from sim.theory import winning_quote
from sim.theory.bench.estimate import Measured, mean
from sim.theory.bench.frictionless import READS, investigation
from sim.theory.bench.trial import Trial, quiet_bank
from sim.theory.bench.two_points import LEVEL, SLOPE
from sim.theory.rows import Answer

OFF = "all but one signal per bank and prices by risk; each firm applies to all banks at once"
PRODUCTION = (
    "sim.world.demand.apply_for_credit",
    "sim.world.signals.read",
    "sim.model.quotes.settle_offers",
    "sim.world.choosing.choose",
)
CASE = {"precision": 2.0, "common": 0.7, "banks": 3}
NAMES = ("main", "second", "third")
SIGNAL = "bureau"
FIRMS = 20_000


def answers(case: Mapping[str, Any]) -> Answer:
    """Return by how much the lending bank overestimates, with one bank asked and with several."""
    one = winning_quote.closed_form(**{**case, "banks": 1})
    two = winning_quote.closed_form(**{**case, "banks": 2})
    several = winning_quote.closed_form(**case)
    return {
        "overestimate, one bank asked": one["overestimate"],
        "overestimate, two banks asked": two["overestimate"],
        "overestimate, all banks asked": several["overestimate"],
    }


def simulated(seed: int, case: Mapping[str, Any]) -> dict[str, Measured]:
    """Return the same from what the lender of each firm believed of it."""
    return {
        "overestimate, one bank asked": mean(errors(seed, case, 1)),
        "overestimate, two banks asked": mean(errors(seed, case, 2)),
        "overestimate, all banks asked": mean(errors(seed, case, case["banks"])),
    }


def errors(seed: int, case: Mapping[str, Any], asked: int) -> Floats:
    """Return by how much each firm's lender overestimated it, shape (firms,), in sd.

    A bank's belief about a firm is w q on average, since it is shrunk toward the mean.
    """
    precision = case["precision"]
    bank = quiet_bank() | {
        "screening": investigation({SIGNAL: precision}),
        "rating": {"kind": "expert", "level": LEVEL, "slope": SLOPE},
        "pricing": {"kind": "risk_based", "rate_cap": 10},
    }
    names = NAMES[: case["banks"]]
    trial = Trial(
        {
            "firms.count": FIRMS,
            "firms.demand.banks_asked": asked,
            **{f"banks.{name}": bank for name in names},
        },
        seed,
    ).run_months()
    market, dimension = trial.market, DIMENSIONS.index(READS[SIGNAL])
    lender = market.loans.lender
    if not (lender >= 0).all():
        raise RuntimeError("some firm was not lent to")
    beliefs = market.relations.belief_mean[dimension].reshape(len(names), -1).astype(float)
    won: Floats = beliefs[lender, range(market.slots)]
    return won - precision / (1.0 + precision) * market.firms.quality[dimension]
