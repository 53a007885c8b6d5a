"""Integrity: officers open to favours bend rules for firms, and audit, which costs, finds them.

Both arms live one honest burn-in, so in month 1 they differ by favours alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from sim.core.sight import Sight
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.market import Market
from sim.state.officers import OFFICERS
from tests.model.worlds import advanced, digest, scenario
from tests.steps import replace_rule

TEAM = {"kind": "officers", "turnover_monthly": 0.0, "clients_per_officer": 10.0, "audit": 0.0}
ALL = {"open_to_favours": 1.0, "favour": 1.0}
BLIND = {"cross_check": {"detection": 0.0}, "kind": "investigation"}
SHARP = {
    "kind": "investigation",
    "cross_check": {"detection": 0.6},
    "site_visit": {"precision": 0.0},
}
SOFT, HARD = [0, 2], [1, 3, 4]


def world(labour: dict[str, float], bank: dict[str, Any] | None = None, **content: Any) -> Scenario:
    """Return a market whose officers are as `labour` says from month 1 on, honest before."""
    new = {"staffing": TEAM} | (bank or {})
    old = {"months": 20, "banks": {"bank 0": new | {"staffing": TEAM}}, "economy": {}}
    return scenario(new, economy={"labour": labour}, **({"burn_in": old} | content))


def in_month_1(
    labour: dict[str, float], bank: dict[str, Any] | None = None, **content: Any
) -> Market:
    return advanced(Simulation(world(labour, bank, **content), [1, 2]), 1).market


def test_an_honest_staff_is_the_default_and_what_favours_are_like_is_then_nothing() -> None:
    usual = simulate(world({}), seeds=[1, 2]).months
    other = simulate(
        world({"favour": 1.0, "report_inflation": 3.0, "trace": 1.0}), seeds=[1, 2]
    ).months
    assert digest(usual) == digest(other)
    assert usual["favours"].sum() == usual["exposed"].sum() == 0.0


def test_what_an_officer_is_like_is_hidden_and_stays() -> None:
    assert {OFFICERS.columns[name].sight for name in ("integrity", "favours")} == {Sight.HIDDEN}
    few, many = (in_month_1({"open_to_favours": share}).officers for share in (0.2, 0.7))
    np.testing.assert_array_equal(few.integrity, many.integrity)
    rank = few.integrity
    assert ((rank > 0.0) & (rank < 1.0)).all()
    assert np.unique(rank).size == rank.size


def test_lies_that_were_caught_pass() -> None:
    liars = {"count": 300, "demand": {"need_monthly": 0.15, "liars": 0.9}}
    honest, bent = (in_month_1(labour, {"screening": SHARP}, firms=liars) for labour in ({}, ALL))
    new = honest.applications.made == 1
    np.testing.assert_array_equal(new, bent.applications.made == 1)
    caught = honest.applications.caught & new
    assert caught.sum() > 3
    assert not bent.applications.caught[new].any()
    # nobody is visited here, so each favour is a lie let pass
    assert bent.ledger.favours.sum() == caught.sum() + hidden(bent)
    assert bent.ledger.caught_lying.sum() == 0.0


def hidden(market: Market) -> float:
    """Return the renewals of this month, of which the bank ordered none."""
    return float(market.ledger.rolled_over.sum())


def test_reports_on_firms_known_are_too_good_and_on_strangers_true() -> None:
    honest, some, twice = (
        in_month_1(labour, {"screening": BLIND | {"owner_visit": {"precision": 2.0}}})
        for labour in ({}, ALL | {"report_inflation": 0.4}, ALL | {"report_inflation": 0.8})
    )
    stayed = np.all([market.firms.born < 1 for market in (honest, some, twice)], axis=0)
    new = np.flatnonzero((honest.applications.made == 1) & stayed)
    file = honest.file_of(0)
    known = file.known_since[new] < 1  # nobody has left since the burn-in began
    raised = (some.file_of(0).belief_mean - file.belief_mean)[:, new]
    further = (twice.file_of(0).belief_mean - file.belief_mean)[:, new]
    assert (raised[HARD] == 0.0).all()
    assert (raised[:, ~known] == 0.0).all()
    assert known.sum() > 5
    assert (~known).sum() > 2
    visited = raised[SOFT] > 0.0
    assert visited[:, known].mean() > 0.4  # some prescribed visits are left out
    assert (raised[SOFT] < 0.4).all()  # the belief weighs a report, it does not copy it
    np.testing.assert_allclose(further[SOFT], 2.0 * raised[SOFT], atol=1e-5)


def test_own_loans_that_fall_behind_are_renewed_behind_the_banks_back() -> None:
    honest, bent = (in_month_1(labour) for labour in ({}, ALL))
    behind = honest.loans.behind[honest.live_at(0)] > 0.0
    assert behind.any()
    assert hidden(honest) == 0.0
    assert hidden(bent) > 0.0
    rows = bent.live_at(0)
    sound = rows[~bent.loans.defaulted[rows]]
    assert (bent.loans.dpd[sound] == 0).all()
    assert bent.loans.renewed[sound].any()


def test_audit_has_them_replaced_and_the_bank_pays_for_that() -> None:
    strict = {"staffing": TEAM | {"audit": 1.0, "replacement_cost": 7_000.0}}
    honest, bent = (in_month_1(labour, strict) for labour in ({}, ALL | {"trace": 1.0}))
    new = bent.officers.generation > honest.officers.generation
    mine = bent.books_at(0)
    assert new.any()
    assert bent.ledger.exposed[mine].sum() == new.sum()
    assert (bent.officers.experience[new] == 0.0).all()
    assert (bent.officers.integrity[new] != honest.officers.integrity[new]).all()
    with_higher_prices = bent.ledger.training_cost[mine] - honest.ledger.training_cost[mine]
    np.testing.assert_allclose(with_higher_prices, 7_000.0 * bent.ledger.exposed[mine])
    # the successors own up to what they find
    theirs = bent.live_at(0)
    seats = bent.officer_rows(theirs, 0, bent.loans.seat[theirs])
    assert not bent.loans.renewed[theirs[new[seats]]].any()
    assert bent.ledger.brought_to_light[mine].sum() > 0.0


def test_the_more_favours_the_likelier_an_audit_finds_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.model import team

    asked: list[np.ndarray] = []
    judge = team.staff

    def staff(month: Any) -> Any:
        made, market = judge(month), month.market
        active = made.officers[market.officers.active[made.officers]]
        out = np.isin(active, made.exposed)
        asked.append(np.array([market.officers.favours[active], out], float))
        return made

    replace_rule(monkeypatch, judge, staff)
    audit, trace = 0.3, 0.5
    bank = {"staffing": TEAM | {"audit": audit}}
    Simulation(world(ALL | {"trace": trace}, bank), list(range(6))).run()
    favours, out = np.concatenate(asked, axis=1)
    for n in range(4):
        seen = out[favours == n]
        chance = 1.0 - 0.85**n  # each is opened with .3, and then shows with .5
        error = np.sqrt(chance * (1.0 - chance) / max(seen.size, 1))
        assert seen.size > 50
        assert abs(seen.mean() - chance) <= 4.0 * error


def test_audit_and_rotation_are_levers_against_favours() -> None:
    labour = ALL | {"open_to_favours": 0.4}
    lax, strict = (
        simulate(
            world(labour, {"staffing": TEAM | {"audit": a}}, horizon=24), seeds=range(4)
        ).months
        for a in (0.0, 0.5)
    )
    assert lax["exposed"].sum() == 0.0
    assert strict["exposed"].sum() > 0.0
    assert strict["favours"].sum() < 0.8 * lax["favours"].sum()
    assert strict["fixed_cost"].sum() > lax["fixed_cost"].sum()
    # who has just come knows no firm, so right after a move nobody is flattered
    blind = {"screening": BLIND}
    still, moved = (
        advanced(
            Simulation(world(ALL, blind | {"staffing": TEAM | {"rotation_months": m}}), [1]), 7
        )
        for m in (0, 6)
    )
    flattered = [sim.market.ledger.favours.sum() - hidden(sim.market) for sim in (still, moved)]
    assert flattered[0] > 0.0
    assert flattered[1] == 0.0


def test_a_machine_does_no_favours() -> None:
    months = simulate(world(ALL, {"staffing": {"kind": "none"}}), seeds=[1]).months
    assert months["favours"].sum() == 0.0


@pytest.mark.parametrize("name", ["open_to_favours", "favour", "trace"])
def test_a_share_above_one_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match=name):
        world({name: 1.5})
