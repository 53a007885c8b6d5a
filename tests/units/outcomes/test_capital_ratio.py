"""The capital ratio is no number where no loan is left, not even by rounding."""

from __future__ import annotations

import numpy as np
import pytest

from sim.outcomes.history import History
from sim.outcomes.profit import capital_ratio
from sim.state.market import Outcomes


def history(equity: float, loans: float) -> History:
    pages = np.array([[[equity], [loans]]])
    none = Outcomes(*(np.zeros(0) for _ in Outcomes._fields))
    return History(("equity", "gross_loans"), pages, np.zeros((1, 1, 1)), none)


def test_it_is_equity_over_three_quarters_of_loans() -> None:
    assert capital_ratio(history(9.0, 100.0))[0] == pytest.approx(0.12)


@pytest.mark.parametrize("loans", [0.0, 1e-9])
def test_without_loans_there_is_none(loans: float) -> None:
    assert np.isnan(capital_ratio(history(9.0, loans))[0])
