"""Branch: a simulation goes on from a checkpoint under other banks or another economy.

A branch from month 0 is, bit for bit, the run that went the whole way, if its scenario has the
checkpoint's burn-in.  What the books already depend on cannot change under them: their lenders,
their firms, and when they began.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.core.errors import RequestError
from sim.model.checkpoint import Checkpoint
from sim.model.month_plan import plan_of
from sim.model.plan import Plan
from sim.model.plan_edits import own_tables
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.snapshot import table_name


def branch(
    books: Checkpoint,
    scenario: Scenario | None = None,
    *,
    check: bool | None = None,
    detail: bool = False,
    plan: Plan | None = None,
) -> Simulation:
    """Return a simulation that goes on from a checkpoint, which stays as it is.

    `scenario` may have other banks, measures, mechanisms or another economy, that apply from the
    next month on; without one, and without `check`, all stays as it was.
    Raises `RequestError` for a scenario that these books cannot be of, and `ValueError` or
    `KeyError` for arrays that are no checkpoint of this model.
    """
    chosen = books.scenario if scenario is None else scenario
    plan = plan_of(chosen) if plan is None else plan
    _refuse(books, chosen, detail, plan)
    checks = books.check if check is None else check
    return Simulation(chosen, books.seeds, checks, detail, plan, books=books)


def _refuse(books: Checkpoint, scenario: Scenario, detail: bool, plan: Plan) -> None:
    """Raise `RequestError` where a scenario or plan cannot go on from these books."""
    then, title = books.scenario, f"'{scenario.name}' cannot go on from these books"
    for key, was, now in (
        ("banks", ", ".join(then.banks), ", ".join(scenario.banks)),
        *_differences(then.burn_in.numbers, scenario.burn_in.numbers, "burn_in"),
        *_differences(then.firms.model_dump(), scenario.firms.model_dump(), "firms"),
    ):
        if was != now:
            raise RequestError(f"{title}: {key} was {was} there and is {now} here")
    if books.month > scenario.horizon != then.horizon:
        raise RequestError(f"{title}: they are of month {books.month}, after its horizon")
    for schema in own_tables(plan):
        if table_name(schema) not in books:
            raise RequestError(f"{title}: they have no table {schema.name}, which the plan needs")
    learner = next((name for name, bank in scenario.banks.items() if bank.rating.learns_every), "")
    if learner and books.month >= books.first_month and "Archive" not in books:
        raise RequestError(
            f"{title}: bank '{learner}' learns from old loans, of which they have no archive"
        )
    if detail and books.month >= 1 and "EventLog" not in books:
        raise RequestError(f"{title} with detail: they were kept without it")


def _differences(
    was: Mapping[str, Any], now: Mapping[str, Any], key: str
) -> Iterator[tuple[str, Any, Any]]:
    """Yield each dotted key in which two sets of parameters differ, and both values."""
    for name in dict.fromkeys([*was, *now]):
        one, other = was.get(name), now.get(name)
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            yield from _differences(one, other, f"{key}.{name}")
        elif one != other:
            yield f"{key}.{name}", one, other
