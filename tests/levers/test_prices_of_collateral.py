"""What asking for more collateral costs."""

from __future__ import annotations

import pytest

from sim.policies.collateral.none import NoCollateral
from sim.policies.collateral.pledge import Pledge


@pytest.mark.parametrize(("cover", "cost"), [(0.5, 300.0), (0.6, 360.0), (1.0, 600.0), (0.0, 0.0)])
def test_more_to_pledge_is_more_to_value_and_register(cover: float, cost: float) -> None:
    assert Pledge(cover=cover).valuation_cost == pytest.approx(cost)


def test_only_officers_who_have_a_pledge_rely_on_it() -> None:
    assert Pledge(replaces_visits=True).visits_left_out
    assert not Pledge().visits_left_out
    assert not NoCollateral().visits_left_out
