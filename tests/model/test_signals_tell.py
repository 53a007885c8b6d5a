"""Signals tell good firms from bad ones as well as their precision allows, and no better."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from sim.model.simulation import Simulation
from sim.state import post
from sim.state.facts import Investigated
from sim.state.firms import DIMENSIONS
from sim.state.market import Market
from sim.state.population import Population
from tests.model.worlds import scenario
from tests.steps import replace_posting

PLAIN: dict[str, Any] = {
    "staffing": {"kind": "none"},
    "pricing": {"kind": "flat", "fixed": 0.08},
    "growth_target": -1.0,
}


def readings(patch: pytest.MonkeyPatch, precision: dict[str, float]) -> tuple[np.ndarray, ...]:
    """Return the bank's estimate, its belief's mean and the truth, of many first applicants."""
    signals = {name: {"precision": tau} for name, tau in precision.items()}
    screening = {"kind": "investigation", "memory": 0.0, "cross_check": {"detection": 0.0}}
    blank = {name: {"precision": 0.0} for name in ("statements", "site_visit")}
    world = scenario(
        PLAIN | {"screening": screening | blank | signals},
        horizon=1,
        burn_in={"months": 1},
        firms={"count": 6000, "demand": {"need_monthly": 0.5, "liars": 0.0}},
    )
    found: list[tuple[np.ndarray, ...]] = []
    book = post.investigations

    def investigations(market: Market, made: Investigated) -> None:
        found.append((made.pd, made.overall_mean, market.firms.theta[made.rows]))
        book(market, made)

    with patch.context() as inner:
        replace_posting(inner, post.investigations, investigations)
        Simulation(world, [1]).run()
    pd, mean, theta = (np.concatenate(parts) for parts in zip(*found[:1], strict=True))
    return pd, mean, theta


def auc(score: np.ndarray, bad: np.ndarray) -> float:
    """Return the chance that a bad one scores above a good one (Mann-Whitney, no ties)."""
    rank = np.argsort(np.argsort(score)) + 1.0
    n = int(bad.sum())
    return float((rank[bad].sum() - n * (n + 1) / 2) / (n * (bad.size - n)))


SIGNALS = ("site_visit", "statements", "owner_visit", "partners", "bureau")  # as DIMENSIONS


def test_sharper_signals_tell_bad_firms_from_good_ones_better(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = []
    for tau in (0.2, 1.0, 5.0, 50.0):
        pd, _, theta = readings(monkeypatch, dict.fromkeys(SIGNALS, tau))
        found.append(auc(pd, theta < -1.0))
    assert pd.size > 2000
    assert all(low + 0.01 < high for low, high in pairwise(found))
    assert found[-1] > 0.97


@pytest.mark.parametrize("signal", SIGNALS)
def test_each_signal_tells_what_its_precision_and_dimension_allow(
    signal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # theta = sum w_k q_k; x = q_k + e with var(e) = 1/tau, so corr(E[theta | x], theta) is
    # w_k sqrt(tau / (1 + tau)); a sample correlation r has standard error (1 - r^2)/sqrt(n)
    tau = 3.0
    _, mean, theta = readings(monkeypatch, {signal: tau})
    expected = Population().weights[SIGNALS.index(signal)] * np.sqrt(tau / (1 + tau))
    error = (1 - expected**2) / np.sqrt(mean.size)
    assert abs(np.corrcoef(mean, theta)[0, 1] - expected) < 4 * error
    assert len(SIGNALS) == len(DIMENSIONS)
