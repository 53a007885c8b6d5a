"""The team that a plan gives: whole officers, or the plan with a part-time one.

A plan of 3.4 officers rounds to 3, so each has 13 % more to do; in a larger market it hardly
matters.  With part-time work there is a fourth, who works 40 % of full time for 40 % of the pay,
and branches of all sizes have the same share of officers.
"""

from __future__ import annotations

import math
from typing import Any

from sim.core.params import Params, param
from sim.state.teams import WHOLE

LEAST_OFFICER = 0.05  # full-time officers: no branch has fewer


class Added(Params):
    """Officers in addition to those that the caseload needs; fewer where negative.

    Said of a number that a bank states, as 6, it is no more than another number: see `summed`.
    """

    add: int = param(
        unit="officers", ge=-10_000, le=10_000, source="A: set by the author of the scenario",
        meaning="officers in addition to those that `clients_per_officer` gives",
        cost="salaries: each officer is paid",
    )  # fmt: skip


def summed(stated: Any) -> Any:
    """Return the number that ``{add: 2, to: 6}`` comes to, unchecked; anything else as it is."""
    if not (isinstance(stated, dict) and set(stated) == {"add", "to"}):
        return stated
    add, to = stated["add"], stated["to"]
    whole = isinstance(add, int) and isinstance(to, int) and not isinstance(add, bool)
    return to + add if whole else {"add": add}


def whole_seats(planned: float, stated: int | Added | None, part_time: bool) -> int:
    """Return the number of officers of a plan, or as `stated`, or the plan with what is added."""
    if isinstance(stated, int):
        return stated
    if part_time:
        return max(1, math.ceil(full_time(planned, stated, part_time) - WHOLE))
    return max(1, round(planned) + _added(stated))


def full_time(planned: float, stated: int | Added | None, part_time: bool) -> float:
    """Return the same in full-time officers."""
    if isinstance(stated, int) or not part_time:
        return float(whole_seats(planned, stated, part_time))
    return max(LEAST_OFFICER, planned + _added(stated))


def _added(stated: int | Added | None) -> int:
    return stated.add if isinstance(stated, Added) else 0
