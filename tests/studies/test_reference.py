"""The committed figures of the full studies, held against a small study of the model as it is.

The small study runs the command on seeds 1 to n, which are among the N seeds behind the reference.
A mean over n of N differs from the mean over all by ``s sqrt(1/n - 1/N)``, where s, the spread of
one seed, is read off the reference's own interval.  All figures of a bank are tested together, at
a chance of one in a thousand that an unchanged model strays (Bonferroni).
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy import stats

import sim.apps.batch
from sim.apps.cli import main

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "results" / "reference"
COMMAND = "smelend study experiments/{qn,zhengzhou,xm,l_branch,foreign,five_banks}.yaml"
AGAIN = f"if the model was meant to change, make it anew: {COMMAND} --keep results/reference"
SEEDS = {"zhengzhou": 4}  # the first study of the README; 2 of each other bank
SHOWN = ["default_rate", "npl_ratio_mean", "profit", "cost", "credit_to_good"]
ALPHA = 0.001
BANKS = sorted(path.parent.parent.name for path in REFERENCE.glob("*/study/path.csv"))


def small_study(bank: str, folder: Path) -> Path:
    """Write the study of a bank with base, each measure and the package, and nothing else."""
    home = ROOT / "experiments"
    asked = yaml.safe_load((home / f"{bank}.yaml").read_text("utf-8"))
    for key in ("arms", "claims", "equal_money", "regimes", "robust", "parts"):
        asked.pop(key, None)  # not every study asks all
    asked["base"] = str(home / asked["base"])
    asked["measures"] = [str(home / path) for path in asked["measures"]]
    asked |= {"questions": ["alone"], "metrics": [*SHOWN, "defaults"]}
    path = folder / f"{bank}.yaml"
    path.write_text(yaml.safe_dump(asked), "utf-8")
    return path


def figures(folder: Path) -> pd.DataFrame:
    """Return mean, low, high and n of the effects and of the path of bad loans, by name."""
    effects = pd.read_csv(folder / "effects.csv").rename(columns={"difference": "mean"})
    effects = effects[effects["metric"].isin(SHOWN)]
    path = pd.read_csv(folder / "path.csv")
    effects["name"] = effects["arm"] + ": " + effects["metric"]
    path["name"] = path["arm"] + ": bad loans, month " + path["month"].astype(str)
    both = pd.concat([effects, path[path["arm"].isin(["base", "package"])]])
    return both.set_index("name")[["mean", "low", "high", "n"]].astype(float)


def tolerances(reference: pd.DataFrame, n: int) -> pd.Series:
    """Return how far a mean over n of the reference's seeds may lie from the reference."""
    every = reference["n"]
    half = (reference["high"] - reference["low"]) / 2
    spread = half * np.sqrt(every) / stats.t.ppf(0.975, every - 1)
    z = stats.norm.ppf(1 - ALPHA / (2 * len(reference)))
    return z * spread * np.sqrt(1 / n - 1 / every)


def strays(found: pd.DataFrame, reference: pd.DataFrame, n: int) -> list[str]:
    """Return a line for each figure that is missing or lies beyond its tolerance."""
    known = reference.loc[reference.index.intersection(found.index)]
    lines = [f"{name}: not in the reference" for name in found.index.difference(known.index)]
    allowed = tolerances(known, n)
    for name, row in known.iterrows():
        now, then = found.loc[name, "mean"], row["mean"]
        if not abs(now - then) <= allowed[name]:
            lines.append(f"{name}: {now:.5g}, reference {then:.5g} +- {allowed[name]:.2g}")
    return lines


@pytest.mark.thorough
@pytest.mark.parametrize("bank", BANKS)
def test_the_reference_is_what_the_model_still_says(
    bank: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # drawing takes longer than living, and has tests of its own
    monkeypatch.setattr(sim.apps.batch, "report_of", lambda folder: {})
    n = SEEDS.get(bank, 2)
    words = ["study", str(small_study(bank, tmp_path)), "--seeds", str(n), "--workers", "0"]
    assert main([*words, "--quiet", "--out", str(tmp_path / "out")]) == 0
    found, reference = figures(tmp_path / "out"), figures(REFERENCE / bank / "study")
    off = strays(found, reference, n)
    assert not off, "\n".join([*off, AGAIN])
    # the tolerance is tight enough to hold the sign of what a reader is told first
    text = reference.loc[["package: default_rate", "package: cost", "package: profit"]]
    allowed = tolerances(reference, n)[text.index]
    sure = text["mean"].abs() > allowed
    assert sure["package: cost"]
    signs = np.sign(found.loc[text.index, "mean"]) == np.sign(text["mean"])
    assert signs[sure].all(), AGAIN


@pytest.mark.parametrize("bank", BANKS)
def test_every_claim_of_the_file_was_judged_and_adjusted_for_all(bank: str) -> None:
    claims = yaml.safe_load((ROOT / "experiments" / f"{bank}.yaml").read_text("utf-8"))["claims"]
    table = pd.read_csv(REFERENCE / bank / "study" / "verdicts.csv")
    assert list(table["claim"]) == list(claims), AGAIN
    # Holm by hand: the smallest p times m, the next times m - 1, ..., never falling
    least, adjusted = 0.0, {}
    for k, (row, p) in enumerate(table["p"].sort_values(kind="stable").items()):
        least = max(least, min(1.0, (len(table) - k) * p))
        adjusted[row] = least
    assert table["p_holm"].to_dict() == pytest.approx(adjusted, rel=1e-6)


def test_the_zhengzhou_study_has_a_reference() -> None:
    assert "zhengzhou" in BANKS


def test_a_figure_that_moved_is_named_and_noise_is_not() -> None:
    rng = np.random.default_rng(4)
    draws = rng.normal(1.0, 2.0, (3, 60))
    half = stats.t.ppf(0.975, 59) * draws.std(axis=1, ddof=1) / np.sqrt(60)
    mean = draws.mean(axis=1)
    names = ["a: profit", "b: profit", "c: profit"]
    reference = pd.DataFrame(
        {"mean": mean, "low": mean - half, "high": mean + half, "n": 60.0}, index=names
    )
    found = reference.assign(mean=draws[:, :10].mean(axis=1))
    assert strays(found, reference, 10) == []
    # by hand: z(1 - .001 / 6) x s x sqrt(1/10 - 1/60)
    by_hand = 3.5879 * draws[0].std(ddof=1) * np.sqrt(0.1 - 1 / 60)
    assert tolerances(reference, 10)["a: profit"] == pytest.approx(by_hand, rel=1e-3)
    moved = found.copy()
    moved.loc["a: profit", "mean"] = mean[0] + 1.01 * by_hand
    assert [line.split(":")[0] for line in strays(moved, reference, 10)] == ["a"]
    assert strays(found, reference.drop("b: profit"), 10) == ["b: profit: not in the reference"]
