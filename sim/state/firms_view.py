"""The firms' view of a bank: how likely it proves a misuse, how likely it finds a false statement.

Firms learn from what was done to others, never from what is prescribed.  A view is a ratio of two
sums that fade alike: chances of being caught at checks that were carried out, over all live loans
or all statements, whether these were honest or not.  So a view is the same however few break the
rules, and falls to nothing where checks stop or see nothing.  What firms expect before they have
seen anything is the start of both sums, and fades with them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled

PER = 1_000.0  # firms for which a weight at the start is stated


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
    """Note the checks of a loan that were carried out in a month.

    `chance` is the probability that they would end in a proven case if the loan were diverted: a
    blind one adds nothing, and one that was not carried out is not noted.  `book` and `chance` are
    numbers.
    """
    books.proof_chances[book] += chance


@compiled
def note_statement(books, book, chance):  # type: ignore[no-untyped-def]
    """Note a statement; `chance` is that a false one would be found, reported and refused.

    It is 0 where no check was carried out.  `book` and `chance` are numbers.
    """
    books.statements_made[book] += 1.0
    books.lie_chances[book] += chance


def begin_views(books: Any, firms: Any) -> None:
    """Begin the sums of all books with what `firms`, the parameters of firms, expect at first."""
    fear, demand = firms.temptation, firms.demand
    nobody_checked(books, slice(None), firms)
    books.proof_chances[:] = fear.view_at_start * books.loan_months
    books.lie_chances[:] = demand.view_at_start * books.statements_made


def nobody_checked(books: Any, which: Any, firms: Any) -> None:
    """Begin the sums of the books `which` as where nobody has been checked, with the usual weight.

    So the first checks that are carried out do not count for all.
    """
    scale = firms.count / PER
    books.loan_months[which] = firms.temptation.start_weight * scale
    books.statements_made[which] = firms.demand.start_weight * scale
    books.proof_chances[which] = 0.0
    books.lie_chances[which] = 0.0
