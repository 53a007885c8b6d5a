"""A shared bureau tells each bank, once, at which looks an applicant was past due at the others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.credit.belief import update_dimensions_on_outcome
from sim.model.simulation import Simulation
from sim.state import post
from sim.state.facts import Investigated
from sim.state.market import Market
from sim.state.population import Population
from tests.model.worlds import advanced, scenario
from tests.steps import replace_posting

MONTHS = 30
LEVEL, SLOPE = -2.0, 0.6  # chance of being past due at a look, as the design states it


def simulated(shared: bool, banks: int = 2, price: float = 0.0, **screening: Any) -> Simulation:
    bureau = {"precision": 2.0, "shared": shared, "record_cost": price}
    staff = {"kind": "none"}  # every step is carried out
    bank = {
        "screening": {"kind": "investigation", "bureau": bureau} | screening,
        "staffing": staff,
        "approval": {"kind": "all"},
        "pricing": {"kind": "flat", "fixed": 0.08},  # whatever is believed
    }
    firms = {
        "count": 200,
        "volatility": 0.15,
        "demand": {"need_monthly": 0.4, "tenor_shares": [0.4, 0.4, 0.2, 0, 0]},
    }
    world = scenario(*[bank] * banks, firms=firms, horizon=MONTHS, burn_in={"months": 0})
    return Simulation(world, [1])


def test_files_count_a_look_each_quarter_of_a_loans_life() -> None:
    simulation = simulated(False)
    seen = np.zeros((2, 2, 200), int)  # bank, all or late, firm
    for month in range(1, MONTHS + 1):
        born = simulation.market.firms.generation.copy()
        advanced(simulation, month)
        loans, firms = simulation.market.loans, simulation.market.firms
        seen[:, :, firms.generation > born] = 0
        for bank in (0, 1):
            for slot in np.flatnonzero(loans.lender == bank):
                age = month - loans.granted[slot]
                first = loans.default_month[slot] == month
                if age and age % 3 == 0 and (first or not loans.defaulted[slot]):
                    assert not first or loans.dpd[slot] > 90
                    seen[bank, 0, slot] += not first
                    seen[bank, 1, slot] += not first and loans.dpd[slot] > 0
    files = [simulation.market.file_of(bank) for bank in (0, 1)]
    counted = np.array([[file.looks, file.late_looks] for file in files])
    # a loan called in or written off in the month of its look is gone before it can be seen here
    assert np.abs(counted - seen).sum() <= 0.02 * seen.sum()
    assert seen[:, 1].sum() > 30


def test_a_bank_learns_from_each_look_at_the_other_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two markets with the same past part at the record: the beliefs differ by its updates."""
    found: dict[bool, list[tuple[int, int, Any, Any]]] = {False: [], True: []}
    text: dict[tuple[int, int], tuple[int, int]] = {}
    book = post.investigations
    for shared in (False, True):
        bare = {"memory": 0.0, "learns_from_behaviour": False, "site_visit": {"precision": 0.0}}

        def investigations(market: Market, made: Investigated, shared: bool = shared) -> None:
            for k, slot in enumerate(made.rows):
                other = market.file_of(1 - made.lender)
                record = (int(other.looks[slot]), int(other.late_looks[slot]))
                mean, variance = made.mean[:, k].copy(), made.variance[:, k].copy()
                key = (market.month, int(slot))
                found[shared].append((*key, mean, variance))
                if shared:
                    before = market.file_of(made.lender)
                    heard = (int(before.heard_looks[slot]), int(before.heard_late[slot]))
                    text[key] = (record[0] - heard[0], record[1] - heard[1])
                    assert (made.heard.all[k], made.heard.late[k]) == record
            book(market, made)

        with monkeypatch.context() as patch:
            replace_posting(patch, post.investigations, investigations)
            simulation = simulated(shared, **bare)
            # all are approved at a fixed price, so both markets live the same
            advanced(simulation, MONTHS)
    plain = {(month, slot): (mean, variance) for month, slot, mean, variance in found[False]}
    differing, weights = 0, Population().weights
    for month, slot, mean, variance in found[True]:
        if (month, slot) not in plain:
            continue
        looks, late = text[month, slot]
        belief = plain[month, slot]
        for number in range(looks):
            belief = update_dimensions_on_outcome(
                weights, *belief, np.array(number < late), LEVEL, SLOPE
            )
        differing += looks > 0
        # the bureau is the last that is asked here, so the record comes on top of all else
        np.testing.assert_allclose(mean, belief[0], rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(variance, belief[1], rtol=1e-6)
    assert differing > 50
    assert any(late for _, late in text.values())
    assert any(looks == 0 for looks, _ in text.values())


def test_alone_there_is_nothing_to_tell() -> None:
    alone = {
        shared: advanced(simulated(shared, banks=1), MONTHS).market for shared in (False, True)
    }
    for name in ("belief_mean", "belief_variance", "heard_looks"):
        one, other = (getattr(market.file_of(0), name) for market in alone.values())
        np.testing.assert_array_equal(one, other)


def test_each_record_has_its_price_wherever_a_report_is_read() -> None:
    free, dear = (advanced(simulated(True, price=price), 1).market for price in (0.0, 70.0))
    paid = dear.ledger.file_cost - free.ledger.file_cost
    np.testing.assert_allclose(paid, 70.0 * free.ledger.applications)
    assert paid[0] > 0


def test_a_new_firm_has_no_record() -> None:
    simulation = advanced(simulated(True), MONTHS)
    firms = simulation.market.firms
    new = (firms.born == MONTHS) & (firms.generation > 0)
    for bank in (0, 1):
        file = simulation.market.file_of(bank)
        assert file.heard_looks.any()
        assert not file.looks[new].any()
        assert not file.heard_looks[new].any()
