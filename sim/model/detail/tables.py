"""The event log as two tidy tables with labels: loans one by one, and what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.model.detail.columns import (
    ANSWERS,
    CLASSES,
    DECISIONS,
    EFFECTS,
    EVENTS,
    FLAG,
    KINDS,
    LOANS,
    OUTCOMES,
    SCHEDULES,
)
from sim.model.detail.event_log import EventLog
from sim.state.market import NEVER, Market

if TYPE_CHECKING:
    import pandas as pd

WORDS = {
    "decision": DECISIONS, "answer": ANSWERS, "outcome": OUTCOMES, "schedule": SCHEDULES,
    "first_class": CLASSES,
}  # fmt: skip
MONTHS = ("tenor", "applied", "decided", "granted", "first_warning", "default_month", "ended")
FLAGS = ("good", "falsified", "caught", "overridden")


def loans_of(event_log: EventLog, market: Market) -> pd.DataFrame:
    """Return one row per application of months 1 on, and per loan on the book before or renewed.

    Columns: seed, bank, loan (number within seed and bank), firm (its slot and generation),
    months (missing if the event never came), money in CNY, `rate` 1/year offered or computed,
    `pd` the bank's estimate, `true_pd` the true chance of default within a year, `quality` and
    `belief` in standard deviations, `good`: the true chance is below what the rate pays for.
    """
    import pandas as pd

    log = event_log.loans
    keys = _keys(event_log, market, np.arange(log.rows))
    slot = log.column("slot") % market.firms_per_run
    generation = log.column("generation")
    firm = [f"{s}.{g}" for s, g in zip(slot.tolist(), generation.tolist(), strict=True)]
    columns: dict[str, Any] = keys | {"firm": firm}
    for name in LOANS:
        if name in ("slot", "generation", "lender"):
            continue
        values = log.column(name)
        if name in MONTHS:
            columns[name] = _months(values)
        elif name in FLAGS:
            columns[name] = _flags(values)
        else:
            columns[name] = _labels(values, WORDS[name]) if name in WORDS else values
    return pd.DataFrame(columns)


def events_of(event_log: EventLog, market: Market) -> pd.DataFrame:
    """Return one row per event: seed, bank, loan, month, kind, and labels `was` and `now`.

    `true` says of a warning whether the firm diverted its loan or was past due; `lead` is the
    number of months from the warning to the loan's default, missing if no default followed.
    """
    import pandas as pd

    log = event_log.events
    loan, month, kind = log.column("loan"), log.column("month"), log.column("kind")
    was, now = (_labels(log.column(name), CLASSES) for name in ("was", "now"))
    acted = kind == KINDS.index("intervention")
    now[acted] = _labels(log.column("now")[acted], EFFECTS)
    default = event_log.loans.column("default_month")[loan]
    warning = kind == KINDS.index("warning")
    ahead = warning & (default > month)  # loans are classed before warnings are raised
    lead = np.where(ahead, default - month, NEVER)
    columns = _keys(event_log, market, loan) | {
        "month": month.astype(np.int64),
        "kind": _labels(kind, KINDS),
        "was": was,
        "now": now,
        "true": _flags(log.column("true")),
        "lead": _months(lead),
    }
    assert set(EVENTS) <= set(columns)  # every column is in the table
    return pd.DataFrame(columns)


def _keys(event_log: EventLog, market: Market, loan: NDArray[np.int64]) -> dict[str, Any]:
    """Return seed, bank and number of loans; numbers begin at 0 in each seed and bank."""
    run = event_log.loans.column("slot") // market.firms_per_run
    lender = event_log.loans.column("lender").astype(np.int64)
    book = run * len(market.banks) + lender
    number = np.zeros(book.size, np.int64)
    for one in np.unique(book):
        mine = np.flatnonzero(book == one)
        number[mine] = np.arange(mine.size)
    return {
        "seed": np.array(market.seeds, np.int64)[run[loan]],
        "bank": np.array(market.banks, dtype=object)[lender[loan]],
        "loan": number[loan],
    }


def _months(values: NDArray[Any]) -> Any:
    import pandas as pd

    return pd.arrays.IntegerArray(values.astype(np.int64), values == NEVER)


def _flags(values: NDArray[Any]) -> Any:
    import pandas as pd

    return pd.arrays.BooleanArray(values == 1, values == FLAG)


def _labels(values: NDArray[Any], words: Sequence[str]) -> NDArray[Any]:
    """Return labels of codes, shape (n,), an empty log for code -1."""
    return np.array([*words, ""], dtype=object)[values]
