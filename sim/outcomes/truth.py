"""Truth against belief, from the potential outcomes of a sample of applications."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.outcomes.history import Floats, History, ratio
from sim.outcomes.metric import metric


def _per_book(history: History, mask: NDArray[np.bool_]) -> Floats:
    return np.bincount(history.outcomes.book[mask], minlength=history.pages.shape[2]).astype(float)


@metric("share", "Good firms refused", better="lower")
def good_refused(history: History) -> Floats:
    """Refused over all sampled applications of good firms: those whose true default probability
    is below the one that the offered rate pays for; shadow loans begun in reported months and ended
    by the last."""
    seen = history.outcomes
    return ratio(_per_book(history, seen.good & ~seen.approved), _per_book(history, seen.good))


@metric("share", "Bad firms booked", better="lower")
def bad_booked(history: History) -> Floats:
    """Booked over all sampled applications of firms that are not good; shadow loans begun in
    reported months and ended by the last."""
    seen = history.outcomes
    return ratio(_per_book(history, ~seen.good & seen.booked), _per_book(history, ~seen.good))


@metric("share", "Applicants who would default", better="none")
def applicant_bad_rate(history: History) -> Floats:
    """Shadow loans that defaulted within their window over all that began in reported months
    and ended by the last, refused applications included."""
    seen = history.outcomes
    every = np.ones(seen.book.size, bool)
    return ratio(_per_book(history, seen.defaulted), _per_book(history, every))


@metric("share", "Booked firms that would default", better="lower")
def booked_bad_rate(history: History) -> Floats:
    """Shadow loans that defaulted within their window over those booked, begun in reported
    months and ended by the last; unwatched, as shadows are."""
    seen = history.outcomes
    return ratio(_per_book(history, seen.booked & seen.defaulted), _per_book(history, seen.booked))


@metric("share", "AUC over all applicants", better="higher")
def auc(history: History) -> Floats:
    """Chance that the estimate ranks a random defaulting applicant above a random other one, over
    all sampled applications, refused ones included; half for ties; shadow loans begun in reported
    months and ended by the last."""
    seen = history.outcomes
    books = history.pages.shape[2]
    out = np.full(books, np.nan)
    for book in range(books):
        mine = seen.book == book
        bad, sound = seen.pd[mine & seen.defaulted], seen.pd[mine & ~seen.defaulted]
        if bad.size and sound.size:
            sound = np.sort(sound)
            below = np.searchsorted(sound, bad, side="left")
            upto = np.searchsorted(sound, bad, side="right")
            out[book] = (below + upto).sum() / (2.0 * bad.size * sound.size)
    return out


@metric("share", "Default within 18 months of grant", better="lower")
def cohort_default_18(history: History) -> Floats:
    """Loans granted in reported months at least 18 months before the end that defaulted within 18
    months, over all granted in those months."""
    matured = max(history.months - WINDOW, 0)
    lost = history.first_defaults[:matured, : WINDOW + 1].sum(axis=(0, 1))
    return ratio(lost, history.series("taken")[:matured].sum(axis=0))


WINDOW = 18
