"""Annuity and par price on production loans: a riskless book, and books that may default.

The riskless book has level instalments and is repaid in full.  The risky ones have a constant
monthly hazard: the model's heavy loss, so large that a firm that it hits never pays again.  The
bank prices them itself, by its estimates, at the break-even rate.  A loan that stops paying
is sold four months after its first missed instalment, so the price there is `(1-LGD)(1+f)^4`: worth
1 - LGD of the opening balance in the month of the first miss, which is also what the bank assumes.
Then profit, discounted at the funding rate, must be zero on any schedule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.core.arrays import Floats
from sim.core.money import PENNY
from sim.credit.pricing import term_pd
from sim.theory import par_price
from sim.theory.bench.cohort import TO_SALE, lend_once, sold_at
from sim.theory.bench.estimate import Measured, exact, mean
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "riskless book: all; risky ones: all but a constant hazard, arrears, and a sale of bad loans"
PRODUCTION = (
    "sim.model.lending.decide",
    "sim.model.pricing.basis",
    "sim.mechanisms.repayment.repay",
    "sim.mechanisms.repayment.post_instalments",
    "sim.state.post.profit.month_result",
)
CASE = {
    "principal": 1e6, "annual_rate": 0.06, "months": 12,
    "funding_rate": 0.025, "hazard": 0.01, "lgd": 0.45,
}  # fmt: skip
RUNS, FIRMS = 100, 200
AWAITED = 120  # months over which the quiet scenario's bank expects to collect
TERM = {"firms.demand.tenor_shares": [0, 0, 1, 0, 0]}
MENU: dict[str, Any] = {
    "kind": "menu",
    "fit": 1,
    "design_cost": 0,
    "bullet_up_to": 0,
    "seasonal_from": 600,
}
SCHEDULES: dict[str, dict[str, Any]] = {
    "level instalments": {"kind": "instalment"},
    "dues by season": MENU | {"seasonal_from": 12},
    "a revolving line": MENU | {"revolving_up_to": 1e9},
    "principal at the end": MENU | {"bullet_up_to": 12},
}


def answers(case: Mapping[str, Any]) -> Answer:
    """Return the payment, the rate that the bank must quote, and zero profit on each schedule."""
    exactly = par_price.closed_form(**case)
    return {
        "level instalment": exactly["payment"],
        "paid over the riskless loan's life": case["months"] * exactly["payment"],
        "owed after its last instalment": 0.0,
        "rate quoted by the bank": exactly["break_even_rate"],
        **{f"profit per CNY lent, {name}": 0.0 for name in SCHEDULES},
    }


def simulated(seed: int, case: Mapping[str, Any]) -> dict[str, Measured]:
    """Return the same from a riskless book and from risky ones on each schedule."""
    books = {
        name: risky((seed, number), case, product)
        for number, (name, product) in enumerate(SCHEDULES.items())
    }
    quoted = np.concatenate([rate for _, rate in books.values()])
    return {
        **riskless(seed, case),
        "rate quoted by the bank": exact(quoted),
        **{f"profit per CNY lent, {name}": mean(book) for name, (book, _) in books.items()},
    }


def riskless(seed: int, case: Mapping[str, Any]) -> dict[str, Measured]:
    """Return what loans without risk pay."""
    trial = Trial(
        TERM
        | {
            "firms.count": 50,
            "firms.demand.amount_cap": case["principal"] / 4e6,  # of turnover
            "banks.main.pricing.fixed": case["annual_rate"],
            "banks.main.products": SCHEDULES["level instalments"],
        },
        seed,
    )
    rows = lend_once(trial)
    instalment = trial.market.loans.instalment[rows].copy()
    trial.set("firms", "cash", rows, 2.0 * case["principal"])
    trial.run_months(case["months"])
    return {
        "level instalment": exact(instalment),
        "paid over the riskless loan's life": exact(trial.total("paid_by_firms") / rows.size),
        "owed after its last instalment": exact(trial.monthly("gross_loans")[-1], PENNY),
    }


def risky(
    seed: tuple[int, int], case: Mapping[str, Any], product: Mapping[str, Any]
) -> tuple[Floats, Floats]:
    """Return each run's discounted profit per CNY lent, (runs,), and the rates quoted, (loans,)."""
    hazard, lgd, funding = case["hazard"], case["lgd"], case["funding_rate"]
    price = (1.0 - lgd) * (1.0 + funding / 12.0) ** TO_SALE
    trial = Trial(
        TERM
        | {
            "firms.count": FIRMS,
            "firms.earnings.ruin_chance": 12.0 * hazard,
            "firms.earnings.ruin_size": 5,
            "economy.funding_rate": funding,
            "economy.discount_rate": (1.0 + funding / 12.0) ** (12.0 * TO_SALE / AWAITED) - 1.0,
            **sold_at(price),
            "banks.main.rating.default_probability": float(term_pd(hazard, 12)),
            "banks.main.pricing": {"kind": "risk_based", "sensitivity": 1, "rate_cap": 10},
            "banks.main.products": product,
        },
        seed,
        RUNS,
    )
    rows = lend_once(trial)
    trial.set("firms", "cash", rows, 2.0 * trial.market.loans.principal[rows])
    rates = trial.market.loans.rate[rows].copy()
    trial.run_months(case["months"] + TO_SALE)
    profit = trial.present_value("profit_before_tax", funding)
    return profit / trial.total("disbursed"), rates
