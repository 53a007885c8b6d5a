"""Default by the full definition, formation and net credit loss, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.outcomes import METRICS
from sim.outcomes.history import History
from sim.state.market import Outcomes

NONE = Outcomes(np.zeros(0, int), np.zeros(0), *(np.zeros(0, bool) for _ in range(4)))


def value(metric: str, **columns: list[float]) -> float:
    """Return a metric of one book from its columns by month."""
    months = len(next(iter(columns.values())))
    pages = np.array(list(columns.values())).T[:, :, None]
    history = History(tuple(columns), pages, np.zeros((months, 61, 1)), NONE)
    return float(METRICS[metric].compute(history)[0])


def test_rates_of_default_are_over_performing_loans_of_the_same_definition() -> None:
    flows = {
        "defaults": [1.0, 0.0], "performing": [100.0, 99.0],
        "defaults_full": [2.0, 1.0], "performing_full": [90.0, 60.0],
    }  # fmt: skip
    assert value("default_90", **flows) == pytest.approx(12 * 1 / 199)
    assert value("default_rate", **flows) == pytest.approx(12 * 3 / 150)


def test_formation_is_over_the_opening_performing_balance() -> None:
    found = value("npl_formation", npl_new=[3.0, 1.0], performing_balance=[100.0, 300.0])
    assert found == pytest.approx(12 * 4 / 400)


def test_net_credit_loss_adds_what_is_still_to_be_lost() -> None:
    found = value(
        "net_credit_loss",
        written_off=[5.0, 0.0], sold=[0.0, 4.0], sale_price=[0.0, 1.0],
        recoveries=[0.5, 0.5], claimed=[1.0, 0.0],
        npl_loss_before=[2.0, 6.0], npl_loss=[6.0, 3.5],
        gross_loans=[100.0, 140.0],
    )  # fmt: skip
    assert found == pytest.approx(12 * (5 + 4 - 1 - 1 - 1 + 3.5 - 2.0) / 240)
