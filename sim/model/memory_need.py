"""How much memory a simulation needs, from the declared columns, before anything is built.

A simulation that needs more than the machine has is refused, since the system would end it, or
others, without a word.
"""

from __future__ import annotations

import os
from pathlib import Path

from sim.core.errors import RequestError
from sim.model.kept_books import LARGEST as LARGEST_KEPT
from sim.model.month_plan import plan_of
from sim.model.own_tables import own_tables_of
from sim.scenario.schema import Scenario
from sim.state.ages import AGES
from sim.state.cohorts import AGES as AGES_OF_CASH
from sim.state.ledger import LEDGER
from sim.state.market_size import bytes_of, rows_by_table
from sim.world.demand import TENORS
from sim.world.lasting_noise import bytes_remembered

STARTED = 212_000_000  # bytes: the interpreter, its packages and compiled code, on Linux
PASSING = 12  # numbers a firm in the arrays of a month that are made and freed again
WORD = 8  # bytes of a number
LIMIT = Path("/sys/fs/cgroup/memory.max")  # of a container, on Linux


def bytes_needed(scenario: Scenario, seeds: int) -> int:
    """Return the most bytes that a process has in use while it simulates seeds side by side."""
    firms, banks = scenario.firms, len(scenario.banks)
    slots, books = seeds * firms.count, seeds * (banks + 1)
    before = [bank.staffing.seats(firms.count, 1.0) for bank in scenario.banks_in(0).values()]
    at_most = [
        bank.staffing.seats(firms.count, (1.0 + bank.growth_target) ** years)
        for bank in scenario.banks_in(1).values()
        for years in (0.0, scenario.horizon / 12.0)
    ]
    seats = max(*before, *at_most)
    own = own_tables_of(plan_of(scenario), scenario).used
    tables = bytes_of(
        rows_by_table(seeds, firms.count, banks, seats, firms.demand.banks_asked, own)
    )
    copied = tables if scenario.burn_in.first_of_nature < 1 and tables <= LARGEST_KEPT else 0
    months = scenario.horizon
    numbers = (
        3 * AGES_OF_CASH * (months + 1)  # grown by doubling, from the old array to a new one
        + 5 * len(TENORS) * AGES  # by term and age: three kept, two of the month
        + 3 * months * (len(LEDGER) + AGES)  # recorded, and as tables
    )
    moves = firms.quality_kept < 1.0
    remembered = bytes_remembered(firms.take_up.rivals) * slots if moves else 0
    return STARTED + tables + copied + remembered + WORD * (PASSING * slots + numbers * books)


def machine_bytes() -> int | None:
    """Return the memory of this machine or container; None where the system does not tell."""
    try:
        there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):  # Windows
        return None
    try:
        return min(there, int(LIMIT.read_text("ascii")))
    except (OSError, ValueError):  # no container, or "max"
        return there


def refuse_too_large(scenario: Scenario, seeds: int, workers: int = 1) -> None:
    """Raise `RequestError` if `workers` with `seeds` each need more than there is."""
    there = machine_bytes()
    needed = workers * bytes_needed(scenario, seeds)
    if there is None or needed <= there:
        return
    reduce = [name for name, count in (("workers", workers), ("seeds", seeds)) if count > 1]
    fewer = " or ".join(["firms (firms.count)", *reduce])
    what = f"{scenario.firms.count:,} firms × {seeds:,} seed{'s' * (seeds > 1)}"
    if workers > 1:
        what += f" on each of {workers:,} workers"
    raise RequestError(
        f"{what}: needs about {needed / 1e9:,.1f} GB of memory, this machine has "
        f"{there / 1e9:,.1f} GB; give fewer {fewer}"
    )
