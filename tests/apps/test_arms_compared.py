"""Requests that are refused before anything is run: arms, studies and plans that make no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.apps.command import HERE, Smelend

ARM = "name: {name}\nhorizon: {horizon}\nburn_in: {{months: {burn_in}}}\nfirms: {{count: 40}}\n"
STUDY = "kind: study\ntitle: T\nhypothesis: H\nbase: base.yaml\nseeds: {quick: 2}\n"
MEASURE = """title: T
thesis: T
statements: ["1"]
package: {package}
overrides: {{banks: {{main: {{{key}: {value}}}}}}}
"""


def arm(folder: Path, name: str, banks: str = "", horizon: int = 3, burn_in: int = 2) -> Path:
    """Write one small scenario."""
    path = folder / f"{name}.yaml"
    text = ARM.format(name=name, horizon=horizon, burn_in=burn_in)
    path.write_text(text + (f"banks: {{{banks}}}\n" if banks else ""), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"horizon": 6}, "horizon is 3 and 6 months; give both the same"),
        ({"burn_in": 4}, "burn_in.months is 2 and 4 months; give both the same"),
        ({"banks": '"NA": {}'}, "no bank is in both (main; NA)"),
    ],
)
def test_arms_share_months_start_and_a_bank(
    other: dict[str, object], why: str, tmp_path: Path, smelend: Smelend
) -> None:
    one, two = arm(tmp_path, "base"), arm(tmp_path, "b", **other)  # type: ignore[arg-type]
    said = smelend("compare", one, two, *HERE, "--out", tmp_path / "out")
    assert (said.status, said.complaint) == (2, f"'base' and 'b' cannot be compared: {why}")
    assert not (tmp_path / "out").exists()


def test_only_the_banks_that_both_arms_have_are_compared(tmp_path: Path, smelend: Smelend) -> None:
    one = arm(tmp_path, "a", "z: {}, 郑州分行: {}")
    two = arm(tmp_path, "b", "郑州分行: {return_aim: 0.2}")
    said = smelend("compare", one, two, "--seeds", 2, *HERE, "--out", tmp_path / "out")
    assert said.status == 0
    assert "note: compared in a and b: 郑州分行, which both have\n" in said.err
    table = (tmp_path / "out/comparison.csv").read_text(encoding="utf-8")
    assert ",郑州分行," in table
    assert ",z," not in table


@pytest.mark.thorough
def test_similar_names_have_figures_of_their_own(tmp_path: Path, smelend: Smelend) -> None:
    paths = [arm(tmp_path, name) for name in ("None", "a b", "a-b", "a_b")]
    words = ["--seeds", 2, *HERE, "--out", tmp_path / "out", "--quiet"]
    assert smelend("compare", *paths, *words).status == 0
    figures = {file.name for file in (tmp_path / "out/figures").glob("profit_bridge*.png")}
    assert len(figures) == 3
    assert {"profit_bridge-a-b.png", "profit_bridge-a_b.png"} < figures


@pytest.mark.parametrize(
    ("measures", "more", "complaint"),
    [
        (["package", "b"], "", "measures.0: 'package' is reserved for an arm of every study"),
        (["a", "b", "a + b"], "", "measures.2: a name must not contain ' + ', which joins"),
        (["a", "=1+1"], "", "measures.1: a name must not start with =, which a spreadsheet"),
        (["a", "b"], "metrics: []\n", "metrics: name at least one outcome"),
        (["a", "b"], "metrics: [profit, profit]\n", "metrics.1: 'profit' is named twice"),
        (["a", "b"], "arms: {own: {}}\n", "arms.own: 'own' is reserved"),
        (["a", "b"], "arms: {a: {}}\n", "arms.a: this name is taken by a measure"),
        (
            ["a", "b"],
            'claims: {"=x": {kind: regime, column: a, at_least: 0.1}}\n',
            "claims.=x: a name must not start with =",
        ),
    ],
)
def test_a_study_is_refused_at_the_line_that_is_wrong(
    measures: list[str], more: str, complaint: str, tmp_path: Path, smelend: Smelend
) -> None:
    arm(tmp_path, "base")
    keys = [("rating", "branch_cost", 5), ("pricing", "reserve", 0.03), ("team", "reserve", 0.03)]
    for name, (package, key, value) in zip(measures, keys, strict=False):
        text = MEASURE.format(package=package, key=key, value=value)
        (tmp_path / f"{name}.yaml").write_text(text)
    files = ", ".join(f"'{name}.yaml'" for name in measures)
    (tmp_path / "study.yaml").write_text(f"{STUDY}measures: [{files}]\n{more}")
    said = smelend("study", tmp_path / "study.yaml", "--quick", "--out", tmp_path / "out")
    assert said.status == 2
    assert f"study.yaml:{7 if more else 6}:" in said.complaint
    assert complaint in said.complaint
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("plan", "complaint"),
    [
        ("seeds: 1-99999999999", ":4:8: seeds: '1-99999999999' are 99,999,999,999; at most 1,000,"),
        ("seeds: 1000000000000", ":4:8: seeds: must be a whole number from 1 to 1,000,000; found"),
        ("seeds: [9223372036854775808]", ":4:8: seeds: a seed: must be a whole number from 0 to"),
        ("seeds: 9-3", ":4:8: seeds: 9-3: 3 is before 9"),
        ("seeds: []", ":4:8: seeds: [] names no seed"),
        ("seeds: [1, 1]", ":4:8: seeds: the same seed is named twice"),
        ("seeds: 1.5", ":4:8: seeds: must be a whole number or text"),
        ("seeds: 1000000\narms: {a: {set: {horizon: 2}}, b: {set: {horizon: 3}}, c: {}, d: {},"
         " e: {}}", ":4:8: seeds: this plan has 6 arms on 1,000,000"),
        ("sweep: {kind: grid, values: {horizon: [%s], burn_in.months: [%s]}}"
         % ((", ".join(map(str, range(1, 200))),) * 2), ":4:8: sweep: this plan has 39,601 arms;"),
        ("sweep: {kind: latin_hypercube, count: 1000000, ranges: {horizon: {low: 1, high: 9}}}",
         ":4:8: sweep: this plan has 1,000,000 arms; at most 20,000"),
        ("sweep: {kind: grid, values: {economy.funding_rate: [0.02, 0.020]}}",
         ":4:59: sweep.values.economy.funding_rate.1: 0.02 is listed twice"),
        ("arms: {'=x': {set: {horizon: 2}}}", ":4:14: arms.=x: a name must not start with ="),
    ],
)  # fmt: skip
def test_a_plan_is_bounded_before_anything_is_built(
    plan: str, complaint: str, tmp_path: Path, smelend: Smelend
) -> None:
    (tmp_path / "plan.yaml").write_text(f"kind: plan\ntitle: T\nbases: [baseline]\n{plan}\n")
    said = smelend("run", tmp_path / "plan.yaml", *HERE, "--out", tmp_path / "out")
    assert said.status == 2
    assert f"plan.yaml{complaint}" in said.complaint
    assert not (tmp_path / "out").exists()
