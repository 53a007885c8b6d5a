"""What a lever moves by itself and no table of results shows, in and at the end of a simulation.

Beliefs and estimates on recent files, terms and security of live loans, and officers.  They let a
report tell a lever that does its own work from one that does nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.credit.schedule import Schedule
from sim.mechanisms.acting import Acted
from sim.mechanisms.catching import Proven
from sim.model.bank import BankAtWork
from sim.state.firms_view import all_views
from sim.state.loans import Security
from sim.state.market import NEVER, Market

if TYPE_CHECKING:
    import pandas as pd

YEAR = 12  # months; files older than this are not counted
PROCESSES = {
    "belief_variance": ("sd^2", "variance of the banks' beliefs, files of the last year"),
    "borrower_variance": ("sd^2", "variance of the banks' beliefs about their borrowers"),
    "mean_pd": ("probability", "mean estimated PD, files of the last year"),
    "pd_spread": ("probability", "standard deviation of estimated PD, files of the last year"),
    "revolving": ("share", "live loans that revolve"),
    "bullet": ("share", "live loans repaid at maturity"),
    "seasonal": ("share", "live loans repaid with the season"),
    "receivables": ("share", "live loans against invoices"),
    "misfit": ("share", "live loans whose dues miss the firm's season"),
    "movables": ("share", "live loans secured by movables"),
    "rescheduled": ("share", "live loans that were rescheduled"),
    "loan_size": ("CNY", "mean principal of live loans"),
    "remaining_term": ("months", "mean instalments not yet due of live loans"),
    "pledged": ("ratio", "collateral over gross loans"),
    "guaranteed": ("ratio", "what guarantors are liable for over gross loans"),
    "detection": ("1/month", "chance that misuse is proven, as firms see it of checks made"),
    "allowance_swing": (
        "ratio",
        "coefficient of variation of allowance over gross loans, by month",
    ),
    "lessons": ("count", "ratings that rest on what the bank learned from its own loans"),
    "officers": ("count", "officers employed"),
    "experience": ("months", "mean experience of officers"),
    "early_repaid": ("CNY", "repaid early because the bank acted on a warning, all months"),
    "called_for_misuse": ("count", "loans called because misuse was proven, all months"),
}


def swings(months: pd.DataFrame) -> pd.DataFrame:
    """Return, per seed and bank, what the months show and a mean over them does not."""
    allowance = months["provisions"] / months["gross_loans"]
    by_bank = allowance.groupby([months["seed"], months["bank"]], sort=False)
    swing = (by_bank.std() / by_bank.mean()).reset_index(drop=True)
    return swing.rename("allowance_swing").to_frame()


def lessons(banks: Sequence[BankAtWork], runs: int) -> Floats:
    """Return whether each bank's rating is a learned one, (runs x banks,), as `processes`."""
    found = np.zeros((runs, len(banks)))
    for k, bank in enumerate(banks):
        for run, lesson in enumerate(bank.lessons):
            found[run, k] = lesson is not None
    return found.reshape(-1)


class OnDemand:
    """An observer of a simulation's steps that adds up what banks demand before it is due."""

    def __init__(self, market: Market):
        self.market = market
        size = market.runs * len(market.banks)
        self.paid, self.called = np.zeros(size), np.zeros(size)

    def __call__(self, step: object, fact: object) -> None:
        """Count a step's fact, if it is an action on warnings or proof of misuse."""
        if isinstance(fact, Acted):
            self.paid += _sum(fact.called, self._place(fact), self.paid.size)
        if isinstance(fact, Proven) and fact.called:
            since = self.market.loans.proven[fact.rows]  # a second proof calls nothing
            first = (since == NEVER) | (since == self.market.month)
            self.called += _sum(first, self._place(fact), self.called.size)

    def _place(self, fact: Acted | Proven) -> NDArray[np.int64]:
        run = self.market.firms.run[fact.rows].astype(np.int64)
        return run * len(self.market.banks) + fact.lender


def processes(market: Market, demanded: OnDemand) -> dict[str, Floats]:
    """Return every process of every bank, (runs x banks,), the banks of a run side by side."""
    found = _of_files(market) | _of_loans(market) | _of_borrowers(market) | _of_officers(market)
    books, lenders = market.books, np.arange(len(market.banks))
    seen = all_views(books.proof_chances, books.loan_months)
    found["detection"] = seen.reshape(market.runs, -1)[:, lenders].reshape(-1)
    return found | {"early_repaid": demanded.paid, "called_for_misuse": demanded.called}


def _of_files(market: Market) -> dict[str, Floats]:
    """Beliefs about all applicants of a run, whichever bank they asked."""
    files, banks = market.applications, len(market.banks)
    rows = np.flatnonzero(files.made > market.month - YEAR)
    run = market.firms.run[rows % market.slots]
    mean_pd = _mean(files.pd[rows], run, market.runs)
    squared = _mean(files.pd[rows] ** 2, run, market.runs)
    found = {
        "belief_variance": _mean(files.variance[rows], run, market.runs),
        "mean_pd": mean_pd,
        "pd_spread": np.sqrt(np.maximum(squared - mean_pd**2, 0.0)),
    }
    return {name: np.repeat(value, banks) for name, value in found.items()}


def _of_loans(market: Market) -> dict[str, Floats]:
    banks, loans = len(market.banks), market.loans
    live = market.live[loans.lender[market.live] < banks]
    place = market.firms.run[live].astype(np.int64) * banks + loans.lender[live]
    size = market.runs * banks
    flags: dict[str, NDArray[Any]] = {
        "revolving": loans.schedule[live] == Schedule.REVOLVING,
        "bullet": loans.schedule[live] == Schedule.BULLET,
        "seasonal": loans.schedule[live] == Schedule.SEASONAL,
        "receivables": loans.schedule[live] == Schedule.RECEIVABLES,
        "misfit": loans.season_shift[live] > 0,
        "movables": loans.security[live] == Security.MOVABLES,
        "rescheduled": loans.rescheduled[live],
        "loan_size": loans.principal[live],
        "remaining_term": loans.remaining[live],
    }
    gross = _sum(loans.balance[live], place, size)
    covers: dict[str, NDArray[Any]] = {
        "pledged": loans.collateral[live],
        "guaranteed": loans.guaranteed[live],
    }
    return {name: _mean(value, place, size) for name, value in flags.items()} | {
        name: _over(_sum(value, place, size), gross) for name, value in covers.items()
    }


def _of_borrowers(market: Market) -> dict[str, Floats]:
    """What each bank believes about the firms that owe it, meaned over dimensions of quality."""
    found = np.empty((market.runs, len(market.banks)))
    for lender in range(len(market.banks)):
        live = market.live_at(lender)
        variance = market.file_of(lender).belief_variance.take(live, axis=1).mean(axis=0)
        found[:, lender] = _mean(variance, market.firms.run[live], market.runs)
    return {"borrower_variance": found.reshape(-1)}


def _of_officers(market: Market) -> dict[str, Floats]:
    officers, banks = market.officers, len(market.banks)
    seats = np.flatnonzero(officers.active)
    place = officers.run[seats].astype(np.int64) * banks + officers.lender[seats]
    size = market.runs * banks
    return {
        "officers": _sum(np.ones(seats.size), place, size),
        "experience": _mean(officers.experience[seats], place, size),
    }


def _sum(values: NDArray[Any], place: NDArray[Any], size: int) -> Floats:
    total: Floats = np.bincount(place, values.astype(np.float64), size).astype(np.float64)
    return total


def _mean(values: NDArray[Any], place: NDArray[Any], size: int) -> Floats:
    """Return means by place, nan where there is nothing."""
    return _over(_sum(values, place, size), np.bincount(place, minlength=size))


def _over(part: Floats, whole: NDArray[Any]) -> Floats:
    """Return ratios, nan where there is nothing."""
    with np.errstate(invalid="ignore"):
        return part / whole
