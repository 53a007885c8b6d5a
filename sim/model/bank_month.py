"""A month as the banks' rules read it: besides market, parameters and facts, the banks at work.

This is the one record that passes through the plan of `sim.model.month`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sim.core.arrays import Floats
from sim.core.params import Params
from sim.model.bank import BankAtWork
from sim.model.banks import Banks
from sim.scenario.schema import Scenario
from sim.state.market import Market
from sim.state.month import Month, params_by_class


class World:
    """What a phase of a run is like for everyone: firms, economy, and all parameters by class."""

    def __init__(self, scenario: Scenario, month: int):
        self.firm_params = scenario.firms
        self.economy = scenario.economy_in(month)
        blocks = (self.firm_params, self.economy, scenario.mechanisms)
        self.params: Mapping[type, Params] = params_by_class(blocks)


class BankMonth(Month):
    """The month `number`; `bank` is the one whose turn it is, within `each_bank` only.

    With `check`, the books must balance at the month's end.
    """

    bank: BankAtWork

    def __init__(self, market: Market, number: int, world: World, banks: Banks, check: bool = True):
        super().__init__(market, number, world.params)
        self.firm_params = world.firm_params
        self.economy = world.economy
        self.banks = banks
        self.check = check

    @property
    def peaks(self) -> Floats:
        """The month of the year in which a sector's receipts are highest, shape (sectors,)."""
        return self.firm_params.by_sector("peak")
