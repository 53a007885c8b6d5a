"""The assumptions of a scenario: the values it sets itself, and the sources of the rest.

Every parameter declares its unit, meaning, source and the grade of that source.  A value that a
scenario sets has no declared source, so it is shown as the scenario's own.
"""

from __future__ import annotations

from collections import Counter

from sim.report.quantities import quantity
from sim.report.results import Results
from sim.report.tables import Block, ReportTable, TableColumn, words
from sim.report.values import Value, values_of

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


def assumption_tables(results: Results) -> list[ReportTable]:
    """Return the base scenario's own values, and all values in use; empty if unreadable."""
    values = values_of(results.manifest.arms[results.arms[0]].scenario)
    if values is None:
        return []
    own = [value for value in values if value.is_own]
    name = results.first_base
    tables = []
    if own:
        tables.append(
            ReportTable(
                "own-values",
                f"Values set by the scenario of {name}",
                (
                    TableColumn("Parameter"), TableColumn("Value here"), TableColumn("Default"),
                    TableColumn("Grade of the default"),
                ),
                _by_place(
                    own,
                    lambda one: (
                        one.meaning, quantity(one.value, one.unit),
                        quantity(one.usual, one.unit), GRADES.get(one.grade, ""),
                    ),
                ),
                OWN,
            )
        )  # fmt: skip
    tables.append(
        ReportTable(
            "assumptions",
            f"All values used in {name}",
            (
                TableColumn("Parameter"),
                TableColumn("Value"),
                TableColumn("Grade"),
                TableColumn("Source"),
                TableColumn("Key"),
            ),
            _by_place(
                values,
                lambda one: (
                    one.meaning,
                    quantity(one.value, one.unit),
                    "the scenario" if one.is_own else GRADES.get(one.grade, ""),
                    "" if one.is_own else one.source,
                    one.key,
                ),
            ),
            ALL,
            folded=True,
        )
    )
    return tables


def grade_counts(results: Results) -> str:
    """Return a sentence with the number of values per grade; empty if unreadable."""
    values = values_of(results.manifest.arms[results.arms[0]].scenario)
    if values is None:
        return ""
    own = sum(value.is_own for value in values)
    counts = Counter(value.grade for value in values if not value.is_own)
    graded = ", ".join(f"{counts[grade]} {word}" for grade, word in GRADES.items() if counts[grade])
    return (
        f"Of the {len(values)} values behind {results.first_base}, {own} are set by "
        f"the scenario itself, and the rest have declared sources: {graded}."
    )


def _by_place(values: list[Value], cells: object) -> list[Block]:
    assert callable(cells)
    places = dict.fromkeys(value.place for value in values)
    return [
        Block(place, [[*map(words, cells(one))] for one in values if one.place == place])
        for place in places
    ]
