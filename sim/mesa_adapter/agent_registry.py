"""The agent registry: which agents of one kind exist, and the objects created for them so far.

An agent is created for a row when first accessed, and kept as long as the person or firm is
present.  So the same row gives the same object, and rows that are never accessed cost nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Bools, Rows
from sim.mesa_adapter.columns import ColumnAttribute

FIRST_NUMBER = 10**9  # Mesa numbers agent objects 1, 2, ...; numbers of row agents start far above


class AgentRegistry:
    """The agents of one kind in one model.

    `kind` is a class with `columns` and with `home`, the table that says who is in a row; `first`
    is the place of its first row among the `total` rows of all kinds, which gives the numbers.
    """

    def __init__(self, model: Any, kind: type[Any], first: int, total: int):
        self.model = model
        self.kind = kind
        self._first = FIRST_NUMBER + first
        self._total = total
        self._made: dict[int, Any] = {}

    @property
    def columns(self) -> dict[str, ColumnAttribute]:
        """The columns that an agent has as attributes, by name."""
        columns: dict[str, ColumnAttribute] = self.kind.columns
        return columns

    @property
    def home(self) -> Any:
        """The table that says who is in a row; it is looked up, so that a model can be copied."""
        return getattr(self.model.market, self.kind.home)

    @property
    def present(self) -> Rows:
        """Rows that are occupied now, ascending, shape (n,)."""
        if "active" in self.columns:
            return np.flatnonzero(self.home.active)
        return np.arange(self.home.generation.size)

    def still_present(self, rows: Rows | int, generation: NDArray[np.integer] | int) -> Bools:
        """Return whether the occupants of `rows` with that `generation` are present, shape (n,)."""
        same: Bools = self.home.generation[rows] == generation
        return same & self.home.active[rows] if "active" in self.columns else same

    def agent(self, row: int) -> Any:
        """Return the agent of a row's present occupant."""
        row = int(row)
        agent = self._made.get(row)
        if agent is None or agent.as_generation != self.home.generation[row]:
            agent = self._made[row] = self.kind(self, row)
        return agent

    def numbers(self, rows: Rows | int) -> Rows:
        """Return ids that no other agent of the model has or will have, shape (n,)."""
        numbers: Rows = self._first + rows + self.home.generation[rows] * np.int64(self._total)
        return numbers

    @property
    def made(self) -> int:
        """Number of agent objects that have been created and are kept."""
        return len(self._made)
