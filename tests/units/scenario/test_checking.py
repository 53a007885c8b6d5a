"""Checking data against its model: one line that says where, what was found and what is allowed."""

from __future__ import annotations

import enum
from typing import Annotated, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, field_validator

from sim.core.errors import RequestError
from sim.core.params import Params
from sim.scenario.checking import check
from sim.scenario.reading import read_text
from tests.units.scenario.refusals import refusal_of
from tests.units.scenario.standins import Absent, Bank, Noisy, World

PLAIN_BANK = "banks:\n  main:\n    screening: {kind: absent}\n    "  # 4th line, 5th column


def refusal(model: type[BaseModel], text: str) -> str:
    document = read_text(text, "bad.yaml")
    with pytest.raises(RequestError) as refused:
        check(model, document.data, document.positions)
    return str(refused.value)


def test_good_data_becomes_the_model() -> None:
    text = """\
count: 1e3
banks:
  main:
    screening: {kind: noisy, accuracy: 1}
    rounds: [{kind: absent, days: 2}]
    weights: [1, 2, 3]
    cap: null
    mix: [1, 2]
    by_month: {13: -1}
"""
    document = read_text(text, "good.yaml")
    world = check(World, document.data, document.positions)
    bank = Bank(
        screening=Noisy(accuracy=1.0),
        rounds=(Absent(days=2.0),),
        weights=(1.0, 2.0, 3.0),
        mix=[1.0, 2.0],
        by_month={13: -1.0},
    )
    assert world == World(count=1000, banks={"main": bank})


def test_the_message_of_the_design() -> None:
    text = "count: 5\nbanks:\n  main:\n    screening:\n      kind: noisy\n      acuracy: 0.8\n"
    assert refusal(World, text) == (
        "bad.yaml:6:7: banks.main.screening.acuracy: "
        "unknown key 'acuracy'; did you mean 'accuracy'?"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("banks: {}\ncount: 0", "2:8: count: must be a whole number, at least 1 and at most 500000 "
         "(firms); found 0"),
        ("banks: {}\ncount: 1e9", "2:8: count: must be a whole number, at least 1 and at most "
         "500000 (firms); found 1000000000"),
        ("banks: {}\ncount: 2.5", "2:8: count: must be a whole number, at least 1 and at most "
         "500000 (firms); found 2.5"),
        ("banks: {}\ncount: '1_000'", "2:8: count: must be a whole number, at least 1 and at most "
         "500000 (firms); found '1_000'; write digits only, without quotes"),
        ("banks: {}\ncount:", "2:7: count: must be a whole number, at least 1 and at most "
         "500000 (firms); found nothing"),
        ("banks: {}\nwhy: 12", "2:6: why: must be text; found 12; put it in quotes"),
        ("banks: {}\nzzz: 12", "2:1: zzz: unknown key 'zzz'; known: why, count, banks"),
        ("banks: [1]", "1:8: banks: must be a mapping; found [1]"),
        ("why: x", "1:1: banks: missing; must be a mapping"),
        ("banks:\n  main: {}", "2:3: banks.main.screening: missing; must be a mapping with a "
         "'kind', one of noisy, absent"),
        ("banks:\n  main: text", "2:9: banks.main: must be a mapping; found 'text'"),
        ("banks:\n  main:\n    screening: {days: 1}", "3:5: banks.main.screening.kind: missing; "
         "must be one of noisy, absent; 'days' belongs to absent"),
        ("banks:\n  main:\n    screening: {kind: nosy}", "3:23: banks.main.screening.kind: must be "
         "one of noisy, absent; found 'nosy'; did you mean 'noisy'?"),
        ("banks:\n  main:\n    screening: {kind: mine}", "3:23: banks.main.screening.kind: must be "
         "one of noisy, absent; found 'mine'; a kind of your own needs its plug-in (--plugin)"),
        ("banks:\n  main:\n    screening: {kind: [1]}", "3:23: banks.main.screening.kind: must be "
         "one of noisy, absent; found [1]"),
        ("banks:\n  main:\n    screening: noisy", "3:16: banks.main.screening: must be a mapping "
         "with a 'kind', one of noisy, absent; found 'noisy'"),
        ("banks:\n  main:\n    screening:", "3:15: banks.main.screening: must be a mapping "
         "with a 'kind', one of noisy, absent; found nothing"),
        ("banks:\n  main:\n    screening: {kind: absent, days: -1}", "3:37: banks.main.screening."
         "days: must be a number, at least 0 (days); found -1"),
        ("banks:\n  noisy:\n    screening: {kind: noisy, noisy: 1}", "3:30: banks.noisy.screening."
         "noisy: unknown key 'noisy'; known: kind, accuracy, visits"),
    ],
)  # fmt: skip
def test_each_fault_of_a_world(text: str, message: str) -> None:
    assert refusal(World, text) == f"bad.yaml:{message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pace: fats", "4:11: banks.main.pace: must be one of fast, slow; found 'fats'; "
         "did you mean 'fast'?"),
        ("pace: NO", "4:11: banks.main.pace: must be one of fast, slow; found 'NO'"),
        ("waits: yes", "4:12: banks.main.waits: must be true or false; found 'yes'"),
        ("waits: 1", "4:12: banks.main.waits: must be true or false; found 1"),
        ("waits: true", "2:3: banks.main: a bank that waits cannot be fast"),
        ("cap: 0", "4:10: banks.main.cap: must be a number, above 0 (CNY), or null; found 0"),
        ("cap: .inf", "4:10: banks.main.cap: must be a number, above 0 (CNY), or null; found inf, "
         "which is not finite"),
        ("weights: [1, 2]", "4:14: banks.main.weights: must be a list of 3 numbers; found [1, 2]"),
        ("weights: [1, 2, 3, 4]", "4:14: banks.main.weights: must be a list of 3 numbers; "
         "found [1, 2, 3, 4]"),
        ("weights: [1, x, 3]", "4:18: banks.main.weights.1: must be a number; found 'x'"),
        ("path: {a: 1, b: true}", "4:11: banks.main.path: must be a list of numbers; "
         "found {a: 1, b: true}"),
        ("path: [1,\n     null]", "5:6: banks.main.path.1: must be a number; found nothing"),
        ("mix: x", "4:10: banks.main.mix: must be a number or a list of numbers; found 'x'"),
        ("mix: [1, x]", "4:14: banks.main.mix.1: must be a number; found 'x'"),
        ("by_month: {x: 1}", "4:16: banks.main.by_month.x: wrong key: Input should be a valid "
         "integer, unable to parse string as an integer"),
        ("by_month: {1: x}", "4:19: banks.main.by_month.1: must be a number; found 'x'"),
        ("rounds: [{kind: noisy, accuracy: 2}]", "4:38: banks.main.rounds.0.accuracy: must be a "
         "number, at least 0 and at most 1 (share); found 2"),
        ("rounds: [{knd: noisy}]", "4:14: banks.main.rounds.0.kind: missing; must be one of "
         "noisy, absent"),
        ("path: " + "[1, 2, " + "x" * 99 + "]", "4:18: banks.main.path.2: must be a number; "
         f"found '{'x' * 56}..."),
        (r'pace: "a\nb\e[31m"', r"4:11: banks.main.pace: must be one of fast, slow; "
         r"found 'a\nb\x1b[31m'"),
        ('"a\\nb": 1', r"4:5: banks.main.a\nb: unknown key 'a\nb'; known: screening, rounds, pace, "
         "weights, path, cap, mix, waits, by_month"),
    ],
)  # fmt: skip
def test_each_fault_of_a_bank(text: str, message: str) -> None:
    assert refusal(World, PLAIN_BANK + text) == f"bad.yaml:{message}"


def test_the_first_fault_in_the_file_is_told_and_the_others_counted() -> None:
    text = PLAIN_BANK + "waits: 5\n    cap: -1\n    pace: x\ncount: 0\n"
    assert refusal(World, text) == (
        "bad.yaml:4:12: banks.main.waits: must be true or false; found 5 (and 3 more)"
    )


def test_derived_copies_do_not_hide_or_repeat_what_a_file_states() -> None:
    text = "burn_in: {months: 3}\nbank: {screening: {kind: noisy, acuracy: 1}}\n"
    document = read_text(text, "bad.yaml")
    document.data["burn_in"]["bank"] = document.data["bank"]

    class BurnIn(Params):
        months: int
        bank: Bank

    class Scenario(Params):
        burn_in: BurnIn
        bank: Bank

    with pytest.raises(RequestError) as refused:
        check(Scenario, document.data, document.positions)
    assert str(refused.value) == (
        "bad.yaml:2:33: bank.screening.acuracy: unknown key 'acuracy'; did you mean 'accuracy'?"
    )


def test_data_without_positions_is_checked_too() -> None:
    with pytest.raises(RequestError) as refused:
        check(World, {"banks": {}, "count": 0}, {})
    assert str(refused.value) == (
        "count: must be a whole number, at least 1 and at most 500000 (firms); found 0"
    )


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class One(Params):
    """A family with a single member is no union, so `kind` is an ordinary literal."""

    screening: Noisy
    colour: Colour = Colour.RED
    share: Annotated[float, Field(ge=0.25, lt=0.5)] = 0.3
    levels: Annotated[tuple[Annotated[int, Field(gt=0)], ...], Field(min_length=2)] = (1, 2)
    pair: tuple[int, str] = (1, "a")
    either: Noisy | float = 1.0
    even: int = 2
    name: str = Field("ab", pattern="^[a-z]+$")

    @field_validator("even")
    @classmethod
    def _is_even(cls, value: int) -> int:
        if value % 2:
            raise ValueError(f"{value} is odd")
        return value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("screening: {kind: nosy}", "1:19: screening.kind: must be one of noisy; found 'nosy'; "
         "did you mean 'noisy'?"),
        ("screening: {}\ncolour: rde", "2:9: colour: must be one of red, blue; found 'rde'; "
         "did you mean 'red'?"),
        ("screening: {}\nshare: 0.5", "2:8: share: must be a number, at least 0.25 and below 0.5; "
         "found 0.5"),
        ("screening: {}\nlevels: [1]", "2:9: levels: must be a list of whole numbers, at least 2 "
         "long; found [1]"),
        ("screening: {}\nlevels: [1, 0]", "2:13: levels.1: must be a whole number, above 0; "
         "found 0"),
        ("screening: {}\npair: [1]", "2:7: pair: must be a list of 2: a whole number, text; "
         "found [1]"),
        ("screening: {}\neither: x", "2:9: either: must be a mapping or a number; found 'x'"),
        ("screening: {}\neither: {visits: -1}", "2:18: either.visits: must be a whole number, at "
         "least 0 (visits); found -1"),
        ("screening: {}\neven: 3", "2:7: even: 3 is odd"),
        ("screening: {}\nname: A1", "2:7: name: String should match pattern '^[a-z]+$'; "
         "found 'A1'"),
    ],
)  # fmt: skip
def test_other_declarations(text: str, message: str) -> None:
    assert refusal(One, text) == f"bad.yaml:{message}"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["noisy", "absent", "fast"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["kind", "noisy", "main", *Bank.model_fields, *Noisy.model_fields])
        | st.text(max_size=5),
        inner,
        max_size=4,
    ),
    max_leaves=10,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(ANYTHING, ANYTHING)
def test_no_data_raises_anything_but_a_request_error(screening: Any, other: Any) -> None:
    for data in (
        {"banks": {"main": {"screening": screening, "mix": other, "rounds": other}}},
        {"banks": {"main": other}, "count": screening},
        {"banks": other},
    ):
        message = refusal_of(check, World, data, {})
        assert message is None or ("\n" not in message and len(message) < 400)
