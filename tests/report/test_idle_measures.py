"""A measure that changes nothing is told as such in tables and chain, and named once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.analysis.mechanism.asked import Set
from sim.analysis.mechanism.chain import Chain
from sim.core.shipped import root
from sim.report.why import why_of
from sim.results.equal_arms import without_twins
from sim.results.folder import Results, read_results
from sim.results.levers_set import MOVED_NONE, STILL
from sim.results.tables.best_combinations import best_combinations, lost_without
from sim.results.tables.decisions import NO_EFFECT, decisions
from sim.results.unchanged import idle_keys
from tests.report.idle_game import UNUSED

IDLE = "More second"  # the title of the measure that does nothing


def test_a_part_that_changes_nothing_is_decided_as_without_effect(idled: Path) -> None:
    results = read_results(idled)
    first, second = decisions(results)
    told = {row[0].text: row[1].text for block in first.blocks for row in block.rows}
    assert list(told.values()).count(NO_EFFECT) == 1
    assert told[IDLE] == NO_EFFECT
    assert not any(IDLE in block.heading for block in second.blocks)


def test_combinations_with_one_outcome_are_one_row(idled: Path) -> None:
    results = read_results(idled)
    table, without = best_combinations(results), lost_without(results)
    assert table is not None
    assert without is not None
    rows = [[cell.text for cell in row[1:]] for block in table.blocks for row in block.rows]
    assert len(set(map(tuple, rows))) == len(rows)
    names = [row[0].text for block in table.blocks for row in block.rows]
    assert all(name.endswith(f" (the same with {IDLE})") for name in names)
    assert not any(IDLE in block.heading for block in without.blocks)
    assert IDLE not in table.note


def test_a_figure_draws_one_outcome_once_and_keeps_what_was_chosen(idled: Path) -> None:
    rows = read_results(idled).table("best_combinations")
    kept = without_twins(rows)
    numbers = kept.groupby("arm")[["difference", "low", "high"]].sum()
    assert len(numbers.drop_duplicates()) == len(numbers) == rows["arm"].nunique() / 2
    assert kept.loc[kept["chosen"] > 0, "arm"].nunique() == 1
    assert not kept["parts"].fillna("").str.contains("approval").any()  # its part
    assert "package" not in set(kept["arm"])
    named = without_twins(rows, pd.DataFrame({"arm": ["package"]}))  # as that one judges
    assert set(named["arm"]) - set(kept["arm"]) == {"package"}
    assert list(named["parts"].fillna("")) == list(kept["parts"].fillna(""))


def test_the_chain_of_what_moved_nothing_quotes_no_other_bank(idled: Path) -> None:
    chains = {one.statement: one for one in why_of(read_results(idled))}
    lever = chains["Still"].tables[0]
    (row,) = lever.blocks[0].rows
    assert row[2].text == STILL
    assert lever.note == MOVED_NONE.strip()
    package = chains["Down"].tables[0]
    said = [row[2].text for row in package.blocks[0].rows]
    assert said.count(STILL) == 1  # of three levers
    assert MOVED_NONE in package.note


def test_two_arms_with_one_outcome_moved_nothing_and_others_did(idled: Path) -> None:
    results = read_results(idled)
    visits = "banks.main.monitoring.monthly"
    levers = [Set(UNUSED, 0.0, 2.0), Set(visits, 0.1, 0.3)]
    for base, other, still in (
        ("base", "second", {UNUSED, visits}), ("base", "package", {UNUSED}),
        ("visits", "package", {UNUSED}), ("price", "package - visits", {UNUSED, visits}),
    ):  # fmt: skip
        arms = set(results.table("best_combinations")["arm"])
        assert {base, other} <= arms
        assert idle_keys(Chain(base, other, ["profit"], [], levers), results) == still


def test_tables_without_runs_leave_every_lever_to_the_report() -> None:
    home = Results(root() / "results" / "reference" / "zhengzhou" / "study")
    chain = Chain("base", "package", ["profit"], [], [Set(UNUSED, 0.0, 2.0)])
    assert idle_keys(chain, home) == set()
    assert idle_keys(chain, None) == set()
