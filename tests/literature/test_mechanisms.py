"""A prediction is judged on paired differences, and a world is what its file says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.literature import findings, load_mechanism, mechanisms, run
from sim.analysis.literature.page import page
from sim.core.errors import RequestError
from sim.model.simulate import simulate
from sim.scenario.loading import load_scenario

ROOT = Path(__file__).parents[2]
WORLD = f"""
extends: {ROOT.as_posix()}/scenarios/baseline.yaml
horizon: 6
burn_in: {{months: 6}}
firms: {{count: 200}}
banks: {{main: {{pricing: {{margin: 0.0}}}}}}
"""
STUDY = """\
kind: literature
title: A dear bank
source: nobody
hypothesis: it is dear
base: world.yaml
arms:
  base: {}
  same: {why: nothing changed, set: {banks.main.pricing.margin: 0.0}}
  dear: {set: {banks.main.pricing.margin: 0.03}}
  two: {twins: [second], set: {banks.main.pricing.margin: 0.01}}
ratios: {weak_share: [credit_to_weak, credit_granted]}
metrics: [mean_rate, weak_share]
seeds: {quick: 5, full: 6}
claims:
  nothing: {kind: difference, base: base, other: same, metric: profit, expect: higher,
            statement: the same bank earns more}
  dearer: {kind: difference, base: base, other: dear, metric: mean_rate, expect: higher,
           statement: a higher margin raises the rate}
  cheaper: {kind: difference, base: base, other: dear, metric: mean_rate, expect: lower,
            statement: a higher margin lowers the rate}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    worlds = tmp_path / "study"
    worlds.mkdir()
    (tmp_path / "world.yaml").write_text(WORLD, "utf-8")
    text = STUDY.replace("base: world.yaml", "base: ../world.yaml")
    (worlds / "dear.yaml").write_text(text, "utf-8")
    return worlds


def test_verdicts_follow_the_paired_difference(folder: Path) -> None:
    table = run(["dear"], quick=True, folder=folder, workers=0).set_index("claim")
    # an arm with no difference can never be called supported, nor refuted
    assert table.loc["nothing", "verdict"] == "undecided"
    assert table.loc["nothing", "difference"] == 0.0
    assert "nothing was changed" in table.loc["nothing", "why"]
    assert table.loc["dearer", "verdict"] == "supported"
    assert table.loc["cheaper", "verdict"] == "refuted"

    # by hand, one seed at a time
    world = folder.parent / "world.yaml"
    cheap = load_scenario(world)
    dear = load_scenario(world, set={"banks.main.pricing.margin": 0.03})
    differences = [
        simulate(dear, seed).summary["mean_rate"][0] - simulate(cheap, seed).summary["mean_rate"][0]
        for seed in range(1, 6)
    ]
    assert table.loc["dearer", "difference"] == pytest.approx(np.mean(differences), rel=1e-12)
    assert table.loc["dearer", "n"] == 5


def test_arms_that_cannot_be_compared_are_refused_before_any_run(folder: Path) -> None:
    file, ran = folder / "dear.yaml", []
    good = file.read_text("utf-8")
    changed = {
        "horizon is 6 and 3 months": "horizon: 3",
        "burn_in.months is 6 and 2 months": "burn_in.months: 2",
    }
    for why, setting in changed.items():
        file.write_text(good.replace("banks.main.pricing.margin: 0.03", setting), "utf-8")
        with pytest.raises(RequestError, match=f"dear.yaml: 'base' and 'dear' cannot .*{why}"):
            findings(["dear"], folder=folder, carry_out=lambda *asked: ran.append(asked))  # type: ignore[arg-type,func-returns-value]
    assert ran == []


def test_a_ratio_is_one_metric_over_another(folder: Path) -> None:
    found = findings(["dear"], quick=True, folder=folder, workers=0)[0]
    simulated = simulate(load_scenario(folder.parent / "world.yaml"), seeds=range(1, 6)).summary
    by_hand = (1.0 - simulated["credit_to_good"] / simulated["credit_granted"]).mean()
    assert found.means.loc["base", "weak_share"] == pytest.approx(by_hand, rel=1e-9)


def test_a_first_look_uses_other_seeds_than_the_page(folder: Path) -> None:
    study = load_mechanism(folder / "dear.yaml")
    assert list(study.seeds(quick=True)) == [1, 2, 3, 4, 5]
    assert len(study.seeds(quick=False)) == 6
    assert not set(study.seeds(quick=True)) & set(study.seeds(quick=False))


def test_a_twin_has_the_policies_of_the_first_bank_throughout(folder: Path) -> None:
    world = load_mechanism(folder / "dear.yaml").arms["two"]
    assert list(world.banks) == ["main", "second"] == list(world.burn_in.banks or {})
    assert world.banks["second"] == world.banks["main"]
    assert world.banks["second"].pricing.margin == 0.01
    assert (world.burn_in.banks or {})["second"].pricing.margin == 0.0  # set from month 1 only


@pytest.mark.parametrize(
    ("was", "wrong", "said"),
    [
        ("other: dear, metric: mean_rate, expect: higher", "other: deer, metric: mean_rate, "
         "expect: higher", "no arm 'deer'; did you mean 'dear'?"),
        ("metric: profit", "metric: profits", "no metric 'profits'; did you mean 'profit'?"),
        ("metrics: [mean_rate", "metrics: [mean_rates", "no metric 'mean_rates'"),
        ("pricing.margin: 0.03", "pricing.margn: 0.03", "unknown key 'margn'"),
        ("credit_to_weak, credit_granted", "credit_to_weak", "name two metrics"),
        ("kind: difference, base: base, other: same, metric: profit, expect: higher",
         "kind: trend, arm: base, months: [1, 2], metric: profit, expect: higher", "kinds"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_before_anything_is_run(
    folder: Path, was: str, wrong: str, said: str
) -> None:
    file = folder / "dear.yaml"
    text = file.read_text("utf-8")
    assert was in text
    file.write_text(text.replace(was, wrong), "utf-8")
    with pytest.raises(RequestError) as refused:
        load_mechanism(file)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"{file}:")


def test_an_unknown_mechanism_is_refused(folder: Path) -> None:
    with pytest.raises(RequestError, match="did you mean 'dear'"):
        mechanisms(["deer"], folder)
    with pytest.raises(RequestError, match="no mechanism"):
        mechanisms(None, folder / "nowhere")


def test_the_page_says_plainly_where_the_model_disagrees(folder: Path) -> None:
    text = page(findings(["dear"], quick=True, folder=folder, workers=0), "command")
    listed = text.split("## Where the model does not agree")[1].split("## A dear bank")[0]
    assert "**refuted** (A dear bank): a higher margin lowers the rate" in listed
    assert "**undecided** (A dear bank): the same bank earns more" in " ".join(listed.split())
    assert "a higher margin raises the rate" not in listed
    assert "Of 3 claims: 1 supported, 1 refuted, 1 undecided." in text
    assert text.index("**Prediction.**") < text.index("| Claim |")


def test_the_mechanisms_are_there_and_can_be_read() -> None:
    found = mechanisms()
    assert len(found) == 11
    for one in found:
        assert one.content.hypothesis
        assert one.content.claims
        assert len({world.hash for world in one.arms.values()}) == len(one.arms), one.name
