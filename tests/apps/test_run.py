"""A run leaves its folder and says the main outcomes; failures and bad requests end as promised."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from scipy import stats

import sim.model.simulate
from sim.model.simulate import simulate
from sim.outcomes import METRICS
from sim.scenario.loading import load_scenario
from tests.apps.command import BASE, HERE, PLAIN, ROOT, SIZE, SMALL, Smelend


@pytest.mark.usefixtures("undrawn")
def test_it_leaves_the_outcomes_of_each_seed(tmp_path: Path, smelend: Smelend) -> None:
    said = smelend("run", BASE, "--seeds", "3..5", *SMALL, *HERE, "--out", tmp_path)
    assert said.status == 0
    # no more than progress, where it takes more than two seconds
    assert all("runs" in line or "compil" in line for line in said.err.splitlines())
    stored = pd.read_parquet(tmp_path / "runs").sort_values("seed", ignore_index=True)
    wanted = simulate(load_scenario(BASE, set=SIZE), seeds=[3, 4, 5]).summary
    assert (stored["arm"] == "zhengzhou/baseline").all()
    pd.testing.assert_frame_equal(stored.drop(columns="arm"), wanted, check_dtype=False)
    assert set(pd.read_parquet(tmp_path / "months")["month"]) == set(range(1, 7))
    for name in ("runs/", "months/", "manifest.json"):
        assert f"{tmp_path}/{name}" in said.out
        assert (tmp_path / name).exists()


@pytest.mark.usefixtures("undrawn")
def test_its_table_shows_mean_and_interval_over_the_seeds(tmp_path: Path, smelend: Smelend) -> None:
    said = smelend("run", BASE, "--seeds", "4", *SMALL, *HERE, "--out", tmp_path)
    days = pd.read_parquet(tmp_path / "runs")["days_to_decision"].to_numpy()
    mean, half = days.mean(), stats.t.ppf(0.975, 3) * days.std(ddof=1) / 2
    line = next(line for line in said.out.splitlines() if "Days to decision" in line)
    main = said.out.partition("Main outcomes")[2]
    assert "Mean rate of new loans, % a year" in main
    cells = line.split("decision")[1].replace("[", "").replace("]", "").replace(",", " ").split()
    shown = [float(cell) for cell in cells]
    step = 10.0 ** -len(cells[0].partition(".")[2])
    assert shown == pytest.approx([mean, mean - half, mean + half], abs=0.51 * step)
    assert 9.5 <= half / step < 100  # two digits of the half-width
    assert "zhengzhou/baseline: 4 seeds" in said.out
    for name in ("default_rate", "npl_ratio", "profit", "credit_granted"):
        assert METRICS[name].title in said.out
    assert "Profit after tax, all months, CNY million" in said.out


@pytest.mark.usefixtures("undrawn")
def test_repeating_it_runs_nothing_and_more_seeds_run_the_rest(
    tmp_path: Path, smelend: Smelend
) -> None:
    words = ["run", BASE, *SMALL, *HERE, "--out", tmp_path]
    assert "2 run now" in smelend(*words, "--seeds", "2").out
    assert "0 run now" in smelend(*words, "--seeds", "2").out
    assert "3 of 3 runs done, 1 run now" in smelend(*words, "--seeds", "3").out
    other = smelend(*words, "--seeds", "3", "--set", "economy.tax_rate=0.2")
    assert other.status == 2
    assert "economy.tax_rate was 0.25 and is 0.2" in other.complaint
    dry = smelend(*words, "--seeds", "3", "--set", "economy.tax_rate=0.2", "--dry-run")
    assert dry == other


@pytest.mark.usefixtures("undrawn")
def test_several_scenarios_are_arms_on_the_same_seeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    monkeypatch.chdir(tmp_path)
    other = ROOT / "scenarios/zhengzhou/optimised.yaml"
    said = smelend("run", BASE, other, "--seeds", "2", *SMALL, *HERE)
    assert said.status == 0
    stored = pd.read_parquet("results/zhengzhou/baseline+optimised/runs")
    assert stored.groupby("arm")["seed"].apply(sorted).to_dict() == {
        "zhengzhou/baseline": [1, 2],
        "zhengzhou/optimised": [1, 2],
    }
    assert "zhengzhou/optimised: 2 seeds" in said.out


def test_a_dry_run_says_what_it_would_take_and_writes_nothing(
    tmp_path: Path, smelend: Smelend
) -> None:
    folder = tmp_path / "out"
    said = smelend("run", BASE, "--seeds", "500", *SMALL, "--out", folder, "--dry-run")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith(f"{folder}: 500 runs in ")
    assert not folder.exists()


@pytest.mark.usefixtures("undrawn")
def test_quiet_says_only_what_was_written(tmp_path: Path, smelend: Smelend) -> None:
    said = smelend("run", BASE, "--seeds", "2", *SMALL, *HERE, "--out", tmp_path, "-q")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("Written\n")
    assert "Default rate" not in said.out
    assert f"{tmp_path}/runs/" in said.out


@pytest.mark.usefixtures("undrawn")
def test_books_are_held_to_balance_unless_told_not_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    asked: list[bool] = []
    real = sim.model.simulate.simulate

    def noted(scenario: Any, *, seeds: Any, check: bool = True, **how: Any) -> Any:
        asked.append(check)
        return real(scenario, seeds=seeds, check=check)

    monkeypatch.setattr(sim.model.simulate, "simulate", noted)
    words = ["run", BASE, "--seeds", "1", *SMALL, *HERE]
    smelend(*words, "--out", tmp_path / "checked")
    smelend(*words, "--out", tmp_path / "unchecked", "--no-check")
    assert asked == [True, False]
    pd.testing.assert_frame_equal(
        pd.read_parquet(tmp_path / "checked/runs"), pd.read_parquet(tmp_path / "unchecked/runs")
    )


def failing(*bad: int) -> Any:
    """Return a simulator in which some seeds have no solution."""

    def broken(scenario: Any, *, seeds: Any, **how: Any) -> Any:
        if set(seeds) & set(bad):
            raise ArithmeticError("no solution")
        return simulate(scenario, seeds=seeds)

    return broken


@pytest.mark.usefixtures("undrawn")
def test_runs_that_fail_end_in_1_and_keep_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    monkeypatch.setattr(sim.model.simulate, "simulate", failing(2))
    words = ["run", BASE, "--seeds", "3", *SMALL, *HERE, "--out", tmp_path]
    said = smelend(*words)
    assert said.status == 1
    assert said.err.count("\n") == 1
    assert f"{tmp_path}: 1 of 3 runs failed" in said.err
    assert "arm zhengzhou/baseline seed 2: ArithmeticError: no solution" in said.err
    assert "zhengzhou/baseline: 2 seeds" in said.out
    assert sorted(pd.read_parquet(tmp_path / "runs")["seed"]) == [1, 3]
    monkeypatch.undo()
    assert smelend(*words).status == 1  # a failed run is left alone
    again = smelend(*words, "--retry-failed")
    assert (again.status, again.err) == (0, "")


@pytest.mark.usefixtures("undrawn")
def test_when_all_runs_fail_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    monkeypatch.setattr(sim.model.simulate, "simulate", failing(1))
    said = smelend("run", BASE, "--seeds", "1", *SMALL, *HERE, "--out", tmp_path)
    assert said.status == 1
    assert "1 of 1 runs failed" in said.err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--seeds", "none"], "--seeds none: write a number of seeds such as 30, or a range"),
        (["--seeds", "0"], "--seeds 0: must be 1 to 1,000,000 seeds"),
        (["--seeds", "-3"], "--seeds -3: write a number"),
        (["--seeds", "9..3"], "--seeds 9..3: 3 is before 9"),
        (["--seeds", "1,1"], "the same seed is named twice"),
        (["--workers", "-1"], "--workers -1: give 0"),
        (["--workers", "1", "--dask", "tcp://127.0.0.1:1"], "a Dask cluster has its own workers"),
    ],
)
def test_a_wrong_option_is_told_in_one_line(
    words: list[str], expected: str, tmp_path: Path, smelend: Smelend
) -> None:
    said = smelend("run", BASE, *SMALL, *words, "--out", tmp_path)
    assert said.status == 2
    assert expected in said.complaint
    assert list(tmp_path.rglob("*.parquet")) == []


@pytest.mark.parametrize(
    ("words", "what"),
    [(["run", ""], "the name"), (["run", BASE, "--out", ""], "the value of --out")],
)
def test_an_empty_word_is_refused(words: list[object], what: str, smelend: Smelend) -> None:
    said = smelend(*words)
    assert said.status == 2
    assert said.complaint == f"smelend run: {what} is empty; give one"


def test_one_scenario_given_twice_is_refused(smelend: Smelend) -> None:
    said = smelend("run", BASE, BASE)
    assert said.status == 2
    assert "two arms would be called 'zhengzhou/baseline'" in said.complaint


@pytest.mark.parametrize("command", ["run", "compare"])
def test_a_folder_that_cannot_be_written_is_told_in_one_line(
    command: str, tmp_path: Path, smelend: Smelend
) -> None:
    (tmp_path / "file").write_text("")
    out = tmp_path / "file" / "out"
    said = smelend(command, BASE, PLAIN, *SMALL, *HERE, "--out", out)
    assert said.status == 2
    assert f"cannot write {out}" in said.complaint


def test_a_reader_that_leaves_is_no_error() -> None:
    """The pipe is closed before a word is written, both with little and with much to say."""
    for words in (["--version"], ["describe", "params", "--format", "json"]):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [sys.executable, "-m", "sim.apps.cli", *words],
            stdout=writing, stderr=subprocess.PIPE, cwd=ROOT, text=True,
        )  # fmt: skip
        os.close(writing)
        assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.usefixtures("undrawn")
def test_a_plan_file_runs_its_sweep_and_measures(tmp_path: Path, smelend: Smelend) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        f"kind: plan\ntitle: T\nbases: [{PLAIN}]\n"
        "seeds: 2\n"
        "set: {firms.count: 150, horizon: 3, burn_in.months: 3}\n"
        "arms: {dear: {set: {banks.main.pricing.margin: 0.02}}}\n"
        "sweep: {kind: grid, values: {economy.funding_rate: [0.02, 0.03]}}\n"
        "claims: {dearer: {kind: difference, statement: Loans cost more, metric: mean_rate,\n"
        "  base: baseline economy.funding_rate=0.02, expect: higher,\n"
        "  other: baseline + dear economy.funding_rate=0.02}}\n"
    )
    said = smelend("run", plan, *HERE, "--out", tmp_path / "out")
    assert (said.status, said.err) == (0, "")
    assert re.search(r"Loans cost more +(supported|undecided) +\+", said.out)
    design = pd.read_parquet(tmp_path / "out" / "design.parquet")
    assert design["economy.funding_rate"].to_list() == [0.02, 0.03, 0.02, 0.03]
    assert design["banks.main.pricing.margin"].to_list() == [-0.004, -0.004, 0.02, 0.02]
    stored = pd.read_parquet(tmp_path / "out" / "runs")
    assert len(stored) == 2 * 2 * 2  # seeds, with and without the measure, points of the sweep
    assert stored["arm"].nunique() == 4


def test_a_plan_states_its_own_seeds(tmp_path: Path, smelend: Smelend) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(f"kind: plan\ntitle: T\nbases: [{PLAIN}]\nseeds: 2\n")
    said = smelend("run", plan, "--seeds", "3")
    assert (said.status, said.out) == (2, "")
    assert said.complaint == f"{plan}: a plan states its own seeds and settings"


@pytest.mark.thorough
def test_detail_adds_loans_and_events_and_their_figures(tmp_path: Path, smelend: Smelend) -> None:
    plain, detailed = tmp_path / "plain", tmp_path / "detailed"
    small = ["--set", "firms.count=200", "--set", "horizon=14", "--set", "burn_in.months=6"]
    words = ["run", BASE, "--seeds", 2, *small, *HERE, "-q", "--out"]
    assert smelend(*words, plain).status == 0
    said = smelend(*words, detailed, "--detail")
    assert said.status == 0
    assert f"{detailed}/loans/" in said.out
    assert not (plain / "loans").exists()
    for table in ("runs", "months"):
        pd.testing.assert_frame_equal(
            pd.read_parquet(plain / table), pd.read_parquet(detailed / table)
        )
    loans, months = pd.read_parquet(detailed / "loans"), pd.read_parquet(detailed / "months")
    assert (loans["granted"] >= 1).sum() == months["taken"].sum()
    assert (detailed / "figures/truth_and_belief.png").exists()
    assert not (detailed / "figures/npl_and_profit.png").exists()  # one arm: nothing to compare


@pytest.mark.usefixtures("undrawn")
def test_fewer_seeds_than_a_folder_has_show_what_is_there(tmp_path: Path, smelend: Smelend) -> None:
    words = ["run", PLAIN, *SMALL, *HERE, "--out", tmp_path]
    assert smelend(*words, "--seeds", 3).status == 0
    said = smelend(*words, "--seeds", 2)
    assert said.status == 0
    assert f"{tmp_path}: it has seeds 1-3; all of them are shown\n" in said.err
    assert f"{tmp_path}: 3 of 3 runs done, 0 run now" in said.out
    dry = smelend(*words, "--seeds", 2, "--dry-run")
    assert (dry.status, dry.err) == (0, said.err)
    assert dry.out.startswith(f"{tmp_path}: 0 runs in ")
