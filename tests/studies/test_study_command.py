"""`smelend study` from the command line to the files that it leaves."""

from pathlib import Path

import pandas as pd
import pytest

import sim.apps.batch
from sim.apps.cli import main
from tests.studies.ledgers import MEASURES, STUDY, write_study

SMALL = STUDY.replace(
    "measures:", "set: {firms.count: 300, horizon: 14, burn_in.months: 8}\nmeasures:"
)


@pytest.mark.thorough
def test_a_study_is_run_told_and_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = write_study(tmp_path, SMALL), tmp_path / "out"
    words = ["study", str(path), "--seeds", "3", "--workers", "0", "--out", str(out)]
    assert main(words) == 0
    text = capsys.readouterr().out
    assert "Hypothesis, written before the run: It does." in text
    assert "3 seeds (the number requested), 8 arms" in text
    assert "4 claims judged together" in text
    assert (out / "study.txt").read_text("utf-8").strip() in text
    verdicts = pd.read_csv(out / "verdicts.csv")
    assert list(verdicts["claim"]) == ["down", "up", "pair", "first"]
    assert set(verdicts["n"]) == {3}
    effects = pd.read_csv(out / "effects.csv")
    assert set(effects["arm"]) == {"package", *MEASURES}
    runs = pd.read_parquet(out / "runs")
    assert len(runs) == 8 * 3
    # what is told of the package is the plain mean of paired differences in the runs
    wide = runs.pivot(index="seed", columns="arm", values="default_rate")
    expected = (wide["package"] - wide["base"]).mean()
    row = effects[(effects["arm"] == "package") & (effects["metric"] == "default_rate")].iloc[0]
    assert row["difference"] == pytest.approx(expected)
    for name in ("claims", "attribution", "profit_bridge", "vintages", "truth_and_belief"):
        assert (out / f"figures/{name}.png").exists(), name
    loans = pd.read_parquet(out / "loans")
    assert set(loans["arm"]) == {"base", "package"}
    # repeated, it finds all done and says the same; drawing it again is not needed for that
    monkeypatch.setattr(sim.apps.batch, "report_of", lambda folder: {})
    assert main(words) == 0
    told = capsys.readouterr().out
    assert told.endswith((out / "study.txt").read_text("utf-8"))
    assert len(pd.read_parquet(out / "runs")) == 8 * 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--quick", "--seeds", "5"], "either --quick or --seeds"),
        (["--seeds", "1"], "at least 2 seeds"),
        ([], "claims.up: no arm called 'vists'; did you mean 'visits'?"),
    ],
)
def test_a_wrong_request_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    path = write_study(tmp_path, SMALL.replace("other: visits", "other: vists", 1))
    assert main(["study", str(path), *words, "--out", str(tmp_path / "out")]) == 2
    streams = capsys.readouterr()
    assert said in streams.err
    assert streams.err.count("\n") == 1
    assert not (tmp_path / "out").exists()
