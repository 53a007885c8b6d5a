"""Post entries: new firms in slots, new officers in seats, each with its own random numbers."""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats, Integers, Rows
from sim.core.columns import NOTHING, Column, Schema
from sim.core.compiled import compiled
from sim.core.draws import key_of, named_salt
from sim.core.indexing import rows_where
from sim.core.random_numbers import child_keys, uniform_streams
from sim.state.firms import FIRMS
from sim.state.firms_view import begin_views
from sim.state.market import NEVER, NO_LENDER, Market
from sim.state.officers import OFFICERS
from sim.state.post.shadowing import shadows_ruined
from sim.state.purposes import Entity
from sim.state.relations import RELATIONS

INHERITED = ("sector", "turnover", "opportunism")  # by a new firm from the one whose slot it takes


class Births(NamedTuple):
    """How new rows of one table get their initial values."""

    salts: NDArray[np.uint64]  # (streams,) of all uniforms that are drawn
    drawn: tuple[tuple[Column, slice], ...]  # columns with a distribution, and its streams
    blank: tuple[str, ...]  # columns that begin at zero


@functools.cache
def births(schema: Schema[Any], kept: tuple[str, ...]) -> Births:
    """Return how new rows of `schema` get their values, except in the columns `kept`."""
    salts: list[np.uint64] = []
    drawn: list[tuple[Column, slice]] = []
    for column in schema:
        streams = [f"{schema.name}.{column.name}.{k}" for k in range(column.birth.streams)]
        if column.name not in kept and column.birth is not NOTHING:
            drawn.append((column, slice(len(salts), len(salts) + len(streams))))
            salts += [np.uint64(column.salt)] if column.salt else map(named_salt, streams)
    listed = {*kept, *(column.name for column, _ in drawn)}
    blank = tuple(column.name for column in schema if column.name not in listed)
    return Births(np.array(salts, np.uint64), tuple(drawn), blank)


def _draw(schema: Schema[Any], table: Any, rows: Rows, params: Any, kept: tuple[str, ...]) -> None:
    """Give every column its value at birth, in the order of the schema, for the keys in `table`."""
    _draw_by(table.key[rows], schema, table, rows, params, kept)


def _draw_by(
    keys: Any, schema: Schema[Any], table: Any, rows: Rows, params: Any, kept: tuple[str, ...] = ()
) -> None:
    plan = births(schema, kept)
    draws = uniform_streams(keys, plan.salts)
    born: dict[str, Any] = {name: getattr(table, name)[..., rows] for name in kept}
    for column, streams in plan.drawn:
        value = column.birth.draw(draws[streams], born, params)
        born[column.name] = getattr(table, column.name)[..., rows] = value
    for name in plan.blank:
        getattr(table, name)[..., rows] = 0


def _key(market: Market, kind: Entity, run: Rows, place: Rows, generation: Integers) -> Any:
    return child_keys(child_keys(market.roots[kind][run], place), generation)


def firms_born(market: Market, rows: Rows, params: Any, kept: tuple[str, ...] = ()) -> None:
    """Let new firms enter the slots `rows`; `params` are the parameters of the population.

    In the columns `kept` they are as the firms were that had these slots.
    """
    firms = market.tables.firms
    run = rows // market.firms_per_run
    firms.run[rows] = run
    firms.born[rows] = market.month
    place = rows % market.firms_per_run
    firms.key[rows] = _key(market, Entity.FIRM, run, place, firms.generation[rows])
    _draw(FIRMS, firms, rows, params, ("key", "run", "generation", "born", *kept))
    for schema in market.own_over(FIRMS):
        own_begun(market, schema, rows, params)
    market.tables.economy.entered[:] += np.bincount(run, minlength=market.runs)
    market.tables.loans.lender[rows] = NO_LENDER
    market.tables.loans.project_left[rows] = 0
    for bank in range(len(market.banks)):
        market.requests_written[bank].lender[rows] = NO_LENDER
        files_emptied(market, bank, rows)


def own_begun(market: Market, schema: Schema[Any], rows: Rows, params: Any) -> None:
    """Give a mechanism's own table over firms its values at birth, for the firms in `rows`."""
    _draw_by(market.firms.key[rows], schema, market.writable(schema), rows, params)


def files_emptied(market: Market, bank: int, rows: Rows) -> None:
    """Leave nothing on a bank's files of the firms in `rows`, (n,)."""
    for schema in market.own_over(RELATIONS):
        for column in market.writable(schema):
            column.reshape(*column.shape[:-1], len(market.banks), -1)[..., bank, rows] = 0
    relation, relations = bank * market.slots + rows, market.tables.relations
    relations.known_since[relation] = NEVER
    relations.listed_until[relation] = NEVER
    for name in ("looks", "late_looks", "heard_looks", "heard_late", "false_alarms_felt"):
        getattr(relations, name)[relation] = 0
    relations.belief_mean[:, relation] = 0.0
    relations.belief_variance[:, relation] = 1.0


AT_ONCE = 16_384  # firms created together when a whole market is filled
LEAST_DILIGENCE = 1e-6  # a lower diligence counts as this one
MOST_SEATS = 1_000_000  # so that a seat's random numbers depend only on its bank and number


@compiled
def _ruined(firms, loans, ruin_months):  # type: ignore[no-untyped-def]
    """Return the slots whose firm leaves now, ascending."""
    leaves = np.empty(firms.alive.size, np.bool_)
    for i in range(leaves.size):
        leaves[i] = firms.alive[i] & (firms.low_months[i] >= ruin_months) & (loans.lender[i] < 0)
    return rows_where(leaves)


def firms_leaving(market: Market, ruin_months: int) -> Rows:
    """Return the slots of ruined firms without a loan, ascending: they leave now."""
    rows: Rows = _ruined(market.firms, market.loans, ruin_months)
    return rows


def firms_replaced(market: Market, params: Any) -> Rows:
    """Remove ruined firms without a loan; new ones take their slots if entry is on."""
    firms = market.tables.firms
    rows = firms_leaving(market, params.ruin_months)
    shadows_ruined(market, rows)
    firms.alive[rows] = False
    for requests in market.requests_written:
        requests.lender[rows] = NO_LENDER
    market.tables.economy.exited[:] += np.bincount(firms.run[rows], minlength=market.runs)
    if rows.size and params.entry:
        firms.generation[rows] += 1
        firms_born(market, rows, params, INHERITED if params.heirs else ())
    return rows


def officers_born(
    market: Market, rows: Rows, params: Any, experience: Floats | float | None = None
) -> None:
    """Put new people into the officers' rows; `experience` in months, or None to draw it."""
    officers = market.tables.officers
    per_run = len(market.banks) * market.seats
    run = rows // per_run
    place = rows % per_run
    officers.run[rows] = run
    officers.lender[rows] = place // market.seats
    officers.seat[rows] = place % market.seats
    if experience is not None:
        officers.generation[rows] += 1
    active = officers.active[rows]
    ratio = officers.effort[rows] / np.maximum(officers.diligence[rows], LEAST_DILIGENCE)
    number = officers.lender[rows].astype(np.int64) * MOST_SEATS + officers.seat[rows]
    officers.key[rows] = _key(market, Entity.OFFICER, run, number, officers.generation[rows])
    _draw(OFFICERS, officers, rows, params, ("key", "run", "lender", "seat", "generation"))
    for schema in market.own_over(OFFICERS):
        _draw_by(officers.key[rows], schema, market.writable(schema), rows, params)
    officers.active[rows] = active
    officers.since[rows] = market.month
    officers.effort[rows] = officers.diligence[rows]
    if experience is not None:
        officers.experience[rows] = experience
        officers.effort[rows] *= ratio  # the seat's workload and pressure are unchanged


def market_filled(market: Market, first_of_nature: int, first_month: int, firms: Any) -> None:
    """Fill every slot before the first month; `firms` are the parameters of the population.

    Nature begins with month `first_of_nature`, banks with `first_month`, which may be later.
    """
    market.first_of_nature, market.first_month = first_of_nature, first_month
    market.month = first_of_nature - 1
    economy = market.tables.economy
    economy.seed[:] = market.seeds
    economy.key[:] = [key_of(seed, Entity.RUN) for seed in market.seeds]
    market.quality_weights, market.quality_kept = firms.weights, firms.quality_kept
    begin_views(market.tables.books, firms)
    for start in range(0, market.slots, AT_ONCE):  # in parts, to save memory
        firms_born(market, np.arange(start, min(start + AT_ONCE, market.slots)), firms)


def seats_filled(market: Market, labour: Any) -> None:
    """Fill every seat before banks open; `labour` are the parameters of officers."""
    officers_born(market, np.arange(market.officers.key.size), labour)
