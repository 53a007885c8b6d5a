"""Settings by dotted key: how they are written, what they replace, and whom a fault names."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import RequestError
from sim.scenario.checking import check
from sim.scenario.overriding import override, parse_settings
from sim.scenario.positions import Place
from sim.scenario.reading import read_text
from tests.units.scenario.refusals import refusal_of
from tests.units.scenario.standins import Noisy, World

BASE = read_text(
    """\
count: 4
banks:
  main:
    screening: {kind: absent, days: 3}
    path: [1, 2]
    rounds: [{kind: noisy, visits: 2}, {kind: absent}]
""",
    "base.yaml",
)


def resolve(given_settings: dict[str, Any]) -> World:
    document = override(BASE, given_settings)
    return check(World, document.data, document.positions)


def refusal(given_settings: dict[str, Any]) -> str:
    with pytest.raises(RequestError) as refused:
        resolve(given_settings)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("5000", 5000), ("1e-3", 0.001), ("1E6", 1_000_000), ("NO", "NO"), ("true", True)),
        *(("[1, 2]", [1, 2]), ("{kind: flat, n: 1}", {"kind": "flat", "n": 1})),
        *(("a=b", "a=b"), ("", None), ("'7'", "7"), (" 7 ", 7)),
    ],
)
def test_values_are_yaml(text: str, value: object) -> None:
    assert parse_settings([f"a.b={text}"]) == {"a.b": value}


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (["firms.count"], "--set 'firms.count': write it as key.path=value"),
        (["=5"], "--set '=5': write it as key.path=value"),
        (["a=1", "a=2"], "--set a: set twice"),
        (["a={b: 3}", "a.b=4"], "--set a.b: --set a gives a.b too; give it once"),
        (["a.b.c={d: 3}", "a={b: {c: {d: 3, e: 4}}}"],
         "--set a.b.c: --set a gives a.b.c.d too; give it once"),
        (["a=[1"], "--set a:1:3: not valid YAML: expected ',' or ']', but got '<stream end>' "
         "(while parsing a flow sequence from line 1)"),
        (["a=because: x"], "--set a: 'because: x' is not a single value; write a mapping as "
         "{a: 1}, a list as [1, 2], and quote text that looks like one"),
        (["a=!!int 1"], "--set a:1:1: the tag 'tag:yaml.org,2002:int' is not allowed; "
         "write plain values"),
    ],
)  # fmt: skip
def test_bad_texts_are_refused(texts: list[str], message: str) -> None:
    with pytest.raises(RequestError) as refused:
        parse_settings(texts)
    assert str(refused.value) == message


def test_a_setting_changes_one_value_and_not_the_document() -> None:
    before = json.dumps(BASE.data)
    world = resolve({"count": 9})
    assert world.count == 9
    assert world.banks["main"].path == (1.0, 2.0)
    assert json.dumps(BASE.data) == before


@pytest.mark.parametrize("swap", [False, True])
def test_kind_and_its_neighbours_may_come_in_any_order(swap: bool) -> None:
    given_settings = {
        "banks.main.screening.kind": "noisy",
        "banks.main.screening.accuracy": 0.9,
    }
    if swap:
        given_settings = dict(reversed(given_settings.items()))
    # 'days' belongs to the kind that was replaced, and would be refused if it had stayed
    assert resolve(given_settings).banks["main"].screening == Noisy(accuracy=0.9)


def test_a_mapping_and_what_it_does_not_state_go_together() -> None:
    texts = ["banks.main.screening={kind: noisy}", "banks.main.screening.accuracy=0.9"]
    assert resolve(parse_settings(texts)).banks["main"].screening == Noisy(accuracy=0.9)


def test_a_mapping_merges_and_another_kind_replaces() -> None:
    assert resolve({"banks": {"main": {"screening": {"days": 5}}}}).banks["main"].path == (1, 2)
    world = resolve({"banks.main.screening": {"kind": "noisy"}})
    assert world.banks["main"].screening == Noisy()


def test_a_number_reaches_into_a_list() -> None:
    world = resolve({"banks.main.path.1": 7, "banks.main.rounds.0.visits": 5})
    assert world.banks["main"].path == (1.0, 7.0)
    assert world.banks["main"].rounds[0] == Noisy(visits=5)


def test_values_of_other_libraries_become_plain() -> None:
    world = resolve(
        {
            "count": np.int64(12),
            "banks.main.cap": np.float64(2.5),
            "banks.main.path": np.array([3.0, 4.0]),
            "banks.main.weights": (0.2, 0.3, 0.5),
            "banks.main.screening": Noisy(visits=3),
            "banks.main.by_month": {1: 0.5},
        }
    )
    bank = world.banks["main"]
    assert (world.count, bank.cap, bank.path) == (12, 2.5, (3.0, 4.0))
    assert (bank.weights, bank.by_month) == ((0.2, 0.3, 0.5), {1: 0.5})
    assert bank.screening == Noisy(visits=3)


@pytest.mark.parametrize(
    ("given_settings", "message"),
    [
        ({"cuont": 2}, "--set cuont: unknown key 'cuont'; did you mean 'count'?"),
        ({"count": "many"}, "--set count: must be a whole number, at least 1 and at most "
         "500000 (firms); found 'many'"),
        ({"banks.other.path": []}, "--set banks.other.path: banks.other.screening: missing; "
         "must be a mapping with a 'kind', one of noisy, absent"),
        ({"banks.mian.screening.days": 1}, "--set banks.mian.screening.days: banks.mian: banks has "
         "no 'mian'; did you mean 'main'?; a new one must state its kinds"),
        ({"banks.noise.screening.days": 1}, "--set banks.noise.screening.days: banks.noise: banks "
         "has no 'noise'; there is main; a new one must state its kinds"),
        ({"banks": {"main": {"pace": "fats"}}}, "--set banks: banks.main.pace: must be one of "
         "fast, slow; found 'fats'; did you mean 'fast'?"),
        ({"count.x": 1}, "--set count.x: count is 4, so 'x' cannot be set inside it"),
        ({"banks.main.path.2": 1}, "--set banks.main.path.2: banks.main.path is a list and its "
         "items are 0 to 1; found '2'"),
        ({"banks.main.path.-1": 1}, "--set banks.main.path.-1: banks.main.path is a list and "
         "its items are 0 to 1; found '-1'"),
        ({"banks..path": 1}, "--set banks..path: 'banks..path' is not a key; write it as key.path"),
        ({"": 1}, "--set : '' is not a key; write it as key.path"),
        ({5: 1}, "--set 5: 5 is not a key; write it as key.path"),
        ({"count": object()}, "--set count: a value of type object cannot be used in a scenario; "
         "give plain data"),
        ({"banks": {True: 1}}, "--set banks: a key must be text; found true"),
        ({"why": "\ud800"}, r"--set why: '\ud800' contains half a character"),
    ],
)  # fmt: skip
def test_faults_name_the_setting(given_settings: dict[str, Any], message: str) -> None:
    assert refusal(given_settings) == message


def test_a_setting_may_add_a_bank() -> None:
    world = resolve({"banks.other.screening.kind": "absent", "banks.other.screening.days": 2})
    assert list(world.banks) == ["main", "other"]


def test_a_value_that_holds_itself_is_refused() -> None:
    endless: list[Any] = []
    endless.append(endless)
    assert refusal({"why": endless}) == "--set why: nested more than 40 levels deep"


def test_settings_of_a_file_are_reported_in_that_file() -> None:
    document = override(BASE, {"count": 0}, {"count": Place("measure.yaml", 7, 3)})
    with pytest.raises(RequestError, match=r"^measure\.yaml:7:3: count: must be a whole number"):
        check(World, document.data, document.positions)


def test_a_setting_is_reported_before_the_files() -> None:
    document = override(read_text("count: 0\nbanks: {}", "base.yaml"), {"whi": 1})
    with pytest.raises(RequestError) as refused:
        check(World, document.data, document.positions)
    assert str(refused.value) == ("--set whi: unknown key 'whi'; did you mean 'why'? (and 1 more)")


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(value=PLAIN)
def test_text_and_python_settings_agree(value: object) -> None:
    from_text = parse_settings([f"new.key={json.dumps(value)}"])
    assert json.dumps(override(BASE, from_text).data) == json.dumps(
        override(BASE, {"new.key": value}).data
    )
    assert override(BASE, from_text).data["new"]["key"] == value


@settings(max_examples=150, deadline=None)
@given(key=st.text() | st.from_regex(r"\A(count|banks|main|path|0|kind|\.){1,9}\Z"), value=PLAIN)
def test_no_setting_raises_anything_but_a_request_error(key: str, value: object) -> None:
    message = refusal_of(resolve, {key: value})
    assert message is None or (message.startswith("--set ") and "\n" not in message)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab.=:[]{}'\"0 \n") | st.text())
def test_no_text_of_a_setting_raises_anything_but_a_request_error(text: str) -> None:
    message = refusal_of(parse_settings, [text])
    assert message is None or (message.startswith("--set ") and "\n" not in message)
