"""Post-loan care may differ by what is on file: rules on its levers choose whom it looks at."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.mechanisms.looking import Looked
from sim.model import care
from sim.model.simulation import Simulation
from tests.model.care_world import FIRMS, listen
from tests.model.worlds import advanced, scenario

LARGE = 300_000.0


def rules(large: Any, small: Any) -> dict[str, Any]:
    """Return a lever with one value for loans of at least 300,000 and another for the rest."""
    return {"when": [{"if": {"balance": {"from": LARGE}}, "then": large}], "otherwise": small}


def test_only_large_loans_are_visited_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = {"visited": 0, "checked": 0}

    def hear(month: Any, looked: Looked) -> None:
        for name in looks:
            rows = getattr(looked, name)
            assert (month.market.loans.balance[rows] >= LARGE).all()
            looks[name] += rows.size
        live = month.market.live_at(0)
        large = live[month.market.loans.balance[live] >= LARGE]
        assert np.array_equal(looked.visited, large)

    listen(monkeypatch, care.look, hear)
    monitoring = {"kind": "care", "monthly": rules(1.0, 0.0), "proceeds_check": rules(1.0, 0.0)}
    bank = {"monitoring": monitoring, "staffing": {"kind": "none"}, "approval": {"kind": "all"}}
    world = scenario(bank, firms=FIRMS, horizon=12, burn_in={"months": 0})
    advanced(Simulation(world, [1]), 12)
    assert min(looks.values()) > 10
