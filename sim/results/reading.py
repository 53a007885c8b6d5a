"""The summary of a comparison: two sentences computed from its numbers.

The first states the change of risk and its cost; the second the change of profit and credit, and
whether all three improve.  An undecided outcome only seems to rise or fall; "the same" is one that
differs in no replication.
With one seed the differences are stated, and that they may be chance.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from sim.core.names import BASE, PACKAGE
from sim.results.unchanged import NO_DIFFERENCE, SAME, is_unchanged, never_differs
from sim.results.units import decimals, scale_of, written

if TYPE_CHECKING:
    import pandas as pd

    from sim.results.folder import Results

NAMES = {
    "npl_ratio": "the bad-loan (NPL) ratio",
    "default_rate": "the default rate",
    "cost": "operating cost",
    "profit": "profit after tax",
    "credit_to_good": "credit to good firms",
}
MARK = "*"  # behind a change that is significant by its own interval only
ONE_SEED = "With one seed nothing can be said about chance."
LEGEND = f"{MARK} Not significant after correction for the number of outcomes (Holm)."
ALL_THREE = ("npl_ratio", "profit", "credit_to_good")


def reading(rows: pd.DataFrame, months: int, left_open: Collection[str] = ()) -> str:
    """Return two sentences on a table of one arm and bank, indexed by metric, and what `MARK` says.

    On the outcomes `left_open`, which a claim about the same difference calls undecided, nothing
    is concluded.
    """
    if is_unchanged(rows):
        return _sentence(SAME)
    if (rows["n"] < 2).all():
        told = [_of_one_seed(rows.loc[name]) for name in NAMES if name in rows.index]
        return f"{_sentence('; '.join(told))} {ONE_SEED}"
    risk = [change(rows.loc[name]) for name in ("npl_ratio", "default_rate") if name in rows.index]
    rest = [change(rows.loc[name]) for name in ("profit", "credit_to_good") if name in rows.index]
    sentences = []
    if risk:
        sentences.append(_sentence(" and ".join(risk) + _price(rows, months)))
    if rest:
        sentences.append(_sentence("; ".join(rest) + _together(rows, left_open)))
    if MARK in "".join(sentences):
        sentences.append(LEGEND)
    return " ".join(sentences)


def left_open(results: Results) -> set[str]:
    """Return the outcomes on which a claim on all measures is undecided, by its weakest part."""
    verdicts = results.known("verdicts") if results.kind == "study" else None
    if verdicts is None:
        return set()
    end = f", {PACKAGE} less {BASE}"
    whats = verdicts.loc[verdicts["verdict"] == "undecided", "what"].astype(str)
    return {what.removesuffix(end) for what in whats if what.endswith(end)}


def change(row: Any) -> str:
    """Return, for example, ``the default rate falls by 2.5 percentage points (95 % ...)``.

    An undecided outcome ``seems to fall``; where the change is significant by its own interval but
    not after correction, it is marked as such.
    """
    if row["n"] < 2:
        return f"{_of_one_seed(row)}, one seed"
    name = NAMES[str(row.name)]
    if never_differs(row):
        return f"{name} is {NO_DIFFERENCE}"
    shown, size = _size(row)
    if row["verdict"] != "undecided":
        return f"{name} {'rises' if row['difference'] > 0 else 'falls'} by {shown} ({size})"
    alone = row["low"] * row["high"] > 0  # significant by its own interval only
    way = "rise" if row["difference"] > 0 else "fall"
    return f"{name} seems to {way} by {shown} (undecided; {size}){MARK if alone else ''}"


def _of_one_seed(row: Any) -> str:
    """Return, for example, ``the default rate is 0.3 percentage points higher``."""
    name, scale = NAMES[str(row.name)], scale_of(row["unit"])
    difference = scale.factor * float(row["difference"])
    if not math.isfinite(difference):
        return f"{name} is not known"
    if difference == 0.0:
        return f"{name} is the same"
    shown = _amount(written(abs(difference), decimals(math.nan, difference)), scale.difference)
    return f"{name} is {shown} {'higher' if difference > 0 else 'lower'}"


def _size(row: Any) -> tuple[str, str]:
    """Return the difference without its sign, and its interval with signs."""
    scale = scale_of(row["unit"])
    difference, low, high = (scale.factor * float(row[k]) for k in ("difference", "low", "high"))
    digits = decimals((high - low) / 2, difference)
    size = f"95 % interval {written(low, digits, True)} to {written(high, digits, True)}"
    return _amount(written(abs(difference), digits), scale.difference), size


def _amount(number: str, unit: str) -> str:
    if unit.startswith("CNY "):  # the currency comes before the amount
        return f"CNY {number} {unit.removeprefix('CNY ')}"
    return f"{number} {unit}".strip()


def _price(rows: pd.DataFrame, months: int) -> str:
    """Return the change of operating cost, if the table has it."""
    if "cost" not in rows.index:
        return ""
    row = rows.loc["cost"]
    shown, size = _size(row)
    over = f"over {months:,} months"
    if row["verdict"] == "worse":
        share = f"{100 * row['difference'] / row['base']:.0f} % more, " if row["base"] > 0 else ""
        return f", at a cost of {shown} {over} ({share}{size})"
    return f"; {change(row)} {over}"


def _together(rows: pd.DataFrame, left_open: Collection[str]) -> str:
    """Return whether bad loans, profit and credit to good firms all improve."""
    if not set(ALL_THREE) <= set(rows.index):
        return ""
    known = [name for name in ALL_THREE if name not in left_open]
    verdicts = [rows.loc[name, "verdict"] for name in known]
    if verdicts.count("better") == len(ALL_THREE):
        return ": asset quality, profit and credit all improve"
    if "worse" in verdicts:
        return ": asset quality, profit and credit do not all improve"
    return ": whether asset quality, profit and credit all improve is undecided"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
