"""The levers that differ between two arms, and what each does at an extreme of the report.

An effect of the report belongs to the extreme at which it was measured, not to the value that a
claim sets.  It is shown only with that extreme beside it, and only where the claim goes at least
half of the way there; a rule, which the report never sets, has none.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.analysis.mechanism.asked import Set
from sim.analysis.mechanism.chain import Between
from sim.outcomes import METRICS
from sim.results.lever_table import change_of
from sim.results.mechanism_tables import means, unit_of
from sim.results.quantities import quantity as with_unit
from sim.results.quantity_words import quantity
from sim.results.rule_words import is_rule, rule_words
from sim.results.table import NONE, Block, Cell, Column, Row, Table, words
from sim.results.units import scale_of
from sim.results.values import place_of
from sim.results.wording import lower_first

if TYPE_CHECKING:
    import pandas as pd

EFFECTS = ("default_rate", "npl_ratio_mean", "profit", "credit_to_good")  # of a lever alone
NEAR = 0.5  # of the way from the base to the extreme: a claim that goes less far has no effect here
NOTE = (
    "Changes: of the lever alone, in the bank of the report on levers, pulled to the plausible "
    "extreme that the cell names, with half of the 95 % interval. They are not the effect of the "
    "claim's own value, and are left out where that lies nearer to the base than to the extreme."
)


class Extreme(NamedTuple):
    """An extreme at which the report ran a lever: which side of its row, and the value there."""

    side: str
    value: Any


STILL = "nothing: no outcome moved in this study"
MOVED_NONE = (
    " Where nothing moved, every outcome of this study is the same in every replication with and "
    "without it, so what the lever does in the report's bank is not shown."
)


def levers_set(
    asked: Between,
    report: pd.DataFrame | None,
    plainly: bool = False,
    still: Collection[str] = (),
) -> Table:
    """Return what the claim's arms set, and what each lever does at that extreme in the report.

    `still`: keys that moved nothing in the study itself, of which the report is not quoted.
    `plainly`: keys and processes in words, for readers who do not know their names.
    """
    columns = [
        Column("Lever"), Column("Before, after"), Column("Its process, and unit"),
        Column("Change of its process"),
        *(Column(f"{METRICS[name].title}, {scale_of(METRICS[name].unit).difference}")
          for name in EFFECTS),
    ]  # fmt: skip
    rows = [_lever(one, report, plainly, one.key in still) for one in asked.levers]
    absent = "The report on levers (results/reference/levers) is not here."
    arms = "its two arms" if plainly else f"{asked.base} and {asked.other}"
    title = f"Levers that differ between {arms}"
    note = absent if report is None else NOTE
    if asked.levers and all(one.key in still for one in asked.levers):
        note = MOVED_NONE.strip()  # no figure of the report is here to be explained
    elif any(one.key in still for one in asked.levers):
        note += MOVED_NONE
    return Table("levers-set", title, columns, [Block("", rows)], note)


def _lever(one: Set, report: pd.DataFrame | None, plainly: bool, still: bool) -> Row:
    key = ".".join(one.key.split(".")[2:]) if one.key.startswith("banks.") else one.key
    write = _in_unit(quantity(one.key).factor if plainly else 1.0)
    arrow = f"{_value(one.before, write)} \N{RIGHTWARDS ARROW} {_value(one.after, write)}"
    head = [words(_named(one.key) if plainly else key), words(arrow)]
    if still:
        return [*head, *_without(STILL)]
    row = _found(report, key, one.after)
    if row is None:
        return [*head, *_without("not in the report")]
    if is_rule(one.before) or is_rule(one.after):
        return [*head, *_without("a rule; the report has no run of it")]
    extreme = _extreme(one, row)
    if extreme is None:
        return [*head, *_without("the report has no run near this value")]
    at = f"at {write(extreme.value, '')}: "
    if not _is_near(one, extreme.value):
        return [*head, *_without(f"nearer to the base than to the report's {at[3:-2]}")]
    if not any(_ends(row, name, extreme.side).any() for name in ("process", *EFFECTS)):
        return [*head, *_without(f"none: the report's bank has {at[3:-2]} itself")]
    unit = scale_of(unit_of(str(row["process"])))
    cells = [_at(at, row, f"process_{extreme.side}", unit.factor)]
    for name in EFFECTS:
        factor = scale_of(METRICS[name].unit).factor
        cells.append(_at(at, row, f"{name}_{extreme.side}", factor))
    process = means(str(row["process"])) if plainly else str(row["process"])
    return [*head, words(", ".join(filter(None, [process, unit.difference]))), *cells]


def _ends(row: Any, name: str, side: str) -> Any:
    """Return a change at an extreme and the ends of its interval, (3,)."""
    return row[[f"{name}_{side}{end}" for end in ("", "_from", "_to")]].to_numpy(float)


def _without(why: str) -> Row:
    return [words(why), *[Cell(NONE)] * (1 + len(EFFECTS))]


def _at(at: str, row: Any, name: str, factor: float) -> Cell:
    shown = change_of(row, name, factor)
    return Cell(at + shown.text, shown.values)


def _named(key: str) -> str:
    """Return a lever in words, behind the policy that has it: several levers share a meaning."""
    label = quantity(key).words.replace("_", " ")
    place = place_of(key).removeprefix("Bank: ")
    return f"{place[:1].upper()}{place[1:]}: {lower_first(label)}"


def _found(report: pd.DataFrame | None, key: str, after: Any) -> Any:
    """Return the report's row of a lever, or of the policy that is set; None without one."""
    if report is None:
        return None
    found = report[report["lever"].isin([key, f"{key}={after}"])]
    return found.iloc[0] if len(found) else None


def _extreme(one: Set, row: Any) -> Extreme | None:
    """Return the extreme on the side to which a lever is set; None where there is none."""
    if _is_number(one.before) and _is_number(one.after):
        side = "high" if one.after > one.before else "low"
        try:
            return Extreme(side, float(row[side]))
        except ValueError:
            return None
    ends = {str(row[side]).lower(): side for side in ("low", "high")}
    side = ends.get(str(one.after).lower(), "")
    return Extreme(side, one.after) if side else None


def _is_near(one: Set, extreme: Any) -> bool:
    """Return whether a number is set at least half of the way to the extreme."""
    if not _is_number(extreme):
        return True
    return bool(abs(one.after - one.before) >= NEAR * abs(extreme - one.before))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _in_unit(factor: float) -> Callable[[Any, str], str]:
    """Return a function that writes values of a lever, and those of facts with their units."""

    def write(value: Any, unit: str) -> str:
        if unit:
            return with_unit(value, unit)
        if isinstance(value, bool):
            return "on" if value else "off"
        if value is None:
            return "none"
        if isinstance(value, Sequence) and not isinstance(value, str):
            return ", ".join(write(item, "") for item in value) or "none"
        return f"{factor * value:g}" if _is_number(value) else str(value).replace("_", " ")

    return write


def _value(value: Any, write: Callable[[Any, str], str]) -> str:
    return rule_words(value, "", write) if is_rule(value) else write(value, "")
