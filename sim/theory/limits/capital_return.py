"""RAROC from the books of a production bank that holds its economic capital as equity.

Loans run for a year and are repaid at its end; equity is EC = k EAD throughout, since the bank pays
out, or receives, the difference.  Equity saves funding, which is the r_f EC of the formula with
r_f = f.  Without risk and tax the books must give it exactly.  With risk a project fails with
chance PD in the last month, and its loan is sold four months later at 1 - LGD.  The loss by then is
the principal's LGD, the last month's interest, and four months' funding and work; this is the loss
in the formula.  Tax owed but not yet paid, and interest booked but not received, cost
no funding in the formula; in the books they move RAROC by 2e-4, a tenth of its standard error
here.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.core.arrays import Floats
from sim.policies.monitoring.care import REFERENCE_PRECISION
from sim.theory import capital_return
from sim.theory.bench.cohort import TO_SALE, lend_once, sold_at, venture
from sim.theory.bench.estimate import Measured, exact, mean
from sim.theory.bench.frictionless import care
from sim.theory.bench.trial import Trial
from sim.theory.rows import Answer

OFF = "all but funding, work on loans, equity and tax; in the risky book one project and a sale"
PRODUCTION = (
    "sim.state.post.profit.month_result",
    "sim.state.post.profit.running_costs",
    "sim.model.banks.Banks.dividends",
    "sim.mechanisms.repayment.repay",
    "sim.state.post.defaulting.workout",
)
CASE = {
    "rate": 0.074, "funding_rate": 0.025, "opex_rate": 0.015, "capital_ratio": 0.08,
    "tax_rate": 0.25, "pd": 0.02, "lgd": 0.45,
}  # fmt: skip
RUNS, FIRMS = 200, 500
YEAR = 12  # months
SIZE = 1.2e6  # CNY, every loan in the quiet scenario


def answers(case: Mapping[str, float]) -> Answer:
    """Return RAROC without risk and tax, and with both, per CNY of exposure."""
    waiting = (1.0 - case["capital_ratio"]) * case["funding_rate"] + case["opex_rate"]
    lost = case["lgd"] + case["rate"] / 12.0 + TO_SALE / 12.0 * waiting
    account = {
        "rate": case["rate"], "funding_rate": case["funding_rate"], "opex_rate": case["opex_rate"],
        "ead": 1.0, "economic_capital": case["capital_ratio"], "risk_free": case["funding_rate"],
    }  # fmt: skip
    risky = {"loss": case["pd"] * lost, "tax_rate": case["tax_rate"]}
    return {
        "RAROC without risk and tax": capital_return.closed_form(**account, loss=0.0)["raroc"],
        "RAROC with risk and tax": capital_return.closed_form(**account, **risky)["raroc"],
    }


def simulated(seed: int, case: Mapping[str, float]) -> dict[str, Measured]:
    """Return profit over equity from the books."""
    riskless = raroc(seed, {**case, "pd": 0.0, "tax_rate": 0.0}, runs=2)
    return {
        "RAROC without risk and tax": exact(riskless),
        "RAROC with risk and tax": mean(raroc(seed, case, RUNS)),
    }


def raroc(seed: int, case: Mapping[str, float], runs: int) -> Floats:
    """Return each run's profit over a cohort's lifetime by its mean equity in the year, (runs,)."""
    work = case["opex_rate"] / 12.0 * SIZE  # charged as the running cost of account data
    trial = Trial(
        {
            "firms.count": FIRMS,
            "firms.demand.tenor_shares": [0, 0, 1, 0, 0],
            "economy.funding_rate": case["funding_rate"],
            "economy.tax_rate": case["tax_rate"],
            "banks.main.pricing.fixed": case["rate"],
            "banks.main.products.bullet_up_to": YEAR,
            "banks.main.capital.target": case["capital_ratio"],
            "banks.main.monitoring": care(0, accounts=REFERENCE_PRECISION, system_cost=work),
            **sold_at(1.0 - case["lgd"]),
        },
        seed,
        runs,
    )
    rows = lend_once(trial)
    trial.set("firms", "cash", rows, SIZE)
    trial.run_months(YEAR - 1)
    venture(trial, rows, np.full(rows.size, 1.0 - case["pd"]))
    trial.run_months(TO_SALE)
    return trial.total("profit") / trial.monthly("equity")[:YEAR].mean(axis=0)
