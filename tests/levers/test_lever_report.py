"""The report on levers tells one that works from one that does not, and the committed one is good.

`python -m experiments.remake --only levers 'levers of people'` makes the committed tables anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.analysis.levers.declared import levers_of, pulls_of
from sim.analysis.levers.measured import (
    DEAD,
    DEFECTS,
    ELSEWHERE,
    MOVES,
    OUTCOMES,
    SIDES,
    UNTOLD,
    measure_levers,
)
from sim.analysis.levers.observed import observe
from sim.apps.cli import main
from sim.core.errors import RequestError
from sim.core.params import Params, param
from sim.model.processes import PROCESSES, OnDemand, processes
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.model.version import MODEL_VERSION
from sim.outcomes import METRICS
from sim.report.table_markdown import table_markdown
from sim.results.lever_table import lever_table
from sim.runs.csv_files import read_csv
from sim.runs.plan import Plan
from sim.scenario.loading import load_scenario
from sim.scenario.schema import FAMILIES, Scenario
from sim.state.ledger import LEDGER
from tests.levers.registry import PARAMETERS

ROOT = Path(__file__).parents[2]
STORED = ROOT / "results" / "reference" / "levers"
AGAIN = "make it anew: python -m experiments.remake --only levers 'levers of people'"
SMALL = {"firms.count": 100, "horizon": 4, "burn_in.months": 4}
THREE = ("approval.pd_max", "staffing.audit", "collateral.mixed.least")
SEEDS = range(1, 5)


@cache
def stored(months: int = 36) -> pd.DataFrame:
    """Return the committed table: all levers, or those of people over twice the time."""
    folder = STORED if months == 36 else STORED / "people"
    return read_csv(folder / "levers.csv").set_index("lever")


def test_every_lever_says_how_it_is_pulled_and_nothing_else_does() -> None:
    levers = [str(one) for one in PARAMETERS if one.said.cost]
    assert [str(one) for one in PARAMETERS if one.said.pulled] == levers


def test_every_process_is_one_that_the_report_can_show() -> None:
    known = {*LEDGER.columns, *METRICS, *PROCESSES}
    named = {name for lever in levers_of(Scenario()) for name in lever.process}
    named |= {name for one in PARAMETERS if one.said.pulled for name in one.said.pulled[1].split()}
    assert named - known == set()
    for family in FAMILIES.values():
        assert all(member.process for member in family.members.values())


@pytest.mark.parametrize(
    "bank",
    [
        "foreign/baseline",
        pytest.param("baseline", marks=pytest.mark.thorough),
        pytest.param("qn/baseline", marks=pytest.mark.thorough),
    ],
)
def test_every_extreme_goes_with_the_bank(bank: str) -> None:
    scenario = load_scenario(bank, SMALL)
    for lever in levers_of(scenario):
        pulls = pulls_of(scenario, lever)
        assert pulls.low[1].hash != pulls.high[1].hash, lever.name


def test_extremes_need_a_process() -> None:
    with pytest.raises(TypeError, match="process"):

        class Mute(Params):
            """A lever without a process."""

            lever: float = param(
                0.0, unit="-", source="A: -", meaning="-", cost="bonus", extremes=(0.0, 1.0)
            )


@pytest.mark.parametrize(("months", "only"), [(36, "*"), (72, "staffing.*")])
def test_the_committed_table_holds_every_lever_of_this_model(months: int, only: str) -> None:
    table = stored(months)
    assert set(table["model"]) == {MODEL_VERSION}, AGAIN
    assert set(table["months"]) == {months}, AGAIN
    assert list(table.index) == [one.name for one in levers_of(load_scenario("baseline"), only)]


@pytest.mark.parametrize("months", [36, 72])
def test_no_lever_of_the_committed_table_is_a_defect(months: int) -> None:
    table = stored(months)
    assert table[table["verdict"] != MOVES]["verdict"].to_dict() == {}


@pytest.mark.parametrize(
    "name", [*(pytest.param(one, marks=pytest.mark.thorough) for one in THREE[:2]), THREE[2]]
)
def test_what_is_committed_comes_out_again(name: str) -> None:
    row = stored().loc[name]
    scenario = load_scenario("baseline", {"firms.count": int(row["firms"])})
    now = measure_levers(scenario, range(1, 1 + int(row["n"])), in_process, name).iloc[0]
    assert (now["process"], now["verdict"]) == (row["process"], row["verdict"]), AGAIN
    for title in ("process", *OUTCOMES, "cost"):
        for side in SIDES:
            found, before = now[f"{title}_{side}"], row[f"{title}_{side}"]
            assert found == pytest.approx(before, rel=1e-3, abs=1e-9), f"{title}; {AGAIN}"


def in_process(plan: Plan, _: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Carry out a plan here."""
    found = {arm: observe(scenario, seeds=plan.seeds) for arm, scenario in plan.arms.items()}
    runs = [one.summary.assign(arm=arm) for arm, one in found.items()]
    return pd.concat(runs), pd.DataFrame()


def staged(moved: Mapping[str, Any]) -> pd.DataFrame:
    """Return the table where only the columns `moved` differ at the high extreme of one lever."""

    def carry_out(plan: Plan, _: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        names = {*OUTCOMES, "cost", "approval_rate"}
        rows = [
            {"arm": arm, "seed": seed, "bank": "main"}
            | {name: 1.0 + 0.1 * seed for name in names}
            | {name: 1.0 + 0.1 * seed + moved[name][seed - 1] for name in moved if "0.15" in arm}
            for arm in plan.arms
            for seed in plan.seeds
        ]
        return pd.DataFrame(rows), pd.DataFrame()

    return measure_levers(load_scenario("baseline"), SEEDS, carry_out, "approval.pd_max")


CLEAR, NOISE = [0.30, 0.31, 0.29, 0.30], [0.3, -0.31, 0.32, -0.3]


@pytest.mark.parametrize(
    ("moved", "verdict"),
    [
        ({"approval_rate": CLEAR, "profit": CLEAR}, MOVES),
        ({}, DEAD),
        ({"cost": CLEAR, "profit": CLEAR}, DEAD),
        ({"approval_rate": NOISE}, UNTOLD),
        ({"default_rate": CLEAR}, ELSEWHERE),
        ({"approval_rate": NOISE, "npl_ratio_mean": CLEAR}, ELSEWHERE),
    ],
)
def test_the_verdict_follows_from_process_and_outcomes(
    moved: Mapping[str, Any], verdict: str
) -> None:
    row = staged(moved).iloc[0]
    assert row["verdict"] == verdict
    assert row["default_rate_low"] == 0.0
    assert (verdict in DEFECTS) == (verdict != MOVES)


def test_a_change_has_its_paired_interval() -> None:
    row = staged({"approval_rate": CLEAR}).iloc[0]
    assert row["process_high"] == pytest.approx(np.mean(CLEAR))
    assert row["process_high_from"] < 0.30 < row["process_high_to"]
    assert row["n"] == len(CLEAR)
    page = table_markdown(lever_table(staged({"approval_rate": CLEAR})))
    assert f"| {MOVES} |" in page
    assert "+0.300" in page


def test_observing_changes_no_outcome() -> None:
    scenario = load_scenario("baseline", SMALL)
    plain, seen = simulate(scenario, seeds=[1, 2]).summary, observe(scenario, seeds=[1, 2])
    assert seen.summary[plain.columns].equals(plain)
    assert seen.summary[list(PROCESSES)].notna().all(axis=None)
    alone = observe(scenario, seeds=[2]).summary  # of a seed, whatever others are beside it
    pd.testing.assert_frame_equal(alone, seen.summary[1:].reset_index(drop=True), check_exact=True)


def test_a_bank_without_a_loan_is_observed_quietly() -> None:
    market = Simulation(load_scenario("baseline", SMALL), [1]).market
    found = processes(market, OnDemand(market))
    assert np.isnan(found["pledged"]).all()
    assert np.isnan(found["loan_size"]).all()


def test_an_unknown_lever_and_one_seed_are_refused() -> None:
    scenario = load_scenario("baseline", SMALL)
    with pytest.raises(RequestError, match=r"did you mean 'approval\.pd_max'"):
        levers_of(scenario, "approval.pd_mx")
    with pytest.raises(RequestError, match="at least 2 seeds"):
        measure_levers(scenario, [1], in_process)


def test_the_command_writes_and_keeps_both_tables(tmp_path: Path) -> None:
    settings = [word for key, value in SMALL.items() for word in ("--set", f"{key}={value}")]
    words = ["levers", "qn", "--only", "pricing.margin", "--seeds", "2", "--workers", "0", "-q"]
    out, kept = tmp_path / "out", tmp_path / "kept"
    assert main([*words, *settings, "--out", str(out), "--keep", str(kept)]) == 0
    table = read_csv(kept / "levers.csv")
    assert table["lever"].tolist() == ["pricing.margin"]
    assert table["process_high"].item() > 0.0 > table["process_low"].item()
    assert (kept / "levers.md").read_text("utf-8").startswith("# Levers")
