"""Sets of rows answer as Mesa's own sets of the same agents do, and as the arrays say.

The yardstick is a set of Mesa's own class that holds the same agents one by one.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np
import pytest
from mesa.agent import AgentSet

from sim.core.errors import RequestError
from sim.mesa_adapter.agents import Bank, Firm, LoanOfficer
from sim.mesa_adapter.lending_model import LendingModel
from sim.mesa_adapter.sets import ColumnAgentSet


@pytest.fixture(scope="module")
def model() -> LendingModel:
    """A model to be read only."""
    settings: dict[str, Any] = {"banks": {"a": {}, "b": {}}, "firms.count": 400}
    simulated = LendingModel(seed=4, burn_in__months=8, horizon=4, set=settings)
    simulated.run_model()
    return simulated


@pytest.fixture(params=["all", "some"])
def firms(model: LendingModel, request: pytest.FixtureRequest) -> ColumnAgentSet:
    """All firms, or some in an order of their own, with a dice of their own."""
    chosen: ColumnAgentSet = model.agents_by_type[Firm]
    if request.param == "some":
        chosen = ColumnAgentSet(chosen.registry, chosen.rows[::-3])
    chosen.random = Random(1)
    return chosen


def stock(agents: Any) -> AgentSet:
    """Return Mesa's own set of the same agents in the same order."""
    return AgentSet(list(agents), random=Random(1))


def of_good_size(firm: Any) -> bool:
    return bool(firm.turnover > 3e6)


QUESTIONS: dict[str, Callable[[Any], Any]] = {
    "len": len,
    "get": lambda s: s.get("cash"),
    "get several": lambda s: s.get(["cash", "sector", "diverting", "unique_id"]),
    "get other": lambda s: s.get("gone"),
    "get missing": lambda s: s.get("beard", "default", -1),
    "get some missing": lambda s: s.get(["cash", "beard"], handle_missing="default"),
    "agg": lambda s: s.agg("cash", np.mean),
    "agg several": lambda s: s.agg("turnover", [min, max, len]),
    "agg vector": lambda s: s.agg("quality", lambda q: np.mean(q, axis=0).tolist()),
    "agg other": lambda s: s.agg("unique_id", max),
    "select": lambda s: list(s.select(of_good_size)),
    "select first": lambda s: list(s.select(at_most=3)),
    "select share": lambda s: list(s.select(at_most=0.25)),
    "select more than one": lambda s: list(s.select(at_most=2.5)),
    "select none": lambda s: list(s.select(at_most=0)),
    "select first good": lambda s: list(s.select(of_good_size, at_most=4)),
    "select share of good": lambda s: list(s.select(of_good_size, at_most=0.1)),
    "select type": lambda s: list(s.select(agent_type=Firm)),
    "select other type": lambda s: list(s.select(of_good_size, agent_type=Bank)),
    "select good of type": lambda s: list(s.select(of_good_size, agent_type=Firm)),
    "sort": lambda s: list(s.sort("cash")),
    "sort up": lambda s: list(s.sort("cash", ascending=True)),
    "sort ties": lambda s: list(s.sort("sector")),
    "sort ties up": lambda s: list(s.sort("sector", ascending=True)),
    "sort by function": lambda s: list(s.sort(lambda firm: firm.cash / firm.turnover)),
    "shuffle": lambda s: list(s.shuffle()),
    "map": lambda s: s.map(lambda firm, by: firm.cash * by, by=2),
    "map name": lambda s: s.map("file_at", "a")[3].belief_mean.tolist(),
    "iterate": list,
    "to list": lambda s: [s[0], s[-1], *s[2:4]],
    "contains": lambda s: [firm in s for firm in (s[0], s[5])],
    "count": lambda s: s.groupby("sector").count(),
    "groups": lambda s: {k: list(v) for k, v in s.groupby("sector").groups.items()},
    "group order": lambda s: list(s.groupby("sector").groups),
    "groups as lists": lambda s: s.groupby("sector", result_type="list").groups,
    "groups by function": lambda s: {k: list(v) for k, v in s.groupby(of_good_size)},
    "group agg": lambda s: s.groupby("sector").agg("cash", np.sum),
    "group list agg": lambda s: s.groupby("sector", result_type="list").agg("cash", np.sum),
    "group map": lambda s: s.groupby("sector").map(len),
    "less": lambda s: set(s - s.select(of_good_size)),
    "and": lambda s: set(s & s.select(of_good_size)),
    "or": lambda s: set(s.select(at_most=2) | s.select(of_good_size)),
    "and none": lambda s: len(s.select(at_most=0) & s),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_those_of_mesas_own_set(firms: ColumnAgentSet, question: str) -> None:
    ask = QUESTIONS[question]
    if question == "to list":  # Mesa 3.5 warns of indexing
        every = list(firms)
        assert ask(firms) == [every[0], every[-1], *every[2:4]]
    elif question == "contains":
        assert ask(firms) == [True, True]
    elif question == "map name":
        assert ask(firms) == list(firms)[3].file_at("a").belief_mean.tolist()
    elif question == "and none":
        assert ask(firms) == 0
    else:
        assert_same(ask(firms), ask(stock(firms)))


def assert_same(ours: Any, theirs: Any) -> None:
    if isinstance(ours, dict):
        assert list(ours) == list(theirs)
        for key in ours:
            assert_same(ours[key], theirs[key])
    elif isinstance(ours, float):
        assert ours == pytest.approx(theirs, rel=1e-12)  # sums in another order
    else:
        assert ours == theirs


def test_columns_are_the_arrays_of_the_market(model: LendingModel) -> None:
    firms = model.agents_by_type[Firm]
    market = model.market
    assert np.array_equal(firms.column("cash"), market.firms.cash)
    assert np.array_equal(firms.column("quality"), market.firms.quality.T)
    assert firms.agg("cash", np.sum) == market.firms.cash.sum()
    assert firms.get("sector") == market.firms.sector.tolist()
    poor = firms.select(firms.column("cash") < 0)
    assert np.array_equal(poor.rows, np.flatnonzero(market.firms.cash < 0))
    by_sector = firms.groupby("sector").agg("cash", np.mean)
    for sector, mean in by_sector.items():
        assert mean == market.firms.cash[market.firms.sector == sector].mean()
    firms.column("cash")[:] = 0.0  # a fresh array: nothing is written
    assert market.firms.cash.any()


def test_questions_that_name_columns_make_no_agents() -> None:
    model = LendingModel(firms__count=100, burn_in__months=2, horizon=2)
    for firms in (model.agents_by_type[Firm], model.agents_by_type[Firm].select(at_most=50)):
        firms.get(["cash", "unique_id"])
        firms.agg("cash", np.sum)
        firms.groupby("sector").agg("cash", np.mean)
        firms.sort("cash").select(firms.sort("cash").column("cash") > 0).select(at_most=0.5)
        firms.shuffle().set("cash", 5.0)
        firms.get("beard", handle_missing="default")
    assert len(model.agents) == 102
    assert model.agents.get("unique_id")[-1] == model.agents_by_type[Firm].get("unique_id")[-1]
    assert model.registries[Firm].made == 0
    assert set(model.agents_by_type[Firm].get("cash")) == {5.0}


def test_in_place_changes_are_to_this_set_alone(model: LendingModel) -> None:
    firms = model.agents_by_type[Firm]
    assert firms.select(inplace=True) is firms
    assert len(firms) == 400
    assert firms.select(lambda firm: firm.cash > 0, inplace=True) is firms
    assert 0 < len(firms) < 400
    rows = firms.rows.copy()
    firms.shuffle(inplace=True)
    assert sorted(firms.rows) == rows.tolist() != firms.rows.tolist()
    firms.sort("row", ascending=True, inplace=True)
    assert firms.rows.tolist() == rows.tolist()
    first, other = model.firm(int(rows[0])), firms.copy()
    firms.remove(first)
    firms.discard(first)
    assert first not in firms
    assert first in other
    with pytest.raises(KeyError):
        firms.remove(first)
    firms.add(first)
    firms.add(first)
    assert firms.rows.tolist() == [*rows[1:], rows[0]]
    with pytest.raises(RequestError, match="is not a firm of this model"):
        firms.add(model.banks["a"])
    assert len(model.agents_by_type[Firm]) == 400


def test_do_calls_every_agent_once_and_shuffle_do_in_the_order_of_shuffle(
    model: LendingModel,
) -> None:
    firms = model.agents_by_type[Firm]
    seen: list[Any] = []
    assert firms.do(seen.append) is firms
    assert seen == list(firms)
    firms.random = Random(3)
    order = list(firms.shuffle())
    seen.clear()
    firms.random = Random(3)
    firms.shuffle_do(seen.append)
    assert seen == order
    assert firms.do("step") is firms  # does nothing: the month is the model's


def test_mesas_own_sets_keep_the_agents_that_are_put_in_them(model: LendingModel) -> None:
    kept = AgentSet((f for f in model.agents_by_type[Firm] if f.cash < 0), random=Random(1))
    assert len(kept) == (model.market.firms.cash < 0).sum() > 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda s: s.get("cahs"), "a firm has no column 'cahs'; did you mean 'cash'?"),
        (lambda s: s.get("cash", "whatever"), "handle_missing"),
        (lambda s: s.agg("cahs", sum), "did you mean 'cash'?"),
        (lambda s: s.groupby("sectr"), "did you mean 'sector'?"),
        (lambda s: s.sort("cahs"), "did you mean 'cash'?"),
        (lambda s: s.set("cahs", 1), "did you mean 'cash'?"),
        (lambda s: s.column("gone"), "no column 'gone'"),
        (lambda s: s.select(np.ones(3, bool)), "a mask of 400 booleans; found bool (3,)"),
        (lambda s: s.select(np.ones(400)), "a mask of 400 booleans; found float64 (400,)"),
    ],
)
def test_wrong_questions_are_refused(model: LendingModel, wrong: Any, said: str) -> None:
    with pytest.raises((RequestError, ValueError)) as caught:
        wrong(model.agents_by_type[Firm])
    assert said in str(caught.value)
    if "column 'cahs'" in said:
        assert isinstance(caught.value, AttributeError)  # as Mesa says


def test_all_agents_are_one_set(model: LendingModel) -> None:
    everyone = model.agents
    kinds = [Bank] * 2 + [LoanOfficer] * len(model.agents_by_type[LoanOfficer]) + [Firm] * 400
    assert [type(agent) for agent in everyone] == kinds
    assert isinstance(everyone, AgentSet)
    assert set(model.agent_types) == set(model.agents_by_type) == {Bank, LoanOfficer, Firm}
    assert len(everyone) == len(kinds)
    assert list(everyone.select(agent_type=Bank)) == list(model.banks.values())
    assert everyone.groupby(lambda agent: type(agent).__name__).count() == {
        "Bank": 2, "LoanOfficer": len(kinds) - 402, "Firm": 400
    }  # fmt: skip
    assert model.banks["b"] in everyone
    assert model.firm(3) in everyone
    assert everyone[-1] is model.firm(399)
    with pytest.raises(AttributeError, match="a loan officer has no column 'cash'"):
        everyone.get("cash")
    with pytest.raises(RequestError, match="select"):
        everyone.discard(model.firm(3))


@pytest.mark.parametrize(
    "ask",
    [
        lambda s: s.get("unique_id"),
        lambda s: list(s.select(lambda agent: agent.unique_id % 3 == 0)),
        lambda s: list(s.select(lambda agent: agent.unique_id % 3 == 0, at_most=5)),
        lambda s: list(s.select(at_most=2.5)),
        lambda s: list(s.select(at_most=0.5)),
        lambda s: list(s.sort("unique_id")),
        lambda s: list(s.shuffle()),
        lambda s: s.map(repr),
        lambda s: s.get("beard", "default", 0),
        lambda s: s.agg("unique_id", [min, max]),
        lambda s: {k: list(v) for k, v in s.groupby(type)},
        lambda s: s.groupby(type, result_type="list").groups,
    ],
)
def test_the_set_of_all_agents_answers_as_mesas_own(model: LendingModel, ask: Any) -> None:
    everyone = model.agents
    everyone.random = Random(1)
    assert ask(everyone) == ask(stock(everyone))
