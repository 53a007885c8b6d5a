"""The lending model as a `mesa.Model`, for users who build, watch and batch models with Mesa.

It simulates the same months as `simulate`, bit for bit.  Agents of firms and officers are created
when accessed, so a run costs no more than without them.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.core.errors import RequestError
from sim.core.paths import path_of
from sim.mesa_adapter.agent_registry import AgentRegistry
from sim.mesa_adapter.agents import Bank, Firm, LoanOfficer
from sim.mesa_adapter.all_agents import AllAgentSet
from sim.mesa_adapter.collector import default_collector
from sim.mesa_adapter.parts import Model, remove_from_register
from sim.mesa_adapter.request import one_seed, scenario_of, seed_of, settings_of
from sim.mesa_adapter.saving import load_model, save_model
from sim.mesa_adapter.sets import ColumnAgentSet
from sim.model.branch import branch
from sim.model.checkpoint import Checkpoint
from sim.model.kept_books import begun
from sim.model.result import Result, result_of

if TYPE_CHECKING:
    import pandas as pd

    from sim.state.market import Market


class LendingModel(Model):  # type: ignore[misc]
    """A market of firms and the banks that lend to them, one seed, stepped month by month.

    `scenario` is a scenario, the path of one, or None for the defaults.  With `books`, a checkpoint
    of one seed, the model goes on from these, under their scenario if none is given.  Settings are
    applied to it: as keywords, `firms__count=500`, or as a mapping by dotted key,
    `set={"firms.count": 500}`.
    `seed`, or Mesa's `rng`, is a whole number, a generator or a seed sequence, 7 if not given;
    iterations of `batch_run` then have the seeds 7, 8, ...  With `check` the books must balance
    every month.  The burn-in is simulated at once, so the first `step()` is month 1.

    A `DataCollector` put in `datacollector` collects after every step; the default one collects
    sums over the banks.  `running` turns false at the scenario's horizon.
    Raises `RequestError` for any error in scenario, settings or seed.
    """

    # `seed` is taken from kwargs because Mesa 3.5's batch_run overwrites a parameter of that
    # name; kwargs has this name because the dashboard of Mesa 3.3 looks for it
    def __init__(
        self,
        scenario: object = None,
        rng: object = None,
        *,
        set: Mapping[str, Any] | None = None,  # the name that load_scenario uses
        check: bool = True,
        books: Checkpoint | None = None,
        **kwargs: Any,
    ):
        seed = one_seed(books) if books else seed_of(kwargs.pop("seed", None), rng)
        super().__init__(rng=seed)
        asked = books.scenario if books and scenario is None else scenario
        resolved = scenario_of(asked, settings_of(set or {}, kwargs))
        self.simulation = (
            branch(books, resolved, check=check) if books else begun(resolved, [seed], check)
        )
        self._made = 0
        market = self.market
        seats, slots = market.officers.key.size, market.slots
        self.registries = {
            LoanOfficer: AgentRegistry(self, LoanOfficer, slots, slots + seats),
            Firm: AgentRegistry(self, Firm, 0, slots + seats),
        }
        self.banks = {name: Bank(self, name, k) for k, name in enumerate(resolved.banks)}
        self.datacollector = default_collector()
        while self.month < 0:
            self._advance()
        self.running = self.month < resolved.horizon

    def __repr__(self) -> str:
        horizon = self.simulation.scenario.horizon
        return (
            f"<LendingModel {self.simulation.scenario.name!r}: month {max(self.month, 0):,} of "
            f"{horizon:,}, {self.market.slots:,} firms, banks: {', '.join(self.banks)}>"
        )

    def _repr_html_(self) -> str:
        return f"<p>{html.escape(repr(self))}</p>"

    def checkpoint(self) -> Checkpoint:
        """Return the books as they are now, from which other models can go on."""
        return self.simulation.checkpoint()

    def branch(self, set: Mapping[str, Any] | None = None, **settings: Any) -> LendingModel:
        """Return a model that goes on from here under other settings; this one stays as it is.

        Banks, measures and the economy may change, lenders and firms may not.  Data collected so
        far and the user's own agents stay with this model.
        """
        kept = self.simulation
        return type(self)(
            kept.scenario, set=set, check=kept.check, books=kept.checkpoint(), **settings
        )

    def save(self, path: str | Path) -> None:
        """Write the model to a file of plain arrays and JSON; raises `RequestError` if it cannot.

        Data collected by a collector of the user, and the user's own agents, are not written.
        """
        save_model(self, path_of(path, "path"))

    @classmethod
    def load(cls, path: str | Path) -> LendingModel:
        """Return the model in a file that `save` wrote; it goes on with the same numbers.

        Raises `RequestError` where the file is missing, damaged, or of another model.
        """
        return load_model(cls, path_of(path, "path"))

    def step(self) -> None:
        """Simulate one more month, then collect data."""
        self._advance()
        self.running = self.month < self.simulation.scenario.horizon
        if self.datacollector is not None:
            self.datacollector.collect(self)

    def _advance(self) -> None:
        with np.errstate(invalid="ignore", divide="ignore"):
            self.simulation.advance()

    @property
    def month(self) -> int:
        """The last month simulated, 0 after the burn-in."""
        return self.simulation.month

    @property
    def market(self) -> Market:
        """Every table of the model, for reading only."""
        return self.simulation.market

    @property
    def months(self) -> pd.DataFrame:
        """One row per bank and month so far, as `simulate` returns them."""
        return self._result().months

    @property
    def summary(self) -> pd.DataFrame:
        """One row of outcomes per bank over the months so far, as `simulate` returns them."""
        return self._result().summary

    def _result(self) -> Result:
        if self.month < 1:
            raise RequestError("no month has been simulated after the burn-in; call step() first")
        return result_of(self.market, self.simulation.recorder)

    @property
    def npl_ratio(self) -> float:
        """Non-performing balance over gross loans of all banks; 0 without loans."""
        gross = self.total("gross_loans")
        return self.total("npl") / gross if gross > 0 else 0.0

    def total(self, name: str) -> float:
        """Return an entry of this month's ledger, summed over the banks, without the rival."""
        return float(sum(getattr(self.market.ledger, name)[: len(self.banks)]))

    def firm(self, slot: int) -> Firm:
        """Return the firm that is in a slot now."""
        registry = self.registries[Firm]
        whole = isinstance(slot, int | np.integer)
        if not whole or not 0 <= slot < self.market.slots:
            raise RequestError(f"no slot {slot!r:.60}; there are {self.market.slots}, from 0")
        firm: Firm = registry.agent(slot)
        return firm

    @property
    def agents(self) -> AllAgentSet:
        """All agents: the banks and other agent objects, the officers, and the firms."""
        rows = [ColumnAgentSet(registry) for registry in self.registries.values()]
        return AllAgentSet([super().agents, *rows], self.random)

    @property
    def agents_by_type(self) -> dict[type[Any], Any]:
        """The agents of each type; those of firms and officers are served from columns."""
        rows = {kind: ColumnAgentSet(registry) for kind, registry in self.registries.items()}
        return super().agents_by_type | rows

    @property
    def agent_types(self) -> list[type[Any]]:
        """The types of agents that there are."""
        return list(self.agents_by_type)

    @property
    def scenario(self) -> None:
        """None: Mesa's own scenario object, which its dashboard would use instead of ours."""
        return None

    @scenario.setter
    def scenario(self, value: object) -> None:
        pass

    def register_agent(self, agent: Any) -> None:
        """Register an agent object as Mesa does, but do not keep the model in Mesa's register."""
        super().register_agent(agent)
        if remove_from_register(self):
            self._made += 1
            agent.unique_id = self._made

    def remove_all_agents(self) -> None:
        """Raise `RequestError`: the agents belong to the model; delete the model to free it."""
        raise RequestError("agents of a lending model cannot be removed; delete the model instead")
