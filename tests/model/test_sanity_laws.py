"""Laws that any bank would expect: what a looser rule or a worse year must do."""

from __future__ import annotations

from typing import Any

import pytest

from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state import post
from sim.state.facts import Decided
from sim.state.market import Market
from tests.model.worlds import scenario
from tests.steps import replace_posting

PLAIN: dict[str, Any] = {
    "staffing": {"kind": "none"},
    "pricing": {"kind": "flat", "fixed": 0.08},
    "growth_target": -1.0,
}


def month_one(patch: pytest.MonkeyPatch, approval: dict[str, Any]) -> dict[int, bool]:
    """Return who was decided in month 1, and whether approved, after the same burn-in."""
    base = {"bank 0": PLAIN | {"approval": {"kind": "cut_off", "override": 0.0}}}
    world = scenario(
        PLAIN | {"approval": approval},
        horizon=1,
        firms={"count": 2000},
        burn_in={"months": 10, "banks": base},
    )
    found: dict[int, bool] = {}
    book = post.decisions

    def decisions(market: Market, made: Decided) -> None:
        if market.month == 1:
            found.update(zip(made.rows.tolist(), made.approved.tolist(), strict=True))
        book(market, made)

    with patch.context() as inner:
        replace_posting(inner, post.decisions, decisions)
        Simulation(world, [1, 2]).run()
    return found


def test_a_higher_cut_off_approves_whom_a_lower_one_did_and_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def passed(pd_max: float) -> set[int]:
        rule = {"kind": "cut_off", "pd_max": pd_max, "override": 0.0}
        answers = month_one(monkeypatch, rule)
        asked.append(set(answers))
        return {slot for slot, approved in answers.items() if approved}

    asked: list[set[int]] = []
    strict, usual, loose = passed(0.01), passed(0.06), passed(0.5)
    assert asked[0] == asked[1] == asked[2], "the same applicants"
    assert strict < usual < loose


def test_more_overrides_reach_whom_fewer_did_and_more(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [{"kind": "cut_off", "pd_max": 0.02, "override": share} for share in (0.0, 0.4, 1.0)]
    few, some, many = (
        {slot for slot, approved in month_one(monkeypatch, rule).items() if approved}
        for rule in rules
    )
    assert few < some < many


def defaults(**content: Any) -> float:
    """Return defaults over four seeds of a market that everyone may borrow in."""
    bank = PLAIN | {"approval": {"kind": "all"}, "screening": {"kind": "none"}}
    firms = {"count": 400, "demand": {"need_monthly": 0.15}} | content.pop("firms", {})
    world: Scenario = scenario(bank, firms=firms, horizon=24, **content)
    return float(simulate(world, seeds=[1, 2, 3, 4]).summary["defaults"].sum())


def test_a_harder_world_has_more_defaults() -> None:
    usual = defaults()
    assert usual > 20
    assert defaults(firms={"volatility": 0.2}) > usual > defaults(firms={"volatility": 0.03})
    assert defaults(firms={"margin": 0.02}) > usual > defaults(firms={"margin": 0.2})
    slump = {"macro": {"shift": -3.0, "months": 24}}
    boom = {"macro": {"shift": 3.0, "months": 24}}
    assert defaults(economy=slump) > usual > defaults(economy=boom)
    assert defaults(firms={"earnings": {"ruin_chance": 0.5}}) > usual
    assert defaults(firms={"temptation": {"omega": 50.0}}) > usual


def test_a_market_of_one_sector_is_lent_to_where_no_limit_is_set() -> None:
    def approved(sectors: dict[str, Any]) -> float:
        firms = {"count": 400, "demand": {"need_monthly": 0.15}, "sectors": sectors}
        return float(simulate(scenario(firms=firms), 1).summary["approval_rate"].iloc[0])

    one = approved({"trade": {"share": 1.0}})
    two = approved({"trade": {"share": 0.5}, "works": {"share": 0.5}})
    assert one == pytest.approx(two, abs=0.1)
    assert one > 0.2
