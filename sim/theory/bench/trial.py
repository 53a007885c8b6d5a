"""A trial: the production model run month by month in a quiet scenario, with each ledger kept.

Between two months the scenario may be changed and values may be set by hand.  Whatever happens
within a month is the model's own `sim.model.month.PLAN`, books checked, with nothing replaced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.core.arrays import Floats, Rows
from sim.model.simulation import Simulation
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario
from sim.state.market import Market
from sim.state.post.by_hand import set_value

QUIET = Path(__file__).parent / "quiet.yaml"


class Trial:
    """A limiting scenario simulated for `runs` seeds together, all derived from `seed`.

    `settings` override the quiet scenario by dotted key.  Trials of one seed have common random
    numbers; a seed of several numbers, (seed, round), gives different ones.
    """

    def __init__(self, settings: Mapping[str, Any], seed: int | Sequence[int], runs: int = 1):
        self.settings = {"burn_in.months": 0} | dict(settings)
        self.scenario: Scenario = load_scenario(QUIET, self.settings)
        self.simulation = Simulation(self.scenario, _seeds(seed, runs))
        self.ledgers: list[dict[str, Floats]] = []

    @property
    def market(self) -> Market:
        """Return the market in its current state."""
        return self.simulation.market

    def change(self, settings: Mapping[str, Any]) -> None:
        """Change the scenario from the next month on."""
        self.settings |= settings
        self.scenario = load_scenario(QUIET, self.settings)
        self.simulation.take(self.scenario)

    def set(self, table: str, column: str, rows: Rows, value: ArrayLike) -> None:
        """Set values by hand; see `sim.state.post.by_hand`."""
        set_value(self.market, table, column, rows, value)

    def run_months(self, months: int = 1) -> Trial:
        """Run some more months."""
        with np.errstate(invalid="ignore", divide="ignore"):  # as in a run
            for _ in range(months):
                self.simulation.advance()
                ledger = self.market.ledger
                self.ledgers.append({name: getattr(ledger, name).copy() for name in ledger._fields})
        return self

    def monthly(self, account: str, lender: int = 0) -> Floats:
        """Return an account of one bank month by month, shape (months, runs)."""
        mine = self.market.books_at(lender)
        return np.array([ledger[account][mine] for ledger in self.ledgers])

    def total(self, account: str, lender: int = 0) -> Floats:
        """Return an account of one bank added up over all months run, shape (runs,)."""
        return self.monthly(account, lender).sum(axis=0)

    def present_value(self, account: str, yearly: float) -> Floats:
        """Return an account discounted to the first month run, shape (runs,).

        `yearly` is a nominal rate, a twelfth of it charged for each month.
        """
        months = np.arange(len(self.ledgers))
        return (1.0 + yearly / 12.0) ** -months @ self.monthly(account)

    def per_run(self, mask: NDArray[np.bool_]) -> Floats:
        """Count the slots where `mask` (slots,) holds, shape (runs,)."""
        return mask.reshape(self.market.runs, -1).sum(axis=1).astype(float)


def quiet_bank() -> dict[str, Any]:
    """Return the policies of the quiet scenario's bank, for a second bank next to it."""
    return load_scenario(QUIET).banks["main"].model_dump(mode="json")


def _seeds(seed: int | Sequence[int], runs: int) -> list[int]:
    """Return the seeds of the runs, each from 0 to 2**63 - 1."""
    states = np.random.SeedSequence(seed).generate_state(runs, np.uint64)
    return [int(state >> np.uint64(1)) for state in states]
