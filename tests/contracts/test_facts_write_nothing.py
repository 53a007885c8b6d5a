"""Nature and banks return facts; only a posting changes a table, down to the last bit."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim.model import nature
from sim.model.plan import Step
from sim.model.simulation import Simulation
from sim.state.market import Market
from tests.contracts.worlds import ROUNDS, round_of, world
from tests.steps import change_steps, replace_rule


def fingerprint(market: Market) -> str:
    """Return a digest of every array of every table."""
    digest = hashlib.blake2b()
    own = [market.table(schema) for schema in market.own]
    for table in [*vars(market.tables).values(), *own]:
        for array in table:
            digest.update(np.ascontiguousarray(array))
    return digest.hexdigest()


class UnpostedError(AssertionError):
    """A table changed without a posting."""


def watch(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Compare the tables before each posting with those after the one before."""
    seen: list[tuple[str, str]] = []
    made: list[str] = []

    def watched(step: Step[Any]) -> Step[Any]:
        def do(market: Market, fact: Any) -> Any:
            first = step.name == "opening balances"  # seats may open between two months
            if seen and not first and fingerprint(market) != seen[-1][1]:
                raise UnpostedError(f"between {seen[-1][0]} and {step.name}")
            made.append(step.name)
            out = step.post(market, fact)
            seen.append((step.name, fingerprint(market)))
            return out

        do.writes = getattr(step.post, "writes", ())  # type: ignore[attr-defined]
        return replace(step, post=do)

    change_steps(monkeypatch, watched)
    return made


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_only_postings_write(turn: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = watch(monkeypatch)
    Simulation(world(round_of(turn), firms=40, horizon=13), [1, 2]).run()
    assert made.count("blank ledger") == 39
    assert len(made) > 39 * 15


@pytest.mark.parametrize("rule", [nature.move_economy, nature.settle])
def test_a_fact_that_writes_is_found(rule: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def meddling(month: Any) -> Any:
        cash = month.market.tables.firms.cash
        cash[0] = np.nextafter(cash[0], np.inf)
        return rule(month)

    replace_rule(monkeypatch, rule, meddling)
    watch(monkeypatch)
    with pytest.raises(UnpostedError):
        Simulation(world({}, firms=40), [1]).run()


def test_the_market_is_read_through_faces_that_cannot_be_written() -> None:
    simulation = Simulation(world({}, firms=10), [1])
    market = simulation.market
    for name in vars(market.tables):
        for array in getattr(market, name):
            assert not array.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        market.firms.cash[0] = 1.0
    market.tables.cohorts.reach(2)
    with pytest.raises(ValueError, match="read-only"):
        market.cohorts.cash[0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        market.requests[0].amount[0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        market.file_of(0).belief_mean[0, 0] = 1.0
