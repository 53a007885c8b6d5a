"""Every row on the production code: it holds by its own standard error, and it could fail."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from cProfile import Profile
from functools import cache
from types import CodeType
from typing import Any

import numpy as np
import pytest

from sim.core.errors import RequestError
from sim.credit.irb import risk_weight
from sim.mechanisms import visits
from sim.policies.capital.irb import InternalRatings
from sim.theory.bench.estimate import Measured, exact
from sim.theory.check import DIFFERS, MOST, LimitResult, compare, distance, limits, run
from sim.theory.rows import row, rows
from sim.theory.table import table
from sim.world import signals, take_up

SEED = 7


@cache
def measured(name: str) -> tuple[Mapping[str, Measured], frozenset[CodeType]]:
    """Return what a row's trials gave, and the code of every Python function that they ran."""
    limit, watch = limits()[name], Profile(builtins=False)
    watch.enable()
    try:
        estimates = limit.simulated(SEED, limit.CASE)
    finally:
        watch.disable()
    return estimates, frozenset(entry.code for entry in watch.getstats())


def judged(name: str, slip: Mapping[str, Any] | None = None) -> dict[str, LimitResult]:
    """Return a row's records against its closed form, or against one with a wrong parameter."""
    limit = limits()[name]
    answers = limit.answers({**limit.CASE, **(slip or {})})
    return {record.quantity: record for record in compare(limit, answers, measured(name)[0])}


def test_every_row_has_a_limiting_scenario() -> None:
    assert list(limits()) == list(rows())


@pytest.mark.parametrize("name", rows())
def test_a_row_holds_on_the_production_code(name: str) -> None:
    records = judged(name)
    simulated = {quantity for quantity, record in records.items() if not math.isnan(record.z)}
    assert simulated, "nothing was simulated"
    for quantity, record in records.items():
        assert record.row == row(name).ROW
        assert record.holds, record
        if quantity in simulated:
            assert abs(record.z) < MOST
        else:
            reason = limits()[name].CLOSED_FORM_ONLY[quantity]  # type: ignore[attr-defined]
            assert record.verdict == f"closed form only, because {reason}"


@pytest.mark.parametrize("name", rows())
def test_a_row_runs_the_production_code_that_it_names(name: str) -> None:
    ran = measured(name)[1]
    named = limits()[name].PRODUCTION
    assert named
    for function in named:
        assert code_of(found(function)) in ran, f"{function} was not run"


def code_of(function: Any) -> Any:
    """Return the code of a function, or of the posting of a mechanism."""
    return getattr(function, "write", function).__code__


def found(dotted: str) -> Any:
    """Return a function or a method by its dotted name."""
    module, _, rest = dotted, "", []
    while module not in sys.modules:
        module, _, last = module.rpartition(".")
        rest.insert(0, last)
    thing: Any = sys.modules[module]
    for part in rest:
        thing = getattr(thing, part)
    return thing


# one wrong parameter in the closed form, and the quantity that must give it away
SLIPS: dict[str, tuple[dict[str, Any], str]] = {
    "portfolio_loss": ({"rho": 0.14}, "99 % quantile of the default rate"),
    "irb_capital": ({"lgd": 0.5}, "loss at the factor's .1 % quantile"),
    "credit_rationing": (
        {"outside_option": 0.065},
        "share of safe firms that borrow at the best rate",
    ),
    "moral_hazard": ({"risky_payoff": 1.24}, "switch with collateral of .1"),
    "taking_out": (
        {"view": 0.011},
        "switch where the loan is called, with a pledge of .1",
    ),
    "lemons": ({"surplus": 1.25}, "best borrower in the end"),
    "costly_verification": ({"need": 1.04}, "chance that the firm cannot pay"),
    "signal_detection": ({"separation": 1.1}, "AUC over all applicants"),
    "winners_curse": ({"cut_off": 0.7}, "bad firms that some bank funds"),
    "winning_quote": ({"common": 0.6}, "overestimate, all banks asked"),
    "par_price": ({"lgd": 0.46}, "rate quoted by the bank"),
    "capital_return": ({"pd": 0.03}, "RAROC with risk and tax"),
    "arrears": ({"roll": np.array([0.25, 0.5, 0.6, 0.7])}, "share of loans that default"),
    "zero_profit": ({"pd": 0.045}, "zero-profit rate, recovery on claim"),
    "first_passage": ({"volatility": 0.21}, "chance of being out of cash at a month's end"),
    "gaussian_belief": (
        {"precision": {"statements": 2.0, "bureau": 2.0, "site_visit": 5.0, "owner_visit": 3.0,
                       "partners": 2.0}},
        "mean squared error of the belief",
    ),
    "logit": ({"level": -1.3}, "learned: intercept"),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_wrong_parameter_is_found(name: str) -> None:
    slip, quantity = SLIPS[name]
    assert judged(name, slip)[quantity].verdict == DIFFERS


def test_only_the_row_without_parameters_has_no_slip() -> None:
    assert set(rows()) - set(SLIPS) == {"perfect_information"}  # nothing is lost, whatever they are


def careless(offer: Any, own: Any, rival: Any) -> Any:
    """Accept up to 20 % a year more than one bears."""
    return take_up.Answered(offer <= own + 0.2, np.zeros(offer.size, bool))


def corporate(self: InternalRatings, pd: Any) -> Any:
    """Weigh small firms as large ones."""
    return risk_weight(pd, self.lgd)


sharp = signals.read


def blurred(market: Any, rows: Any, lender: int, signal: Any, precision: Any, *more: Any) -> Any:
    """Read at half the precision that the bank believes in."""
    return sharp(market, rows, lender, signal, 0.5 * precision, *more)


def nobody(market: Any, rows: Any, lender: int, chance: Any) -> Any:
    """Visit nobody, whatever was prescribed."""
    return np.zeros(rows.size, bool)


# a fault planted in the model, and the row and quantity that must give it away
FAULTS: list[Any] = [
    (take_up, "answer", careless, "credit_rationing",
     "share of safe firms that borrow at the best rate"),
    pytest.param(
        take_up, "answer", careless, "lemons", "best borrower in the end",
        marks=pytest.mark.thorough),
    (signals, "read", blurred, "gaussian_belief", "mean squared error of the belief"),
    pytest.param(
        signals, "read", blurred, "signal_detection", "share of bad firms approved",
        marks=pytest.mark.thorough),
    (InternalRatings, "risk_weight", corporate, "irb_capital", "equity over gross loans"),
    pytest.param(
        visits, "made", nobody, "costly_verification", "chance that the firm cannot pay",
        marks=pytest.mark.thorough),
    (visits, "made", nobody, "perfect_information", "loans diverted"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "part", "fault", "name", "quantity"), FAULTS)
def test_a_fault_in_the_model_is_found(
    where: object,
    part: str,
    fault: Any,
    name: str,
    quantity: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(where, part, fault)
    records = {record.quantity: record for record in run(name, SEED)}
    assert records[quantity].verdict == DIFFERS


def test_a_seed_decides_everything() -> None:
    first, again, other = (run("zero_profit", seed) for seed in (SEED, SEED, SEED + 1))
    assert first == again
    assert all(one.simulated != two.simulated for one, two in zip(first, other, strict=True))


def test_distance_counts_standard_errors_and_lets_rounding_pass() -> None:
    assert distance(1.0, Measured(1.3, 0.1)) == pytest.approx(3.0)
    assert distance(1.0, exact(1.0 + 1e-12)) == 0.0
    assert distance(1e6, exact(1e6 + 1e-4)) == 0.0
    assert distance(0.0, exact(1e-6)) == math.inf
    assert distance(0.0, exact([0.0, 0.0, 0.5, 0.0])) == math.inf  # one that strays is seen


@pytest.mark.parametrize("name", ["zero_profit", "k"])
def test_the_table_has_a_row_by_name_or_letter(name: str) -> None:
    records = table(name)
    assert [record.row for record in records] == ["k", "k"]
    assert records == run("zero_profit")
    assert records[0].off == limits()["zero_profit"].OFF


def test_the_table_knows_no_other_row() -> None:
    with pytest.raises(RequestError, match=r"did you mean 'lemons'\?"):
        table("lemon")


def test_a_quantity_that_no_run_gives_and_no_reason_excuses_differs() -> None:
    limit = limits()["zero_profit"]
    (record,) = compare(limit, {"something else": 1.0}, {})
    assert record.verdict == DIFFERS
    assert not record.holds
