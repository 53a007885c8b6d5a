"""Moments of published facts: spread over sectors and cohorts, write-offs by age, default by term.

They match the published figures as closely as a book of 36 months allows; where they differ, the
targets file says so.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.calibration.moment import Moment, rates, split
from sim.analysis.calibration.sample import COHORT_AGE, COHORT_MONTHS, Sample
from sim.core.arrays import Floats
from sim.world.demand import TENORS

SHORT, LONG = (TENORS >= 6) & (TENORS <= 12), TENORS >= 24


def odds_by_term(means: Floats) -> float:
    """Return the odds of default over a loan's whole life, long terms over short."""
    loans, bad = means.reshape(2, len(TENORS))
    long, short = (bad[terms].sum() / (loans - bad)[terms].sum() for terms in (LONG, SHORT))
    return float(long / short)


def _cohort(s: Sample) -> Floats:
    """Gather each seed's share of defaults, its square, and its sampling variance."""
    loans, bad = s.cohort.T
    with np.errstate(invalid="ignore"):  # a branch that may not lend has no cohort: left out
        share = bad / loans
    return np.column_stack([share, share**2, share * (1.0 - share) / loans])


def variation(means: Floats) -> float:
    """Return the coefficient of variation of shares, net of sampling variation."""
    share, square, chance = means
    return float(np.sqrt(max(square - share**2 - chance, 0.0)) / share)


PUBLISHED: dict[str, Moment] = {
    "sector_dispersion": Moment(
        "standard deviation over sectors of the logarithm of the default rate",
        split("sector"),
        lambda m: float(np.log(rates(m)).std(ddof=1)),
    ),
    "cohort_dispersion": Moment(
        f"coefficient of variation over seeds of the share of loans granted in months 1 to"
        f" {COHORT_MONTHS} that default by month {COHORT_AGE} of age, net of what few loans vary by"
        " chance",
        _cohort,
        variation,
    ),
    "cohort_default": Moment(
        f"share of loans granted in months 1 to {COHORT_MONTHS} that default by month {COHORT_AGE}"
        " of age",
        lambda s: s.cohort,
        lambda m: float(m[1] / m[0]),
    ),
    "second_year": Moment(
        "write-offs in months 25 to 36 of age over those in months 13 to 24, terms of 36 months",
        lambda s: s.lost_longest,
        lambda m: float(m[25:37].sum() / m[13:25].sum()),
    ),
    "odds_by_term": Moment(
        "odds of default over the whole life, terms of 24 and 36 months over terms of 6 and 12;"
        " loans granted 40 months before the end or earlier, in the burn-in too",
        lambda s: s.whole.reshape(len(s.whole), -1),
        odds_by_term,
    ),
}
