"""Adverse selection (rows c1, d): answers by searching and by letting firms leave."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from sim.theory import credit_rationing, lemons

MARKETS = [
    dict(credit_rationing.EXAMPLES[0].parameters),
    {"share_safe": 0.7, "safe_success": 0.98, "safe_payoff": 1.15, "outside_option": 0.08,
     "risky_success": 0.8, "risky_payoff": 1.3},
]  # fmt: skip


def bank_return(rate: np.ndarray, market: dict[str, float]) -> np.ndarray:
    """Return repayment per unit lent by counting firms over their outside options."""
    options = (np.arange(20_000) + 0.5) / 20_000 * market["outside_option"]
    worth = market["safe_success"] * (market["safe_payoff"] - rate)
    safe = market["share_safe"] * np.searchsorted(options, worth) / options.size
    risky = (1.0 - market["share_safe"]) * (rate <= market["risky_payoff"])
    repaid = rate * (safe * market["safe_success"] + risky * market["risky_success"])
    return repaid / (safe + risky)


@pytest.mark.parametrize("market", MARKETS)
def test_rationing_rate_by_search(market: dict[str, float]) -> None:
    answer = credit_rationing.closed_form(**market)
    all_borrow = market["safe_payoff"] - market["outside_option"] / market["safe_success"]
    rates = np.linspace(all_borrow, market["safe_payoff"] - 1e-9, 20_001)
    found = bank_return(rates, market)
    best = int(np.argmax(found))
    assert 0 < best < rates.size - 1  # inside, not at an end
    # counting 20,000 firms blurs the flat top: compare the return closely, the place less so
    assert answer["expected_return"] == pytest.approx(found[best], abs=2e-5)
    assert answer["rate"] == pytest.approx(rates[best], abs=1e-3)


@pytest.mark.parametrize("market", MARKETS)
def test_rationing_rate_is_a_local_top_of_the_stated_curve(market: dict[str, float]) -> None:
    answer = credit_rationing.closed_form(**market)
    lam, ps, pr = (market[k] for k in ("share_safe", "safe_success", "risky_success"))

    def curve(rate: float) -> float:
        a = min(max(ps * (market["safe_payoff"] - rate) / market["outside_option"], 0.0), 1.0)
        return rate * (lam * a * ps + (1 - lam) * pr) / (lam * a + 1 - lam)

    top, width = answer["rate"], 1e-4
    assert curve(top) == pytest.approx(answer["expected_return"], rel=1e-14)
    assert curve(top) > max(curve(top - width), curve(top + width))
    slope = (curve(top + width) - curve(top - width)) / (2 * width)
    assert slope == pytest.approx(0.0, abs=1e-5)


def test_no_rationing_where_safe_firms_hardly_leave() -> None:
    # a tight band of outside options: all safe firms leave at once, so the bank stops at the edge
    market = {**MARKETS[0], "outside_option": 1e-3}
    answer = credit_rationing.closed_form(**market)
    assert answer["rate"] == pytest.approx(1.12 - 1e-3 / 0.99)
    assert answer["safe_participation"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("lowest", "highest", "surplus"), [(0.5, 1.0, 1.2), (0.3, 0.9, 1.5), (0.5, 1.0, 1.9)]
)
def test_lemons_by_letting_firms_leave(lowest: float, highest: float, surplus: float) -> None:
    count = 200_001
    firms, funding = np.linspace(lowest, highest, count), 0.03
    while True:
        price = (1.0 + funding) / firms.mean()  # breaks even on those who are still here
        stay = firms[price <= surplus * (1.0 + funding) / firms]
        if stay.size == firms.size:
            break
        firms = stay
    answer = lemons.closed_form(lowest, highest, surplus)
    # one firm more or less moves the fixed point by 1/(1 - k/2) firms, 20 at most here
    spacing = (highest - lowest) / (count - 1)
    assert firms.max() == pytest.approx(answer["pool_edge"], abs=20 * spacing)
    assert firms.size / count == pytest.approx(answer["share_left"], abs=1e-3)


def test_lemons_path_falls_to_the_pool_edge() -> None:
    path = lemons.path(0.5, 1.0, 1.2, 80)
    assert path[:3] == pytest.approx([1.0, 0.9, 0.84])
    assert all(later < earlier for earlier, later in pairwise(path[:20]))
    assert path[-1] == pytest.approx(0.75)


def test_lemons_at_the_ends() -> None:
    assert lemons.closed_form(0.5, 1.0, 2.5)["pool_edge"] == 1.0
    assert lemons.closed_form(0.5, 1.0, 0.9) == {"pool_edge": 0.5, "share_left": 0.0}
