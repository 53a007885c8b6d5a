"""Results of several simulations of one scenario, each of other seeds, as one result."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.core.arrays import Rows
from sim.model.lifetime_value import LifetimeValue
from sim.model.lifetimes import Lifetimes
from sim.model.result import Own, Result
from sim.outcomes.history import History
from sim.state.market import Outcomes

if TYPE_CHECKING:
    import pandas as pd


def joined(results: Sequence[Result]) -> Result:
    """Return one result of all seeds, in the order of the results.

    It is the result of simulating them side by side, but for the order of loans and events.
    """
    if len(results) == 1:
        return results[0]
    sizes = [result.own.seeds.size for result in results]
    firsts = np.cumsum([0, *sizes[:-1]])  # number of each result's first book
    detail = results[0].loans is not None
    return Result(
        _history(results, firsts),
        _lifetimes([result.lifetimes for result in results]),
        LifetimeValue(
            np.concatenate([result.value.whole for result in results], axis=1),
            np.concatenate([result.value.open for result in results], axis=1),
        ),
        Own(
            np.concatenate([r.own.books + first for r, first in zip(results, firsts, strict=True)]),
            np.concatenate([result.own.seeds for result in results]),
            np.concatenate([result.own.banks for result in results]),
        ),
        _stacked(results, "loans") if detail else None,
        _stacked(results, "events") if detail else None,
    )


def _history(results: Sequence[Result], firsts: Rows) -> History:
    histories = [result.history for result in results]
    books = [
        history.outcomes.book + first for history, first in zip(histories, firsts, strict=True)
    ]
    fields = zip(*(history.outcomes for history in histories), strict=True)
    ended = Outcomes(*(np.concatenate(field) for field in fields))
    return History(
        histories[0].names,
        np.concatenate([history.pages for history in histories], axis=2),
        np.concatenate([history.first_defaults for history in histories], axis=2),
        ended._replace(book=np.concatenate(books)),
    )


def _lifetimes(parts: Sequence[Lifetimes]) -> Lifetimes:
    whole = copy.copy(parts[0])
    whole.at_risk = np.concatenate([part.at_risk for part in parts], axis=2)
    whole.defaults = np.concatenate([part.defaults for part in parts], axis=2)
    whole.shape = whole.at_risk.shape
    return whole


def _stacked(results: Sequence[Result], name: str) -> pd.DataFrame:
    import pandas as pd

    frames = [getattr(result, name) for result in results]
    some = [frame for frame in frames if len(frame)]  # an empty one does not tell text from objects
    return pd.concat(some, ignore_index=True) if some else frames[0]
