"""The result of a simulation as tables: one row per bank and month, and one per bank."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import RequestError
from sim.model.detail.diary import Diary
from sim.model.detail.tables import events_of, loans_of
from sim.model.lifetime_value import cohorts_of, lifetime_value
from sim.model.lifetimes import survival_of
from sim.model.recorder import AGES, Recorder
from sim.outcomes import METRICS
from sim.outcomes.history import History, ratio
from sim.state.market import Market, Outcomes

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Result:
    """What came out, for each seed and bank.

    `months` has seed, bank, month and one column per entry of the ledger, with `npl_ratio` and
    `lifetime_value` (CNY, of the loans granted in that month, see `cohorts`);
    `summary` has seed, bank and one column per outcome metric.  `vintages` has seed, bank, granted
    (month), age (months), loans, defaults at that age and `defaulted`, the share of the vintage's
    loans that have defaulted by then, for ages reached by the last month.

    `survival` is the Kaplan-Meier table of loans granted from month 1 on: one row per seed, bank,
    `tenor` (months, as granted) and `age` (months since grant, from 1), with the loans `at_risk` at
    that age, those of them that first are more than 90 days past due at it (`defaults`), those
    `censored` after it because they were repaid or the last month was over, the share `survival`
    that has not defaulted by that age, and its `standard_error` (Greenwood).  A share is worth what
    its `at_risk` is worth; with none at risk it stays as it was.

    `cohorts` has seed, bank, `granted` (month), the principal `lent`, and `value`: all cash that
    the month's loans brought less what was lent, guarantee fees and cost of collection, each
    discounted to the month of grant at the economy's `discount_rate`, before the bank's running
    costs.  What is still owed when watching ends is in it, and by itself in `open`: a workout at
    what it will bring, any other loan at its balance and accrued interest less the share held to
    be lost in its class.  What written-off loans and the guarantee fund will pay is in it too.
    All CNY.

    The rival has no rows.  `loans` and `events` have one row per loan and event where that detail
    was asked for.
    """

    months: pd.DataFrame
    summary: pd.DataFrame
    vintages: pd.DataFrame
    survival: pd.DataFrame
    cohorts: pd.DataFrame
    loans: pd.DataFrame | None = None
    events: pd.DataFrame | None = None


def gathered(outcomes: list[Outcomes]) -> Outcomes:
    """Join the shadow loans that ended in all months."""
    if not outcomes:
        none = np.zeros(0, bool)
        return Outcomes(np.zeros(0, np.int64), np.zeros(0), none, none, none, none)
    return Outcomes(*(np.concatenate(field) for field in zip(*outcomes, strict=True)))


def result_of(market: Market, recorder: Recorder, diary: Diary | None = None) -> Result:
    """Return the tables of what was recorded so far.

    Raises `RequestError` before month 1, when nothing is recorded yet.
    """
    import pandas as pd

    if recorder.months == 0:
        raise RequestError("nothing is recorded before month 1: live at least one month")

    pages = recorder.pages[: recorder.months]
    history = History(
        tuple(recorder.names), pages, recorder.first_defaults, gathered(market.outcomes)
    )
    seeds = np.repeat(np.array(market.seeds), market.lenders)
    banks = np.tile(np.array([*market.banks, ""], dtype=object), market.runs)
    own = np.flatnonzero(banks != "")

    summary = pd.DataFrame({"seed": seeds[own], "bank": banks[own].astype(str)})
    computed = {name: metric.compute(history)[own] for name, metric in METRICS.items()}
    summary = pd.concat([summary, pd.DataFrame(computed)], axis=1)

    count = recorder.months
    index = {
        "seed": np.repeat(seeds[own], count),
        "bank": np.repeat(banks[own], count).astype(str),
        "month": np.tile(np.arange(1, count + 1), own.size),
    }
    columns = {name: pages[:, k, own].T.reshape(-1) for k, name in enumerate(recorder.names)}
    months = pd.DataFrame(index | columns)
    months.insert(3, "npl_ratio", ratio(months["npl"].to_numpy(), months["gross_loans"].to_numpy()))
    value, still = lifetime_value(market, recorder.economy, count)
    months["lifetime_value"] = value[:, own].T.reshape(-1)
    result = Result(
        months,
        summary,
        vintages_of(recorder, own, seeds, banks),
        survival_of(recorder.lifetimes, count, own, seeds, banks),
        cohorts_of(value, still, recorder.column("disbursed"), own, seeds, banks),
    )
    if diary is None:
        return result
    return replace(result, loans=loans_of(diary, market), events=events_of(diary, market))


def vintages_of(
    recorder: Recorder, own: NDArray[np.intp], seeds: NDArray[Any], banks: NDArray[Any]
) -> pd.DataFrame:
    """Return how the loans of each month fared with age, for the books numbered `own`."""
    import pandas as pd

    count = recorder.months
    granted, age = np.nonzero(np.add.outer(np.arange(1, count + 1), np.arange(AGES)) <= count)
    defaults = recorder.first_defaults[:count][:, :, own]
    loans = recorder.column("taken")[:, own]
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
