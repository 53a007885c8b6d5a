"""Every member of every family keeps the contract of a policy; a new one inherits these tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from pydantic import ValidationError

from sim.core.arrays import Floats
from sim.core.columns import Schema, column
from sim.core.registry import kind_of
from sim.core.sight import Sight
from sim.core.table import Table
from sim.core.view import View
from sim.model.simulation import Simulation
from sim.scenario.schema import FAMILIES
from tests.accounting.pulled_levers import pulled
from tests.contracts.asking import ContractError, examine, methods, spy
from tests.contracts.worlds import MEMBERS, choice, world

every_member = pytest.mark.parametrize(("family", "kind"), MEMBERS)


@every_member
def test_its_kind_is_the_name_of_its_file(family: str, kind: str) -> None:
    member = FAMILIES[family].get(kind)
    assert member.__module__ == f"{FAMILIES[family].package}.{kind}"
    assert kind_of(member) == kind
    assert member.model_fields["kind"].default == kind


@every_member
def test_its_defaults_are_valid_and_never_change(family: str, kind: str) -> None:
    member = FAMILIES[family].get(kind)
    policy = member.model_validate({"kind": kind})
    assert member.model_validate(policy.model_dump()) == policy
    for name in member.model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(policy, name, getattr(policy, name))
    with pytest.raises(ValidationError):
        policy.no_such_field = 1


@every_member
def test_what_it_is_reckoned_by_is_a_number(family: str, kind: str) -> None:
    policy = FAMILIES[family].get(kind)()
    properties = [
        name
        for owner in type(policy).__mro__
        if issubclass(owner, FAMILIES[family].base)
        for name, value in vars(owner).items()
        if isinstance(value, property) and not name.startswith("_")
    ]
    for name in properties:
        assert getattr(policy, name) >= 0, name  # infinity means without limit; nan is no number


@pytest.mark.parametrize(
    ("family", "kind", "levers"),
    [
        pytest.param(*member, levers, marks=pytest.mark.thorough if slow else ())
        for member in MEMBERS
        for levers in ("at rest", "pulled")
        # where levers are pulled all methods are asked too; to learn by machine takes seconds
        for slow in [levers == ("pulled" if member[1] == "machine_learned" else "at rest")]
    ],
)
def test_its_answers_follow_what_it_may_see_and_nothing_else(
    family: str, kind: str, levers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = FAMILIES[family].get(kind)
    asked = spy(monkeypatch, FAMILIES[family], member, np.random.default_rng(1))
    more = pulled(member, {"fixed", "call", "backed"}) if levers == "pulled" else {}
    scenario = world({family: more | choice(family, kind)})
    Simulation(scenario, list(range(13))).run()
    own = {name for owner, name, _ in methods(member, FAMILIES[family].base) if owner is member}
    own.discard("unused")  # which only `smelend validate` asks
    assert own <= set(asked), "a method that no simulation asks is not examined"


class People(NamedTuple):
    """Whom the clerk sees."""

    age: Floats = column("f8", "years", "on file", Sight.FILE)
    secret: Floats = column("f8", "sd", "known to nature", Sight.HIDDEN)


PEOPLE = Schema(People)


def _wrote(files: View, limit: np.ndarray) -> np.ndarray:
    limit += 1.0
    return files.age > limit


FAULTS: dict[str, tuple[Callable[..., Any], str]] = {
    "peeks past its view": (lambda f, x: f._faces[0][1].secret[f.rows] > 0, "may not see"),
    "minds the order": (lambda f, x: np.cumsum(f.age) > 50, "order of the rows"),
    "minds the order of an argument": (lambda f, x: x > np.arange(len(f)), "order of the rows"),
    "writes": (_wrote, "wrote into"),
    "answers too little": (lambda f, x: f.age[:3] > 1, "one entry"),
    "answers with one number": (lambda f, x: 0.5, "one entry"),
    "answers nonsense": (lambda f, x: f.age / 0.0 * 0.0, "not finite"),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # one of the faults divides by zero
def test_a_policy_that_breaks_the_contract_is_found(fault: str) -> None:
    policy, complaint = FAULTS[fault]
    rng = np.random.default_rng(2)
    people = Table(PEOPLE, 40)
    people.write.age[:] = rng.permutation(40)
    people.write.secret[:] = rng.normal(size=40)
    files = View("a bank", Sight.SOFT, np.arange(40), (PEOPLE, people.read))
    question = (files, rng.normal(size=40) * 20)
    assert examine(lambda f, x: f.age > x, question, rng).shape == (40,)
    with pytest.raises(ContractError, match=complaint):
        examine(policy, question, rng)
