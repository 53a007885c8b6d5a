"""What README and the pages beside it show is so: code runs, excerpts stand in the files named."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.analysis.experiments.kinds.plan import load_plan
from sim.scenario.loading import load_scenario
from tests.apps.command import PLAIN, ROOT, Smelend

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("comparing", "commands", "python", "extending")
}
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
BLOCKS = [block for text in (README, *PAGES.values()) for block in FENCED.findall(text)]


def blocks(kind: str, holding: str) -> list[str]:
    """Return the code blocks of a kind that hold a text; there must be one at least."""
    found = [text for name, text in BLOCKS if name == kind and holding in text]
    assert found
    return found


@pytest.mark.parametrize("code", blocks("python", "from smelend import"))
def test_its_python_runs(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "python.md", "exec"), {})
    assert len(capsys.readouterr().out.splitlines()) > 1


@pytest.mark.parametrize(
    ("holding", "file"),
    [
        ("class All(", "sim/policies/approval/all.py"),
        ("informal_debt: Floats", "sim/state/firms.py"),
        ('@metric("count", "Defaults"', "sim/outcomes/risk.py"),
    ],
)
def test_its_excerpts_stand_in_the_files_that_it_names(holding: str, file: str) -> None:
    (code,) = blocks("python", holding)
    assert code in (ROOT / file).read_text(encoding="utf-8")
    assert f"](../{file})" in PAGES["extending"]


def test_its_scenario_is_right_and_its_error_is_what_one_gets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    (example,) = blocks("yaml", "pd_max: 0.03")
    (error,) = blocks("text", "did you mean")
    file = Path(error.partition(":")[0])
    monkeypatch.chdir(tmp_path)
    file.parent.mkdir(parents=True)
    shutil.copy(PLAIN, file.parent.parent)
    file.write_text(example)
    assert smelend("validate", file).status == 0
    file.write_text(example.replace("pd_max", "pd_mx"))
    assert smelend("validate", file).complaint + "\n" == error


def test_its_commands_are_those_that_exist(smelend: Smelend) -> None:
    (listing,) = blocks("text", "smelend compact DIR")
    named = {line.split()[1] for line in listing.splitlines()}
    known = {
        line.split()[0]
        for line in smelend("--help").out.partition("Commands:\n")[2].split("\n")
        if line
    }
    assert named <= known
    assert {"run", "compare", "validate", "schema", "describe", "theory"} <= named


def test_its_first_commands_are_studies_that_end_as_shown() -> None:
    first, second = [text for kind, text in BLOCKS if kind == "bash"][:2]
    installed = "python3 -m venv .venv && .venv/bin/pip install -q --no-compile -e . && "
    assert first.startswith(installed)
    for command, name, shown in (
        (first, "policies", "Main effects"),
        (second, "zhengzhou", "In short"),
    ):
        words = command.partition(".venv/bin/smelend ")[2].split()
        assert words == ["study", f"experiments/{name}.yaml", "--quick"]
        (ending,) = blocks("text", shown)
        kept = ROOT / f"results/reference/{name}/quick/study.txt"
        assert kept.read_text(encoding="utf-8").endswith(ending), (
            f"print it anew: smelend {' '.join(words)} --keep results/reference"
        )


def test_what_it_says_of_the_full_study_is_what_the_full_study_says() -> None:
    study = ROOT / "results/reference/zhengzhou/study"
    text = (study / "study.txt").read_text(encoding="utf-8")
    seeds, arms = re.search(r"Its (\d+) seeds and (\d+) arms are in", README).groups()  # type: ignore[union-attr]
    assert re.search(rf"^{seeds} seeds \(.*\), {arms} arms on", text, flags=re.MULTILINE)
    with (study / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        verdicts = {row["claim"]: row["verdict"] for row in csv.DictReader(file)}
    with (study / "regimes.csv").open(encoding="utf-8", newline="") as file:
        shares = {row["claim"]: (float(row["share"]), row["n"]) for row in csv.DictReader(file)}
    points = "supported, at all 16 points of the first design, and robust by the second"
    assert f"formation and default ({points})" in README
    assert verdicts["package_default"] == "supported"
    assert shares["package_default"] == (1.0, "16")
    assert "together are refuted, since profit falls; they hold at 5 of the 16 points" in README
    assert verdicts["win_win"] == "refuted"
    assert shares["win_win"] == (5 / 16, "16")
    with (study / "best_combinations.csv").open(encoding="utf-8", newline="") as file:
        (best,) = (
            row
            for row in csv.DictReader(file)
            if row["chosen"] == "1" and row["metric"] == "profit"
        )
    assert best["parts"] == "investigation + rating_approval"
    found = [f"{float(best[name]) / 1e6:.1f}" for name in ("judged", "judged_low", "judged_high")]
    assert "differs by CNY +{} million (95 % interval {} to +{})".format(*found) in README
    with (study / "robust.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["claim"]: row["label"] for row in csv.DictReader(file)}
    assert (labels["package_default"], labels["win_win"]) == ("robust", "depends")
    with (study / "prices.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "operating cost"]
    priced = {row["arm"]: float(row["price"]) for row in rows if row["price"]}
    assert "Prices that follow risk cost least per default avoided, but lower profit" in README
    assert verdicts["pricing_profit"] == "refuted"
    assert min(priced, key=priced.__getitem__) == "pricing"


def test_its_reference_is_made_from_studies_that_exist() -> None:
    (command,) = (text for kind, text in BLOCKS if kind == "bash" and "--keep" in text)
    names = command.partition("{")[2].partition("}")[0].split(",")
    assert {f"{name}.yaml" for name in names} == {
        path.name for path in (ROOT / "experiments").glob("*.yaml")
    }


def test_its_second_example_compares_what_its_table_shows() -> None:
    short, table = (text for text in blocks("text", "whether") if text.startswith("base: "))
    assert table.startswith(short)
    command, whole = (
        next(line for line in text.splitlines() if ".venv/bin/smelend compare" in line)
        for text in (README, PAGES["comparing"])
    )
    assert command == whole
    words = command.partition("smelend compare ")[2].split()
    base, other = (Path(word).with_suffix("").relative_to("scenarios") for word in words[:2])
    seeds = words[words.index("--seeds") + 1]
    assert table.startswith(f"base: {base}; other: {other}; {seeds} seeds, 36 months\n")
    assert words[words.index("--out") + 1] == "results/zhengzhou"


@pytest.mark.thorough
def test_its_mechanism_takes_one_file_and_a_line_in_the_plan(tmp_path: Path) -> None:
    """In a copy of the package: defaults spread to suppliers, and the books balance."""
    (file,) = blocks("python", "class LostCustomers(")
    (line,) = blocks("text", "lost_customers.lose_customers, ")
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "sim/mechanisms/lost_customers.py").write_text(file)
    plan = tmp_path / "sim/model/month.py"
    text = plan.read_text(encoding="utf-8")
    after = next(one for one in text.splitlines(keepends=True) if '"loan classes"' in one)
    text = text.replace(after, after + line)
    known = "    looking,\n"
    text = text.replace(known, f"{known}    lost_customers,\n", 1)
    plan.write_text(text, encoding="utf-8")
    code = (
        "from sim import load_scenario, simulate\n"
        "from sim.core.compile_cache import watch\n"
        f"path = {str(ROOT / 'scenarios/baseline.yaml')!r}\n"
        "small = {'firms.count': 1000, 'horizon': 24, 'burn_in.months': 24,"
        " 'firms.volatility': 0.2}\n"
        "off = simulate(load_scenario(path, small), seeds=12).months\n"
        "before = watch.missed\n"
        "small['mechanisms.lost_customers.loss'] = 12.0\n"
        "on = simulate(load_scenario(path, small), seeds=12).months\n"
        "rates = (one['defaults'].sum() / one['loans'].sum() for one in (off, on))\n"
        "print(*rates, watch.missed - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    off, on, compiled = (float(word) for word in done.stdout.split())
    assert on > off > 0.0
    assert compiled == 0  # the other rules do not read its table


def test_its_rules_can_be_read(tmp_path: Path) -> None:
    (rules,) = blocks("yaml", "otherwise:")
    path = tmp_path / "house.yaml"
    path.write_text(rules, encoding="utf-8")
    conditions = load_scenario(path).banks["main"].conditions
    assert conditions is not None
    assert conditions.keys == ["pricing.margin", "monitoring.monthly"]


def test_its_plan_can_be_read(tmp_path: Path) -> None:
    (text,) = blocks("yaml", "kind: plan")
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    plan = load_plan(path).plan
    assert (len(plan.arms), len(plan.seeds)) == (4, 30)


@pytest.mark.parametrize(
    "page",
    [
        ROOT / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
        *sorted((ROOT / "experiments").glob("**/*.md")),
        *sorted((ROOT / "data").glob("**/*.md")),
    ],
    ids=lambda page: page.relative_to(ROOT).as_posix(),
)
def test_its_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []
