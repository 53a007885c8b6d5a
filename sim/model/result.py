"""The result of a simulation as tables: one row per bank and month, and one per bank."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import RequestError
from sim.model.detail.event_log import EventLog
from sim.model.detail.tables import events_of, loans_of
from sim.model.lifetime_value import LifetimeValue, cohorts_of, lifetime_value
from sim.model.lifetimes import Lifetimes, survival_of
from sim.model.recorder import Recorder
from sim.outcomes import METRICS
from sim.outcomes.history import History, ratio
from sim.state.ages import AGES
from sim.state.market import Market
from sim.state.snapshot import gathered

if TYPE_CHECKING:
    import pandas as pd


class Own(NamedTuple):
    """The books of banks that follow policies: their numbers, and seed and bank of every book."""

    books: NDArray[np.intp]
    seeds: NDArray[Any]
    banks: NDArray[Any]


@dataclass(frozen=True, eq=False)
class Result:
    """The results of each seed and bank; each table is computed when first accessed.

    `months` has seed, bank, month and one column per entry of the ledger, with `npl_ratio` and
    `lifetime_value` (CNY, of the loans granted in that month, see `cohorts`);
    `summary` has seed, bank and one column per outcome metric.  `vintages` has seed, bank, granted
    (month), age (months), loans, defaults at that age and `defaulted`, the share of the vintage's
    loans that have defaulted by then, for ages reached by the last month.

    `survival` is the Kaplan-Meier table of loans granted from month 1 on: one row per seed, bank,
    `tenor` (months, as granted) and `age` (months since grant, from 1), with the loans `at_risk` at
    that age, those of them that first are more than 90 days past due at it (`defaults`), those
    `censored` after it because they were repaid or the last month was over, the share `survival`
    that has not defaulted by that age, and its `standard_error` (Greenwood).  A share is only
    as reliable as its `at_risk` is large; with none at risk it keeps its last value.

    `cohorts` has seed, bank, `granted` (month), the principal `lent`, and `value`: all cash that
    the month's loans brought less what was lent, guarantee fees and cost of collection, each
    discounted to the month of grant at the economy's `discount_rate`, before the bank's running
    costs.  What is still owed after the last month is included, and also shown alone in `open`: a
    workout at what it will bring, any other loan at its balance and accrued interest less the loss
    share of its class.  What written-off loans and the guarantee fund will pay is included too.
    All CNY.

    The rival has no rows.  `loans` and `events` have one row per loan and event if that detail was
    requested.
    """

    history: History
    lifetimes: Lifetimes
    value: LifetimeValue
    own: Own
    loans: pd.DataFrame | None = None
    events: pd.DataFrame | None = None

    def __repr__(self) -> str:
        books, seeds, banks = self.own
        named = ", ".join(dict.fromkeys(map(str, banks[books])))
        detail = "" if self.loans is None else f", {len(self.loans):,} loans in detail"
        count = len(dict.fromkeys(seeds[books]))
        return (
            f"<Result: {count:,} seed{'s' * (count > 1)}, {self.history.months:,} months, "
            f"banks: {named}{detail}>"
        )

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>{self.summary.to_html(max_rows=20, index=False)}"

    @cached_property
    def summary(self) -> pd.DataFrame:
        """One row per seed and bank: every outcome metric."""
        import pandas as pd

        books, seeds, banks = self.own
        computed = {name: metric.compute(self.history)[books] for name, metric in METRICS.items()}
        return pd.DataFrame({"seed": seeds[books], "bank": banks[books].astype(str)} | computed)

    @cached_property
    def months(self) -> pd.DataFrame:
        """One row per seed, bank and month: the ledger."""
        import pandas as pd

        (books, seeds, banks), history, count = self.own, self.history, self.history.months
        ledger = {name: history.series(name)[:, books].T.reshape(-1) for name in history.names}
        index = {
            "seed": np.repeat(seeds[books], count),
            "bank": np.repeat(banks[books], count).astype(str),
            "month": np.tile(np.arange(1, count + 1), books.size),
        }
        npl_ratio = {"npl_ratio": ratio(ledger["npl"], ledger["gross_loans"])}
        value = {"lifetime_value": self.value.whole[:, books].T.reshape(-1)}
        return pd.DataFrame(index | npl_ratio | ledger | value)

    @cached_property
    def vintages(self) -> pd.DataFrame:
        """One row per seed, bank, month of grant and age."""
        return vintages_of(self.history, *self.own)

    @cached_property
    def survival(self) -> pd.DataFrame:
        """One row per seed, bank, term and age."""
        return survival_of(self.lifetimes, self.history.months, *self.own)

    @cached_property
    def cohorts(self) -> pd.DataFrame:
        """One row per seed, bank and month of grant."""
        return cohorts_of(self.value, self.history.series("disbursed"), *self.own)


def result_of(market: Market, recorder: Recorder, event_log: EventLog | None = None) -> Result:
    """Return the tables of what was recorded so far.

    Raises `RequestError` before month 1, when nothing is recorded yet.
    """
    if recorder.months == 0:
        raise RequestError("nothing is recorded before month 1: simulate at least one month")
    banks = np.tile(np.array([*market.banks, ""], dtype=object), market.runs)
    seeds = np.repeat(np.array(market.seeds), market.lenders)
    return Result(
        History(
            tuple(recorder.names),
            recorder.pages[: recorder.months],
            recorder.first_defaults[: recorder.months].copy(),
            gathered(market.outcomes),
        ),
        recorder.lifetimes.so_far(),
        lifetime_value(market, recorder.economy, recorder.months),
        Own(np.flatnonzero(banks != ""), seeds, banks),
        None if event_log is None else loans_of(event_log, market),
        None if event_log is None else events_of(event_log, market),
    )


def vintages_of(
    history: History, own: NDArray[np.intp], seeds: NDArray[Any], banks: NDArray[Any]
) -> pd.DataFrame:
    """Return defaults by month of grant and age of loan, for the books numbered `own`."""
    import pandas as pd

    count = history.months
    granted, age = np.nonzero(np.add.outer(np.arange(1, count + 1), np.arange(AGES)) <= count)
    defaults = history.first_defaults[:, :, own]
    loans = history.series("taken")[:, own]
    by_then = np.cumsum(defaults, axis=1)
    every, books = granted.size, own.size
    return pd.DataFrame(
        {
            "seed": np.repeat(seeds[own], every),
            "bank": np.repeat(banks[own], every).astype(str),
            "granted": np.tile(granted + 1, books),
            "age": np.tile(age, books),
            "loans": loans[granted].T.reshape(-1),
            "defaults": defaults[granted, age].T.reshape(-1),
            "defaulted": ratio(by_then[granted, age], loans[granted]).T.reshape(-1),
        }
    )
