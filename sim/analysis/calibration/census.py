"""Who defaults: loans followed one by one through a simulation, by groups that the ledger pools.

Performing loan-months and first defaults of each run are counted by sector, by size of loan and by
quintile of true quality; write-offs of long loans by age.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats, Int32s
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.economy import SECTORS
from sim.world.demand import TENORS

LONG = 24  # months; shorter loans are over before a vintage shows its shape
AGES = 36
WHOLE_LIFETIME = 40  # months in which the longest loan is repaid or in default
QUINTILES = np.array([-0.841621, -0.253347, 0.253347, 0.841621])  # of the standard normal
SMALL = 2e5  # CNY; loans up to this are small, near the median of requests


class Census:
    """Counts of one simulation, all of the first bank.

    `exposed` and `defaulted` hold, by name of the split, arrays (runs, cells); `lost` counts
    write-offs of long loans by age, (runs, AGES + 1), among those granted at least AGES months
    before the end, and `lost_longest` those of the longest.  `whole` holds loans granted
    WHOLE_LIFETIME months before the end or earlier, also in the burn-in, and those of them that
    defaulted, (runs, 2, terms).
    """

    def __init__(self, scenario: Scenario, seeds: Sequence[int]):
        self.simulation = Simulation(scenario, seeds, check=False)
        market = self.simulation.market
        cells = {"sector": SECTORS, "size": 2, "quality": 5}
        self.exposed = {name: np.zeros((market.runs, n)) for name, n in cells.items()}
        self.defaulted = {name: np.zeros((market.runs, n)) for name, n in cells.items()}
        self.lost: Floats = np.zeros((market.runs, AGES + 1))
        self.lost_longest: Floats = np.zeros((market.runs, AGES + 1))
        self.whole = np.zeros((market.runs, 2, len(TENORS)))
        self._term = np.zeros(market.slots, np.int64)
        self._last = scenario.horizon - AGES

    def take(self) -> Census:
        """Run the simulation to its horizon, counting month by month."""
        simulation = self.simulation
        market = simulation.market
        with np.errstate(invalid="ignore", divide="ignore"):
            while simulation.month < simulation.scenario.horizon:
                before = market.live_at(0).copy()
                generation = market.firms.generation[before].copy()
                granted = market.loans.granted[before].copy()
                simulation.advance()
                self._count_write_offs(before, generation, granted)
                self._note_terms()
                self._count_whole_lifetimes()
                if simulation.month >= 1:
                    self._count_defaults()
        return self

    def _count_whole_lifetimes(self) -> None:
        """Count new loans, and new defaults, of loans that are followed to their end."""
        market = self.simulation.market
        loans, live = market.loans, market.live_at(0)
        live = live[loans.granted[live] <= self.simulation.scenario.horizon - WHOLE_LIFETIME]
        for k, month in enumerate((loans.granted, loans.default_month)):
            rows = live[month[live] == market.month]
            term = np.searchsorted(TENORS, self._term[rows])
            np.add.at(self.whole, (market.firms.run[rows], k, term), 1.0)

    def _cells(self, rows: NDArray[np.int64]) -> dict[str, NDArray[np.int64]]:
        market = self.simulation.market
        return {
            "sector": market.firms.sector[rows].astype(np.int64),
            "size": (market.loans.principal[rows] > SMALL).astype(np.int64),
            "quality": np.searchsorted(QUINTILES, market.firms.theta[rows]),
        }

    def _count_defaults(self) -> None:
        """Count at month-end; a loan leaves the book no earlier than the month after it defaults,
        except for a workout that pays at once, which is rare."""
        market = self.simulation.market
        live = market.live_at(0)
        new = market.loans.default_month[live] == market.month
        rows = live[new | ~market.loans.defaulted[live]]
        bad = market.loans.default_month[rows] == market.month
        run = market.firms.run[rows]
        for name, cell in self._cells(rows).items():
            np.add.at(self.exposed[name], (run, cell), 1.0)
            np.add.at(self.defaulted[name], (run[bad], cell[bad]), 1.0)

    def _count_write_offs(
        self, before: NDArray[np.int64], generation: Int32s, granted: Int32s
    ) -> None:
        """A firm with a loan is replaced only when that loan is written off or worked out."""
        market = self.simulation.market
        gone = market.firms.generation[before] != generation
        rows, since = before[gone], granted[gone]
        age = market.month - since
        kept = (self._term[rows] >= LONG) & (age <= AGES) & (since <= self._last)
        np.add.at(self.lost, (market.firms.run[rows[kept]], age[kept]), 1.0)
        kept &= self._term[rows] == TENORS[-1]
        np.add.at(self.lost_longest, (market.firms.run[rows[kept]], age[kept]), 1.0)

    def _note_terms(self) -> None:
        market = self.simulation.market
        live = market.live_at(0)
        new = live[market.loans.granted[live] == market.month]
        self._term[new] = market.loans.remaining[new]
