"""Post what a user sets by hand between two months: an experiment that no policy offers.

Only columns from which the model can continue may be set.  Money on the books may not, since an
entry needs its other side; nor what each month computes again, nor what identifies an entity.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.core.arrays import Rows
from sim.core.errors import RequestError, nearest
from sim.state.market import Market


class AllowedRange(NamedTuple):
    """Values that may be set: from `low` to `high`; `above` excludes `low` itself."""

    low: float = -np.inf
    high: float = np.inf
    above: bool = False

    def holds(self, values: NDArray[Any]) -> bool:
        """Return whether all values are in the range; NaN and infinite values are not."""
        enough = values > self.low if self.above else values >= self.low
        return bool(np.all(enough & (values <= self.high) & np.isfinite(values)))

    def __str__(self) -> str:
        if self == ANY:
            return "finite"
        if self.high == np.inf:
            return f"{'above' if self.above else 'at least'} {self.low:g}"
        return f"from {self.low:g} to {self.high:g}"


ANY, POSITIVE, NOT_NEGATIVE = AllowedRange(), AllowedRange(0, above=True), AllowedRange(0)
SHARE, DEVIATIONS = AllowedRange(0, 1), AllowedRange(-6, 6)

FREE: dict[str, dict[str, AllowedRange]] = {
    "firms": {
        "quality": DEVIATIONS, "turnover": POSITIVE, "volatility": NOT_NEGATIVE,
        "costs": NOT_NEGATIVE, "cash": ANY, "opportunism": POSITIVE, "honesty": SHARE,
        "diverting": ANY, "informal_access": ANY, "informal_debt": NOT_NEGATIVE,
    },
    "loans": {"collateral": NOT_NEGATIVE, "project_income": NOT_NEGATIVE},
    "officers": {
        "diligence": SHARE, "skill": POSITIVE, "experience": NOT_NEGATIVE,
    },
    "books": {
        "culture": SHARE, "proof_chances": NOT_NEGATIVE, "loan_months": NOT_NEGATIVE,
        "lie_chances": NOT_NEGATIVE, "statements_made": NOT_NEGATIVE,
    },
}  # fmt: skip
INSTEAD = {"theta": "quality", "slackness": "diligence"}  # computed, or used only at creation


def set_value(market: Market, table: str, name: str, rows: Rows, value: ArrayLike) -> None:
    """Set a column by hand in the rows (n,) of a table.

    `value` is one value, or an array (n,), or (width, n) for a vector column.  A firm's overall
    quality follows its `quality`.
    Raises `RequestError` for a column that does not exist or may not be set, and for values of the
    wrong type, number or range.
    """
    allowed = _range(market, table, name)
    column = getattr(getattr(market.tables, table), name)
    shape = (*column.shape[:-1], np.size(rows))
    values = _values(f"{table}.{name}", value, column.dtype, shape)
    if not allowed.holds(values):
        raise RequestError(f"{table}.{name} must be {allowed}; found {_worst(values, allowed)}")
    column[..., rows] = values
    if (table, name) == ("firms", "quality"):
        market.tables.firms.theta[rows] = market.quality_weights @ column[..., rows]


def _range(market: Market, table: str, name: str) -> AllowedRange:
    """Return the range of values that a column may be set to."""
    if table not in FREE:
        raise RequestError(f"no table '{table}' to set by hand; allowed: {', '.join(FREE)}")
    free, known = FREE[table], getattr(market, table)._fields
    if name in free:
        return free[name]
    if name not in known:
        raise RequestError(f"table '{table}' has no column '{name}'{nearest(name, known)}")
    hint = f"set {INSTEAD[name]}" if name in INSTEAD else "the model computes it"
    raise RequestError(f"{table}.{name} cannot be set by hand: {hint}; allowed: {', '.join(free)}")


def _values(what: str, value: ArrayLike, kind: np.dtype[Any], shape: tuple[int, ...]) -> Any:
    """Return the values in the shape and type of their column."""
    try:
        given = np.asarray(value)
    except ValueError:
        raise RequestError(f"{what}: the values are rows of unequal length") from None
    fits, wanted = ("b", "true or false") if kind.kind == "b" else ("iuf", "numbers")
    if given.dtype.kind not in fits:
        raise RequestError(f"{what} takes {wanted}; found {value!r:.60}")
    try:
        values = np.broadcast_to(given, shape)
    except ValueError:
        message = f"{what} takes one value or an array {shape}; found an array {given.shape}"
        raise RequestError(message) from None
    with np.errstate(over="ignore"):  # too large for the column: infinite, and so out of range
        return values.astype(kind)


def _worst(values: NDArray[Any], allowed: AllowedRange) -> Any:
    """Return the first value out of its range."""
    return next(value.item() for value in values.flat if not allowed.holds(value))
