"""Who is tied to whom, guarantee by guarantee, against circles held as sets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.model.simulation import Simulation
from sim.state.circles import UNNAMED, give_name, go_through, last_ward, link, network_of, wards
from sim.state.guarantors import NOBODY
from tests.model.worlds import scenario

FIRMS = 60


def empty_network() -> Any:
    """Return a network of firms that are all alone."""
    market = Simulation(scenario(firms={"count": FIRMS}), [1]).market
    net = network_of(market)
    net.last[:] = NOBODY
    net.circle[:] = UNNAMED
    return net


@pytest.mark.parametrize("seed", range(5))
def test_circles_and_their_names_grow_with_every_guarantee(seed: int) -> None:
    random, net = np.random.default_rng(seed), empty_network()
    together = {firm: {firm} for firm in range(FIRMS)}
    given: dict[int, list[int]] = {firm: [] for firm in range(FIRMS)}
    for i in random.permutation(FIRMS)[:45]:
        found = random.choice(np.delete(np.arange(FIRMS), i), 2, replace=False)
        if random.random() < 0.7:
            found[1] = NOBODY
        link(i, tuple(found), net)
        for g in found[found >= 0]:
            joined = together[i] | together[g]
            together |= dict.fromkeys(joined, joined)
            given[int(g)].append(int(i))
        if random.random() < 0.2 and net.circle[i] == UNNAMED:
            give_name(go_through(i, net), i, net)
        for firm, circle in together.items():
            size = go_through(firm, net)
            assert set(net.members[:size].tolist()) == circle
            assert len(set(net.circle[list(circle)])) == 1  # all have one name, or none
    names = {frozenset(circle): net.circle[firm] for firm, circle in together.items()}
    known = [name for name in names.values() if name != UNNAMED]
    assert known
    assert len(set(known)) == len(known)
    for firm, loans in given.items():
        assert wards(firm, FIRMS, net) == len(loans)
        assert last_ward(firm, net) == (loans[-1] if loans else NOBODY)
