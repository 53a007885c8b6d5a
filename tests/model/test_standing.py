"""Who may lend: a branch loses its authority over bad loans, and a bank without capital fails."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.model.standing import mean_balance
from sim.policies.capital.standardised import Standardised
from tests.model.worlds import advanced, scenario

MONTHS = 48
SEEDS = [1, 2, 3]
OPEN_HANDED = {"kind": "all"}


def lived(economy: dict[str, Any] | None = None, before: int = 12, **bank: Any) -> Simulation:
    world = scenario(
        {"approval": OPEN_HANDED} | bank, economy=economy or {}, horizon=MONTHS,
        burn_in={"months": before},
    )  # fmt: skip
    return advanced(Simulation(world, SEEDS), MONTHS)


def own(simulation: Simulation, name: str) -> np.ndarray:
    """Return a column of the ledger of the bank itself, (months, seeds)."""
    lenders = simulation.market.lenders
    return simulation.recorder.column(name)[:, ::lenders]


def test_authority_is_lost_above_the_tolerance_and_returns_after_two_quarters() -> None:
    simulation = lived(
        before=0, capital={"kind": "standardised", "minimum": 0.0, "npl_tolerance": 0.06}
    )
    npl, gross = own(simulation, "npl"), own(simulation, "gross_loans")
    barred = own(simulation, "barred")
    for run in range(len(SEEDS)):
        calm = None  # months in a row within the tolerance, once it was exceeded
        had = 0.0  # loans when the authority was lost
        for month in range(MONTHS):
            loans = max(gross[month, run], had)
            if npl[month, run] > 0.06 * loans + 0.01:
                calm, had = 0, loans
            elif calm is not None:
                calm += 1
                had = loans if calm < 6 else 0.0
            assert barred[month, run] == (calm is not None and calm < 6), (month, run)
    assert 0.0 < barred.mean() < 1.0
    lent = own(simulation, "disbursed")[1:]
    assert lent[barred[:-1] == 1.0].sum() == 0.0
    assert lent[barred[:-1] == 0.0].mean() > 0.0
    # files are still examined
    assert own(simulation, "applications")[1:][barred[:-1] == 1.0].sum() > 0.0
    summary = result_of(simulation.market, simulation.recorder).summary
    np.testing.assert_allclose(summary["authority_lost"], barred.mean(axis=0))


def capital(**rule: float) -> Standardised:
    return Standardised.model_validate({"npl_tolerance": 0.07} | rule)


def test_a_book_of_any_size_passes_its_tolerance_by_chance_as_seldom() -> None:
    """Branches that differ truly by 1.5 points (sd), around 4 %, and by the chance of n loans.

    Chance is skewed: of 60 loans, more than of many, but less than half of what it was.
    """
    random, shares = np.random.default_rng(5), {0.0: [], 2.0: []}  # type: ignore[var-annotated]
    for loans in (60, 240, 960, 100_000):
        true = np.clip(random.normal(0.04, 0.015, 40_000), 0.0, 1.0)
        ratio = random.binomial(loans, true) / loans
        for errors, found in shares.items():
            limit = capital(tolerance_errors=errors).tolerated(np.array([float(loans)]))[0]
            found.append(float((ratio > limit).mean()))
    assert np.ptp(shares[2.0][1:]) < 0.012
    assert shares[0.0][1] > 2.0 * shares[0.0][-1]
    assert shares[2.0][0] < 0.5 * shares[0.0][0]
    assert shares[0.0][-1] == pytest.approx(shares[2.0][-1], abs=0.002)


def test_the_limit_of_a_large_book_is_the_tolerance_and_none_is_below_it() -> None:
    loans = np.array([0.0, 1.0, 50.0, 1e3, 1e9])
    limits = capital(tolerance_errors=2.0).tolerated(loans)
    assert (np.diff(limits) <= 0.0).all()
    assert limits[-1] == pytest.approx(0.07, abs=1e-6)
    np.testing.assert_allclose(capital().tolerated(loans), 0.07, rtol=1e-15)
    np.testing.assert_array_equal(capital(npl_tolerance=0.0).tolerated(loans), 0.0)


def stopped(tolerance: float, share: float, loans: int) -> float:
    """Return how often chance stops books of about so many loans, exactly.

    They are truly bad at a `share` of their `tolerance`; sizes differ, since one count is lumpy.
    """
    sizes = np.arange(0.6 * loans, 1.4 * loans + 1.0).astype(int).astype(float)
    limit = capital(npl_tolerance=tolerance, tolerance_errors=2.0).tolerated(sizes)
    most = np.floor(sizes * limit + 1e-9)  # bad loans within the limit
    return float(stats.binom.sf(most, sizes, share * tolerance).mean())


@pytest.mark.parametrize("loans", [60, 240, 960])
@pytest.mark.parametrize("share", [0.5, 0.75, 0.9, 1.0])
def test_chance_stops_a_book_within_a_low_tolerance_no_more_often(share: float, loans: int) -> None:
    low, middle, high = (stopped(tolerance, share, loans) for tolerance in (0.02, 0.03, 0.05))
    assert low <= middle + 1e-3
    assert low <= high + 1e-4
    assert middle <= high + 1e-4


def test_the_allowance_for_chance_is_continuous_in_the_tolerance() -> None:
    tolerances = np.linspace(0.0, 0.1, 2001)
    for loans in (60.0, 960.0):
        limits = np.array([
            capital(npl_tolerance=one, tolerance_errors=2.0).tolerated(np.array([loans]))[0]
            for one in tolerances
        ])  # fmt: skip
        allowed = limits - tolerances
        assert (np.diff(limits) > 0.0).all()
        assert (allowed[1:] > 0.0).all()
        assert np.abs(np.diff(allowed)[1:]).max() < 2e-3
    rule = capital(npl_tolerance=0.06)
    assert rule.true_excess == pytest.approx(capital(npl_tolerance=0.06 - 1e-9).true_excess)
    assert capital(npl_tolerance=0.02, tolerance_above=0.0).true_excess == 0.0


@pytest.mark.parametrize("tolerance", [0.01, 0.02, 0.03, 0.05, 0.07])
def test_branches_of_a_kind_are_stopped_as_seldom_at_any_tolerance(tolerance: float) -> None:
    """Branches that differ truly by half of the excess (sd) around the usual ratio."""
    random, rule = np.random.default_rng(6), capital(npl_tolerance=tolerance, tolerance_errors=2.0)
    usual, sd = tolerance - rule.true_excess, rule.true_excess / 2.0
    true = np.clip(random.normal(usual, sd, 200_000), 0.0, 1.0)
    for loans in (60, 240, 960):
        sizes = random.integers(int(0.6 * loans), int(1.4 * loans), true.size)
        ratio = random.binomial(sizes, true) / sizes
        assert 0.02 < (ratio > rule.tolerated(sizes.astype(float))).mean() < 0.055


def test_a_few_large_loans_vary_as_much_as_few_equal_ones() -> None:
    market = lived(before=0).market
    for lender in range(market.lenders):
        rows = market.live_at(lender)
        for run in range(len(SEEDS)):
            balance = market.loans.balance[rows[market.firms.run[rows] == run]]
            expected = (balance**2).sum() / balance.sum()
            assert mean_balance(market, lender)[run] == pytest.approx(expected)


def test_without_a_tolerance_nobody_loses_it() -> None:
    assert own(lived(), "barred").sum() == 0.0


THIN = {"kind": "standardised", "minimum": 0.0, "target": 0.0, "young_months": 0}
RUIN = {"macro": {"shift": -4.0}}


def test_a_legal_entity_fails_for_good_and_runs_off() -> None:
    simulation = lived(RUIN, capital=THIN | {"legal_entity": True})
    failed, equity = own(simulation, "failed"), own(simulation, "equity")
    assert failed[-1].all()
    for run in range(len(SEEDS)):
        first = int(np.argmax(failed[:, run]))
        assert equity[first, run] < 0.0 <= equity[:first, run].min(initial=np.inf)
        assert failed[first:, run].all(), "sticky"
        after = slice(first + 1, None)
        for name in ("applications", "disbursed", "approved", "dividends"):
            assert own(simulation, name)[after, run].sum() == 0.0, name
        assert own(simulation, "paid_by_firms")[after, run].sum() > 0.0
        loans = own(simulation, "loans")[first:, run]
        assert (np.diff(loans) <= 0.0).all()
        assert loans[-1] < loans[0]
    summary = result_of(simulation.market, simulation.recorder).summary
    assert (summary["bank_failed"] == 1.0).all()


def test_a_branch_with_negative_equity_does_not_fail() -> None:
    simulation = lived(RUIN, capital=THIN)
    assert own(simulation, "equity").min() < 0.0
    assert own(simulation, "failed").sum() == 0.0
    assert own(simulation, "applications")[-1].sum() > 0.0


def test_below_the_capital_minimum_it_neither_lends_nor_pays_dividends() -> None:
    rule = {"kind": "standardised", "minimum": 0.105, "young_months": 0, "legal_entity": True}
    simulation = lived({"macro": {"shift": -3.0}}, capital=rule)
    equity, gross = own(simulation, "equity"), own(simulation, "gross_loans")
    below = equity < 0.105 * 0.75 * gross - 1.0
    assert below.sum() > 5
    assert own(simulation, "dividends")[below].sum() == 0.0
    # equity moves at a month's end only; decisions are taken on the book before new loans
    lent = own(simulation, "disbursed")[1:]
    short = equity[:-1] < 0.105 * 0.75 * (gross[1:] - lent) - 1.0
    assert short.sum() > 5
    assert lent[short].sum() == 0.0
    assert lent[~short].sum() > 0.0
