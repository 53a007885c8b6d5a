"""A roster: who there is of one kind, and the agents that someone has touched so far.

An agent is made for a row when it is first asked for, and kept as long as the person or firm is
there; so the same row gives the same object, and nobody pays for rows that nobody looks at.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.mesa_adapter.columns import ColumnAttribute

Rows = NDArray[np.int64]
Bools = NDArray[np.bool_]

FIRST_NUMBER = 10**9  # Mesa numbers eager agents 1, 2, ...; those of rows begin where no one gets


class AgentRegistry:
    """The agents of one kind in one model.

    `kind` is a class with `home`, the table that says who is in a row, and `columns`; `first` is
    the place of its first row among the `total` rows of all kinds, from which numbers are made.
    """

    def __init__(self, model: Any, kind: type[Any], first: int, total: int):
        self.model = model
        self.kind = kind
        self.columns: dict[str, ColumnAttribute] = kind.columns
        self.home = getattr(model.market, kind.home)
        self._first = FIRST_NUMBER + first
        self._total = total
        self._made: dict[int, Any] = {}

    @property
    def present(self) -> Rows:
        """Rows in which there is someone now, ascending."""
        if "active" in self.columns:
            return np.flatnonzero(self.home.active)
        return np.arange(self.home.generation.size)

    def still_present(self, rows: Rows | int, generation: NDArray[np.integer] | int) -> Bools:
        """Return whether those who were in `rows` as that `generation` still are, shape (n,)."""
        same: Bools = self.home.generation[rows] == generation
        return same & self.home.active[rows] if "active" in self.columns else same

    def agent(self, row: int) -> Any:
        """Return the agent of whoever is in a row now."""
        row = int(row)
        agent = self._made.get(row)
        if agent is None or agent.as_generation != self.home.generation[row]:
            agent = self._made[row] = self.kind(self, row)
        return agent

    def numbers(self, rows: Rows | int) -> Rows:
        """Return numbers that no other agent of the model has or will have, shape (n,)."""
        numbers: Rows = self._first + rows + self.home.generation[rows] * np.int64(self._total)
        return numbers

    @property
    def made(self) -> int:
        """How many agents have been made and are kept."""
        return len(self._made)
