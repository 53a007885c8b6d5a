"""A comparison's numbers come out by another route, and its text says what they are."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import sim
import sim.apps.batch
import sim.model.simulate
from sim.apps.comparing import comparison_of
from sim.core.errors import RequestError
from sim.model.result import Result
from sim.model.simulate import simulate
from sim.outcomes import METRICS
from sim.runs.layout import Folder
from sim.runs.manifest import read_manifest
from sim.scenario.loading import load_scenario
from sim.scenario.measure import joined_keys, load_measure
from sim.scenario.schema import Scenario
from tests.apps.command import BASE, HERE, NAMES, OTHER, SIZE, SMALL, Smelend

SEEDS = [1, 2, 3, 4]


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no report: it takes seconds, and has tests of its own."""
    monkeypatch.setattr(sim.apps.batch, "report_of", lambda folder: {})


@pytest.fixture(scope="module")
def summaries() -> list[pd.DataFrame]:
    """The outcomes of both arms, simulated by themselves."""
    return [simulate(load_scenario(file, set=SIZE), seeds=SEEDS).summary for file in (BASE, OTHER)]


def test_each_outcome_is_the_mean_difference_on_common_seeds(
    compared: Path, summaries: list[pd.DataFrame]
) -> None:
    table = pd.read_csv(compared / "comparison.csv").set_index("metric")
    assert list(table.index) == [name for name, one in METRICS.items() if one.judged]
    for name, row in table.iterrows():
        base, other = (frame[name].to_numpy() for frame in summaries)
        both = np.isfinite(base) & np.isfinite(other)
        difference = other[both] - base[both]
        n = int(both.sum())
        assert row["n"] == n
        if n < 2:
            continue
        half = stats.t.ppf(0.975, n - 1) * difference.std(ddof=1) / math.sqrt(n)
        scale = np.abs(base[both]).max() + np.abs(other[both]).max()
        found = row[["base", "other", "difference", "low", "high"]].astype(float).to_list()
        mean = difference.mean()
        wanted = [base[both].mean(), other[both].mean(), mean, mean - half, mean + half]
        assert found == pytest.approx(wanted, rel=1e-6, abs=1e-9 * scale), name
        if half > 1e-9 * scale:
            apart = base[both].var(ddof=1) + other[both].var(ddof=1)
            reduction = apart / difference.var(ddof=1)
            assert row["variance_reduction"] == pytest.approx(reduction, rel=1e-6)


def test_both_arms_start_from_the_same_books(compared: Path) -> None:
    """Month 1 differs by measures alone: what was lent before it is the same to the last yuan."""
    months = pd.read_parquet(compared / "months")
    first = months[months["month"] == 1].set_index(["arm", "seed"]).sort_index()
    before = first["gross_loans"] - first["disbursed"] + first["principal_repaid"]
    before += first["written_off"] + first["sold"]
    base, other = (before.loc[name].to_numpy() for name in NAMES)
    np.testing.assert_allclose(base, other, rtol=1e-9)


@pytest.mark.usefixtures("undrawn")
def test_the_table_is_printed_in_blocks_and_human_units(compared: Path, smelend: Smelend) -> None:
    said = smelend("compare", BASE, OTHER, "--seeds", "4", *SMALL, *HERE, "--out", compared)
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == f"base: {NAMES[0]}; other: {NAMES[1]}; 4 seeds, 6 months"
    blocks = [line for line in lines if line in ("Risk", "Profit and cost", "Access", "Work")]
    assert blocks == ["Risk", "Profit and cost", "Access", "Work"]
    together = " ".join(said.out.split())
    for metric in (one for one in METRICS.values() if one.judged):
        assert " ".join(metric.title.split()[:3]) in together
    row = pd.read_csv(compared / "comparison.csv").set_index("metric").loc["approval_rate"]
    line = next(line for line in lines if line.startswith("  Approval rate, %"))
    cells = line.removeprefix("  Approval rate, %").split()
    shown = [float(cell) for cell in cells[:3]]
    wanted = [100 * row[name] for name in ("base", "other", "difference")]
    step = 10.0 ** -len(cells[0].partition(".")[2])
    assert shown == pytest.approx(wanted, abs=0.51 * step)
    assert cells[-1] == row["verdict"]
    assert said.out.isascii()
    assert "\x1b" not in said.out
    assert max(map(len, lines)) <= 100 or any(str(compared) in line for line in lines)


@pytest.mark.usefixtures("undrawn")
def test_the_sentences_repeat_numbers_of_the_table(compared: Path, smelend: Smelend) -> None:
    said = smelend("compare", BASE, OTHER, "--seeds", "4", *SMALL, *HERE, "--out", compared)
    sentences = " ".join(said.out.split("\n\n")[1].split())
    row = pd.read_csv(compared / "comparison.csv").set_index("metric").loc["cost"]
    found = re.search(r"at a cost of CNY ([\d.]+) million over 6 months \((\d+) % more", sentences)
    assert found
    assert float(found[1]) == pytest.approx(row["difference"] / 1e6, rel=0.1)
    assert int(found[2]) == round(100 * row["difference"] / row["base"])
    for name in ("bad-loan (NPL) ratio", "default rate", "rofit after tax", "credit to good firms"):
        assert name in sentences


def test_figure_and_numbers_are_saved_and_named(compared: Path, smelend: Smelend) -> None:
    said = smelend("compare", BASE, OTHER, "--seeds", "4", *SMALL, *HERE, "--out", compared, "-q")
    listed = [line.split()[0] for line in said.out.splitlines() if line.startswith(str(compared))]
    written = ["comparison.csv", "report.html", "tables/", "figures/"]
    assert listed[:4] == [f"{compared}/{name}" for name in written]
    figures = compared / "figures"
    assert (figures / "npl_and_profit.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (figures / "npl_and_profit.svg").read_text()
    for name in ("default_and_credit", "profit_bridge", "risk_and_return", "convergence"):
        assert (figures / f"{name}.png").exists(), name
    months = pd.read_parquet(compared / "months")
    last = months[(months["month"] == 6) & (months["arm"] == NAMES[1])]
    drawn = pd.read_csv(figures / "npl_and_profit.csv")
    point = drawn[
        (drawn["metric"] == "npl_ratio") & (drawn["line"] == "other") & (drawn["month"] == 6)
    ]
    assert point["mean"].item() == pytest.approx(100 * last["npl_ratio"].mean(), rel=1e-6)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_it_fits_any_screen(
    columns: int, compared: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    said = smelend("compare", BASE, OTHER, "--seeds", "4", *SMALL, *HERE, "--out", compared)
    table = said.out.partition("Written")[0]
    assert max(map(len, table.splitlines())) <= columns
    assert "undecided" in table


def test_python_gives_the_same_table(compared: Path) -> None:
    base, other = (load_scenario(file, set=SIZE) for file in (BASE, OTHER))
    found = sim.compare(base, other, seeds=4)
    assert (found.base, found.others) == (NAMES[0], (NAMES[1],))
    stored = pd.read_csv(compared / "comparison.csv").drop(columns="base_arm")
    pd.testing.assert_frame_equal(found.table, stored, rtol=1e-8, check_dtype=False)
    assert set(found.months["arm"]) == set(NAMES)
    assert str(found).startswith(f"base: {NAMES[0]}; other: {NAMES[1]}; 4 seeds, 6 months")
    named = sim.compare(base, [other], seeds=[3, 1])
    assert sorted(named.runs["seed"].unique()) == [1, 3]


def test_python_refuses_two_scenarios_of_one_name() -> None:
    base = load_scenario(BASE, set=SIZE)
    with pytest.raises(RequestError, match="two scenarios are called 'zhengzhou/baseline'"):
        sim.compare(base, base, seeds=2)
    with pytest.raises(RequestError, match="at least one other"):
        sim.compare(base, [], seeds=2)


def test_several_others_each_get_a_table_and_a_figure(tmp_path: Path, smelend: Smelend) -> None:
    third = tmp_path / "third.yaml"
    third.write_text(f"extends: {OTHER}\nname: third arm\nbanks: {{main: {{branch_cost: 1}}}}\n")
    out = tmp_path / "out"
    said = smelend("compare", BASE, OTHER, third, "--seeds", "3", *SMALL, *HERE, "--out", out)
    assert said.status == 0
    assert f"base: {NAMES[0]}; other: {NAMES[1]}; 3 seeds" in said.out
    assert f"base: {NAMES[0]}; other: third arm; 3 seeds" in said.out
    table = pd.read_csv(out / "comparison.csv")
    assert list(table["arm"].unique()) == [NAMES[1], "third arm"]
    drawn = {path.name for path in (out / "figures").glob("npl_and_profit-*.png")}
    assert len(drawn) == 2
    for name in ("npl_and_profit-zhengzhou-optimised-", "npl_and_profit-third-arm-"):
        assert any(file.startswith(name) for file in drawn)


@pytest.mark.usefixtures("undrawn")
def test_a_failed_run_leaves_its_seed_out_and_ends_in_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    def broken(scenario: Scenario, *, seeds: list[int], **how: object) -> Result:
        if 2 in seeds and scenario.name == NAMES[1]:
            raise ArithmeticError("no solution")
        return simulate(scenario, seeds=seeds)

    monkeypatch.setattr(sim.model.simulate, "simulate", broken)
    said = smelend("compare", BASE, OTHER, "--seeds", "4", *SMALL, *HERE, "--out", tmp_path)
    assert said.status == 1
    assert "1 of 8 runs failed" in said.err
    assert "3 seeds (1 left out because a run failed), 6 months" in " ".join(said.out.split())


def frame(values: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Return a frame of runs, one row per arm and seed."""
    return pd.concat(
        [
            pd.DataFrame(metrics).rename_axis("seed").reset_index().assign(arm=arm, bank="b")
            for arm, metrics in values.items()
        ],
        ignore_index=True,
    )


def test_the_verdict_says_which_way_is_better() -> None:
    """Eight seeds whose difference is plain, of each sign, and one that is no difference."""
    noise = np.array([1.0, -1.0, 2.0, -2.0, 1.5, -1.5, 0.5, -0.5])
    steps = {"default_rate": -0.01, "profit": -1e6, "approval_rate": 0.1, "roe": 0.1, "cost": 0.0}
    base = {name: 10 * abs(step or 1.0) + noise for name, step in steps.items()}
    other = {
        name: base[name] + step + (abs(step) or 1.0) * 0.01 * np.roll(noise, 3)
        for name, step in steps.items()
    }
    months = pd.DataFrame({"month": [1]})
    runs = frame({"base": base, "other": other})
    table = comparison_of(runs, months, ["base", "other"]).table
    assert dict(zip(table["metric"], table["verdict"], strict=True)) == {
        "default_rate": "better",
        "profit": "worse",
        "approval_rate": "higher",
        "roe": "better",
        "cost": "undecided",
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["npl_ratio"], "--precision npl_ratio: write it as METRIC=HALFWIDTH"),
        (["npl_ration=1"], "no metric 'npl_ration'; did you mean 'npl_ratio'"),
        (["npl_ratio=0"], "must be above 0 (share), such as 0.001 or 0.1%; found '0'"),
        (["profit=5%"], "must be above 0 (CNY), such as a number; found '5%'"),
        (["npl_ratio=0.1", "--seeds", "3"], "give either --seeds or --precision"),
        (["npl_ratio=0.1", "--cap", "1"], "--cap 1: must be at least 2"),
    ],
)
def test_a_wrong_precision_is_told_in_one_line(
    words: list[str], expected: str, tmp_path: Path, smelend: Smelend
) -> None:
    said = smelend("compare", BASE, OTHER, "--precision", *words, "--out", tmp_path)
    assert said.status == 2
    assert expected in said.complaint


@pytest.mark.usefixtures("undrawn")
def test_seeds_are_added_until_the_difference_is_known_well_enough(
    tmp_path: Path, smelend: Smelend
) -> None:
    words = ["compare", BASE, OTHER, *SMALL, *HERE, "--out", tmp_path, "--precision"]
    short = smelend(*words, "approval_rate=50%")
    assert short.status == 0
    assert "approval_rate known to +-" in short.err
    assert short.err.splitlines()[-1].endswith("percentage points; reached")
    first = pd.read_parquet(tmp_path / "runs")["seed"].nunique()
    assert first >= 20
    stored = pd.read_parquet(tmp_path / "runs")
    runs = stored.pivot(index="seed", columns="arm", values="approval_rate")
    spread = (runs[NAMES[1]] - runs[NAMES[0]]).std(ddof=1)
    half = stats.t.ppf(0.975, first - 1) * spread / math.sqrt(first)
    # a little finer than what these seeds reach, so that more are needed, and the cap stops them
    long = smelend(*words, f"approval_rate={half / 3}", "--cap", first + 4)
    assert long.err.splitlines()[-1].startswith(f"{first + 4} seeds: ")
    assert long.err.splitlines()[-1].endswith("; stopped at the cap")
    assert pd.read_parquet(tmp_path / "runs")["seed"].nunique() == first + 4


@pytest.mark.usefixtures("undrawn")
def test_what_differs_besides_the_bank_is_noted(tmp_path: Path, smelend: Smelend) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(f"extends: {BASE}\nfirms: {{margin: 0.09}}\neconomy: {{funding_rate: 0.03}}\n")
    words = ["--seeds", "2", *SMALL, *HERE, "--out", tmp_path / "out"]
    said = smelend("compare", BASE, other, *words)
    assert said.status == 0
    rate = load_scenario(BASE).economy.funding_rate
    note = f"note: not only the bank differs: firms.margin 0.105, 0.09; economy.funding_rate {rate}"
    assert f"{note}, 0.03\n" in said.err


def test_other_numbers_of_firms_are_refused(tmp_path: Path, smelend: Smelend) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(f"extends: {BASE}\nname: smaller\nfirms: {{count: 1000}}\n")
    said = smelend("compare", BASE, other, "--out", tmp_path / "out")
    assert said.status == 2
    assert "cannot be compared: firms.count is 3,000 and 1,000, so their totals" in said.complaint
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("undrawn")
def test_measures_are_compared_with_the_base_without_them(tmp_path: Path, smelend: Smelend) -> None:
    """By a name beside the base, by a shipped name and by a path; all together are one arm."""
    path = BASE.parent / "measures/pricing.yaml"
    measures = ["--measure", "approval", "--measure", "zhengzhou/measures/team"]
    words = ["--seeds", 2, *SMALL, *HERE, "--out", tmp_path / "out"]
    said = smelend("compare", BASE, *measures, "--measure", path, *words)
    assert (said.status, said.err.count("note:")) == (0, 0)
    stored = read_manifest(Folder(tmp_path / "out"))
    assert stored is not None
    name = "zhengzhou/baseline + approval + team + pricing"
    assert list(stored.arms) == ["zhengzhou/baseline", name]
    files = [BASE.parent / f"measures/{one}.yaml" for one in ("approval", "team", "pricing")]
    keys, _ = joined_keys(map(load_measure, files))
    expected = load_scenario(BASE, set=SIZE).with_(keys)
    assert stored.arms[name].hash == expected.hash


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "name another scenario to compare with the base, or a measure (--measure NAME)"),
        (["--measure", "aproval"], "no file and no measure called 'aproval'; did you mean"),
        (
            ["--measure", "team", "--set", "banks.main.staffing.turnover_monthly=0.02"],
            "set it in one of them only",
        ),
    ],
)
def test_a_measure_that_cannot_be_compared_is_told(
    words: list[str], why: str, tmp_path: Path, smelend: Smelend
) -> None:
    said = smelend("compare", BASE, *words, "--out", tmp_path / "out")
    assert said.status == 2
    assert why in said.complaint
