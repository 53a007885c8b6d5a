"""What pace and a second look cost, and whom exploration lets in."""

from __future__ import annotations

import pytest

from sim.policies.approval.cut_off import CutOff


@pytest.mark.parametrize(
    ("days", "cost"), [(3.0, 100.0), (1.5, 200.0), (1.0, 300.0), (0.0, 600.0), (10.0, 100.0)]
)
def test_a_decision_in_half_the_days_costs_twice_and_slowness_saves_nothing(
    days: float, cost: float
) -> None:
    assert CutOff(days=days).decision_cost == pytest.approx(cost)


def test_a_branch_that_is_usually_quicker_pays_no_more() -> None:
    assert CutOff(days=1.0, usual_days=1.0).decision_cost == CutOff().decision_cost


def test_a_committee_of_three_costs_what_three_reviewers_do() -> None:
    nobody, one, three = (CutOff(review_precision=p) for p in (0.0, 1.0, 3.0))
    assert (nobody.second_cost, nobody.second_hours) == (0.0, 0.0)
    assert (one.second_cost, one.second_hours) == (150.0, 1.5)
    assert (three.second_cost, three.second_hours) == (450.0, 4.5)
