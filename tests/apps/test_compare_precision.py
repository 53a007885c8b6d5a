"""A comparison adds seeds until a difference is known as precisely as was asked, or to a cap."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest
from scipy import stats

from tests.apps.command import BASE, HERE, NAMES, OTHER, SMALL, Smelend


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
