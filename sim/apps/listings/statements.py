"""Every statement of the five theses: its mechanism, its keys, and where it is represented.

What the runs say of each is on the page that `python -m experiments.statements` writes.
"""

from __future__ import annotations

from typing import Any

TITLE = (
    "Statements of the theses. Type: X context, P problem, C cause, M measure, T claim or method. "
    "The measure qn/rating is scenarios/qn/measures/rating.yaml, the claim qn/rating is in "
    "experiments/qn.yaml; measures of `common` belong to experiments/five_banks.yaml."
)
WHERE = {  # title of a column: kind of name in the table
    "measures": "measure", "claims": "claim", "claims beside": "see", "causes": "cause",
    "tests": "test", "outcomes": "metric", "out of scope": "scope",
}  # fmt: skip
COLUMNS = (
    "number", "thesis", "type", "statement", "mechanism", "keys", "levers", *WHERE, "not shown",
)  # fmt: skip
PROSE = COLUMNS[3:]
SECTION = "thesis"  # a page has one table for each


def rows() -> list[tuple[Any, ...]]:
    """Return one row per statement; raises `RequestError` where the table cannot be read."""
    from sim.analysis.statements.listed import listed

    return [
        (
            one.number,
            one.thesis,
            one.type,
            one.text,
            one.mechanism,
            "; ".join(one.keys),
            "; ".join(f"{pull.lever} {pull.side}" for pull in one.levers),
            *("; ".join(one.where[kind]) for kind in WHERE.values()),
            one.not_shown,
        )
        for one in listed()
    ]
