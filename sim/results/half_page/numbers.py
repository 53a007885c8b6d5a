"""The changes on the half page as text: value, interval and unit, in any language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.outcomes import METRICS, Metric
from sim.results.half_page.choices import Change
from sim.results.units import decimals, interval, scale_of, written

MINUS = "\N{MINUS SIGN}"
MARK = "\N{DAGGER}"  # not significant; `*` is emphasis in Markdown


class Line(NamedTuple):
    """One point of the half page: its heading and its text, a paragraph per line."""

    heading: str
    text: str


class Moves(NamedTuple):
    """Verbs in place of signs: of rates and of amounts, for no change, and where it is open."""

    rates: tuple[str, str]  # rises, falls
    amounts: tuple[str, str]
    none: str
    seems: str  # before the verb of a change that is undecided


class Words(NamedTuple):
    """Words that depend on the language: titles and units of outcomes, and what joins them."""

    titles: Mapping[str, str]  # by metric; the declared title where there is none
    units: Mapping[str, str]  # by the English unit of a difference
    joint: str  # between two changes
    same: str  # behind the title of an outcome that differs in no replication
    moves: Moves | None = None  # a sign before the number where there are none


def changes(found: Sequence[Change], metrics: Sequence[str], words: Words) -> str:
    """Return the changes of some outcomes, in the order of `metrics`; empty where none is known."""
    known = {one.metric: one for one in found}
    return words.joint.join(one_change(known[name], words) for name in metrics if name in known)


def one_change(one: Change, words: Words) -> str:
    """Return, for example, ``default rate -1.24 percentage points a year [-1.60, -0.88]``.

    With verbs the sign is a word: ``default rate falls 1.24 ...``; that of the interval stays.
    """
    if one.value == one.low == one.high == 0.0:
        return f"{title_of(one.metric, words)}{words.same}"
    metric = METRICS[one.metric]
    scale = scale_of(metric.unit)
    value, low, high = (scale.factor * number for number in (one.value, one.low, one.high))
    digits = decimals((high - low) / 2, value)
    unit = words.units.get(scale.difference, scale.difference)
    title = title_of(one.metric, words)
    ends = interval(low, high, digits, sign=True)
    amount = written(value, digits, sign=True)
    open_still = one.verdict == "undecided" or _untested_and_open(one)
    if words.moves:
        title += _verb(amount, scale.difference, words.moves, open_still)
        amount = amount.lstrip("+-")
    if unit.startswith("CNY "):  # the currency comes before the amount
        amount, unit = f"CNY {amount}", unit.removeprefix("CNY ")
    parts = [title, amount, unit, "" if ends == "-" else ends]
    text = " ".join(part for part in parts if part)
    return _minus(text) + MARK * open_still


def _verb(amount: str, unit: str, moves: Moves, open_still: bool) -> str:
    """Return the verb of a signed amount."""
    if amount[0] not in "+-":
        return moves.none
    rises, falls = moves.rates if unit.startswith(("percentage", "%")) else moves.amounts
    return moves.seems * open_still + (rises if amount[0] == "+" else falls)


def title_of(metric: str, words: Words) -> str:
    """Return the title of an outcome in a language; the declared one where there is none."""
    return words.titles.get(metric, METRICS[metric].title)


def _untested_and_open(one: Change) -> bool:
    """Whether a change that has no verdict may be none, by its own interval."""
    return not one.verdict and one.low <= 0.0 <= one.high


def levels(found: Sequence[tuple[str, float]], words: Words) -> str:
    """Return outcomes as they are, for example ``default rate 4.62 % a year``."""
    return words.joint.join(_one_level(METRICS[metric], value, words) for metric, value in found)


def _one_level(metric: Metric, stored: float, words: Words) -> str:
    scale = scale_of(metric.unit)
    value = scale.factor * stored
    amount, unit = written(value, decimals(0.0, value)), words.units.get(scale.level, scale.level)
    if unit.startswith("CNY "):
        amount, unit = f"CNY {amount}", unit.removeprefix("CNY ")
    parts = title_of(metric.name, words), _minus(amount), unit
    return " ".join(part for part in parts if part)


def _minus(text: str) -> str:
    """Return a text with true minus signs before its numbers."""
    return re.sub(r"(?<!\w)-(?=\d)", MINUS, text)
