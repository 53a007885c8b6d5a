"""The link of quality to default, from production: lend to all, follow every loan, fit a probit.

The chance that a firm of quality theta defaults within a year is `Phi(a - b theta)`, theta when it
applied, so a loan defaults in a month with chance h = 1 - (1 - Phi(a - b theta))^(1/12).  Loans
that are repaid or still run at the end are censored, so short loans count for what they show.
A hazard that is log-linear in theta is fitted in the same way, to compare.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.stats import norm

from sim.core.arrays import Bools, Floats, Rows
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.facts import Demanded

CALM = {"economy.macro.months": 0}  # nothing but the cycle
LEND_TO_ALL = {"firms.temptation.omega": 0.0}  # nobody diverts a loan, nor is refused one
START = (-2.0, 0.7)  # where the search begins
STEP = 1e-4  # of finite differences
FIFTHS = (0.2, 0.4, 0.6, 0.8)
Survival = Callable[[float, float, Floats], Floats]  # of level, slope and theta


class Followed(NamedTuple):
    """Loans followed from grant to end, (n,)."""

    run: Rows
    theta: Floats  # sd, when the firm applied
    months: Floats  # in which it could default
    defaulted: Bools


class Link(NamedTuple):
    """The fitted link, with standard errors that allow for common shocks within a seed."""

    level: float
    slope: float
    level_error: float
    slope_error: float
    fifths: Floats  # (5, 3) by fifth of the loans: mean theta; default a year, realised and fitted
    loans: int
    likelihood: float  # log, at the best


def lend_to_all(scenario: Scenario, horizon: int) -> Scenario:
    """Return a scenario in which all applicants of a calm economy are lent to, and none diverts."""
    approve = {f"banks.{name}.approval": {"kind": "all"} for name in scenario.banks}
    settings = {"horizon": horizon} | CALM | LEND_TO_ALL | approve
    throughout = [*LEND_TO_ALL, *approve]
    return scenario.with_(settings, throughout=throughout)


def followed(scenario: Scenario, seeds: Sequence[int]) -> Followed:
    """Follow every loan of a bank that is granted from month 1 on, to its end or the horizon."""
    simulation = Simulation(scenario, seeds, check=False)
    market, loans, firms = simulation.market, simulation.market.loans, simulation.market.firms
    asked = np.full(market.slots, np.nan)  # theta when the firm applied last
    number = np.full(market.slots, -1)  # of the loan that the slot has
    run, theta = [np.empty(0, np.int64)], [np.empty(0)]

    def observe(step: Any, fact: object) -> None:
        if isinstance(fact, Demanded):
            asked[fact.rows] = firms.theta[fact.rows]

    simulation.observer = observe
    exposed, failed = np.empty(0), np.empty(0, bool)
    with np.errstate(invalid="ignore", divide="ignore"):
        while simulation.month < scenario.horizon:
            live = market.live[loans.lender[market.live] < market.rival]
            before = live[(number[live] >= 0) & ~loans.defaulted[live]]
            ids = number[before]
            exposed[ids] += 1.0
            simulation.advance()
            failed[ids] |= loans.default_month[before] == simulation.month
            if simulation.month < 1:
                continue
            live = market.live[loans.lender[market.live] < market.rival]
            new = live[(loans.granted[live] == simulation.month) & ~np.isnan(asked[live])]
            number[live[loans.granted[live] < 1]] = -1
            number[new] = exposed.size + np.arange(new.size)
            run.append(firms.run[new].astype(np.int64))
            theta.append(asked[new])
            exposed = np.append(exposed, np.zeros(new.size))
            failed = np.append(failed, np.zeros(new.size, bool))
    kept = exposed > 0.0  # a loan of the last month was not
    return Followed(
        np.concatenate(run)[kept], np.concatenate(theta)[kept], exposed[kept], failed[kept]
    )


def probit(level: float, slope: float, theta: Floats) -> Floats:
    """Return the log chance of no default in a year, that of one being `Phi(a - b theta)`."""
    return np.asarray(norm.logcdf(slope * theta - level))


def log_linear(level: float, slope: float, theta: Floats) -> Floats:
    """Return the log chance of no default in a year, where the hazard is `exp(a - b theta)`."""
    return -np.exp(level - slope * theta)


def fit_link(loans: Followed, survival: Survival = probit) -> Link:
    """Fit the link by maximum likelihood."""

    def each(link: Floats) -> Floats:
        survives = survival(link[0], link[1], loans.theta) / 12.0  # of a month, in logs
        fails = np.log(-np.expm1(survives))
        last = np.where(loans.defaulted, fails, survives)
        return (loans.months - 1.0) * survives + last

    found = minimize(lambda link: -each(link).mean(), np.array(START), method="BFGS")
    link: Floats = found.x
    bread = np.linalg.inv(_hessian(lambda at: -float(each(at).sum()), link))
    steps = STEP * np.eye(link.size)
    scores = [(each(link + step) - each(link - step)) / (2 * STEP) for step in steps]
    by_seed = np.array([np.bincount(loans.run, score) for score in scores])
    level_error, slope_error = np.sqrt(np.diag(bread @ by_seed @ by_seed.T @ bread))
    hazard = -np.expm1(survival(link[0], link[1], loans.theta) / 12.0)
    fifth = np.searchsorted(np.quantile(loans.theta, FIFTHS), loans.theta)
    months, number = np.bincount(fifth, loans.months, 5), np.bincount(fifth, minlength=5)
    fifths = [
        np.bincount(fifth, loans.theta, 5) / number,
        12.0 * np.bincount(fifth, loans.defaulted, 5) / months,
        12.0 * np.bincount(fifth, hazard * loans.months, 5) / months,
    ]
    return Link(
        float(link[0]), float(link[1]), float(level_error), float(slope_error),
        np.column_stack(fifths), loans.theta.size, float(each(link).sum()),
    )  # fmt: skip


def joined(parts: Sequence[Followed]) -> Followed:
    """Join the loans of several groups of seeds; each seed stays a cluster of its own."""
    first = np.cumsum([0, *(int(part.run.max(initial=-1)) + 1 for part in parts)])
    return Followed(
        np.concatenate([part.run + at for part, at in zip(parts, first, strict=False)]),
        np.concatenate([part.theta for part in parts]),
        np.concatenate([part.months for part in parts]),
        np.concatenate([part.defaulted for part in parts]),
    )


def _hessian(of: Callable[[Floats], float], at: Floats) -> Floats:
    steps = STEP * np.eye(at.size)
    return np.array([
        [
            (of(at + i + j) - of(at + i - j) - of(at - i + j) + of(at - i - j)) / (4 * STEP**2)
            for j in steps
        ]
        for i in steps
    ])  # fmt: skip
