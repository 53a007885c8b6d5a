"""The team that a plan gives: whole officers, or part-time ones who together are the plan.

A plan of 3.4 officers rounds to 3, so each has 13 % more to do; in a larger market it hardly
matters.  With part-time work four officers work 85 % of full time each, for 85 % of the pay, and
branches of all sizes have the same share of officers.
"""

from __future__ import annotations

import math

from sim.core.params import Params, param

LEAST_OFFICER = 0.05  # full-time officers: no branch has fewer
WHOLE = 1e-9  # a plan this near to a whole number is one


class Added(Params):
    """Officers in addition to those that the caseload needs; fewer where negative."""

    add: int = param(
        unit="officers", ge=-10_000, le=10_000, source="A: set by the author of the scenario",
        meaning="officers in addition to those that `clients_per_officer` gives",
        cost="salaries: each officer is paid",
    )  # fmt: skip


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
