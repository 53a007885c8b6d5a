"""RAROC by a worked account."""

from __future__ import annotations

import pytest

from sim.core.errors import RequestError
from sim.credit.raroc import expected_loss, raroc


def test_a_worked_account() -> None:
    # on 1,000,000: interest 74,000 less funding 25,000 and work 15,000 leaves 34,000; expected loss
    # .03 * .5 takes 15,000; capital of 80,000 earns 2,000; 21,000 less a quarter is 15,750
    loss = expected_loss(0.03, 0.5, 1e6)
    assert loss == pytest.approx(15_000.0)
    earned = raroc(0.074, 0.025, 0.015, 1e6, loss, 8e4, risk_free=0.025, tax_rate=0.25)
    assert earned == pytest.approx(15_750.0 / 80_000.0)


def test_arrays_broadcast() -> None:
    earned = raroc([0.05, 0.06], 0.025, 0.01, 1e6, [0.0, 1e4], 1e5)
    assert earned == pytest.approx([0.15, 0.15])


def test_no_capital_no_return_on_it() -> None:
    with pytest.raises(RequestError, match=r"economic_capital is 0; it must lie in \(0, inf\)"):
        raroc(0.05, 0.02, 0.01, 1e6, 0.0, [1e5, 0.0])
