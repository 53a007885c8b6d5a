"""How evidence becomes a verdict: supported, refuted, or undecided at this precision.

A claim made of several pieces is supported only if every piece is (intersection-union test, no
adjustment needed) and refuted if any piece is refuted beyond what that many looks allow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.analysis.evidence import Estimate, Evidence
from sim.core.numbers_as_text import Scale, decimals, interval, scale_of, written
from sim.outcomes import METRICS

Word = Literal["supported", "refuted", "undecided"]


@dataclass(frozen=True)
class Verdict:
    """What the runs say about one claim.

    `difference`, `low`, `high` and `n` are those of the piece that decided (`what` names it):
    the weakest if supported or undecided, the one that speaks most against if refuted.
    `level` is the coverage of the interval after adjustment for the number of claims and
    pieces, so the interval excludes the margin exactly when the claim is decided.  `p` is
    two-sided and not adjusted.
    """

    verdict: Word
    difference: float
    low: float
    high: float
    level: float
    n: int
    p: float
    what: str
    why: str


def p_value(pieces: Sequence[Evidence]) -> float:
    """Return the two-sided p-value of a claim that needs every piece."""
    fors, against = _sides(pieces)
    return float(min(1.0, 2 * min(fors.max(), len(pieces) * against.min())))


def weigh(pieces: Sequence[Evidence], alpha: float = 0.05) -> Verdict:
    """Return the verdict on a claim that needs every piece, at two-sided error `alpha`.

    A piece that cannot speak (identical arms, fewer than two seeds) never supports and never
    refutes.
    """
    fors, against = _sides(pieces)
    p = p_value(pieces)
    word: Word = "undecided"
    if p <= alpha:
        word = "supported" if fors.max() < len(pieces) * against.min() else "refuted"
    which = int(against.argmin() if word == "refuted" else fors.argmax())
    decisive = pieces[which]
    contradicts = against[which] < fors[which]  # then the worst of many looks is on show
    level = 1 - alpha / (len(pieces) if contradicts else 1)
    found = decisive.estimate(level)
    return Verdict(
        word, *found, level, decisive.n, p, decisive.label, _why(word, decisive, found, len(pieces))
    )


def _sides(pieces: Sequence[Evidence]) -> tuple[np.ndarray, np.ndarray]:
    sides = np.array([piece.p_values() for piece in pieces])
    return sides[:, 0], sides[:, 1]


def _why(word: Word, piece: Evidence, found: Estimate, pieces: int) -> str:
    """Return the reason in the unit in which the outcome is shown, never with a minus zero."""
    if piece.untestable_because:
        return f"{piece.label}: {piece.untestable_because}"
    scale = _scale(piece.label)
    value, low, high, limit = (scale.factor * one for one in (*found, piece.threshold))
    digits = decimals((high - low) / 2, value)
    against = "zero" if limit == 0.0 else _amount(f"{limit:.4g}", scale.difference)
    size = _amount(written(value, digits, sign=True), scale.difference)
    ends = f"{piece.label}: {size} {interval(low, high, digits, sign=True)}"
    one_of = f" (of {pieces} parts)" if pieces > 1 else ""
    side = "below" if value < limit else "above"
    if word == "supported":
        return f"{ends} lies {side} {against} as claimed{one_of and ', the weakest' + one_of}"
    if word == "refuted":
        found_at = f"lies {side} {against}, against the claim"
        return f"{ends} {found_at}{one_of and ', the worst' + one_of}"
    return f"{ends} does not exclude {against}{one_of and ', the weakest' + one_of}"


def _scale(label: str) -> Scale:
    """Return the scale of the outcome with which a label begins; log-odds have none."""
    name = re.match(r"\w*", label)
    metric = METRICS.get(name[0]) if name else None
    return scale_of("" if metric is None or "(log-odds)" in label else metric.unit)


def _amount(number: str, unit: str) -> str:
    if unit.startswith("CNY "):  # the currency comes before the amount
        return f"CNY {number} {unit.removeprefix('CNY ')}"
    return f"{number} {unit}".strip()
