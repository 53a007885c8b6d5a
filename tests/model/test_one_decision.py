"""One decision turned round changes that firm's path and, with nothing coupled, nothing else.

A firm's luck is its own, so a coupling that is switched off must leave no trace: not one bit of any
other firm, loan, request or file may differ for the rest of the run.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.model.simulation import Simulation
from sim.policies.approval.cut_off import CutOff
from sim.scenario.schema import Scenario
from sim.state import post
from sim.state.facts import Decided
from sim.state.market import Market
from tests.model.worlds import UNCOUPLED, differing, scenario
from tests.steps import replace_posting

BY_FIRM = ("firms", "loans", "applications", "relations", "shadows")
MONTH = 3


class Ask(NamedTuple):
    """A decision that a bank made."""

    slot: int
    bank: int
    approved: bool
    walked: bool
    taken: bool


class Lived(NamedTuple):
    """A run to its end, and what was decided in the month in question."""

    market: Market
    decided: list[Ask]


def live(patch: pytest.MonkeyPatch, world: Scenario, other_way: Ask | None = None) -> Lived:
    """Live a scenario; with `other_way`, one decision of one month is turned round."""
    decided: list[Ask] = []
    judge, book = CutOff.approve, post.decisions

    def approve(policy: CutOff, files: Any, *args: Any) -> np.ndarray:
        out = judge(policy, files, *args)
        if other_way is not None and simulation.market.month == MONTH:
            out = np.where(files.rows == other_way.slot, not other_way.approved, out)
        return out

    def decisions(market: Market, made: Decided) -> None:
        if market.month == MONTH:
            yes, left, taken = made.approved, made.walked, made.taken
            for i, *answer in zip(made.rows, yes, left, taken, strict=True):
                decided.append(Ask(int(i), made.lender, *map(bool, answer)))
        book(market, made)

    with patch.context() as inner:
        inner.setattr(CutOff, "approve", approve)
        replace_posting(inner, post.decisions, decisions)
        simulation = Simulation(world, [21, 22])
        simulation.run()
    return Lived(simulation.market, decided)


def strangers(one: Market, other: Market, slot: int) -> list[str]:
    """Return the columns in which any firm but the one in `slot` differs by a bit."""
    found = []
    for table in BY_FIRM:
        for name in getattr(one, table)._fields:
            left, right = getattr(getattr(one, table), name), getattr(getattr(other, table), name)
            width = left.shape[-1]
            others = np.arange(width) % one.slots != slot
            if left[..., others].tobytes() != right[..., others].tobytes():
                found.append(f"{table}.{name}")
    return found


def uncoupled(bank: dict[str, Any] | None = None, **content: Any) -> Scenario:
    both = UNCOUPLED | (bank or {})
    return scenario(both, both, **({"horizon": 20, "burn_in": {"months": 8}} | content))


@pytest.mark.parametrize("approved", [False, True])
def test_with_nothing_coupled_nobody_else_notices(
    approved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = uncoupled()
    base = live(monkeypatch, world)
    asks = [ask for ask in base.decided if ask.approved == approved and not ask.walked]
    assert len(asks) >= 5, "too few decisions to turn round"
    turned = 0
    for ask in asks[:8]:
        other = live(monkeypatch, world, other_way=ask)
        assert strangers(base.market, other.market, ask.slot) == []
        # the other seed is another world: not even its banks notice
        run = ask.slot // base.market.firms_per_run
        assert differing(base.market, 1 - run, other.market, 1 - run) == []
        own = [base.market.firms.cash[ask.slot], other.market.firms.cash[ask.slot]]
        turned += own[0] != own[1]
    assert turned >= 3, "the firm itself must notice"


COUPLINGS: dict[str, dict[str, Any]] = {
    "the rate follows the book": {"pricing": {"kind": "flat", "margin": -0.01}},
    "officers tire": {"staffing": {"kind": "officers", "hours_per_month": 20.0}},
    "a limit per sector": {"approval": {"kind": "cut_off", "override": 0.0, "sector_limit": 0.3}},
    "capital binds": {"capital": {"kind": "standardised", "minimum": 0.124, "target": 0.125}},
}
# in a bank's first three years head office makes up for losses, so capital binds after them
OLD = {"burn_in": {"months": 37}, "firms": {"count": 150, "volatility": 0.08}}


@pytest.mark.parametrize("coupling", COUPLINGS)
@pytest.mark.thorough
def test_a_coupling_that_is_on_carries_the_change_to_others(
    coupling: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = uncoupled(COUPLINGS[coupling], **(OLD if coupling == "capital binds" else {}))
    base = live(monkeypatch, world)
    asks = [ask for ask in base.decided if ask.taken][:8]
    changed = [
        strangers(base.market, live(monkeypatch, world, other_way=ask).market, ask.slot)
        for ask in asks
    ]
    assert any(changed)
