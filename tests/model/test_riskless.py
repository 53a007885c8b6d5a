"""With every risk switched off, loans are arithmetic: no default, and interest to the cent."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from tests.model.worlds import advanced, scenario

CALM: dict[str, Any] = {
    "firms": {
        "count": 250,
        "volatility": 0.0,
        "margin": 0.5,
        "earnings": {"quality_effect": 0.0, "ruin_chance": 0.0},
        "temptation": {"omega": 0.0},
        "demand": {"need_monthly": 0.1, "amount_cap": 0.15, "liars": 0.0},
        "take_up": {"walk_away_daily": 0.0, "rival_available": 0.0, "short_premium": 0.0},
        "projects": {"yield_base": 0.4, "yield_by_quality": 0.0},
        "sectors": {"trade": {"share": 0.6}, "works": {"share": 0.4}},
    },
    "economy": {
        "macro": {"cycle_sd": 0.0, "sector_sd": 0.0},
        "collateral_prices": {"drift": 0.0, "macro_effect": 0.0, "volatility": 0.0},
    },
    "horizon": 48,
    "burn_in": {"months": 1},
}


def calm(products: dict[str, Any], rate: float = 0.09) -> Scenario:
    bank = {
        "approval": {"kind": "all"},
        "screening": {"kind": "none"},
        "pricing": {"kind": "flat", "fixed": rate},
        "products": products,
        "monitoring": {"kind": "none"},
        "staffing": {"kind": "none"},
        "capital": {"kind": "standardised", "minimum": 0.0, "target": 1.0},
        "growth_target": -1.0,
    }
    return scenario(bank, **CALM)


def balance_after(principal: float, rate: float, term: np.ndarray, paid: np.ndarray) -> np.ndarray:
    """Return the textbook balance of an annuity after `paid` of `term` payments."""
    growth = 1.0 + rate / 12.0
    return principal * (growth**term - growth**paid) / (growth**term - 1.0)


def test_no_loan_is_ever_late() -> None:
    for product in ("instalment", "menu"):
        simulation = Simulation(calm({"kind": product}), [1, 2]).run()
        record = simulation.recorder
        assert record.column("taken").sum() > 500
        for name in ("defaults", "npl", "ever_90", "gross_special", "written_off", "suspended"):
            assert record.column(name).sum() == 0.0, name
        assert simulation.market.loans.dpd.max() == 0
        assert record.column("interest_accrued").sum() == record.column("interest_received").sum()


@pytest.mark.parametrize("rate", [0.03, 0.09, 0.2])
def test_every_balance_is_the_textbooks(rate: float) -> None:
    simulation = Simulation(calm({"kind": "instalment"}, rate), [1, 2])
    market, seen = simulation.market, 0
    for month in range(1, 37):
        advanced(simulation, month)
        rows = market.live
        loans = market.loans
        age = month - loans.granted[rows]
        term = loans.remaining[rows] + age
        expected = balance_after(loans.principal[rows], rate, term, age)
        np.testing.assert_allclose(loans.balance[rows], expected, rtol=1e-9, atol=0.005)
        np.testing.assert_allclose(
            loans.instalment[rows],
            loans.principal[rows] * (rate / 12) / (1 - (1 + rate / 12) ** -term.astype(float)),
            rtol=1e-12,
        )
        assert set(term) <= {3, 6, 12, 24, 36}
        seen += rows.size
    assert seen > 3000


def test_interest_received_is_the_closed_form_to_the_cent() -> None:
    """Over its life an annuity pays n A - P of interest; followed here loan by loan."""
    rate = 0.09
    simulation = Simulation(calm({"kind": "instalment"}, rate), [3])
    market = simulation.market
    live: dict[int, tuple[float, int, int]] = {}
    due = {month: 0.0 for month in range(1, 49)}
    for month in range(1, 49):
        advanced(simulation, month)
        loans = market.loans
        for i in market.live[loans.granted[market.live] == month]:
            principal, term = float(loans.principal[i]), int(loans.remaining[i])
            live[i] = (principal, term, month)
            opening = balance_after(principal, rate, np.full(term, term), np.arange(term))
            assert opening.sum() * rate / 12 == pytest.approx(
                term * loans.instalment[i] - principal, abs=0.005
            )
            for k in range(term):
                if month + 1 + k <= 48:
                    due[month + 1 + k] += opening[k] * rate / 12
    received = simulation.recorder.column("interest_received")[:, 0]
    at_start = 37  # loans of the one month of burn-in are at most 36 months long
    for month in range(at_start + 1, 49):
        assert received[month - 1] == pytest.approx(due[month], abs=0.01)
    assert received[at_start:].sum() > 1e4
