"""What account data see of a borrower, and what a reading leaves to later ones."""

from __future__ import annotations

import statistics
from typing import Any

import numpy as np
import pytest

from sim.core.arrays import Floats
from sim.core.order_statistics import thresholds
from sim.mechanisms import account_data
from sim.mechanisms.account_data import AccountData, Known
from sim.model import care
from sim.state.market import NEVER
from tests.model.care_world import MONTHS, simulated
from tests.model.worlds import advanced

NORMAL = statistics.NormalDist()


def test_the_threshold_is_the_quantile_of_the_loans_that_pay() -> None:
    rng = np.random.default_rng(1)
    books = np.repeat([0, 2, 4], [100, 37, 3])
    scores, pays = rng.normal(size=140), rng.random(140) < 0.8
    pays[books == 4] = False
    found = thresholds(scores, pays, books, 6, 0.95)
    for book in (0, 2):
        expected = np.quantile(scores[(books == book) & pays], 0.95)
        assert found[book] == pytest.approx(expected, rel=1e-12)
    assert np.isinf(found[[1, 3, 4, 5]]).all()


def test_the_score_is_cash_in_months_of_costs_and_the_trace_of_a_diversion() -> None:
    market = advanced(simulated(), 12).market
    rows = market.live_at(0)
    months = market.firms.cash[rows] / market.firms.costs[rows]
    expected = 0.75 * market.firms.diverting[rows] - np.clip(months, -1.0, 4.0)
    assert market.firms.diverting[rows].any()
    found = account_data.all_stress(rows, market.firms, AccountData().record())
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_noise_of_account_data_lasts_half_a_year_and_belongs_to_firm_and_bank() -> None:
    market = simulated().market
    rows, by_month = np.arange(200), {}
    for month in range(1, 14):
        market.month = month
        by_month[month] = account_data.noise(market, rows, 0, AccountData())
    for first in (1, 7):
        for month in range(first, first + 6):
            np.testing.assert_array_equal(by_month[month], by_month[first])
            assert account_data.begins(month, AccountData()) == (month == first)
    assert abs(np.corrcoef(by_month[1], by_month[7])[0, 1]) < 0.3
    assert not np.array_equal(account_data.noise(market, rows, 1, AccountData()), by_month[13])
    assert len(np.unique(by_month[1])) == rows.size


def known(above: float, below: list[float]) -> Known:
    return Known(np.full(len(below), above), np.array(below))


def chance_of_seeing(needed: Floats, by_chance: Floats, before: Known) -> Floats:
    not_above = [NORMAL.cdf(one) for one in by_chance]
    each = zip(needed, not_above, before.above, before.below, strict=True)
    return np.array([account_data.seeing(*one) for one in each])


def test_a_reading_tells_no_more_than_earlier_ones_have_ruled_out() -> None:
    needed, before = np.array([1.0, 1.0, 0.5, 2.0]), known(-np.inf, [np.inf, 1.0, 1.0, 1.0])
    found = chance_of_seeing(needed, np.full(4, np.inf), before)
    # above 1 at first; nothing new at the same need; between .5 and 1 where 1 was ruled out
    between = (NORMAL.cdf(1.0) - NORMAL.cdf(0.5)) / NORMAL.cdf(1.0)
    np.testing.assert_allclose(found, [1.0 - NORMAL.cdf(1.0), 0.0, between, 0.0], rtol=1e-9)


def test_noise_that_raised_a_warning_raises_it_again() -> None:
    needed, before = np.array([0.5, 1.0, 1.5]), known(1.0, [np.inf, np.inf, 2.0])
    found = chance_of_seeing(needed, np.full(3, np.inf), before)
    above = (NORMAL.cdf(2.0) - NORMAL.cdf(1.5)) / (NORMAL.cdf(2.0) - NORMAL.cdf(1.0))
    np.testing.assert_allclose(found, [1.0, 1.0, above], rtol=1e-9)


def test_a_reading_says_something_of_the_noise_only_where_a_warning_can_be_raised() -> None:
    needed, by_chance = np.full(6, 1.0), np.array([2.0, 2.0, 0.5, 2.0, 2.0, 2.0])
    flagged = np.array([True, True, True, False, True, False])
    trouble = np.array([True, False, False, False, True, False])
    free = np.array([True, True, True, True, False, False])
    after = account_data.learned(known(-3.0, [3.0] * 6), needed, by_chance, flagged, trouble, free)
    # seen: between the two; by chance: above both; no flag: not above what it needed
    np.testing.assert_array_equal(after.above, [1.0, 2.0, 1.0, -3.0, -3.0, -3.0])
    np.testing.assert_array_equal(after.below, [2.0, 3.0, 3.0, 1.0, 3.0, 3.0])


def test_noise_that_would_warn_of_the_average_loan_has_seen_nothing() -> None:
    needed, by_chance = np.array([1.0, 1.0, 1.0]), np.array([1.5, 1.0, 0.5])
    found = chance_of_seeing(needed, by_chance, known(-np.inf, [np.inf] * 3))
    expected = [NORMAL.cdf(1.5) - NORMAL.cdf(1.0), 0.0, 0.0]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


@pytest.mark.parametrize("quiet_months", [0, 1, 3, 6])
def test_a_diverted_loan_is_seen_as_often_as_firms_expect_in_each_half_of_the_half_year(
    monkeypatch: pytest.MonkeyPatch, quiet_months: int
) -> None:
    """Counted where trouble seen raises a warning, and apart where it could not before."""
    seen, expected, spread = np.zeros((2, 2)), np.zeros((2, 2)), np.zeros((2, 2))
    closed: dict[int, int] = {}  # slot: last month in which no warning could be raised
    honest = care.read_accounts

    def spy(month: Any, live: Any, chance: Any, means: Any) -> Any:
        reading, loans = honest(month, live, chance, means), month.market.loans
        quiet = month.number - loans.trouble_answered[live] < means.quiet_months
        free = ~loans.founded[live] & ~quiet & ~loans.defaulted[live]
        closed.update(dict.fromkeys(live[~free].tolist(), month.number))
        place = (month.number - 1) % 6
        begun = np.maximum(month.number - place, loans.granted[live] + 1)
        before = np.array([closed.get(i, NEVER) for i in live.tolist()]) >= begun
        diverted = month.market.firms.diverting[live] & free
        for group in (0, 1):
            rows = diverted & (before == bool(group))
            chances = reading.sight[rows]
            seen[group, place // 3] += reading.saw[rows].sum()
            expected[group, place // 3] += chances.sum()
            spread[group, place // 3] += (chances * (1.0 - chances)).sum()
        return reading

    monkeypatch.setattr(care, "read_accounts", spy)
    how: dict[str, Any] = {"accounts": 1.5, "monthly": 0.3, "proceeds_check": 0.0}
    simulation = simulated(48, quiet_months=quiet_months, seeds=range(1, 9), **how)
    advanced(simulation, 48)
    assert (seen.sum(axis=1) > (50, 5)).all()
    assert (np.abs(seen - expected) < 4.0 * np.sqrt(spread) + 3.0).all(), (seen, expected)


def test_the_average_is_that_of_the_loans_of_a_book_that_pay() -> None:
    stress, pays = np.array([1.0, 3.0, 9.0, 5.0]), np.array([True, True, False, False])
    found = account_data.mean_of_payers(stress, pays, np.array([0, 0, 0, 2]), 3)
    np.testing.assert_allclose(found, [2.0, 0.0, 0.0])


def test_account_data_prove_by_what_they_saw_of_the_borrower(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not by every flag; they see as many diverted loans as firms expect."""
    counts = {"saw": 0.0, "chance": 0.0, "flagged": 0.0}
    honest = care.read_accounts

    def spy(month: Any, live: Any, chance: Any, means: Any) -> Any:
        reading = honest(month, live, chance, means)
        diverting = month.market.firms.diverting[live]
        counts["saw"] += reading.saw.sum()
        counts["flagged"] += (reading.flagged & diverting).sum()
        counts["chance"] += reading.sight[diverting].sum()
        return reading

    monkeypatch.setattr(care, "read_accounts", spy)
    advanced(simulated(accounts=1.5, monthly=0.0, quiet_months=0, proceeds_check=0.0), MONTHS)
    assert 100 < counts["saw"] < counts["flagged"]
    assert counts["saw"] == pytest.approx(counts["chance"], abs=4 * counts["chance"] ** 0.5)


def test_of_the_loans_that_pay_one_in_twenty_is_flagged(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {"flagged": 0, "pay": 0}
    honest = care.read_accounts

    def spy(month: Any, live: Any, chance: Any, means: Any) -> Any:
        reading = honest(month, live, chance, means)
        pays = month.market.loans.dpd[live] == 0
        counts["flagged"] += int(reading.flagged[pays].sum())
        counts["pay"] += int(pays.sum())
        return reading

    monkeypatch.setattr(care, "read_accounts", spy)
    advanced(simulated(), MONTHS)
    assert counts["pay"] > 2_000
    assert counts["flagged"] / counts["pay"] == pytest.approx(0.05, abs=0.01)
