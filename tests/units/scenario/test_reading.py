"""Reading YAML: what scalars mean, where things stand, and how every bad file is refused."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.errors import RequestError
from sim.scenario.positions import Marks, Place
from sim.scenario.reading import LARGEST_FILE, read_file, read_text, read_value
from tests.units.scenario.refusals import refusal_of

LAUGHS = "\n".join(
    f"{name}: &{name} [{', '.join([before] * 9)}]"
    for before, name in zip(["1", "*a", "*b", "*c", "*d", "*e"], "abcdef", strict=True)
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("NO", "NO"), ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y")),
        *(("true", True), ("True", True), ("false", False), ("FALSE", False), ("tRUE", "tRUE")),
        *(("", None), ("~", None), ("null", None), ("nil", "nil")),
        *(("12", 12), ("-3", -3), ("+4", 4), ("010", 10), ("0x1F", 31), ("0o17", 15)),
        *(("1_000", "1_000"), ("1:30", "1:30"), ("1,5", "1,5"), ("٣", "٣")),
        *(("1e-3", 0.001), ("1.5E-3", 0.0015), (".5", 0.5), ("2.", 2.0), ("2.0", 2.0)),
        *(("1E6", 1_000_000), ("1e6", 1_000_000), ("2.5e3", 2500), ("1e20", 1e20)),
        *((".inf", math.inf), ("-.INF", -math.inf), ("2020-01-02", "2020-01-02")),
        *(("'12'", "12"), ('"true"', "true"), ("|\n  12", "12"), ("plain words", "plain words")),
        *(("[1, 1e6, a]", [1, 1_000_000, "a"]), ("{a: {b: 1}}", {"a": {"b": 1}})),
    ],
)
def test_scalars_follow_yaml_1_2(text: str, value: object) -> None:
    found = read_value(text, "x").data
    assert found == value
    assert type(found) is type(value)


def test_nan_is_a_number() -> None:
    assert math.isnan(read_value(".nan", "x").data)


def test_keys_are_text_as_written() -> None:
    data = read_text("1: a\ntrue: b\n2020-01-02: c\nnull: d", "x").data
    assert data == {"1": "a", "true": "b", "2020-01-02": "c", "null": "d"}


def test_every_key_and_value_has_its_place() -> None:
    text = "# a comment\nfirms:\n  count: 5\nshift: [0.0,\n  -1]\n"
    document = read_text(text, "f.yaml")
    written = {key: (marks.key[1:], marks.value[1:]) for key, marks in document.positions.items()}
    assert written == {
        (): ((2, 1), (2, 1)),
        ("firms",): ((2, 1), (3, 3)),
        ("firms", "count"): ((3, 3), (3, 10)),
        ("shift",): ((4, 1), (4, 8)),
        ("shift", 0): ((4, 9), (4, 9)),
        ("shift", 1): ((5, 3), (5, 3)),
    }
    assert {marks.key.origin for marks in document.positions.values()} == {"f.yaml"}


def test_an_alias_is_written_out_and_keeps_the_place_of_its_anchor() -> None:
    document = read_text("a: &x {n: 1}\nb: *x\n", "f.yaml")
    assert document.data == {"a": {"n": 1}, "b": {"n": 1}}
    assert document.data["a"] is not document.data["b"]
    assert document.positions["b",] == Marks(Place("f.yaml", 2, 1), Place("f.yaml", 1, 4))
    assert document.positions["b", "n"].value == Place("f.yaml", 1, 11)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1:1: the file is empty; it must hold a mapping of keys to values"),
        ("# only this\n", "1:1: the file is empty; it must hold a mapping of keys to values"),
        ("- 1\n- 2", "1:1: the file holds [1, 2]; it must hold a mapping of keys to values"),
        ("\nwords", "2:1: the file holds 'words'; it must hold a mapping of keys to values"),
        ("a: 1\nb: 2\na: 3", "3:1: a: key given twice, first on line 1"),
        ("a:\n  b: 1\n  'b': 2", "3:3: a.b: key given twice, first on line 2"),
        ("a: !!python/object/apply:os.system [ls]", "1:4: the tag 'tag:yaml.org,2002:python"
         "/object/apply:os.system' is not allowed; write plain values"),
        ("a: !mine 1", "1:4: the tag '!mine' is not allowed; write plain values"),
        ("a: !!int 1", "1:4: the tag 'tag:yaml.org,2002:int' is not allowed; write plain values"),
        ("a: &x [*x]", "1:4: nested more than 40 levels deep"),
        ("[" * 100_000, "1:41: nested more than 40 levels deep"),
        ("- " * 10_000, "1:81: nested more than 40 levels deep"),
        (LAUGHS, "1:11: more than 100000 values after aliases are expanded"),
        ("b: &b {a: 1}\nc:\n  <<: *b", "3:3: merge keys '<<' are not supported; "
         "write out the keys"),
        ("? [a, b]\n: 1", "1:3: a key must be plain text, not a mapping or a list"),
        ("a:\n  '': 1", "2:3: a key must not be empty"),
        ("a: " + "1" * 5000, "1:4: a number of more than 400 characters"),
        (r'a: "\ud800"', "1:4: not valid YAML: an escape names half a character"),
        (r'a: "\UFFFFFFFF"', "1:7: not valid YAML: this escape names no character"),
        ("a: 1\nb: \x07", "2:4: not valid YAML: character '\\x07' is not allowed"),
        ("a: *b", "1:4: not valid YAML: found undefined alias 'b'"),
        ("a: b: c", "1:5: not valid YAML: mapping values are not allowed here"),
        ("a:\n\tb: 1", "2:1: not valid YAML: found character '\\t' that cannot start any token; "
         "indent with spaces (while scanning for the next token)"),
        ("a: [1", "1:6: not valid YAML: expected ',' or ']', but got '<stream end>' "
         "(while parsing a flow sequence from line 1)"),
        ("a: 1\n---\nb: 1", "2:1: not valid YAML: but found another document "
         "(expected a single document in the stream from line 1)"),
        ("%YAML 2.0\n---\na: 1", "1:1: not valid YAML: found incompatible YAML document "
         "(version 1.* is required)"),
    ],
)  # fmt: skip
def test_bad_text_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(RequestError) as refused:
        read_text(text, "bad.yaml")
    assert str(refused.value) == f"bad.yaml:{message}"


def test_a_missing_file_names_the_nearest_one(tmp_path: Path) -> None:
    (tmp_path / "baseline.yaml").write_text("a: 1")
    asked = tmp_path / "basline.yaml"
    with pytest.raises(RequestError) as refused:
        read_file(asked)
    assert str(refused.value) == f"{asked}: no such file; did you mean 'baseline.yaml'?"
    with pytest.raises(RequestError) as refused:
        read_file(tmp_path / "late.yaml")  # alike in its ending only
    assert str(refused.value) == f"{tmp_path / 'late.yaml'}: no such file"


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError) as refused:
        read_file(tmp_path)
    assert str(refused.value) == f"{tmp_path}: this is a directory; name a YAML file"


@pytest.mark.parametrize("name", ["a\0b.yaml", "x" * 5000, "", "no/such/folder.yaml"])
def test_impossible_names_are_refused_in_one_line(name: str) -> None:
    with pytest.raises(RequestError, match=r"^[^\n\0]+: "):
        read_file(name)


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "loop.yaml"
    path.symlink_to(path)  # unreadable even for root, unlike a file without permissions
    with pytest.raises(RequestError) as refused:
        read_file(path)
    assert str(refused.value).startswith(f"{path}: cannot be read: ")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a: 1\nb: caf\xe9", "2:7: byte 0xe9 is not UTF-8 text; save the file as UTF-8"),
        ("a: 1".encode("utf-16"), "1:1: byte 0xff is not UTF-8 text; save the file as UTF-8"),
        (b"a: 1\0", "1:5: not valid YAML: character '\\x00' is not allowed"),
        (b"a" * (LARGEST_FILE + 1), "1:1: larger than 1000000 bytes, which no scenario needs"),
    ],
)
def test_bad_bytes_are_refused(tmp_path: Path, raw: bytes, message: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(raw)
    with pytest.raises(RequestError) as refused:
        read_file(path)
    assert str(refused.value) == f"{path}:{message}"


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: \xe9\x93\xb6\r\n")
    document = read_file(path)
    assert document.data == {"a": 1, "b": "银"}
    assert document.positions["b",].key == Place(str(path), 2, 1)


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text(alphabet="ab:-?[]{}#&*!|>'\"%@` \n\t,.0123\\xu~<="))
def test_no_text_raises_anything_but_a_request_error(text: str) -> None:
    message = refusal_of(read_text, text, "f.yaml")
    assert message is None or (message.startswith("f.yaml:") and "\n" not in message)


@settings(max_examples=150, deadline=None)
@given(raw=st.binary())
def test_no_bytes_raise_anything_but_a_request_error(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    path.write_bytes(raw)
    message = refusal_of(read_file, path)
    assert message is None or (message.startswith(f"{path}:") and "\n" not in message)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.text(max_size=20)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(PLAIN)
def test_json_reads_as_what_it_says(value: object) -> None:
    found = read_value(json.dumps(value), "x").data
    assert found == value
    assert json.dumps(found) == json.dumps(value)  # also the same types, 1 against 1.0


def test_reading_does_not_wait_for_slow_packages() -> None:
    slow = "{'numba', 'scipy', 'pandas', 'numpy', 'mesa', 'matplotlib'}"
    code = f"import sys, sim.scenario.reading; print(sorted({slow} & set(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.strip() == "[]"
