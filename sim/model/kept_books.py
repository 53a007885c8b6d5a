"""Kept books: the months before month 1 are simulated once for all arms that share them.

Arms of a study, of a comparison or of Mesa's `batch_run` begin month 1 with the same books, so
these are kept as a checkpoint under what they depend on, and other arms go on from it.  A burn-in
that would fill too much of the memory set aside is not kept.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np

from sim.model.branch import branch
from sim.model.checkpoint import Checkpoint
from sim.model.month_plan import plan_of
from sim.model.plan import Plan
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.archive import Archive

MEMORY = 256 << 20  # bytes of checkpoints that a process keeps
LARGEST = MEMORY // 4  # bytes of one that is kept


class Key(NamedTuple):
    """What the books at the end of a burn-in depend on."""

    start: str  # hash of all in the scenario that acts before month 1
    seeds: tuple[int, ...]
    check: bool  # whether they had to balance in every month
    plan: Plan


class Store(Protocol):
    """Where books are kept beyond this process."""

    def find(self, key: Key) -> Checkpoint | None: ...

    def keep(self, key: Key, books: Checkpoint) -> None: ...


class Memory:
    """Checkpoints in memory; those used least recently leave first."""

    def __init__(self, limit: int = MEMORY):
        self.limit = limit
        self._kept: OrderedDict[Key, Checkpoint] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key) -> Checkpoint | None:
        """Return the books kept under a key, if they are still here."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Key, books: Checkpoint) -> None:
        """Keep books, and let others go where there is no room for all."""
        with self._lock:
            self._kept[key] = books
            while self.nbytes > self.limit:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Let all books go."""
        with self._lock:
            self._kept.clear()

    @property
    def nbytes(self) -> int:
        """Bytes of all books kept."""
        return sum(books.nbytes for books in self._kept.values())

    def __len__(self) -> int:
        return len(self._kept)


KEPT = Memory()


def begun(
    scenario: Scenario,
    seeds: Sequence[int],
    check: bool = True,
    detail: bool = False,
    store: Store | None = None,
) -> Simulation:
    """Return a simulation at the end of its burn-in, which is simulated unless it is kept.

    It is, bit for bit, the simulation that went the whole way.  `store` is looked into after this
    process' memory.
    """
    chosen = tuple(seeds)
    if scenario.burn_in.first_of_nature == 1:
        return Simulation(scenario, chosen, check, detail)
    key = Key(scenario.start_hash, chosen, check, plan_of(scenario))
    found = _gone_on(key, scenario, detail, store)
    if found is not None:
        return found
    simulation = Simulation(scenario, chosen, check, detail)
    kept = simulation.market.bytes <= LARGEST
    if kept and not simulation.learns:
        simulation.archive = Archive()  # another arm may learn from it
    with np.errstate(invalid="ignore", divide="ignore"):
        while simulation.month < 0:
            simulation.advance()
    if kept:
        books = simulation.checkpoint()
        KEPT.keep(key, books)
        if store is not None:
            store.keep(key, books)
    if not simulation.learns:
        simulation.archive = None
    return simulation


def _gone_on(key: Key, scenario: Scenario, detail: bool, store: Store | None) -> Simulation | None:
    """Return the simulation that goes on from kept books; None where there are none that fit."""
    if (books := KEPT.find(key)) is not None:
        return branch(books, scenario, check=key.check, detail=detail, plan=key.plan)
    if store is None or (books := store.find(key)) is None:
        return None
    try:
        simulation = branch(books, scenario, check=key.check, detail=detail, plan=key.plan)
    except (KeyError, ValueError):  # it is no checkpoint of this model
        return None
    KEPT.keep(key, books)
    return simulation
