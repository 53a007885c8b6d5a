"""The assumptions of a scenario: the values it sets itself, and the sources of the rest.

Every parameter declares its unit, meaning, source and the grade of that source.  A value that a
scenario sets has no declared source, so it is shown as the scenario's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.quantities import quantity
from sim.results.table import Block, Column, Table, words
from sim.results.values import Value, values_of

GRADES = {
    "P": "published", "R": "official", "C": "calibrated", "D": "derived", "A": "assumed",
}  # fmt: skip
OWN = (
    "These values are set by the scenario, and assumed unless its file says otherwise; the last "
    "column grades the default that each of them replaces."
)
ALL = (
    "Published: from the literature. Official: regulation or official statistics. Calibrated: "
    "fitted to published moments. Derived: follows from other values. Assumed: no figure is known, "
    "so it should be varied."
)


@table("assumptions", 20)
def own_values(results: Results) -> Table | None:
    """Return the values that the base scenario sets itself; None if there are none."""
    own = [value for value in _values(results) if value.is_own]
    if not own:
        return None
    titles = ("Parameter", "Value here", "Default", "Grade of the default")
    return Table(
        "own-values",
        f"Values set by the scenario of {results.first_base}",
        [Column(title) for title in titles],
        _by_place(
            own,
            lambda one: (
                one.meaning, quantity(one.value, one.unit), quantity(one.usual, one.unit),
                GRADES.get(one.grade, ""),
            ),
        ),
        OWN,
    )  # fmt: skip


@table("assumptions", 30)
def all_values(results: Results) -> Table | None:
    """Return all values in use; None if this version cannot read them."""
    values = _values(results)
    if not values:
        return None
    return Table(
        "assumptions",
        f"All values used in {results.first_base}",
        [Column(title) for title in ("Parameter", "Value", "Grade", "Source", "Key")],
        _by_place(
            values,
            lambda one: (
                one.meaning, quantity(one.value, one.unit),
                "the scenario" if one.is_own else GRADES.get(one.grade, ""),
                "" if one.is_own else one.source, one.key,
            ),
        ),
        ALL,
        lead=0,
    )  # fmt: skip


def grade_counts(results: Results) -> str:
    """Return a sentence with the number of values per grade; empty if unreadable."""
    values = _values(results)
    if not values:
        return ""
    own = sum(value.is_own for value in values)
    counts = Counter(value.grade for value in values if not value.is_own)
    graded = ", ".join(f"{counts[grade]} {word}" for grade, word in GRADES.items() if counts[grade])
    return (
        f"Of the {len(values)} values behind {results.first_base}, {own} are set by "
        f"the scenario itself, and the rest have declared sources: {graded}."
    )


def _values(results: Results) -> list[Value]:
    return values_of(results.manifest.arms[results.arms[0]].scenario) or []


def _by_place(values: list[Value], cells: Callable[[Value], tuple[str, ...]]) -> list[Block]:
    places = dict.fromkeys(value.place for value in values)
    return [
        Block(place, [[*map(words, cells(one))] for one in values if one.place == place])
        for place in places
    ]
