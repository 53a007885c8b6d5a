"""Following one firm: a seed with every loan in detail, and again with a log of one firm's life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.errors import RequestError
from sim.mechanisms.diversion import Tempted
from sim.model.detail.life import Life
from sim.model.detail.life_log import LifeLog
from sim.model.detail.tables import events_of, loans_of
from sim.model.kept_books import begun
from sim.scenario.schema import Scenario
from sim.state.market import NEVER

if TYPE_CHECKING:
    import pandas as pd


def recorded(scenario: Scenario, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return every loan and every event of a seed; loans also have `diverted`, a month."""
    import pandas as pd

    simulation = begun(scenario, [seed], detail=True)
    log = simulation.event_log
    assert log is not None
    taken: dict[int, int] = {}

    def observe(step: Any, fact: object) -> None:
        log(step, fact)
        if isinstance(fact, Tempted) and log.begun:
            taken.update(dict.fromkeys(log.loan_at[fact.rows].tolist(), simulation.month))

    simulation.observer = observe
    with np.errstate(invalid="ignore", divide="ignore"):
        simulation.run()
    loans, events = loans_of(log, simulation.market), events_of(log, simulation.market)
    month = np.array([taken.get(row, NEVER) for row in range(len(loans))], np.int64)
    loans["diverted"] = pd.arrays.IntegerArray(month, month == NEVER)
    return loans, events


def follow(scenario: Scenario, seed: int, slot: int, generation: int) -> Life:
    """Return the life of the firm that is the `generation`th in a slot, from month 1 on.

    Raises `RequestError` where no such firm is in the market in months 1 to the horizon.
    """
    simulation = begun(scenario, [seed])
    most = scenario.firms.count - 1
    if not 0 <= slot <= most:
        raise RequestError(f"there is no firm {slot}.{generation}: slots are 0 to {most:,}")
    log = LifeLog(simulation, slot, generation)
    with np.errstate(invalid="ignore", divide="ignore"):
        simulation.run()
    if log.life is None:
        raise RequestError(
            f"firm {slot}.{generation} is not in the market in months 1 to {scenario.horizon}"
        )
    return log.life
