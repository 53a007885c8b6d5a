"""What the benchmark makes of its seconds, and that its variants are what they say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from experiments.benchmark.growth import WIDE, exponent, with_banks, with_officers
from experiments.benchmark.machine import bare_month
from experiments.benchmark.mechanisms import MECHANISMS
from experiments.benchmark.timing import Times, core_and_full, filled, in_turn
from sim import load_scenario
from sim.model.banks import Banks


def test_ratios_and_differences_are_taken_within_rounds() -> None:
    """The machine slows by 1, 2 and 10 in three rounds: ratios by hand 2, 2, 2, gaps 1, 2, 10."""
    drift = np.array([1.0, 2.0, 10.0])
    times = Times(["slow", "fast"], np.stack([2.0 * drift, drift], axis=1))
    assert times.of("slow") == 4.0
    assert times.ratio("slow", "fast") == 2.0
    assert times.more("slow", "fast") == 2.0


def test_each_rival_has_its_turn_in_every_round() -> None:
    simulated: list[str] = []
    times = in_turn({name: lambda name=name: simulated.append(name) for name in "abc"}, rounds=4)
    assert times.seconds.shape == (4, 3)
    assert (times.seconds > 0).all()
    assert simulated[:6] == [
        "a",
        "a",
        "b",
        "b",
        "c",
        "c",
    ]  # to compile, and to see how long it takes
    for name in "abc":
        assert simulated[6:].count(name) % 4 == 0  # as many months in each of four rounds
    assert set(simulated[6:]) == {"a", "b", "c"}


def test_an_exponent_is_that_of_the_power() -> None:
    sizes = [1, 10, 100]
    assert exponent(sizes, [3 * size**0.7 for size in sizes]) == pytest.approx(0.7)


@pytest.mark.parametrize("name", MECHANISMS)
def test_a_mechanism_is_a_setting_that_the_core_month_does_not_have(name: str) -> None:
    core, with_it = (load_scenario(core_and_full("core"), s) for s in ({}, MECHANISMS[name]))
    assert with_it.hash != core.hash


def test_banks_and_officers_grow_as_they_are_asked_to() -> None:
    def made(settings: Any) -> Banks:
        loaded = load_scenario(core_and_full("full"), settings)
        return Banks(loaded.banks_in(1), WIDE)

    assert [len(made(with_banks(n)).banks) for n in (1, 2, 3)] == [1, 2, 3]
    assert [next(iter(made(with_officers(n)))).seats for n in (10, 100, 1_000)] == [10, 100, 1_000]


def test_the_bare_month_has_the_rates_of_the_month_just_run() -> None:
    simulation = filled("core", 400)
    asked = simulation.market.ledger.applications.sum()
    loans = simulation.market.ledger.loans.sum()
    bare = bare_month(simulation)
    assert (bare.applying, bare.borrowing) == (asked / 400, loans / 400)
    assert 0 < bare.applying < bare.borrowing
    bare.run_month()
