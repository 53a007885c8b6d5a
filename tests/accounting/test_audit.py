"""Random worlds under audit: loans in order, no money from nowhere, no request lost."""

from __future__ import annotations

import pytest
from hypothesis import given

from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.market import Market
from tests.accounting.audit import Auditor
from tests.accounting.pulled_levers import everything, with_everything
from tests.accounting.random_worlds import quick, scenarios, seeds


@pytest.fixture(scope="module")
def auditor() -> Auditor:
    with pytest.MonkeyPatch.context() as patch:
        yield Auditor(patch)


@pytest.mark.thorough
@quick
@with_everything
@given(scenario=scenarios(), chosen=seeds)
def test_every_month_is_in_order(auditor: Auditor, scenario: Scenario, chosen: list[int]) -> None:
    auditor.follow(Simulation(scenario, chosen))


@pytest.mark.parametrize("turn", [0, 1])
def test_every_month_of_a_world_at_full_stretch_is_in_order(auditor: Auditor, turn: int) -> None:
    auditor.follow(Simulation(everything(turn), [turn, 99]))


def _gift(market: Market) -> None:
    market.tables.firms.cash[3] += 1.0


def _two_requests(market: Market) -> None:
    market.tables.applications.lender[market.live[0]] = 0


def _forgotten_request(market: Market) -> None:
    market.tables.ledger.decided[0] -= 1.0


def _overlooked_default(market: Market) -> None:
    market.tables.loans.dpd[market.live[0]] = 120


@pytest.mark.parametrize("fault", [_gift, _two_requests, _forgotten_request, _overlooked_default])
def test_the_auditor_finds_what_is_planted(fault: object, auditor: Auditor) -> None:
    scenario = Scenario.model_validate(
        {"horizon": 12, "burn_in": {"months": 6}, "firms": {"count": 120}}
    )
    simulation = Simulation(scenario, [1], check=False)
    honest = simulation.advance

    def meddle() -> None:
        honest()
        if simulation.month == 4:
            fault(simulation.market)  # type: ignore[operator]
            auditor.closing["cash"] = simulation.market.firms.cash.copy()

    simulation.advance = meddle  # type: ignore[method-assign]
    with pytest.raises(AssertionError):
        auditor.follow(simulation)
