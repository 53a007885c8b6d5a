"""Combinations that are one and the same: each outcome agrees on all seeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = ["difference", "low", "high", "n"]


def equal_arms(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Return, by the smallest of each kind, the arms with the same differences in every outcome.

    `rows` is the table of `best_combinations`.  Of each kind the arm with the fewest parts comes
    first, then in the order of the table: a part that changes nothing is not in its name.
    """
    kinds: dict[tuple[str, ...], list[str]] = {}
    size = {}
    for arm, part in rows.groupby("arm", sort=False):
        told = part.sort_values("metric")[["metric", *NUMBERS]].astype(str)
        kinds.setdefault(tuple(told.to_numpy().ravel()), []).append(str(arm))
        size[str(arm)] = len(parts_of(part["parts"].iloc[0]))
    ordered = [sorted(arms, key=lambda arm: size[arm]) for arms in kinds.values()]
    return {arms[0]: arms for arms in ordered}


def without_twins(rows: pd.DataFrame, effects: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the rows of the smallest arm of each kind, chosen where any of its kind was.

    An arm bears the name of one of its kind that `effects` judge, if any, so that verdicts are
    found by it; its parts stay those of the smallest.
    """
    judged = set() if effects is None else set(map(str, effects["arm"]))
    chosen = set(rows.loc[rows["chosen"] > 0, "arm"].astype(str))
    kinds = equal_arms(rows)
    best = {arm: int(bool(chosen & set(arms))) for arm, arms in kinds.items()}
    kept = rows[rows["arm"].isin(list(kinds))]
    names = {arm: next((one for one in arms if one in judged), arm) for arm, arms in kinds.items()}
    return kept.assign(chosen=kept["arm"].map(best), arm=kept["arm"].map(names))


def parts_of(parts: object) -> list[str]:
    """Return the parts of a combination as stored: joined by " + ", nothing for the base."""
    text = "" if parts != parts else str(parts)
    return text.split(" + ") if text else []
