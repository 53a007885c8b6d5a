"""Moments: the figures that targets refer to, as functions of sums over seeds.

A moment gathers some statistics per seed and turns their means into one figure, so that rare events
are pooled before they are divided; its standard error is the jackknife's over seeds.  Any outcome
metric of `sim.outcomes` is a moment by its name: the mean over seeds.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.analysis.calibration.moment import Moment, rates, split
from sim.analysis.calibration.published import PUBLISHED
from sim.analysis.calibration.sample import Sample
from sim.core.arrays import Floats
from sim.outcomes import METRICS

TYPICAL_MARKET = 3000  # firms for which counts are quoted
DEPRESSION = slice(4, 28)  # months 5 to 28: a default needs more than 90 days of arrears


def _first(means: Floats) -> float:
    return float(means[0])


def _columns(*columns: Floats) -> Floats:
    return np.column_stack(columns)


def _year(s: Sample, year: int) -> tuple[Floats, Floats]:
    span = slice(12 * (year - 1), 12 * year)
    return s.series("npl")[:, span].sum(axis=1), s.series("gross_loans")[:, span].sum(axis=1)


def _npl_by_year(s: Sample) -> Floats:
    pairs = [_year(s, year) for year in (1, 2, 3)]
    return _columns(*(pair[0] for pair in pairs), *(pair[1] for pair in pairs))


def _falls(levels: Floats) -> float:
    """Return the share of steps that go down."""
    return float((np.diff(levels) < 0).mean())


def _per_market(s: Sample, values: Floats) -> Floats:
    return values[:, None] * (TYPICAL_MARKET / s.scenario.firms.count)


OWN: dict[str, Moment] = {
    "npl_begin": Moment(
        "non-performing over gross balance at the end of month 1",
        lambda s: _columns(s.series("npl")[:, 0], s.series("gross_loans")[:, 0]),
        lambda m: float(m[0] / m[1]),
    ),
    "npl_end": Moment(
        "non-performing over gross balance at the end of the last month",
        lambda s: _columns(s.series("npl")[:, -1], s.series("gross_loans")[:, -1]),
        lambda m: float(m[0] / m[1]),
    ),
    "npl_least_rise": Moment(
        "the smaller of the two rises of the year's mean NPL ratio over the year before",
        _npl_by_year,
        lambda m: float(np.diff(m[:3] / m[3:]).min()),
    ),
    "npl_rise": Moment(
        "mean NPL ratio of months 25 to 36 less that of months 1 to 12",
        _npl_by_year,
        lambda m: float(m[2] / m[5] - m[0] / m[3]),
    ),
    "live_loans": Moment(
        "live loans, mean of all months, per 3,000 firms",
        lambda s: _per_market(s, s.series("loans").mean(axis=1)),
        _first,
    ),
    "officers": Moment(
        "loan officers per 3,000 firms",
        lambda s: _per_market(s, np.full(len(s.summary), _seats(s))),
        _first,
    ),
    "mean_loans": Moment(
        "live loans of the market as it is, mean of all months",
        lambda s: s.series("loans").mean(axis=1)[:, None],
        _first,
    ),
    "full_time_officers": Moment(
        "loan officers of the market as it is, in full-time posts",
        lambda s: np.full((len(s.summary), 1), _seats(s)),
        _first,
    ),
    "selection": Moment(
        "share of applicants who would default over share of booked ones who would",
        lambda s: s.summary[["applicant_bad_rate", "booked_bad_rate"]].to_numpy(float),
        lambda m: float(m[0] / m[1]),
    ),
    "sector_spread": Moment(
        "default rate of the worst sector over that of the best",
        split("sector"),
        lambda m: float(rates(m).max() / rates(m).min()),
    ),
    "small_over_large": Moment(
        "default rate of loans up to 200,000 CNY over that of larger ones",
        split("size"),
        lambda m: float(rates(m)[0] / rates(m)[1]),
    ),
    "quality_spread": Moment(
        "default rate of the worst fifth of firms by true quality over that of the best",
        split("quality"),
        lambda m: float(rates(m)[0] / rates(m)[-1]),
    ),
    "quality_falls": Moment(
        "share of steps from one fifth of true quality to the next in which default falls",
        split("quality"),
        lambda m: _falls(rates(m)),
    ),
    "depression_default": Moment(
        "first defaults over performing loan-months, times 12, of months 5 to 28",
        lambda s: _columns(
            s.series("defaults")[:, DEPRESSION].sum(axis=1),
            s.series("performing")[:, DEPRESSION].sum(axis=1),
        ),
        lambda m: float(12.0 * m[0] / m[1]),
    ),
    "lost_by_12": Moment(
        "share of write-offs by month 36 of age that came by month 12, terms of 24 and 36 months",
        lambda s: _columns(s.lost[:, :13].sum(axis=1), s.lost.sum(axis=1)),
        lambda m: float(m[0] / m[1]),
    ),
    "lost_by_24": Moment(
        "share of write-offs by month 36 of age that came by month 24, terms of 24 and 36 months",
        lambda s: _columns(s.lost[:, :25].sum(axis=1), s.lost.sum(axis=1)),
        lambda m: float(m[0] / m[1]),
    ),
}


def _seats(s: Sample) -> float:
    return float(next(iter(s.scenario.banks.values())).staffing.full_time(s.scenario.firms.count))


def moment_names() -> set[str]:
    """Return the names that a target may use."""
    return set(OWN) | set(PUBLISHED) | set(METRICS)


def moment(name: str) -> Moment:
    """Return a moment by its name."""
    if name in OWN or name in PUBLISHED:
        return OWN[name] if name in OWN else PUBLISHED[name]
    return Moment(METRICS[name].meaning, lambda s: s.summary[[name]].to_numpy(float), _first)


def estimate(gathered: Floats, value: Callable[[Floats], float]) -> tuple[float, float]:
    """Return a figure and its jackknife standard error from statistics (seeds, k).

    Seeds without a finite statistic (for example, no default to rank) are left out.  A figure that
    divides by a rate of zero, as on few seeds, is not a number.
    """

    def defined(means: Floats) -> float:
        try:
            return value(means)
        except ZeroDivisionError:
            return float("nan")

    rows = gathered[np.isfinite(gathered).all(axis=1)]
    n = len(rows)
    if n == 0:
        return float("nan"), float("nan")
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = defined(rows.mean(axis=0))
        if not np.isfinite(whole):
            return float("nan"), float("nan")
        if n == 1:
            return whole, float("nan")
        total = rows.sum(axis=0)
        left = np.array([defined((total - row) / (n - 1)) for row in rows])
    return whole, float(np.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum()))
