"""A checkpoint: the books of a simulation at the end of a month, as plain values.

It shares nothing with the simulation, which may go on, and holds no code and no addresses: columns
by name, the archive of old loans, what was recorded, the scenario and the seeds.  What a bank has
learned is not stored: it is what the archive told it when it last learned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from numpy.typing import NDArray

from sim.model.banks import Banks
from sim.model.detail.event_log import EventLog
from sim.model.detail.kept_log import fill_log, log_arrays
from sim.model.learning import relearn
from sim.model.recorder import Recorder
from sim.scenario.schema import Scenario
from sim.state.archive import Archive
from sim.state.market import Market
from sim.state.snapshot import columns_in, columns_out


class Simulated(Protocol):
    """What a checkpoint needs of a simulation."""

    scenario: Scenario
    check: bool
    market: Market
    recorder: Recorder
    event_log: EventLog | None
    archive: Archive | None

    def banks_in(self, month: int) -> Banks: ...


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """Where a simulation of `scenario` for `seeds`, side by side, was at the end of `month`.

    `seats` is how many officers each bank has room for; `check` says whether the books had to
    balance in every month so far.  `arrays` are named "Table.column".
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    month: int
    seats: int
    check: bool
    arrays: Mapping[str, NDArray[Any]]

    @property
    def nbytes(self) -> int:
        """Bytes held by the arrays."""
        return sum(array.nbytes for array in self.arrays.values())

    @property
    def first_month(self) -> int:
        """The first month with banks."""
        return self.scenario.burn_in.first_month

    def __contains__(self, part: str) -> bool:
        """Tell whether there is an `Archive`, an `EventLog` or a table of that name."""
        return any(name.startswith(f"{part}.") for name in self.arrays)

    def __repr__(self) -> str:
        return (
            f"<Checkpoint of {self.scenario.name!r}: month {self.month:,}, {len(self.seeds):,} "
            f"seed{'s' * (len(self.seeds) > 1)}, {self.nbytes / 1e6:,.1f} MB>"
        )


def checkpoint_of(simulation: Simulated) -> Checkpoint:
    """Return where a simulation is now."""
    market, archive, log = simulation.market, simulation.archive, simulation.event_log
    arrays = columns_out(market) | simulation.recorder.arrays()
    if archive is not None:
        arrays |= archive.arrays()
    if log is not None:
        arrays |= log_arrays(log)
    return Checkpoint(
        simulation.scenario, tuple(market.seeds), market.month, market.seats, simulation.check,
        arrays,
    )  # fmt: skip


def restore(simulation: Simulated, books: Checkpoint) -> None:
    """Fill a simulation that has not begun with the books of another.

    Raises `ValueError` or `KeyError` where an array does not fit the simulation's tables.
    """
    scenario, market = simulation.scenario, simulation.market
    market.month, market.first_month = books.month, books.first_month
    market.first_of_nature = scenario.burn_in.first_of_nature
    labour = scenario.economy_in(books.first_month).labour
    columns_in(market, books.arrays, books.seats, scenario.firms, labour)
    simulation.recorder.fill(books.arrays)
    if simulation.event_log is not None:
        fill_log(simulation.event_log, books.arrays)
    if simulation.archive is not None and "Archive" in books:
        simulation.archive = archive = Archive.of_arrays(books.arrays)
        for bank in simulation.banks_in(books.month):
            relearn(bank, archive, market, since=1 if books.month >= 1 else books.first_month)
