"""A second review: what it adds, what it finds, and what it strikes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.simulation import Simulation
from sim.state import post
from sim.state.facts import Investigated
from sim.state.market import Market
from sim.world import signals
from sim.world.signals import Readings, Signal
from tests.model.worlds import advanced, scenario
from tests.steps import replace_posting

OPERATIONS, TAU = 0, 2.0
PEOPLE = {"kind": "none"}  # every step is carried out, at full precision
SHARE, READERS = 0.3, 2.0


def bank(**more: Any) -> dict[str, Any]:
    """Return a bank that visits the site only and reviews by `more`."""
    nothing = {"precision": 0.0}
    return {
        "screening": {
            "kind": "investigation", "memory": 0.0, "learns_from_behaviour": False,
            "statements": nothing, "bureau": nothing, "site_visit": {"precision": TAU},
            "cross_check": {"detection": 0.0},
        },
        "staffing": PEOPLE,
        "approval": {"kind": "cut_off", "pd_max": 0.05, "override": 1.0} | more,
    }  # fmt: skip


def found(
    chosen: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    share: float = SHARE,
    economy: dict[str, Any] | None = None,
    months: int = 4,
) -> tuple[Investigated, np.ndarray, Simulation]:
    """Return all first findings joined, the true operations of their firms, and the simulation."""
    facts: list[Investigated] = []
    truth: list[np.ndarray] = []
    book = post.investigations

    def investigations(market: Market, made: Investigated) -> None:
        facts.append(made)
        truth.append(market.firms.quality[OPERATIONS, made.rows].copy())
        book(market, made)

    firms = {"count": 3000, "demand": {"need_monthly": 0.2}, "readings": {"reader_share": share}}
    world = scenario(chosen, firms=firms, economy=economy or {}, horizon=12,
                     burn_in={"months": 0})  # fmt: skip
    with monkeypatch.context() as patch:
        replace_posting(patch, post.investigations, investigations)
        simulation = advanced(Simulation(world, [1]), months)
    whole = {
        name: np.concatenate([getattr(one, name) for one in facts], axis=-1)
        for name in ("rows", "mean", "variance", "caught", "reviewed", "overall_mean", "cost")
    }
    return facts[0]._replace(**whole), np.concatenate(truth), simulation


READS = {"review_precision": READERS}


def test_precision_rises_as_the_readers_part_is_averaged(monkeypatch: pytest.MonkeyPatch) -> None:
    once, _, _ = found(bank(), monkeypatch)
    twice, _, _ = found(bank(**READS), monkeypatch)
    gained = [1.0 / one.variance[OPERATIONS] - 1.0 for one in (once, twice)]
    np.testing.assert_allclose(gained[0], TAU, rtol=1e-9)
    sharper = 1.0 / (1.0 - SHARE + SHARE / (1.0 + READERS))
    np.testing.assert_allclose(gained[1], TAU * sharper, rtol=1e-9)


@pytest.mark.parametrize(("chosen", "left"), [({}, 1.0), (READS, 0.7 + 0.3 / 3.0)])
def test_what_is_believed_is_as_noisy_as_it_says(
    chosen: dict[str, Any], left: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, truth, _ = found(bank(**chosen), monkeypatch)
    counted = 1.0 / made.variance[OPERATIONS] - 1.0
    read = made.mean[OPERATIONS] / made.variance[OPERATIONS] / counted  # prior mean is 0
    noise = (read - truth) * np.sqrt(TAU)
    assert noise.size > 1500
    error = 4.0 * left * np.sqrt(2.0 / noise.size)  # four standard errors of a variance
    assert noise.var() == pytest.approx(left, abs=error)
    assert abs(noise.mean()) < 4.0 / np.sqrt(noise.size)


def test_readers_agree_on_all_but_their_own_part(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, simulation = found(bank(), monkeypatch)
    market, rows = simulation.market, np.arange(3000)
    one, two = (signals.readers_noise(market, rows, 0, Signal.SITE_VISIT, a) for a in (False, True))
    assert abs(np.corrcoef(one, two)[0, 1]) < 4.0 / np.sqrt(rows.size)
    first, last = Readings(reader_share=SHARE).soft_mix
    assert first**2 + last**2 + SHARE == pytest.approx(1.0)
    assert (first**2, last**2) == pytest.approx((0.49, 0.21))
    assert Readings().soft_mix == Readings().mix


def test_without_a_readers_part_it_adds_nothing_to_beliefs(monkeypatch: pytest.MonkeyPatch) -> None:
    once, _, _ = found(bank(), monkeypatch, share=0.0, months=1)
    twice, _, _ = found(bank(**READS), monkeypatch, share=0.0, months=1)
    np.testing.assert_array_equal(once.mean, twice.mean)
    assert (twice.cost > once.cost.max()).all()
    assert twice.reviewed.all()
    assert not once.reviewed.any()


def test_it_reads_nothing_that_is_not_on_file(monkeypatch: pytest.MonkeyPatch) -> None:
    read = signals.read
    asked: list[Signal] = []

    def watched(market: Market, rows: Any, lender: int, signal: Signal, *more: Any) -> Any:
        asked.append(signal)
        return read(market, rows, lender, signal, *more)

    monkeypatch.setattr(signals, "read", watched)
    found(bank(), monkeypatch, months=1)
    once = list(asked)
    asked.clear()
    found(bank(**READS), monkeypatch, months=1)
    assert asked == once == [Signal.SITE_VISIT]


def test_what_a_favour_added_is_struck(monkeypatch: pytest.MonkeyPatch) -> None:
    def of(inflation: float, chosen: dict[str, Any]) -> tuple[Investigated, float]:
        labour = {"open_to_favours": 1.0, "favour": 1.0, "report_inflation": inflation}
        known = bank(**chosen) | {"staffing": {"kind": "officers", "execution_base": 1.0}}
        made, _, end = found(known, monkeypatch, economy={"labour": labour}, months=10)
        return made, float(end.recorder.column("favours").sum())

    honest, favours = of(0.0, READS | {"pd_max": 1e-6})
    struck, _ = of(3.0, READS | {"pd_max": 1e-6})
    left, _ = of(3.0, {"pd_max": 1e-6, "override": 0.0})
    assert favours > 50
    np.testing.assert_allclose(struck.mean, honest.mean, atol=1e-9)
    assert np.abs(left.mean[OPERATIONS]).mean() > np.abs(honest.mean[OPERATIONS]).mean() + 0.05


@pytest.mark.parametrize("rate", [0.4, 1.0])
def test_a_lie_is_found_with_the_chance_of_a_cross_check(
    rate: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = bank(**READS)
    chosen["screening"]["cross_check"] = {"detection": rate}
    twice, _, simulation = found(chosen, monkeypatch, months=1)
    lying = simulation.market.applications.lying[twice.rows]
    assert not twice.caught[~lying].any()
    expected = 1.0 - (1.0 - rate) ** 2
    margin = 4.0 * np.sqrt(expected * (1.0 - expected) / lying.sum())
    assert lying.sum() > 30
    assert twice.caught[lying].mean() == pytest.approx(expected, abs=margin + 1e-12)


def test_no_reviewed_file_is_overridden(monkeypatch: pytest.MonkeyPatch) -> None:
    for chosen, some in (({}, True), (READS, False)):
        _, _, simulation = found(bank(**chosen), monkeypatch)
        assert (simulation.recorder.column("overridden").sum() > 10) == some
