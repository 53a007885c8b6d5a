"""Rotation: officers trade places, half of what they sensed is lost, and hidden arrears surface."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.errors import RequestError
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from tests.model.worlds import advanced, scenario

HIDES = {"monitoring": {"kind": "care", "evergreening": 1.0}}
STAYS = {"kind": "officers", "turnover_monthly": 0.0, "clients_per_officer": 10.0}
SOFT, HARD = [0, 2], [1, 3, 4]


def world(months: int, **staffing: Any) -> Scenario:
    """Return a market whose only handovers are rotations, first in month 6."""
    new = {"staffing": STAYS | {"rotation_months": months} | staffing}
    old = {"staffing": STAYS | {"rotation_months": 0}}
    return scenario(HIDES | new, burn_in={"months": 12, "banks": {"bank 0": HIDES | old}})


def test_a_rotation_costs_half_the_precision_of_what_was_sensed_and_nothing_else() -> None:
    still, moved = (advanced(Simulation(world(m), [1]), 6).market for m in (0, 6))
    rows = np.intersect1d(still.live_at(0), moved.live_at(0))
    assert rows.size > 10
    before, after = (m.file_of(0).belief_variance[:, rows] for m in (still, moved))
    # precision beyond the prior's 1 is halved: 1/v' - 1 = (1/v - 1) / 2
    np.testing.assert_allclose(1 / after[SOFT] - 1, (1 / before[SOFT] - 1) / 2, rtol=1e-4)
    np.testing.assert_array_equal(after[HARD], before[HARD])
    assert (before[SOFT] < 0.9).any()


def test_those_who_come_are_others_who_know_their_craft() -> None:
    still, moved = (advanced(Simulation(world(m), [1]), 6).market.officers for m in (0, 6))
    mine = still.active
    np.testing.assert_array_equal(moved.experience[mine], still.experience[mine])
    assert (moved.key[mine] != still.key[mine]).all()
    assert (moved.generation[mine] == still.generation[mine] + 1).all()
    # the same work and pressure on another person: effort over diligence is the seat's
    np.testing.assert_allclose(
        moved.effort[mine] / moved.diligence[mine], still.effort[mine] / still.diligence[mine]
    )


def test_the_successors_spend_hours_on_every_loan_taken_over() -> None:
    still, moved = (
        advanced(Simulation(world(m, handover_hours=5.0), [1]), 6).market for m in (0, 6)
    )
    loans = np.bincount(
        moved.officer_rows(moved.live_at(0), 0, moved.loans.seat[moved.live_at(0)]),
        minlength=moved.officers.key.size,
    )
    np.testing.assert_allclose(moved.officers.hours - still.officers.hours, 5.0 * loans)


def test_what_was_hidden_comes_to_light_and_stands_as_non_performing() -> None:
    simulation = advanced(Simulation(world(6), [1, 2]), 5)
    advanced(simulation, 6)
    market = simulation.market
    found = int(market.ledger.brought_to_light[market.books_at(0)].sum())
    assert found > 0
    owned = market.live_at(0)[market.loans.rescheduled[market.live_at(0)]]
    assert not market.loans.renewed[market.live_at(0)].any()
    advanced(simulation, 7)
    left = owned[market.loans.lender[owned] == 0]
    assert left.size > 0
    assert (market.loans.grade[left] >= 2).all()


def test_bad_loans_show_sooner_where_officers_rotate() -> None:
    shown = {m: simulate(world(m), seeds=[1, 2, 3]).months for m in (0, 3)}
    assert shown[0]["brought_to_light"].sum() == 0
    assert shown[3]["npl"].sum() > shown[0]["npl"].sum()


def test_a_negative_span_is_refused() -> None:
    with pytest.raises((RequestError, ValueError), match="rotation_months"):
        world(-1)
