"""The firms' view of a bank: how often it proved a misuse, how often it found a false statement.

Firms learn from what happened to others, never from what is prescribed.  A view is a ratio of two
sums that fade alike: chances of being caught at checks that were carried out, over occasions.  What
firms expect before they have seen anything is the start of both sums, and fades with them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled

PER = 1_000.0  # firms for which a weight at the start is stated


def monthly_fading(half_life: float) -> float:
    """Return the share of a sum that is left after a month; `half_life` is in months."""
    return float(0.5 ** (1.0 / half_life))


@compiled
def view_of(caught, occasions):  # type: ignore[no-untyped-def]
    """Return the chance of being caught per occasion; both arguments are numbers."""
    return min(caught / occasions, 1.0) if occasions > 0.0 else 0.0


def all_views(caught: Floats, occasions: Floats) -> Floats:
    """Return the chance of being caught per occasion, (n,) as both sums."""
    seen = occasions > 0.0
    return np.minimum(np.divide(caught, occasions, out=np.zeros(seen.size), where=seen), 1.0)


@compiled
def note_check(books, book, chance):  # type: ignore[no-untyped-def]
    """Note that a check of a diverting loan was carried out.

    `chance` is the probability that such a check ends in a proven case: a blind one adds nothing.
    A check that was not carried out is not noted.  `book` and `chance` are numbers.
    """
    books.proof_chances[book] += chance


@compiled
def note_statement(books, book, chance):  # type: ignore[no-untyped-def]
    """Note that a false statement was filed; `chance` is that of being found and reported.

    It is 0 where no check was carried out.  `book` and `chance` are numbers.
    """
    books.lies_filed_sum[book] += 1.0
    books.lies_caught_sum[book] += chance


def begin_views(books: Any, firms: Any) -> None:
    """Begin the sums of all books with what `firms`, the parameters of firms, expect at first."""
    fear, demand = firms.temptation, firms.demand
    scale = firms.count / PER
    books.diverting_months[:] = fear.start_weight * scale
    books.proof_chances[:] = fear.view_at_start * books.diverting_months
    books.lies_filed_sum[:] = demand.start_weight * scale
    books.lies_caught_sum[:] = demand.view_at_start * books.lies_filed_sum
