"""Basel capital of a production bank, and whether it covers the loss that it is meant to cover.

The bank weighs its loans by the policy `irb` and aims at 8 %, so that its equity over gross loans
is K; it provides by the policy `expected_loss`, PD x LGD.  Its loans share the factor with
the correlation that regulation prescribes for the PD, and the factor falls to its .1 % quantile:
the loss of production loans, sold at 1 - LGD, must then be K beyond the provision.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.credit import irb, normal
from sim.theory import irb_capital
from sim.theory.bench.cohort import sold_at
from sim.theory.bench.estimate import Measured, exact, share
from sim.theory.bench.one_factor import one_factor_book
from sim.theory.rows import Answer

OFF = "all but a common factor at its .1 % quantile, own shocks in one month, a sale of bad loans"
PRODUCTION = (
    "sim.policies.capital.irb.InternalRatings.risk_weight",
    "sim.model.banks.Banks.dividends",
    "sim.policies.provisioning.expected_loss.ExpectedLoss.required",
    "sim.state.post.defaulting.workout",
)
CASE = {"pd": 0.01, "lgd": 0.45, "retail": True}
LOANS = 200_000
FEW = 1_000  # where no default is counted
COMPANY = {"retail": False, "maturity": 2.5, "cny_per_eur": 8.0}
LARGE, SMALL = 60.0, 5.0  # EUR m of turnover: no discount for size, and the full one
BASEL = 0.08  # of risk-weighted assets: the reciprocal of 12.5
SINGLE = 1e-6  # a loan keeps its PD in single precision


def answers(case: Mapping[str, Any]) -> Answer:
    """Return capital and provision per CNY lent, and the loss that they must cover."""
    weights = irb_capital.closed_form(**case)
    loan = {"pd": case["pd"], "lgd": case["lgd"]}
    return {
        "equity over gross loans": weights["capital"],
        "provision over gross loans": case["pd"] * case["lgd"],
        "loss at the factor's .1 % quantile": weights["capital"] + case["pd"] * case["lgd"],
        "risk weight as a corporate": irb_capital.closed_form(**loan)["risk_weight"],
        "risk weight as a small corporate": irb_capital.closed_form(**loan, turnover=SMALL)[
            "risk_weight"
        ],
    }


def simulated(seed: int, case: Mapping[str, Any]) -> dict[str, Measured]:
    """Return the same from a production bank and its loans."""
    lgd = case["lgd"]
    trial, rate = _book(seed, case, LOANS)
    gross, lent = trial.monthly("gross_loans")[0], trial.monthly("disbursed")[0]
    lost = (trial.total("sold") + trial.total("written_off") - trial.total("sale_price")) / lent
    return {
        "equity over gross loans": exact(trial.monthly("equity")[0] / gross, SINGLE),
        "provision over gross loans": exact(trial.monthly("provisions")[0] / gross, SINGLE),
        "loss at the factor's .1 % quantile": Measured(
            float(lost[0]), lgd * share(rate[0] * LOANS, LOANS).standard_error
        ),
        "risk weight as a corporate": _weight_of_companies(seed, case, LARGE),
        "risk weight as a small corporate": _weight_of_companies(seed, case, SMALL),
    }


def _weight_of_companies(seed: int, case: Mapping[str, Any], turnover: float) -> Measured:
    """Return the equity that a bank holds against companies of this turnover, over 8 %."""
    euros = COMPANY["cny_per_eur"] * 1e6
    trial, _ = _book(seed, case, FEW, **COMPANY, turnover=turnover * euros)
    held = trial.monthly("equity")[0] / trial.monthly("gross_loans")[0]
    return exact(held / BASEL, SINGLE)


def _book(seed: int, case: Mapping[str, Any], loans: int, **treatment: Any) -> Any:
    """Simulate a book of loans that the bank weighs by internal ratings, at the bad quantile."""
    pd, lgd = case["pd"], case["lgd"]
    bank = {
        "rating.default_probability": pd,
        "capital": {"kind": "irb", "lgd": lgd, "target": BASEL, "minimum": 0, **treatment},
        "provisioning": {"kind": "expected_loss", "lgd": lgd},
    }
    return one_factor_book(
        pd,
        float(irb.asset_correlation(pd, retail=case["retail"])),
        seed,
        runs=1,
        loans=loans,
        factor=float(normal.quantile(1.0 - irb.CONFIDENCE)),
        settings={f"banks.main.{key}": value for key, value in bank.items()} | sold_at(1.0 - lgd),
    )
