"""Which tables of mechanisms a simulation needs: those of one that is off take no rows."""

from __future__ import annotations

from typing import Any, NamedTuple

from sim.core.columns import Schema
from sim.core.errors import RequestError
from sim.mechanisms.guarantees import Guarantees
from sim.model import month
from sim.model.checkpoint import Checkpoint
from sim.model.plan import Plan
from sim.model.plan_edits import own_tables, steps_of
from sim.scenario.schema import Scenario
from sim.state.bridges import BRIDGES
from sim.state.guarantors import CALLED_FIRMS, CLAIMS, GUARANTORS
from sim.state.renewals import RENEWALS

OF_CIRCLES = (GUARANTORS, CALLED_FIRMS, CLAIMS)
OF_RENEWALS = (RENEWALS, BRIDGES)
BEFORE, AFTER = 0, 1  # a month of each part of a scenario: before month 1, and from then on


class OwnTables(NamedTuple):
    """The tables of mechanisms."""

    used: tuple[Schema[Any], ...]
    empty: tuple[Schema[Any], ...]  # their mechanism is off throughout


def own_tables_of(plan: Plan, scenario: Scenario, books: Checkpoint | None = None) -> OwnTables:
    """Return the tables that mechanisms of a plan keep for themselves.

    What is written by a step that is not the model's own is always used, and so is what the `books`
    that the simulation goes on from may hold.
    """
    parts = [(scenario, BEFORE), (scenario, AFTER)]
    if books is not None:
        parts += [(books.scenario, BEFORE)] + [(books.scenario, AFTER)] * (books.month >= 1)
    off = {schema for schema in _switched() if not any(_needs(schema, *part) for part in parts)}
    off -= _of_others(plan)
    named = own_tables(plan)
    return OwnTables(
        tuple(schema for schema in named if schema not in off),
        tuple(schema for schema in named if schema in off),
    )


def refuse_without(own: tuple[Schema[Any], ...], scenario: Scenario) -> None:
    """Raise `RequestError` if a scenario needs a table that a market keeps no rows of."""
    for schema in _switched():
        if schema not in own and any(_needs(schema, scenario, part) for part in (BEFORE, AFTER)):
            raise RequestError(
                f"'{scenario.name}' cannot go on here: it needs the table {schema.name}, whose "
                "mechanism was off when this market was made"
            )


def _switched() -> tuple[Schema[Any], ...]:
    return (*OF_CIRCLES, *OF_RENEWALS)


def _needs(schema: Schema[Any], scenario: Scenario, part: int) -> bool:
    """Whether the mechanism of one of these tables is on in a part of a scenario."""
    if schema in OF_CIRCLES:
        guarantees: Guarantees = scenario.mechanisms.guarantees  # type: ignore[attr-defined]
        return guarantees.share > 0.0
    renew = any(bank.renewal.renews for bank in scenario.banks_in(part).values())
    return renew or scenario.firms.demand.bullet_share > 0.0


def _of_others(plan: Plan) -> set[Schema[Any]]:
    """Return the tables that are written by steps that are not the model's own."""
    ours = {step.name for _, _, step in steps_of(month.PLAN)}
    others = (step for _, _, step in steps_of(plan) if step.name not in ours)
    return {schema for step in others for schema in getattr(step.post, "writes", ())}
