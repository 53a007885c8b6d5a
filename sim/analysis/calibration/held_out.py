"""Moments of facts that no parameter was fitted to: spread over sectors and cohorts, age and term.

They are the published figures' counterparts as far as a book of 36 months allows; where they differ
the targets file says so.
"""

from __future__ import annotations

import numpy as np

from sim.analysis.calibration.moment import Floats, Moment, rates, split
from sim.analysis.calibration.sample import COHORT_AGE, COHORT_MONTHS, Sample
from sim.world.demand import TENORS

YEARS = (slice(0, 12), slice(12, 24), slice(24, 36))  # of a loan's life, by months from the first
SHORT, LONG = (TENORS >= 6) & (TENORS <= 12), TENORS >= 24


def _lives(s: Sample) -> Floats:
    return s.lives.reshape(len(s.lives), -1)


def _by_term(means: Floats) -> tuple[Floats, Floats]:
    """Return loans at risk and first defaults, each (terms, ages)."""
    at_risk, defaults = means.reshape(2, len(TENORS), -1)
    return at_risk, defaults


def hazard(means: Floats, year: int, fewest_months: int) -> float:
    """Return first defaults over loans at risk in a year of age, of terms of so many months."""
    at_risk, defaults = (x[fewest_months <= TENORS][:, YEARS[year - 1]] for x in _by_term(means))
    return float(defaults.sum() / at_risk.sum())


def odds_by_term(means: Floats) -> float:
    """Return the odds of default, long terms over short, from Kaplan-Meier shares."""
    at_risk, defaults = _by_term(means)
    odds = []
    for terms in (LONG, SHORT):
        n, d = at_risk[terms].sum(axis=0), defaults[terms].sum(axis=0)
        share = 1.0 - np.prod(1.0 - d[n > 0] / n[n > 0])
        odds.append(share / (1.0 - share))
    return float(odds[0] / odds[1])


def _cohort(s: Sample) -> Floats:
    """Gather each seed's share of defaults, its square, and the variance that chance gives it."""
    loans, bad = s.cohort.T
    share = bad / loans
    return np.column_stack([share, share**2, share * (1.0 - share) / loans])


def variation(means: Floats) -> float:
    """Return the coefficient of variation of shares, net of what chance gives to few loans."""
    share, square, chance = means
    return float(np.sqrt(max(square - share**2 - chance, 0.0)) / share)


HELD_OUT: dict[str, Moment] = {
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
        "default hazard in months 13 to 24 of age over that in months 1 to 12, terms of 24 and 36"
        " months",
        _lives,
        lambda m: hazard(m, 2, 24) / hazard(m, 1, 24),
    ),
    "third_year": Moment(
        "default hazard in months 25 to 36 of age over that in months 13 to 24, terms of 36 months",
        _lives,
        lambda m: hazard(m, 3, 36) / hazard(m, 2, 36),
    ),
    "odds_by_term": Moment(
        "odds of default within the term or 35 months, terms of 24 and 36 months over terms of 6"
        " and 12, by Kaplan-Meier",
        _lives,
        odds_by_term,
    ),
}
