"""Arrears end as following every path says they end."""

from __future__ import annotations

import numpy as np
import pytest

from sim.core.errors import RequestError
from sim.credit.migration import AbsorbingChain, arrears_chain

ROLL = np.array([0.05, 0.45, 0.6, 0.7])
CURE = np.array([0.0, 0.35, 0.2, 0.1])
REPAY = np.array([0.04, 0.0, 0.0, 0.0])


def follow(months: int) -> tuple[np.ndarray, np.ndarray]:
    """Return months spent in each state and chances of each end from current, month by month."""
    here, spent, ended = np.array([1.0, 0.0, 0.0, 0.0]), np.zeros(4), np.zeros(2)
    for _ in range(months):
        spent += here
        there = here * (1.0 - ROLL - CURE - REPAY)
        there[1:] += (here * ROLL)[:-1]
        there[0] += (here * CURE).sum()
        ended += [here[3] * ROLL[3], (here * REPAY).sum()]
        here = there
    return spent, ended


def test_a_long_walk() -> None:
    chain = arrears_chain(ROLL, CURE, REPAY)
    spent, ended = follow(20_000)
    assert chain.expected_months()[0] == pytest.approx(spent)
    assert chain.end_probability()[0] == pytest.approx(ended)
    assert chain.end_probability().sum(axis=1) == pytest.approx(np.ones(4))


@pytest.mark.parametrize("months", [0, 1, 4, 12, 36])
def test_a_short_walk(months: int) -> None:
    chain = arrears_chain(ROLL, CURE, REPAY)
    left = np.linalg.matrix_power(chain.move, months)
    ended = (np.eye(len(left)) - left) @ chain.end_probability()
    assert ended[0] == pytest.approx(follow(months)[1], abs=1e-12)


def test_no_cure_makes_a_spell_a_straight_road() -> None:
    # each month in arrears ends in the next bucket or in repayment, so chances multiply
    chain = arrears_chain([0.1, 0.5, 0.6, 0.7], np.zeros(4), [0.9, 0.5, 0.4, 0.3])
    assert chain.end_probability()[:, 0] == pytest.approx([0.021, 0.21, 0.42, 0.7])


def test_five_classes_alone_have_a_memory() -> None:
    # special mention holds 1 to 3 missed; the chance that it turns substandard next month depends
    # on how long it has lasted, so no chain over classes can reproduce it
    chain = arrears_chain(ROLL, CURE, REPAY)
    start = np.array([0.0, 1.0, 0.0, 0.0])  # one instalment behind
    fresh = start @ chain.end[:, 0]
    here = start
    for _ in range(4):
        here = here @ chain.move
        here[0] = 0.0  # keep those still in special mention
        here /= here.sum()
    assert fresh == 0.0
    assert here @ chain.end[:, 0] > 0.3


def test_chances_must_add_up() -> None:
    with pytest.raises(RequestError, match="sum of probabilities out of a state"):
        AbsorbingChain(np.array([[0.5]]), np.array([[0.4]]))
    with pytest.raises(RequestError, match=r"move is -0\.1"):
        arrears_chain([0.1, 0.5], [0.0, 0.3], [0.1, 0.3])
