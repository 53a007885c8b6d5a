"""Arrears as a Markov chain: loans move between months in arrears until default or repayment.

The states are missed instalments, not the five classes.  Special mention contains loans one, two
and three instalments behind, whose default risks differ, so the classes alone are not Markov.
Kemeny and Snell (1960), Finite Markov Chains, chapter 3.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sim.core.arrays import Floats
from sim.credit.domain import floats, probability, within


@dataclass(frozen=True, eq=False)
class AbsorbingChain:
    """A monthly Markov chain in which every transient state leads to absorbing states (ends).

    `move` is Q, shape (s, s): from transient to transient state; `end` is R, shape (s, e): from
    transient state to each end.  The rows of both together add up to one.
    """

    move: Floats
    end: Floats

    def __post_init__(self) -> None:
        probability("move", self.move)
        probability("end", self.end)
        rows = self.move.sum(axis=1) + self.end.sum(axis=1)
        within("sum of probabilities out of a state", rows, 1.0 - 1e-9, 1.0 + 1e-9)

    def expected_months(self) -> Floats:
        """Return the fundamental matrix `(I - Q)^-1`: months spent in j after starting in i."""
        return floats(np.linalg.inv(np.eye(len(self.move)) - self.move))

    def end_probability(self) -> Floats:
        """Return the chance of each end after starting in i, shape (s, e): `(I - Q)^-1 R`."""
        return floats(np.linalg.solve(np.eye(len(self.move)) - self.move, self.end))


def arrears_chain(roll: ArrayLike, cure: ArrayLike, repay: ArrayLike) -> AbsorbingChain:
    """Return the chain over instalments missed (0, 1, ... s-1), with ends default and repaid.

    In a month a loan k instalments behind misses another with chance `roll[k]`, catches up entirely
    with `cure[k]`, is repaid in full with `repay[k]`, and otherwise stays in its state; all of
    shape (s,).  The s-th missed instalment is the default (s = 4: more than 90 days past due).
    """
    roll, cure, repay = floats(roll), floats(cure), floats(repay)
    move = np.diag(1.0 - roll - cure - repay) + np.diag(roll[:-1], k=1)
    move[:, 0] += cure
    default = np.zeros_like(roll)
    default[-1] = roll[-1]
    return AbsorbingChain(move, np.column_stack([default, repay]))
