"""Simulates as usual, and adds to the outcomes what a lever moves by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.model.kept_books import begun
from sim.model.processes import OnDemand, lessons, processes, swings
from sim.model.result import result_of
from sim.runs.book_store import usual_store
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

INDEX = ["seed", "bank"]


@dataclass(frozen=True)
class Observed:
    """One row per seed and bank, and the months."""

    summary: pd.DataFrame
    months: pd.DataFrame


def observe(scenario: Scenario, *, seeds: Sequence[int]) -> Observed:
    """Simulate seeds from the books kept for other arms.

    The summary holds every outcome, the monthly mean of every other column of the ledger, and the
    processes at the end.
    """
    import pandas as pd

    simulation = begun(scenario, seeds, store=usual_store())
    simulation.observer = demanded = OnDemand(simulation.market)
    simulation.run()
    result = result_of(simulation.market, simulation.recorder)
    summary = result.summary
    means = result.months.groupby(INDEX, sort=False).mean().reset_index()
    ledger = means.drop(columns=["month", *summary.columns.intersection(means.columns)])
    market = simulation.market
    found = processes(market, demanded)
    found["lessons"] = lessons(list(simulation.after), market.runs)
    parts = [summary, ledger, pd.DataFrame(found), swings(result.months)]
    whole = pd.concat(parts, axis=1).copy()  # in one piece, else a further column is slow
    return Observed(whole, result.months)
