"""The identity of resolved content: one text, one hash, whatever the order or the Python."""

from __future__ import annotations

import math
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from sim.scenario.checking import check
from sim.scenario.hashing import canonical, digest
from tests.units.scenario.standins import Bank, Noisy, World

# printf '%s' '{"a":[1,1.0,1e-07,null,true],"b":"\u94f6"}' | sha256sum
KNOWN_TEXT = '{"a":[1,1.0,1e-07,null,true],"b":"\\u94f6"}'
KNOWN_HASH = "0ddc366d595d8a163c6a77cf1d1d422af20fd1c6255c9c67a936b4384b6a1d22"


def test_a_known_hash() -> None:
    content = {"b": "银", "a": (1, 1.0, 1e-7, None, True)}
    assert canonical(content) == KNOWN_TEXT
    assert digest(content) == KNOWN_HASH


def test_a_model_hashes_by_all_its_resolved_values() -> None:
    world = World(count=5, banks={"main": Bank(screening=Noisy())})
    assert '"accuracy":0.7,"kind":"noisy","visits":1' in canonical(world)  # defaults count
    again = World(count=5, banks={"main": Bank(screening=Noisy(accuracy=0.7))})
    changed = World(count=5, banks={"main": Bank(screening=Noisy(accuracy=0.71))})
    assert digest(world) == digest(again)
    assert digest(world) != digest(changed)


def test_the_stored_dump_hashes_like_the_model() -> None:
    world = World(banks={"main": Bank(screening=Noisy(), by_month={2: 1.0}, path=(1.0, 2.0))})
    stored = world.model_dump(mode="json")
    assert digest(stored) == digest(world)
    assert check(World, stored, {}) == world


def test_an_integer_written_for_a_number_makes_no_difference() -> None:
    written = {"banks": {"main": {"screening": {"kind": "noisy", "accuracy": 1}}}}
    also = {"banks": {"main": {"screening": {"kind": "noisy", "accuracy": 1.0}}}}
    assert digest(check(World, written, {})) == digest(check(World, also, {}))


def test_zero_has_one_sign() -> None:
    assert digest({"a": -0.0}) == digest({"a": 0.0})


@pytest.mark.parametrize("value", [math.nan, math.inf, object(), b"raw"])
def test_what_has_no_canonical_text_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError), match="has no canonical text"):
        canonical({"a": value})


def test_sets_hash_alike_under_any_hash_seed() -> None:
    code = (
        "from sim.scenario.hashing import digest;"
        "print(digest({'s': frozenset('abcdefghijkl'), 't': {1.5, 'x', None}}))"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(hashes) == 1


class Holder(BaseModel):
    numbers: dict[str, float]
    texts: list[str]


def shuffled(data: Any) -> Any:
    """Return the same mappings with their keys in the opposite order."""
    if isinstance(data, dict):
        return {key: shuffled(data[key]) for key in reversed(data)}
    return data


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.text(max_size=5), st.floats(allow_nan=False, allow_infinity=False)),
    st.lists(st.text(max_size=5)),
)
def test_the_canonical_text_reads_back_and_forgets_only_order(
    numbers: dict[str, float], texts: list[str]
) -> None:
    holder = Holder(numbers=numbers, texts=texts)
    text = canonical(holder)
    back = Holder.model_validate_json(text)
    assert back == holder
    assert canonical(back) == text
    assert digest(Holder(numbers=shuffled(numbers), texts=texts)) == digest(holder)
    assert text.isascii()
