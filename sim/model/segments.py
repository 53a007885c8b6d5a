"""Segments: the files to which the same values of all conditional levers apply.

Each segment is handled as a whole by a bank whose levers have one value each, so no policy knows of
conditions.  A bank without conditions has one segment, and nothing is split.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection
from typing import Any, TypeVar

import numpy as np

from sim.core.arrays import Rows
from sim.core.sight import Sight
from sim.model.bank import BankAtWork
from sim.policies.conditions import choices
from sim.policies.known_facts import FACTS, Moment
from sim.state.market import Market

R = TypeVar("R")
At = Any  # the places of a segment's rows among all rows: indexes or a slice


def by_segment(
    bank: BankAtWork,
    market: Market,
    rows: Rows,
    moment: Moment,
    ask: Callable[[BankAtWork, Rows, At], R],
    lists: Collection[str] = (),
) -> R:
    """Return what `ask` gives for all rows, asked segment by segment, in the order of `rows`.

    `ask` gets a bank, rows and their places; it returns an array whose last axis is the rows, or a
    named tuple of these and of values that all segments share.  The fields named in `lists` hold
    some of the rows instead.
    """
    conditions = bank.policy.conditions
    if conditions is None or not rows.size or not (levers := conditions.at(moment)):
        return ask(bank, rows, slice(None))
    files = bank.view(market, rows, Sight.REPORTED)
    facts = set().union(*(lever.facts for lever in levers))
    known = {
        name: FACTS[name].read(files, market.month)
        if moment in FACTS[name].moments
        else np.full(rows.size, np.nan)
        for name in sorted(facts)
    }
    chosen = choices(levers, known, {"sector": bank.sectors}, rows.size)
    distinct, segment = np.unique(chosen, axis=1, return_inverse=True)
    segment = segment.reshape(-1)
    places = [np.flatnonzero(segment == number) for number in range(distinct.shape[1])]
    answers = []
    for number, at in enumerate(places):
        part = copy.copy(bank)
        part.policy = conditions.variant(moment, tuple(distinct[:, number].tolist()))
        answers.append(ask(part, rows[at], at))
    joined: R = _joined(answers, places, rows, lists)
    return joined


def _joined(parts: list[Any], places: list[Any], rows: Rows, lists: Collection[str]) -> Any:
    first = parts[0]
    if isinstance(first, tuple):
        fields = zip(*parts, strict=True)
        names = type(first)._fields  # type: ignore[attr-defined]
        return type(first)(
            *(
                rows[np.isin(rows, np.concatenate(values))]
                if name in lists
                else _joined(list(values), places, rows, ())
                for name, values in zip(names, fields, strict=True)
            )
        )
    if not isinstance(first, np.ndarray):
        return first
    whole = np.empty((*first.shape[:-1], rows.size), first.dtype)
    for part, at in zip(parts, places, strict=True):
        whole[..., at] = part
    return whole
