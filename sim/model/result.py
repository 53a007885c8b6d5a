"""The result of a simulation as tables: one row per bank and month, and one per bank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.core.errors import RequestError
from sim.model.recorder import Recorder
from sim.outcomes import METRICS
from sim.outcomes.history import History, ratio
from sim.state.market import Market, Outcomes

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Result:
    """What came out, for each seed and bank.

    `months` has seed, bank, month and one column per entry of the ledger, with `npl_ratio`;
    `summary` has seed, bank and one column per outcome metric.  The rival has no rows.
    """

    months: pd.DataFrame
    summary: pd.DataFrame


def gathered(outcomes: list[Outcomes]) -> Outcomes:
    """Join the shadow loans that ended in all months."""
    if not outcomes:
        none = np.zeros(0, bool)
        return Outcomes(np.zeros(0, np.int64), np.zeros(0), none, none, none, none)
    return Outcomes(*(np.concatenate(field) for field in zip(*outcomes, strict=True)))


def result_of(market: Market, recorder: Recorder) -> Result:
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
    columns = {
        name: pages[:, k, own].T.reshape(-1) for k, name in enumerate(recorder.names)
    }
    months = pd.DataFrame(index | columns)
    months.insert(3, "npl_ratio", ratio(months["npl"].to_numpy(), months["gross_loans"].to_numpy()))
    return Result(months, summary)
