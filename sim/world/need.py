"""Need: which firms need credit now; `rule` holds the parameters of `sim.world.demand`."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.random_numbers import uniform
from sim.state.firms import WOUND_UP


@compiled
def chance_of_need(cash, costs, rule):  # type: ignore[no-untyped-def]
    """Return the chance that a firm with this cash and costs needs credit now; all numbers."""
    short = cash < rule.short_below * costs
    return rule.need_monthly * (rule.need_when_short if short else 1.0)


@compiled
def all_needs(firms, loans, applications, rule, need_salt):  # type: ignore[no-untyped-def]
    """Return which slots need credit now and have no loan or open application, (slots,)."""
    needs = np.empty(firms.key.size, np.bool_)
    for i in range(needs.size):
        chance = chance_of_need(firms.cash[i], firms.costs[i], rule)
        free = (loans.lender[i] < 0) & (applications.lender[i] < 0)
        stays = firms.alive[i] & (firms.low_months[i] != WOUND_UP)  # in the market, not leaving it
        needs[i] = free & stays & (uniform(firms.key[i], need_salt) < chance)
    for at in range(needs.size, applications.lender.size):  # tables of further banks
        needs[at % needs.size] &= applications.lender[at] < 0
    return needs


@compiled
def all_chances_of_need(firms, loans, applications, rule):  # type: ignore[no-untyped-def]
    """Return the chance that each slot needs credit now, 0 as `all_needs` would leave it, (slots,).

    A slot with a loan or an open application needs none.
    """
    chances = np.empty(firms.key.size)
    for i in range(chances.size):
        free = (loans.lender[i] < 0) & (applications.lender[i] < 0)
        stays = firms.alive[i] & (firms.low_months[i] != WOUND_UP)
        chance = chance_of_need(firms.cash[i], firms.costs[i], rule)
        chances[i] = chance if free & stays else 0.0
    for at in range(chances.size, applications.lender.size):  # tables of further banks
        chances[at % chances.size] *= applications.lender[at] < 0
    return chances
