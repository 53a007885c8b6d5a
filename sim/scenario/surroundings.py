"""The surroundings of banks: the blocks `firms:` and `economy:` of a scenario.

Each package declares its own parameters; this file only says where in a scenario they belong.
"""

from __future__ import annotations

from functools import cached_property

from sim.core.params import Params, group, param
from sim.mechanisms.earnings import Earnings
from sim.state.population import Population
from sim.state.regulation import Regulation
from sim.state.temptation import Temptation
from sim.world.assets import Assets
from sim.world.collateral import CollateralPrices
from sim.world.conduct import Labour
from sim.world.demand import Demand
from sim.world.macro import Macro
from sim.world.prospecting import Prospects
from sim.world.resolution import Resolution
from sim.world.shadow import Yardstick
from sim.world.signals import Readings
from sim.world.take_up import Projects, TakeUp
from sim.world.treasury import Treasury
from sim.world.urgency import Urgency


class FirmParams(Population):
    """The firms of a branch's market, and how they behave."""

    earnings: Earnings = group(Earnings, "cash flow")
    temptation: Temptation = group(Temptation, "moral hazard")
    treasury: Treasury = group(Treasury, "owners' draws and informal credit")
    demand: Demand = group(Demand, "need for credit, and honesty")
    prospects: Prospects = group(Prospects, "how applications follow a bank's prospecting")
    projects: Projects = group(Projects, "what a loan is used for")
    take_up: TakeUp = group(TakeUp, "waiting, rivals, acceptance")
    readings: Readings = group(Readings, "noise in what banks observe about firms")
    urgency: Urgency = group(Urgency, "cost of waiting, and how firms respond to it")
    assets: Assets = group(Assets, "assets that firms could pledge")
    yardstick: Yardstick = group(Yardstick, "potential outcomes of a sample of applications")

    @cached_property
    def choose(self) -> bool:
        """Whether firms compare the offers of several banks, or weigh an offer against waiting."""
        return self.demand.banks_asked > 1 or self.urgency.daily > 0.0


class EconomyParams(Params):
    """Conditions that no firm and no bank of the market decides."""

    macro: Macro = group(Macro, "common and sector factors")
    collateral_prices: CollateralPrices = group(CollateralPrices, "prices of pledged assets")
    resolution: Resolution = group(Resolution, "recoveries on defaulted loans")
    labour: Labour = group(Labour, "officers whom banks can hire")
    regulation: Regulation = group(Regulation, "what a supervisor prescribes")
    funding_rate: float = param(
        0.025, unit="1/year", ge=-0.1, le=1, source="A: deposits and transfer price",
        meaning="rate on a bank's funding",
    )  # fmt: skip
    discount_rate: float = param(
        0.05, unit="1/year", ge=0, le=1, source="A: design notes, section 5",
        meaning="rate at which recoveries are discounted",
    )  # fmt: skip
    tax_rate: float = param(
        0.25, unit="share of profit", ge=0, lt=1, source="R: corporate income tax",
        meaning="tax on profit",
    )  # fmt: skip
    unknown_pd: float = param(
        0.04, unit="probability", ge=0, le=1, source="A: experience of similar banks",
        meaning="mean PD that a lender assumes of its book before it has a loan",
    )  # fmt: skip
