"""Signals and rival banks (rows f, g): answers by integration, search and enumeration."""

from __future__ import annotations

import itertools
from statistics import NormalDist

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import minimize_scalar

from sim.theory import signal_detection, winners_curse

BAD = NormalDist()
MARKET = {"share_bad": 0.1, "loss": 0.45, "gain": 0.04}


@pytest.mark.parametrize("separation", [0.3, 1.0, 2.2])
def test_auc_is_the_chance_that_the_good_firm_scores_higher(separation: float) -> None:
    good = NormalDist(separation)
    expected, _ = quad(lambda x: good.pdf(x) * BAD.cdf(x), -9, 12, epsabs=1e-12)
    answer = signal_detection.closed_form(separation, **MARKET)
    assert answer["auc"] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("separation", [0.5, 1.0, 2.2])
def test_the_cut_off_pays_most(separation: float) -> None:
    good = NormalDist(separation)

    def profit(cut_off: float) -> float:
        return 0.9 * 0.04 * (1 - good.cdf(cut_off)) - 0.1 * 0.45 * (1 - BAD.cdf(cut_off))

    best = minimize_scalar(lambda c: -profit(c), bounds=(-8, 8), method="bounded",
                           options={"xatol": 1e-10})  # fmt: skip
    answer = signal_detection.closed_form(separation, **MARKET)
    assert answer["profit"] == pytest.approx(-best.fun, abs=1e-12)
    assert answer["cut_off"] == pytest.approx(best.x, abs=1e-4)  # the top is flat
    booked_bad = 0.1 * (1 - BAD.cdf(best.x))
    booked_good = 0.9 * (1 - good.cdf(best.x))
    assert answer["booked_bad_rate"] == pytest.approx(
        booked_bad / (booked_bad + booked_good), abs=1e-5
    )


def test_a_sharper_signal_books_fewer_bad_and_earns_more() -> None:
    answers = [signal_detection.closed_form(d, **MARKET) for d in np.linspace(0.3, 4.0, 30)]
    assert (np.diff([a["profit"] for a in answers]) > 0.0).all()
    assert (np.diff([a["booked_bad_rate"] for a in answers]) < 0.0).all()


def test_signals_add_up_as_the_best_weighting_finds() -> None:
    separations, correlation = np.array([1.0, 0.6]), np.array([[1.0, 0.4], [0.4, 1.0]])
    angles = np.linspace(0.0, np.pi, 200_001)
    weights = np.stack([np.cos(angles), np.sin(angles)])
    noise = np.sqrt(np.einsum("in,ij,jn->n", weights, correlation, weights))
    expected = np.max(separations @ weights / noise)
    assert signal_detection.combined_separation(separations, correlation) == pytest.approx(
        expected, abs=1e-9
    )
    assert signal_detection.combined_separation([3.0, 4.0], np.eye(2)) == pytest.approx(5.0)


@pytest.mark.parametrize("banks", [1, 2, 5])
def test_funded_firms_by_enumerating_every_vote(banks: int) -> None:
    separation, cut_off, share_bad = 1.0, 0.5, 0.1
    alpha, beta = 1 - NormalDist(separation).cdf(cut_off), 1 - BAD.cdf(cut_off)

    def funded(chance: float) -> float:
        return sum(
            float(np.prod([chance if yes else 1 - chance for yes in votes]))
            for votes in itertools.product((True, False), repeat=banks)
            if any(votes)
        )

    answer = winners_curse.closed_form(separation, cut_off, share_bad, banks)
    assert answer["funded_good"] == pytest.approx(funded(alpha), abs=1e-12)
    assert answer["funded_bad"] == pytest.approx(funded(beta), abs=1e-12)
    bad = 0.1 * funded(beta)
    assert answer["booked_bad_rate"] == pytest.approx(bad / (bad + 0.9 * funded(alpha)))


def test_each_further_bank_worsens_the_funded_pool() -> None:
    rates = [
        winners_curse.closed_form(1.0, 0.5, 0.1, banks)["booked_bad_rate"] for banks in range(1, 20)
    ]
    assert (np.diff(rates) > 0.0).all()
    assert rates[-1] < 0.1  # with endless banks all are funded: the applicants' own bad rate
