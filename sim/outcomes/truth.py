"""Accuracy of decisions and estimates, from potential outcomes of a sample of applications."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.outcomes.history import History, ratio
from sim.outcomes.metric import metric
from sim.state.ages import EARLY


def _per_book(history: History, mask: NDArray[np.bool_]) -> Floats:
    return np.bincount(history.outcomes.book[mask], minlength=history.pages.shape[2]).astype(float)


@metric("share", "Good firms refused", better="lower")
def good_refused(history: History) -> Floats:
    """Refused over all sampled applications of good firms: firms with a true probability of default
    below break-even at the offered rate; shadow loans begun in reported months and ended by the
    last."""
    seen = history.outcomes
    return ratio(_per_book(history, seen.good & ~seen.approved), _per_book(history, seen.good))


@metric("share", "Bad firms booked", better="lower")
def bad_booked(history: History) -> Floats:
    """Granted over all sampled applications of firms that are not good; shadow loans begun in
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
    """Shadow loans that defaulted within their window over shadow loans of firms that got the
    loan, begun in reported months and ended by the last; shadow loans are not monitored."""
    seen = history.outcomes
    return ratio(_per_book(history, seen.booked & seen.defaulted), _per_book(history, seen.booked))


@metric("share", "AUC over all applicants", better="higher")
def auc(history: History) -> Floats:
    """Probability that the estimated PD of a random defaulting applicant is above that of a random
    other one, over all sampled applications, refused ones included; ties count half;
    shadow loans begun in reported months and ended by the last."""
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
    """Loans that defaulted within 18 months of grant, over all loans granted in reported months at
    least 18 months before the end."""
    matured = max(history.months - EARLY, 0)
    lost = history.first_defaults[:matured, : EARLY + 1].sum(axis=(0, 1))
    return ratio(lost, history.series("taken")[:matured].sum(axis=0))
