"""The table of statements: every row of the theses is there, and all that it names exists."""

import csv
import importlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.analysis.causes import OFF
from sim.analysis.levers.declared import levers_of
from sim.analysis.statements.listed import KINDS, SIDES, listed
from sim.core.errors import RequestError
from sim.outcomes import METRICS
from sim.scenario.loading import load_scenario
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


@cache
def levers() -> frozenset[str]:
    return frozenset(lever.name for lever in levers_of(load_scenario("baseline")))


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
    for pull in parts(row["levers"]):
        lever, _, side = pull.partition(" ")
        assert lever in levers(), lever
        assert side in SIDES, pull
    where = [part.partition(" ")[::2] for part in parts(row["where"])]
    assert where or row["not_shown"]
    for what, name in where:
        if what == "metric":
            assert name in METRICS
        elif what == "test":
            assert (ROOT / name).is_file(), name
        elif what in ("claim", "see"):
            file, _, claim = name.rpartition("/")
            assert claim in study(file)["claims"], name
        elif what == "cause":
            assert name in OFF
        elif what == "measure":
            bank, _, measure = name.partition("/")
            path = ROOT / "scenarios" / bank / "measures" / f"{measure}.yaml"
            assert path.is_file(), name
        else:
            assert what == "scope", what
            assert name
    assert {what for what, _ in where} <= set(KINDS)
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
    assert {len(row) for row in shown} == {len(listing.COLUMNS)}


HEAD = "number,thesis,type,statement,mechanism,keys,levers,expected,where,not_shown\n"


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("0.1,t,X,s,m,,,,metric roe,a reason\n" * 2, "statement 0.1 is there twice"),
        ("0.1,t,X,s,m,,,,metric roe,\n", "no carrier and no reason"),
        ("0.1,t,X,s,m,,,,claim qn/rating,a reason\n", "both a carrier and a reason for none"),
        ("0.1,t,X,s,m,,,risk lower,metric roe,\n", "expects something of no lever"),
        ("0.1,t,X,s,m,,staffing.audit up,,claim qn/rating,\n", "'staffing.audit up'; allowed: low"),
        ("0.1,t,X,s,m,,,,claim,\n", "'claim'; allowed: measure, claim"),
        ("0.1,t,X,s,m,,,,,an input, no result\n", "0.1: not one cell per column"),
        ("0.1,t,X,s,m,,staffing.audit high,risk less,,\n", "'risk less'; allowed: lower"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(tmp_path: Path, lines: str, fault: str) -> None:
    path = tmp_path / "statements.csv"
    path.write_text(HEAD + lines, encoding="utf-8")
    with pytest.raises(RequestError, match=re.escape(fault)):
        listed(path)
