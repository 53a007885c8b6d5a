"""The months before there are banks: firms earn, grow apart, leave and enter, and nobody lends.

So banks begin in a market of firms of all ages, with the cash that a long calm time leaves them.
These months are made of the month's own steps, those of `STEPS`; steps of plug-ins have no part in
them, and no books are checked.
"""

from __future__ import annotations

from dataclasses import replace

from sim.model.bank_month import BankMonth, World
from sim.model.banks import Banks
from sim.model.plan import EachBank, Observer, Plan, run_plan
from sim.state.market import Market

STEPS = ("blank ledger", "economy", "quality", "earnings", "settlement", "entry and exit")


def nature_of(plan: Plan) -> Plan:
    """Return the steps of a plan that run in a month without banks."""
    return tuple(
        replace(part, steps=steps)
        for part in plan
        if (
            steps := tuple(
                one for one in part.steps if not isinstance(one, EachBank) and one.name in STEPS
            )
        )
    )


def run_nature(
    market: Market, world: World, banks: Banks, plan: Plan, observer: Observer, last: int
) -> None:
    """Simulate the months without banks, up to and including `last`."""
    steps = nature_of(plan)
    for month in range(market.month + 1, last + 1):
        run_plan(steps, BankMonth(market, month, world, banks, check=False), observer)
