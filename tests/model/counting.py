"""A mechanism that counts months in a table of its own, and a list of the months simulated."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from sim.core.arrays import Floats
from sim.core.columns import Schema, column
from sim.core.sight import Sight
from sim.model import month
from sim.model.plan import Plan, Step
from sim.model.plan_edits import with_step
from sim.model.simulation import Simulation
from sim.state.month import Month
from sim.state.posting import Written, posting


class Counts(NamedTuple):
    """How many months each row has been there."""

    months: Floats = column("f8", "months", "months since the row began", Sight.HIDDEN)


def counting(over: str) -> tuple[Schema[Any], Plan]:
    """Return a mechanism's own table over another, and a plan that counts months in it."""
    schema = Schema(Counts, over=over)

    def every_row(month: Month) -> int:
        """Find that a month has passed."""
        return month.number

    @posting(writes=(schema,))
    def count(to: Written, passed: int) -> None:
        """Add a month to every row."""
        to.table(schema).months[:] += 1.0

    return schema, with_step(month.PLAN, Step("count", every_row, count), before="book check")


def months_advanced(patch: pytest.MonkeyPatch) -> list[int]:
    """Return the list to which every month that is simulated from now on is added."""
    months: list[int] = []
    advance = Simulation.advance

    def noted(self: Simulation) -> None:
        advance(self)
        months.append(self.month)

    patch.setattr(Simulation, "advance", noted)
    return months
