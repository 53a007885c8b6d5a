"""The table of statements: every row of the theses is there, and all that it names exists."""

import csv
import importlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.apps.cli import main
from sim.outcomes import METRICS
from sim.scenario.measure import PACKAGES
from sim.scenario.schema import FAMILIES, Scenario
from sim.scenario.tracing import Declared

ROOT = Path(__file__).parents[2]
BANKS = {"0": "qn", "1": "zhengzhou", "2": "xm", "3": "l_branch", "4": "foreign"}
# how many statements each thesis makes, counted by hand: 0.1-0.16, 1.1-1.21, ...
LAST = {"0": 16, "1": 21, "2": 18, "3": 19, "4": 20}
TYPES = {"X", "P", "C", "M", "T"}
TABLE = ROOT / "data" / "statements.csv"


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


@cache
def study(bank: str) -> Any:
    return yaml.safe_load((ROOT / "experiments" / f"{bank}.yaml").read_text("utf-8"))


def test_every_statement_of_every_thesis_has_one_row() -> None:
    expected = [f"{thesis}.{n}" for thesis, last in LAST.items() for n in range(1, last + 1)]
    assert [row["number"] for row in rows()] == expected


def resolves(key: str) -> bool:
    """Tell whether a dotted key exists in some scenario, walking the declared types."""
    first, *rest = key.split(".")
    at = [Declared(Scenario).inner(first)]
    for name in rest:
        inside: list[Declared] = []
        for one in at:
            kinds = [Declared(model) for model in one.members().values()] or [one]
            inside += [kind.inner(name) for kind in kinds]
        at = [one for one in inside if one.annotation is not None]
    return bool(at)


def test_keys_are_told_apart_from_slips_of_the_pen() -> None:
    assert resolves("banks.main.rating.bureau")
    assert resolves("firms.demand.liars")
    assert not resolves("banks.main.rating.burau")
    assert not resolves("firms.demand.liars.more")
    assert len(FAMILIES) == 13


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["number"])
def test_all_that_a_row_names_exists(row: dict[str, str]) -> None:
    assert row["type"] in TYPES
    assert row["mechanism"]
    assert row["statement"]
    for key in parts(row["keys"]):
        assert resolves(key), key
    where = [part.partition(" ")[::2] for part in parts(row["where"])]
    assert where
    for what, name in where:
        if what == "metric":
            assert name in METRICS
        elif what == "test":
            assert (ROOT / name).is_file(), name
        elif what == "claim":
            bank, _, claim = name.partition("/")
            assert claim in study(bank)["claims"], name
        elif what == "measure":
            bank, _, measure = name.partition("/")
            path = ROOT / "scenarios" / bank / "measures" / f"{measure}.yaml"
            assert path.is_file(), name
        else:
            assert what == "scope", what
            assert name
    if row["type"] == "M":
        assert any(what == "measure" for what, _ in where), "a measure needs a file"


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["number"])
def test_measures_say_the_statements_that_the_table_gives_them(row: dict[str, str]) -> None:
    if row["type"] != "M":
        return
    named = []
    for part in parts(row["where"]):
        what, _, name = part.partition(" ")
        if what == "measure":
            bank, _, measure = name.partition("/")
            assert bank in (BANKS[row["number"][0]], "common")
            path = ROOT / "scenarios" / bank / "measures" / f"{measure}.yaml"
            named += yaml.safe_load(path.read_text("utf-8"))["statements"]
    assert row["number"] in named


def test_every_statement_that_a_measure_claims_is_a_row_that_names_it() -> None:
    where = {row["number"]: row["where"] for row in rows()}
    files = sorted((ROOT / "scenarios").rglob("measures/*.yaml"))
    # of the five banks, one per package for all of them, and a fund on the terms of 2026
    assert len(files) == 36 + 10 + 1
    for path in files:
        bank = path.parent.parent.name
        for statement in yaml.safe_load(path.read_text("utf-8"))["statements"]:
            assert f"measure {bank}/{path.stem}" in where[statement], (path.stem, statement)


def test_every_measure_that_a_thesis_proposes_is_in_the_common_set_as_well() -> None:
    proposed = {row["number"] for row in rows() if row["type"] == "M"}
    common = sorted((ROOT / "scenarios" / "common" / "measures").glob("*.yaml"))
    said = [yaml.safe_load(path.read_text("utf-8")) for path in common]
    assert proposed <= {number for one in said for number in one["statements"]}
    assert sorted(one["package"] for one in said) == sorted([*PACKAGES, "collateral_guarantees"])


def test_the_listing_shows_the_table() -> None:
    listing = importlib.import_module("sim.apps.listings.statements")
    shown = listing.rows()
    assert len(shown) == sum(LAST.values())
    assert shown[0][0] == "0.1"


def test_the_page_is_the_one_that_the_table_makes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["describe", "statements", "--format", "page"]) == 0
    page = (ROOT / "docs" / "statements.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == page, (
        "write it anew: smelend describe statements --format page > docs/statements.md"
    )
    # five tables, and a line for each statement
    assert page.count("\n## ") == len(LAST)
    numbers = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")]
    assert [n for n in numbers if n[:1].isdigit()] == [row["number"] for row in rows()]
