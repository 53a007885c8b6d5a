"""Who guarantees a loan is who a search by hand finds, through components held as sets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.draws import salt
from sim.core.random_numbers import uniform
from sim.mechanisms import guarantees
from sim.model.simulation import Simulation
from sim.state.market import Market
from sim.state.partners import LARGE
from sim.state.purposes import Purpose
from tests.model.rough_circles import EASY, ROUGH, edges
from tests.model.worlds import advanced, scenario

CROWDED = {
    "guarantees": {"share": 1.0, "pairs": 0.3, "joins": 0.9, "chain": 0.2, "most": 4, "enough": 100}
}


class ByHand:
    """The search for guarantors of one month's loans."""

    def __init__(self, market: Market, rule: guarantees.Guarantees):
        self.market, self.rule = market, rule
        self.together: dict[int, set[int]] = {}
        self.wards: dict[int, list[int]] = {}
        for i, g, _ in edges(market):
            if market.firms.alive[g] and market.firms.born[g] < market.loans.granted[i]:
                self.link(i, g)
        self.before = set(self.together)

    def link(self, i: int, g: int) -> None:
        """Note that `g` guarantees the loan of `i`."""
        joined = self.together.get(i, {i}) | self.together.get(g, {g})
        self.together |= dict.fromkeys(joined, joined)
        self.wards.setdefault(g, []).append(i)

    def draw(self, i: int, purpose: Purpose) -> float:
        return float(uniform(self.market.firms.key[i], salt(purpose, self.market.month)))

    def pairs(self, i: int) -> bool:
        key = self.market.firms.key[i]
        return bool(uniform(key, salt(Purpose.GUARANTEE_HABIT, 0)) < self.rule.pairs)

    def first(self, i: int, u: float, among: set[int], *others: int) -> int:
        """Return the first of `among` from the place `u` on that a bank takes, -1 if none."""
        market, firms, loans = self.market, self.market.firms, self.market.loans
        each = market.firms_per_run
        start = int(firms.run[i]) * each
        for step in range(each):
            g = start + (int(u * each) + step) % each
            late = loans.lender[g] >= 0 and loans.dpd[g] > 0
            full = len(self.wards.get(g, [])) >= self.rule.most
            bad = late or full or not firms.alive[g] or firms.sector[g] != firms.sector[i]
            if g in among and g not in (i, *others) and not bad and self.pairs(g) == self.pairs(i):
                return g
        return -1

    def found(self, i: int) -> list[int]:
        """Return the guarantors that the firm in slot `i` finds."""
        rule, pairs, tied = self.rule, self.pairs(i), set(self.together)
        u, one = self.draw(i, Purpose.GUARANTOR_PLACE), -1
        if pairs and i in tied:
            return [self.wards[i][-1]] if i in self.wards else []
        if not pairs and self.draw(i, Purpose.GUARANTEE_JOINS) < rule.joins:
            kind = self.draw(i, Purpose.GUARANTEE_PATTERN) * (rule.chain + rule.fan + rule.circle)
            givers = set(self.wards)
            among = self.before - givers if kind < rule.chain else self.before
            if rule.chain <= kind < rule.chain + rule.fan:
                among = self.before & givers
            one = self.first(i, u, among)
            if one >= 0 and kind >= rule.chain + rule.fan:
                again = self.draw(i, Purpose.SECOND_GUARANTOR_PLACE)
                return [one, self.first(i, again, self.before & self.together[one], one)]
        alone = set(range(self.market.slots)) - tied
        if one < 0 and self.draw(i, Purpose.GUARANTOR_KNOWN) < rule.borrowers:
            one = self.first(i, u, alone & set(self.market.live.tolist()))
        return [one if one >= 0 else self.first(i, u, alone)]


RENEWED = {"renewal": {"kind": "repay_first"}}  # a renewed loan has old guarantors and new ones


@pytest.mark.parametrize(("month", "bank"), [(3, EASY), (9, EASY), (9, EASY | RENEWED)])
def test_guarantors_are_those_of_a_search_by_hand(
    month: int, bank: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    firms = ROUGH | {"demand": ROUGH["demand"] | {"bullet_share": 0.6 * ("renewal" in bank)}}
    world = scenario(bank, firms=firms, mechanisms=CROWDED, horizon=12, burn_in={"months": 9})
    simulation = advanced(Simulation(world, [1, 2]), month)
    searched: list[tuple[list[int], list[int]]] = []
    sizes = [0]

    def listened(rows: Any, needs: Any, *rest: Any) -> Any:
        market = simulation.market
        hand = ByHand(market, world.mechanisms.guarantees)  # type: ignore[attr-defined]
        firm, liable = found(rows, needs, *rest)
        for k in np.flatnonzero(needs):
            i = int(rows[k])
            expected = [g for g in hand.found(i) if g >= 0]
            got = [int(g) - 1 + int(market.firms.run[i]) * market.firms_per_run
                   for g in firm[:, k] if g > 0]  # fmt: skip
            searched.append((got, expected))
            for g in expected:
                hand.link(i, g)
        sizes.extend(len(circle) for circle in hand.together.values())
        return firm, liable

    found = guarantees.guarantors_found
    monkeypatch.setattr(guarantees, "guarantors_found", listened)
    advanced(simulation, month + 1)
    assert [got for got, _ in searched] == [expected for _, expected in searched]
    seconds = sum(len(got) == 2 for got, _ in searched)
    assert len(searched) > 20
    assert seconds > 3
    assert max(sizes) > LARGE
