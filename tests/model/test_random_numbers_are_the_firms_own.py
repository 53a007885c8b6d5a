"""Repayment luck belongs to the firm: what it earns does not depend on who lends to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.mechanisms import earnings as mechanism
from sim.model.simulation import Simulation
from sim.state.market import Market
from tests.model.worlds import UNCOUPLED, scenario
from tests.steps import replace_posting

HONEST = {"count": 400, "volatility": 0.15, "temptation": {"omega": 0.0}}


MOVING = {
    "quality_half_life": 12.0,
    "earnings": {"ruin_chance": 0.05, "ruin_by_quality": 1.0, "ruin_by_macro": 0.5},
}  # fmt: skip


def earnings_of(
    patch: pytest.MonkeyPatch, approval: dict[str, Any], nature: dict[str, Any]
) -> tuple[np.ndarray, ...]:
    """Return operating cash flow, generation and birth of every slot by month, and loans."""
    world = scenario(UNCOUPLED | {"approval": approval}, firms=HONEST | nature, horizon=30)
    flows: list[np.ndarray] = []
    generations: list[np.ndarray] = []
    births: list[np.ndarray] = []
    book: Callable[..., None] = mechanism.post_earnings

    def earnings(market: Market, earned: Any) -> None:
        flows.append(earned.operating.copy())
        generations.append(market.firms.generation.copy())
        births.append(market.firms.born.copy())
        book(market, earned)

    with patch.context() as inner:
        replace_posting(inner, mechanism.post_earnings, earnings)
        market = Simulation(world, [5]).run().market
    return np.stack(flows), np.stack(generations), np.stack(births), market.loans.granted.copy()


@pytest.mark.parametrize("nature", [{}, MOVING], ids=["as at birth", "moving"])
def test_a_firm_earns_the_same_whether_it_is_lent_to_or_not(
    monkeypatch: pytest.MonkeyPatch, nature: dict[str, Any]
) -> None:
    lent, first, born, granted = earnings_of(monkeypatch, {"kind": "all"}, nature)
    refuse = {"kind": "cut_off", "pd_max": 1e-9}
    refused, other, begun, never = earnings_of(monkeypatch, refuse, nature)
    assert (granted != 0).mean() > 2 * (never != 0).mean()
    same_firm = first == other  # a slot whose firm failed in one of the worlds holds another firm
    if nature:  # and in which quarter its quality moves depends on its month of birth
        same_firm &= born == begun
    assert 0.5 < same_firm.mean() < 1.0
    np.testing.assert_array_equal(lent[same_firm], refused[same_firm])
    assert (lent[~same_firm] != refused[~same_firm]).mean() > 0.9
