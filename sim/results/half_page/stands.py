"""Which decided verdicts fail where numbers that nobody knows are otherwise, and where."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from sim.results.folder import Results
from sim.results.unknown_words import robust_setup, unknown, valued
from sim.results.wording import without_number

MOST = 3  # failing verdicts that are told one by one; the rest are counted
DECIDED = ("supported", "refuted")
FEW = 0.1 + 1e-9  # of points: a verdict that fails at no more of them is robust
OTHER_SIDE = {"above": "below", "below": "above"}


class Failing(NamedTuple):
    """One decided claim whose verdict does not stand everywhere, and where it fails."""

    statement: str
    verdict: str
    quantity: str = ""  # its name in the design; empty where no one quantity stands out
    words: str = ""  # the quantity in English
    side: str = ""  # above or below
    at: str = ""  # the value with its unit; empty where only the side is known
    share: float = math.nan  # of points at which it fails, where only that is known


class Stands(NamedTuple):
    """How decided verdicts fare under other numbers: how many were tried and stand, which fail."""

    tried: int
    robust: int
    failing: Sequence[Failing]
    left_open: bool = False  # from the design over what the study leaves open, and that alone


def stands_of(results: Results) -> Stands | None:
    """Return how decided verdicts fare, from the tables `robust` or else `regimes`; None if none.

    A supported claim fails where it does not hold, a refuted one where it does.
    """
    rows, setup = results.known("robust"), robust_setup(results)
    if rows is None or not setup:
        return _of_regimes(results)
    rows = rows[rows["verdict"].isin(DECIDED) & ~rows["label"].isin(["few", "untested"])]
    firm = [str(label).startswith("robust") for label in rows["label"]]
    failing = [
        _failing(one, setup["quantities"])
        for one, stands in zip(rows.to_dict("records"), firm, strict=True)
        if not stands
    ]
    failing.sort(key=lambda one: (not one.quantity, not one.at))  # those that say where come first
    return Stands(len(rows), sum(firm), failing)


def _failing(row: Any, specs: dict[str, Any]) -> Failing:
    statement, verdict, name = _statement(row), str(row["verdict"]), str(row["depends_on"])
    if row["label"] != "depends" or name not in specs:
        return Failing(statement, verdict)
    holds, at = str(row["side"]), float(row["tips_at"])
    side = OTHER_SIDE[holds] if verdict == "supported" else holds
    text = valued(at, name, specs[name]) if at == at else ""
    return Failing(statement, verdict, name, unknown(name, specs[name]).words, side, text)


def _of_regimes(results: Results) -> Stands | None:
    """Return how decided verdicts fare where only the design of `regimes` was run."""
    rows, verdicts = results.known("regimes"), results.known("verdicts")
    if rows is None or verdicts is None:
        return None
    decided = verdicts[verdicts["verdict"].isin(DECIDED)].set_index("claim")["verdict"]
    rows = rows[rows["claim"].isin(decided.index) & (rows["n"] > 0)]
    failing = []
    for row in rows.to_dict("records"):
        verdict, holds = str(decided[row["claim"]]), float(row["share"])
        fails = 1.0 - holds if verdict == "supported" else holds
        if fails > FEW:
            failing.append(Failing(_statement(row), verdict, share=fails))
    failing.sort(key=lambda one: -one.share)
    return Stands(len(rows), len(rows) - len(failing), failing, left_open=True)


def _statement(row: Any) -> str:
    return without_number(str(row["statement"] or str(row["claim"]).replace("_", " ")))
