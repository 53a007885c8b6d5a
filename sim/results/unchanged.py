"""What changes nothing: an outcome that differs in no replication; arms and parts without any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.names import BASE

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.mechanism.chain import Between
    from sim.results.folder import Results

SAME = "every outcome is the same in every replication, so what differs is not used by this bank"
ENDS = ("difference", "low", "high")

NO_DIFFERENCE = "the same"  # of one outcome, where others differ


def never_differs(row: Any) -> bool:
    """Return whether an outcome is the same in all of two or more replications.

    `row` has its difference and the ends of its interval.
    """
    return bool(row["difference"] == 0.0 and row["low"] == 0.0 and row["high"] == 0.0)


def is_unchanged(rows: pd.DataFrame) -> bool:
    """Return whether no outcome of an arm differs from the base in any replication.

    `rows` are its differences, one per bank and metric, with the ends of their intervals; an
    interval without width about no difference is that of seeds that all agree.
    """
    numbers = rows[list(ENDS)].to_numpy(float)
    known = numbers[np.isfinite(numbers)]
    return bool(known.size and not known.any())


def unchanged(rows: pd.DataFrame) -> list[str]:
    """Return the arms among `rows` that change nothing, in their order."""
    return [str(arm) for arm, part in rows.groupby("arm", sort=False) if is_unchanged(part)]


def idle_parts(results: Results) -> list[str]:
    """Return the parts of a study that change nothing, neither alone nor with all others.

    By every table that knows them: what decides, and all outcomes of the part alone and of all
    parts less all except this one.
    """
    decided = results.known("decisions")
    if decided is None:
        return []
    beside = [
        (results.known("best_combinations"), "parts", ENDS),
        (results.known("leave_one_out"), "package", ("contribution", "low", "high")),
    ]
    found = []
    for part, rows in decided.groupby("package", sort=False):
        tables = [rows] + [
            table[table[column] == part].rename(columns=dict(zip(names, ENDS, strict=True)))
            for table, column, names in beside
            if table is not None
        ]
        if all(is_unchanged(one) for one in tables if len(one)):
            found.append(str(part))
    return found


def idle_measures(results: Results) -> list[str]:
    """Return the measures that change nothing: those of idle parts, and others that do not alone.

    A measure that is a whole part, and does nothing by itself but something with all others, is
    none of them.
    """
    idle, parts = idle_parts(results), results.study.get("parts", {})
    rows = results.known("effects")
    alone = [] if rows is None else unchanged(rows)
    whole = {members[0] for name, members in parts.items() if len(members) == 1}
    of_parts = {one for name in idle for one in parts.get(name, [])}
    measures = results.study.get("measures", {})
    return [one for one in measures if one in of_parts or (one in alone and one not in whole)]


def idle_keys(asked: Between, results: Results | None) -> set[str]:
    """Return the keys of a claim that moved nothing in a study's own results.

    All of them where its two arms agree in every replication; else those that only idle measures
    set.
    """
    if results is None or results.kind != "study":
        return set()
    keys = {one.key for one in asked.levers}
    if _agree(asked, results):
        return keys
    measures, idle = results.study.get("measures", {}), set(idle_measures(results))

    def set_by(key: str) -> set[str]:  # a rule is one lever, with keys below it
        return {
            name
            for name, one in measures.items()
            if any(mine == key or mine.startswith(f"{key}.") for mine in one["keys"])
        }

    return {key for key in keys if (names := set_by(key)) and names <= idle}


def _agree(asked: Between, results: Results) -> bool:
    """Return whether two arms have the same difference from the base in every outcome."""
    for rows in map(results.known, ("effects", "best_combinations")):
        if rows is None:
            continue
        keys = [name for name in ("bank", "metric") if name in rows]
        by_arm = {str(arm): part for arm, part in rows.groupby("arm", sort=False)}
        if asked.base == BASE and asked.other in by_arm:
            return is_unchanged(by_arm[asked.other])
        if {asked.base, asked.other} <= set(by_arm):
            one, other = (
                by_arm[arm].set_index(keys)[list(ENDS)] for arm in (asked.base, asked.other)
            )
            return bool(one.equals(other.reindex(one.index)))
    return False
