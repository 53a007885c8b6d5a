"""Files that build on others: what a child keeps, and where each inherited value stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.core.errors import RequestError
from sim.scenario.checking import check
from sim.scenario.extending import read_extended
from tests.units.scenario.standins import World


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Write files into an empty folder and stand in it, so that messages show short names."""
    monkeypatch.chdir(tmp_path)

    def files(**texts: str) -> None:
        for name, text in texts.items():
            path = Path(f"{name.replace('__', '/')}.yaml")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)

    return files


def refusal(path: str) -> str:
    with pytest.raises(RequestError) as refused:
        read_extended(path)
    return str(refused.value)


def test_mappings_merge_and_the_rest_replaces(write: Any) -> None:
    write(
        parent="a: {x: 1, y: {p: 1, q: 2}}\nlist: [1, 2, 3]\nkept: old\ngone: {z: 1}\n",
        child="extends: parent.yaml\na: {y: {q: 3}}\nlist: [9]\ngone: 5\nnew: {n: ~}\n",
    )
    document = read_extended("child.yaml")
    assert document.data == {
        "a": {"x": 1, "y": {"p": 1, "q": 3}},
        "list": [9],
        "kept": "old",
        "gone": 5,
        "new": {"n": None},
    }
    places = {key: str(marks.value) for key, marks in document.positions.items()}
    assert places == {
        (): "child.yaml:1:1",
        ("a",): "child.yaml:2:4",
        ("a", "x"): "parent.yaml:1:8",
        ("a", "y"): "child.yaml:2:8",
        ("a", "y", "p"): "parent.yaml:1:18",
        ("a", "y", "q"): "child.yaml:2:12",
        ("list",): "child.yaml:3:7",
        ("list", 0): "child.yaml:3:8",
        ("kept",): "parent.yaml:3:7",
        ("gone",): "child.yaml:4:7",
        ("new",): "child.yaml:5:6",
        ("new", "n"): "child.yaml:5:10",
    }


def test_another_kind_replaces_the_whole_part(write: Any) -> None:
    write(
        parent="s: {kind: noisy, accuracy: 0.8}\nt: {kind: noisy, accuracy: 0.8}\n",
        child="extends: parent.yaml\ns: {kind: absent}\nt: {kind: noisy, visits: 2}\n",
    )
    document = read_extended("child.yaml")
    assert document.data["s"] == {"kind": "absent"}
    assert document.data["t"] == {"kind": "noisy", "accuracy": 0.8, "visits": 2}
    assert ("s", "accuracy") not in document.positions


def test_parents_are_found_from_the_file_that_names_them(write: Any) -> None:
    write(
        base="a: 1\nb: 1\nc: 1",
        sub__mid="extends: ../base.yaml\nb: 2\nc: 2",
        child="extends: sub/mid.yaml\nc: 3",
    )
    document = read_extended("child.yaml")
    assert document.data == {"a": 1, "b": 2, "c": 3}
    assert str(document.positions["a",].value) == "base.yaml:1:4"
    assert str(document.positions["b",].value) == "sub/mid.yaml:2:4"


def test_a_fault_in_an_inherited_value_names_the_file_where_it_stands(write: Any) -> None:
    write(
        parent="count: 10\nbanks:\n  main:\n    screening: {kind: noisy, accuracy: 1.5}\n",
        child="extends: parent.yaml\ncount: 20\n",
    )
    document = read_extended("child.yaml")
    with pytest.raises(RequestError) as refused:
        check(World, document.data, document.positions)
    assert str(refused.value) == (
        "parent.yaml:4:40: banks.main.screening.accuracy: "
        "must be a number, at least 0 and at most 1 (share); found 1.5"
    )


def test_the_files_own_fault_comes_before_its_parents(write: Any) -> None:
    write(
        parent="count: 0\nbanks: {}\n",
        child="extends: parent.yaml\n\n\nbanks: {}\ncuont: 1\n",
    )
    document = read_extended("child.yaml")
    with pytest.raises(RequestError) as refused:
        check(World, document.data, document.positions)
    assert str(refused.value) == (
        "child.yaml:5:1: cuont: unknown key 'cuont'; did you mean 'count'? (and 1 more)"
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("5", "1:10: extends: must name one YAML file; found 5"),
        ("[a.yaml]", "1:10: extends: must name one YAML file; found ['a.yaml']"),
        ("", "1:9: extends: must name one YAML file; found nothing"),
        ("''", "1:10: extends: must name one YAML file; found ''"),
        (".", "1:10: extends: '.' is a directory; name a YAML file (child.yaml -> .)"),
        ("bse.yaml", "1:10: extends: no such file 'bse.yaml'; did you mean 'base.yaml'? "
         "(child.yaml -> bse.yaml)"),
        (r'"a\0b"', r"1:10: extends: no such file 'a\x00b' (child.yaml -> a\x00b)"),
    ],
)  # fmt: skip
def test_a_bad_extends_is_refused_at_its_place(write: Any, value: str, message: str) -> None:
    write(base="a: 1", child=f"extends: {value}\n")
    assert refusal("child.yaml") == f"child.yaml:{message}"


def test_a_missing_grandparent_says_the_chain(write: Any) -> None:
    write(mid="a: 1\nextends: nowhere.yml\n", child="extends: mid.yaml\n")
    assert refusal("child.yaml") == (
        "mid.yaml:2:10: extends: no such file 'nowhere.yml' (child.yaml -> mid.yaml -> nowhere.yml)"
    )


def test_circles_are_refused(write: Any) -> None:
    write(
        alone="extends: alone.yaml",
        a="extends: sub/b.yaml",
        sub__b="extends: ./c.yaml",
        sub__c="x: 1\nextends: ../sub/b.yaml",
    )
    assert refusal("alone.yaml") == (
        "alone.yaml:1:10: extends: files extend each other in a circle: alone.yaml -> alone.yaml"
    )
    assert refusal("a.yaml") == (
        "sub/c.yaml:2:10: extends: files extend each other in a circle: "
        "a.yaml -> sub/b.yaml -> sub/c.yaml -> sub/b.yaml"
    )


def test_a_circle_through_a_link_is_seen(write: Any) -> None:
    write(a="extends: b.yaml")
    Path("b.yaml").symlink_to("a.yaml")
    assert "in a circle: a.yaml -> b.yaml" in refusal("a.yaml")


def test_a_broken_parent_is_refused_where_it_breaks(write: Any) -> None:
    write(parent="a: 1\na: 2", child="extends: parent.yaml")
    assert refusal("child.yaml") == "parent.yaml:2:1: a: key given twice, first on line 1"


def freeze(merged: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Let a file that states a burn-in keep its own banks for it."""
    if "burn_in" in own:
        merged["burn_in"]["banks"] = dict(merged["banks"])
    return merged


def test_the_hook_sees_each_files_merged_data_before_its_children_do(write: Any) -> None:
    write(
        grandparent="banks: {main: 1}\n",
        parent="extends: grandparent.yaml\nburn_in: {months: 24}\nbanks: {main: 2}\n",
        child="extends: parent.yaml\nbanks: {main: 3}\n",
    )
    seen: list[dict[str, Any]] = []

    def hook(merged: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
        seen.append(dict(merged["banks"]))
        return freeze(merged, own)

    document = read_extended("child.yaml", on_file=hook)
    assert seen == [{"main": 1}, {"main": 2}, {"main": 3}]
    assert document.data == {
        "banks": {"main": 3},
        "burn_in": {"months": 24, "banks": {"main": 2}},
    }
