"""Before there are banks, firms earn, leave and enter; banks then begin as ever."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.errors import RequestError
from sim.model import month
from sim.model.branch import branch
from sim.model.kept_books import KEPT, begun
from sim.model.plan import Step, for_later
from sim.model.plan_edits import steps_of, with_step
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.model.without_banks import STEPS, nature_of
from sim.runs.chunks import burn_in_months
from sim.scenario.comparable import refuse_incomparable
from sim.scenario.schema import Scenario
from sim.state.shadows import SHADOWS
from tests.model.worlds import advanced, columns, digest, scenario

BANKS: dict[str, Any] = {"main": {}}
FIRMS = {
    "count": 150,
    "volatility": 0.2,
    "quality_half_life": 24.0,
    "demand": {"need_monthly": 0.15},
}
NATURE = 40


def world(nature: int = NATURE, **content: Any) -> Scenario:
    burn_in = {"months": 8, "nature_months": nature, "banks": BANKS}
    usual = {"firms": FIRMS, "burn_in": burn_in, "banks": BANKS, "horizon": 6}
    return scenario(**(usual | content))


def test_its_steps_are_those_of_the_month_in_their_order() -> None:
    names = [step.name for _, _, step in steps_of(month.PLAN) if step.name in STEPS]
    assert [step.name for _, _, step in steps_of(nature_of(month.PLAN))] == names
    assert set(names) == set(STEPS)


def test_firms_have_ages_and_no_bank_has_done_anything() -> None:
    simulation = Simulation(world(), [5])
    market = simulation.market
    assert (simulation.month, market.first_month, market.first_of_nature) == (-8, -7, -7 - NATURE)
    assert np.unique(market.firms.born).size > 3
    assert market.firms.born.min() == -8 - NATURE
    assert (market.firms.generation > 0).any()
    assert market.firms.informal_debt.any()
    assert not market.live.size
    assert (market.loans.lender < 0).all()
    assert (market.relations.belief_variance == 1.0).all()
    assert not market.books.gross_loans.any()
    assert (market.officers.since == -8).all()
    assert not market.table(SHADOWS).active.any()
    simulation.run()  # every month's books balance
    assert market.ledger.loans[0] > 0
    alive = market.firms.alive.sum()
    assert alive == (market.economy.entered - market.economy.exited)[0]


def test_the_economy_runs_on_from_its_first_month() -> None:
    macro = {"persistence": 0.96, "cycle_sd": 0.7}
    whole = world(0, economy={"macro": macro}, burn_in={"months": 8 + NATURE, "banks": BANKS})
    with_nature = world(economy={"macro": macro})
    seeds = list(range(60))
    one, other = (advanced(Simulation(w, seeds), 0).market for w in (whole, with_nature))
    np.testing.assert_array_equal(one.economy.macro, other.economy.macro)
    np.testing.assert_array_equal(one.economy.sector, other.economy.sector)
    assert one.economy.macro.std() == pytest.approx(0.7, rel=0.3)


def test_without_such_months_nothing_is_other_than_before() -> None:
    plain = world(0)
    one, other = Simulation(plain, [5]), Simulation(world(1), [5])
    assert one.market.firms.born.min() == -8
    assert other.market.firms.born.min() == -9
    assert plain.start_hash != world(1).start_hash


@pytest.mark.parametrize("when", [-5, 0, 3])
def test_it_goes_on_from_its_books(when: int) -> None:
    books = advanced(Simulation(world(), [5, 6]), when).checkpoint()
    whole = Simulation(world(), [5, 6]).run()
    again = branch(books).run()
    for (name, left), (_, right) in zip(
        columns(whole.market, 1), columns(again.market, 1), strict=True
    ):
        assert left.tobytes() == right.tobytes(), name
    with pytest.raises(RequestError, match=r"burn_in\.nature_months was 40 there and is 41 here"):
        branch(books, world(41))


@pytest.mark.parametrize("months", [0, 8])
def test_arms_share_these_months(months: int) -> None:
    KEPT.clear()
    burn_in = {"months": months, "nature_months": NATURE, "banks": BANKS}
    base = world(burn_in=burn_in)
    arm = world(burn_in=burn_in, banks={"main": {"growth_target": 0.4}})
    assert base.start_hash == arm.start_hash
    begun(base, [5]).run()
    assert len(KEPT) == 1
    kept = begun(arm, [5]).run()
    assert len(KEPT) == 1
    KEPT.clear()
    whole = Simulation(arm, [5]).run()
    for name in ("months", "summary"):
        left, right = (
            getattr(result_of(one.market, one.recorder, None), name) for one in (kept, whole)
        )
        assert digest(left) == digest(right)


def test_steps_of_plug_ins_have_no_part_in_them() -> None:
    called: list[int] = []
    step = Step("count", lambda now: called.append(now.number), for_later)
    simulation = Simulation(world(), [5], plan=with_step(month.PLAN, step, after="earnings"))
    assert called == []
    advanced(simulation, 0)
    assert called == list(range(-7, 1))


def test_their_work_is_in_the_forecast_and_in_what_can_be_compared() -> None:
    assert burn_in_months(world(0)) == 8
    assert 8 < burn_in_months(world(40)) < 48
    with pytest.raises(RequestError, match=r"burn_in\.nature_months is 40 and 41 months"):
        refuse_incomparable({"one": world(40), "other": world(41)})


def test_an_heir_takes_over_the_market_of_the_firm_before_it() -> None:
    def market(heirs: bool) -> Any:
        return Simulation(world(120, firms=FIRMS | {"heirs": heirs, "count": 400}), [5]).market

    first = Simulation(world(0, firms=FIRMS | {"count": 400}), [5]).market.firms
    for heirs in (False, True):
        firms = market(heirs).firms
        new = firms.generation > 0
        assert new.sum() > 30
        for name in ("sector", "turnover", "volatility", "costs", "opportunism"):
            same = getattr(firms, name)[new] == getattr(first, name)[new]
            assert same.all() if heirs else same.mean() < 0.5, name
        assert (firms.honesty[new] != first.honesty[new]).all()
        assert (firms.key[new] != first.key[new]).all()
    newest = new & (firms.born == -8)
    np.testing.assert_array_equal(firms.cash[newest], 1.5 * firms.costs[newest])
