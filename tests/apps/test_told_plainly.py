"""Slips of a first day, each told in one line that names the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim.apps.figures
from sim.analysis.experiments.kinds.study import load_study
from sim.core.shipped import located
from tests.apps.command import HERE, ROOT, SMALL, Smelend

STARTER = ROOT / "sim/apps/starter"
BASE = "zhengzhou/baseline"


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text)
    return file


def test_a_file_is_never_told_to_extend_itself(tmp_path: Path, smelend: Smelend) -> None:
    file = written(tmp_path, "baseline.yaml", "extends: basline\n")
    said = smelend("validate", file).complaint
    assert "did you mean 'baseline'?" in said  # the shipped one
    file.write_text("extends: baseline\n")
    assert smelend("validate", file).status == 0


def test_a_bank_written_otherwise_is_told_beside_the_known_one(
    tmp_path: Path, smelend: Smelend
) -> None:
    file = written(tmp_path, "mine.yaml", f"extends: {BASE}\nbanks:\n  Main: {{}}\n")
    said = smelend("validate", file).complaint
    assert said.startswith(f"{file}:3:")
    assert "there is no bank 'Main' before month 1; did you mean 'main'?" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "study.yaml"], "kind study; a plan is needed here; use `smelend study "),
        (["study", "baseline.yaml"], "this is a scenario, not an experiment; use `smelend run`"),
    ],
)
def test_a_file_of_another_kind_names_its_command(
    words: list[str], told: str, smelend: Smelend
) -> None:
    command, name = words
    assert told in smelend(command, STARTER / name).complaint


def test_claims_are_listed_where_none_is_named(smelend: Smelend) -> None:
    said = smelend("explain", "zhengzhou")
    assert (said.status, said.err) == (0, "")
    claims = load_study(located("zhengzhou", "study")).content.claims
    assert [line.partition(": ")[0] for line in said.out.splitlines()] == list(claims)


def test_a_chain_without_any_number_names_the_command_that_makes_them(
    tmp_path: Path, smelend: Smelend
) -> None:
    said = smelend("explain", "l_branch", "lies_matter", "--out", tmp_path)
    assert said.status == 0
    assert "  smelend explain l_branch lies_matter --cut" in said.out.splitlines()
    assert "--cut" not in smelend("explain", "zhengzhou", "post_loan", "--out", tmp_path).out


def test_a_percentage_is_told_as_a_share(smelend: Smelend) -> None:
    said = smelend("run", BASE, "--set", "banks.main.staffing.execution_base=60%").complaint
    assert said.endswith("found '60%'; write 0.6")


def test_a_missing_file_has_no_line(tmp_path: Path, smelend: Smelend) -> None:
    file = tmp_path / "nosuch.yaml"
    assert smelend("run", file).complaint == f"{file}: no such file"


def test_an_unknown_metric_names_the_nearest_alone(smelend: Smelend) -> None:
    said = smelend("compare", BASE, "zhengzhou/optimised", "--precision", "nplratio=1%").complaint
    assert "no metric 'nplratio'; did you mean 'npl_ratio' or " in said
    assert said.endswith("(`smelend describe metrics` lists all)")
    assert "workload" not in said


def test_stopped_at_the_figures_keeps_all_runs_and_says_so(
    tmp_path: Path, smelend: Smelend, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(folder: Path) -> dict[Path | str, str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(sim.apps.figures, "draw", pressed)
    words = ["run", BASE, "--seeds", 2, *SMALL, *HERE, "--out", tmp_path / "out", "--quiet"]
    said = smelend(*words)
    assert said.status == 130
    kept = f"all 2 finished runs are kept in {tmp_path / 'out'}; repeat the command to draw them\n"
    assert said.err.endswith(f"stopped while figures were drawn; {kept}")


def test_a_changed_scenario_in_an_old_folder_names_the_option(
    tmp_path: Path, smelend: Smelend
) -> None:
    words = ["run", BASE, "--seeds", 2, *SMALL, *HERE, "--out", tmp_path / "out", "--quiet"]
    assert smelend(*words).status == 0
    said = smelend(*words, "--set", "firms.margin=0.1").complaint
    assert "the results and the page there are of the old file; choose another folder" in said
    assert said.endswith("(--out DIR)")
