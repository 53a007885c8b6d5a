"""What a comparison comes to, in two sentences that are computed from its numbers.

The first says what becomes of risk and what that costs; the second of profit and credit, and
whether all three improve.  An outcome that is undecided is never called "unchanged".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.report.units import decimals, scale_of, written

if TYPE_CHECKING:
    import pandas as pd

NAMES = {
    "npl_ratio": "the bad-loan (NPL) ratio",
    "default_rate": "the default rate",
    "cost": "operating cost",
    "profit": "profit after tax",
    "credit_to_good": "credit to good firms",
}
NOT_SURE = "not sure after correcting for the number of outcomes asked, Holm"
ALL_THREE = ("npl_ratio", "profit", "credit_to_good")


def reading(rows: pd.DataFrame, months: int) -> str:
    """Return two sentences on a table of one arm and bank, indexed by metric."""
    risk = [change(rows.loc[name]) for name in ("npl_ratio", "default_rate") if name in rows.index]
    rest = [change(rows.loc[name]) for name in ("profit", "credit_to_good") if name in rows.index]
    said = []
    if risk:
        said.append(_sentence(" and ".join(risk) + _price(rows, months)))
    if rest:
        said.append(_sentence("; ".join(rest) + _together(rows)))
    return " ".join(said)


def change(row: Any) -> str:
    """Return, for example, ``the default rate falls by 2.5 percentage points (95 % ...)``.

    What its own interval calls a change but the verdict for all outcomes does not is said so.
    """
    name = NAMES[str(row.name)]
    shown, size = _size(row)
    moves = f"{name} {'rises' if row['difference'] > 0 else 'falls'} by {shown} ({size}"
    if row["n"] > 1 and row["verdict"] != "undecided":
        return f"{moves})"
    if row["n"] > 1 and row["low"] * row["high"] > 0:  # the interval alone would call it sure
        return f"{moves}, {NOT_SURE})"
    return f"no sure change in {name} ({size})"


def _size(row: Any) -> tuple[str, str]:
    """Return the difference without its sign, and its interval with it."""
    scale = scale_of(row["unit"])
    difference, low, high = (scale.factor * float(row[k]) for k in ("difference", "low", "high"))
    digits = decimals((high - low) / 2, difference)
    if row["n"] < 2:
        return "", f"{_amount(written(difference, digits, sign=True), scale.difference)}, one seed"
    size = f"95 % interval {written(low, digits, True)} to {written(high, digits, True)}"
    return _amount(written(abs(difference), digits), scale.difference), size


def _amount(number: str, unit: str) -> str:
    if unit.startswith("CNY "):  # money is written with its currency first
        return f"CNY {number} {unit.removeprefix('CNY ')}"
    return f"{number} {unit}".strip()


def _price(rows: pd.DataFrame, months: int) -> str:
    """Return what it costs, where the table knows the cost."""
    if "cost" not in rows.index:
        return ""
    row = rows.loc["cost"]
    shown, size = _size(row)
    over = f"over {months:,} months"
    if row["verdict"] == "worse":
        share = f"{100 * row['difference'] / row['base']:.0f} % more, " if row["base"] > 0 else ""
        return f", at a cost of {shown} {over} ({share}{size})"
    return f"; {change(row)} {over}"


def _together(rows: pd.DataFrame) -> str:
    """Return whether bad loans, profit and credit to good firms all improve."""
    if not set(ALL_THREE) <= set(rows.index):
        return ""
    verdicts = [rows.loc[name, "verdict"] for name in ALL_THREE]
    if all(verdict == "better" for verdict in verdicts):
        return ": asset quality, profit and credit all improve"
    if "worse" in verdicts:
        return ": asset quality, profit and credit do not all improve"
    return ": whether asset quality, profit and credit all improve is undecided"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
