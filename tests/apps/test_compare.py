"""Which arms may be compared, which way is better, and what becomes of a failed run."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
import sim.model.simulate
from sim.apps.comparing import comparison_of
from sim.core.errors import RequestError
from sim.model.result import Result
from sim.model.simulate import simulate
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario
from tests.apps.command import BASE, HERE, NAMES, OTHER, SIZE, SMALL, Said, Smelend


def test_python_refuses_two_scenarios_of_one_name() -> None:
    base = load_scenario(BASE, set=SIZE)
    with pytest.raises(RequestError, match="two scenarios are called 'zhengzhou/baseline'"):
        sim.compare(base, base, seeds=2)
    with pytest.raises(RequestError, match="at least one other"):
        sim.compare(base, [], seeds=2)


def with_several_others(place: Path, smelend: Smelend) -> tuple[Path, Said]:
    """Compare the base with two others; return the folder and what was said."""
    third = place / "third.yaml"
    third.write_text(f"extends: {OTHER}\nname: third arm\nbanks: {{main: {{branch_cost: 1}}}}\n")
    out = place / "out"
    said = smelend("compare", BASE, OTHER, third, "--seeds", "3", *SMALL, *HERE, "--out", out)
    assert said.status == 0
    return out, said


@pytest.mark.usefixtures("undrawn")
def test_several_others_each_get_a_table(tmp_path: Path, smelend: Smelend) -> None:
    out, said = with_several_others(tmp_path, smelend)
    assert f"base: {NAMES[0]}; other: {NAMES[1]}; 3 seeds" in said.out
    assert f"base: {NAMES[0]}; other: third arm; 3 seeds" in said.out
    table = pd.read_csv(out / "comparison.csv")
    assert list(table["arm"].unique()) == [NAMES[1], "third arm"]


@pytest.mark.thorough
def test_several_others_each_get_a_figure(tmp_path: Path, smelend: Smelend) -> None:
    out, _ = with_several_others(tmp_path, smelend)
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
