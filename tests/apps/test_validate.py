"""Each way in which a file can be wrong gives one line with its place, and status 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.apps.command import PLAIN, ROOT, Smelend

# a § stands before the character that the message must point at
WRONG = {
    "unknown key": ("firms:\n  §cuont: 5\n", "firms.cuont: unknown key 'cuont'; did you mean"),
    "unknown key deep inside": (
        "banks:\n  main:\n    approval:\n      kind: cut_off\n      §pd_mx: .05\n",
        "banks.main.approval.pd_mx: unknown key 'pd_mx'; did you mean 'pd_max'",
    ),
    "wrong type": ("firms: {count: §many}\n", "firms.count: must be a whole number"),
    "text that YAML 1.1 takes for a truth": (
        "banks: {main: {staffing: {kind: officers, trained: §NO}}}\n",
        "banks.main.staffing.trained: must be true or false (switch); found 'NO'",
    ),
    "out of range": ("horizon: §0\n", "horizon: must be a whole number, at least 1"),
    "unknown kind": (
        "banks:\n  main:\n    pricing: {kind: §flt}\n",
        "banks.main.pricing.kind: must be one of flat, risk_based; found 'flt'; did you mean",
    ),
    "no kind": (
        "banks:\n  main:\n    §approval: {pd_max: 0.05}\n",
        "banks.main.approval.kind: missing",
    ),
    "key given twice": ("horizon: 12\n§horizon: 24\n", "horizon: key given twice, first on line 1"),
    "impossible together": (
        "banks: {main: {rating: {kind: expert, squared_weights: [1, 1, 0, 0, 0]}}}\n",
        "squared_weights must be 0 or more and add up to 1",
    ),
    "missing parent": ("extends: §basline.yaml\n", "extends: no such file"),
    "itself as parent": ("extends: §wrong.yaml\n", "extends: files extend each other in a circle"),
    "bad syntax": ("firms: {count: 5\n§", "not valid YAML"),
    "tab": ("firms:\n§\tcount: 5\n", "indent with spaces"),
    "empty": ("§", "the file is empty"),
    "a list": ("§- 1\n- 2\n", "must hold a mapping"),
}  # fmt: skip


def at(text: str) -> tuple[str, int, int]:
    """Return a text without its mark, and the line and column of the mark."""
    before = text.partition("§")[0]
    return text.replace("§", ""), before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.parametrize("command", ["validate", "run", "compare"])
def test_a_wrong_file_is_told_in_one_line_with_its_place(
    case: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    monkeypatch.chdir(tmp_path)
    marked, words = WRONG[case]
    text, line, column = at(marked)
    file = tmp_path / "wrong.yaml"
    file.write_text(text)
    files = [file] if command != "compare" else [PLAIN, file]
    said = smelend(command, *files)
    assert said.status == 2
    assert words in said.complaint
    if "§" in marked:
        assert said.complaint.startswith(f"{file}:{line}:{column}: ")
    assert not (tmp_path / "results").exists()


def test_a_circle_of_files_is_told_with_its_way(tmp_path: Path, smelend: Smelend) -> None:
    (tmp_path / "a.yaml").write_text("extends: b.yaml\n")
    (tmp_path / "b.yaml").write_text("extends: a.yaml\n")
    said = smelend("validate", tmp_path / "a.yaml")
    assert said.status == 2
    assert said.complaint.startswith(f"{tmp_path / 'b.yaml'}:1:10: extends: ")
    assert "a.yaml -> " in said.complaint


def test_a_fault_in_a_parent_is_told_where_it_stands(tmp_path: Path, smelend: Smelend) -> None:
    (tmp_path / "parent.yaml").write_text("why: none\nhorizon: -3\n")
    (tmp_path / "child.yaml").write_text("extends: parent.yaml\n")
    said = smelend("validate", tmp_path / "child.yaml")
    assert said.complaint.startswith(f"{tmp_path / 'parent.yaml'}:2:10: horizon: ")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("basline.yaml", "no such file; did you mean 'baseline.yaml'"),
        (".", "this is a directory"),
        ("latin.yaml", "byte 0xe9 is not UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    name: str, words: str, tmp_path: Path, smelend: Smelend
) -> None:
    (tmp_path / "baseline.yaml").write_text("horizon: 3\n")
    (tmp_path / "latin.yaml").write_bytes("why: café\n".encode("latin-1"))
    said = smelend("validate", tmp_path / name)
    assert said.status == 2
    assert words in said.complaint


def test_all_files_are_checked_and_good_ones_described(tmp_path: Path, smelend: Smelend) -> None:
    (tmp_path / "good.yaml").write_text("firms: {count: 1234}\nhorizon: 7\n")
    (tmp_path / "bad.yaml").write_text("horizn: 7\n")
    said = smelend(
        "validate", tmp_path / "good.yaml", tmp_path / "bad.yaml", tmp_path / "good.yaml"
    )
    assert said.status == 2
    assert len(said.err.splitlines()) == 1
    assert "bad.yaml:1:1: horizn: unknown key" in said.err
    assert len(said.out.splitlines()) == 2
    assert said.out.startswith(f"{tmp_path / 'good.yaml'}: ok, ")
    assert "1,234 firms, 7 months, banks: main" in said.out


def test_all_scenarios_of_the_project_are_right(smelend: Smelend) -> None:
    files = sorted((ROOT / "scenarios").rglob("*.yaml"))
    assert ROOT / "scenarios/zhengzhou/optimised.yaml" in files
    assert ROOT / "scenarios/zhengzhou/measures/team.yaml" in files
    said = smelend("validate", *files)
    assert (said.status, said.err) == (0, "")
    assert len(said.out.splitlines()) == len(files)


def test_a_plan_of_few_firms_is_noticed_as_a_scenario_is(tmp_path: Path, smelend: Smelend) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(f"kind: plan\ntitle: T\nbases: [{PLAIN}]\nset: {{firms.count: 300}}\n")
    said = smelend("validate", file)
    words = "plan plan: 1 arms on 1 seeds (300 firms: below 1,000 rates are biased)"
    assert (said.status, said.out) == (0, f"{file}: ok, {words}\n")


def test_a_measure_is_tried_on_the_base_beside_its_folder(tmp_path: Path, smelend: Smelend) -> None:
    text = (ROOT / "scenarios/zhengzhou/measures/pricing.yaml").read_text()
    file = tmp_path / "measures/pricing.yaml"
    file.parent.mkdir()
    file.write_text(text)
    alone = smelend("validate", file)
    assert alone.status == 0
    assert "measure pricing of package pricing: 1 key, not tried" in alone.out
    (tmp_path / "baseline.yaml").write_text(f"extends: {ROOT}/scenarios/zhengzhou/baseline.yaml\n")
    assert f"tried on {tmp_path / 'baseline.yaml'}" in smelend("validate", file).out
    elsewhere = tmp_path / "pricing.yaml"
    elsewhere.write_text(text.replace("overrides:", "overides:"))
    said = smelend("validate", elsewhere)
    assert (said.status, said.out) == (2, "")
    assert "unknown key 'overides'; did you mean 'overrides'?" in said.err
    file.write_text(text.replace("sensitivity", "sensitivty"))
    said = smelend("validate", file)
    assert said.status == 2
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "sensitivity" in one)
    assert said.complaint.startswith(f"{file}:{line}:9: ")
    assert "did you mean 'sensitivity'" in said.complaint


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("firms.cuont=5", "--set firms.cuont: unknown key 'cuont'; did you mean 'count'"),
        ("firms.count=many", "--set firms.count: must be a whole number"),
        ("firms.count=0", "--set firms.count: must be a whole number, at least 1"),
        ("firms.count", "--set 'firms.count': write it as key.path=value"),
        ("=5", "--set '=5': write it as key.path=value"),
        ("firms..count=5", "is not a key; write it as key.path"),
        ("horizon.months=5", "horizon is 36, so 'months' cannot be set inside it"),
        ("firms=[1", "--set firms:1:"),
    ],
)
@pytest.mark.parametrize("command", ["validate", "run"])
def test_a_wrong_setting_is_told_in_one_line(
    setting: str, words: str, command: str, smelend: Smelend
) -> None:
    said = smelend(command, PLAIN, "--set", setting)
    assert said.status == 2
    assert words in said.complaint


def test_a_setting_given_twice_is_refused(smelend: Smelend) -> None:
    said = smelend("validate", PLAIN, "--set", "horizon=3", "--set", "horizon=4")
    assert said.status == 2
    assert "--set horizon: set twice" in said.complaint


def test_every_error_of_a_file_is_a_line(tmp_path: Path, smelend: Smelend) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("horizon: 0\nfirms: {cuont: 5}\nbanks:\n  main: {branch_cost: -1}\n")
    said = smelend("validate", file)
    assert (said.status, said.out) == (2, "")
    places = [line.partition(": ")[0] for line in said.err.splitlines()]
    assert places == [f"{file}:1:10", f"{file}:2:9", f"{file}:4:23"]


def test_levers_with_rules_are_named(tmp_path: Path, smelend: Smelend) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(
        "banks: {main: {pricing: {kind: risk_based, "
        "margin: {otherwise: 0.0, when: [{if: {term: 12}, then: 0.01}]}}}}\n"
    )
    assert "banks: main; with rules: main.pricing.margin\n" in smelend("validate", file).out


@pytest.mark.parametrize("key", ["scenarios: [baseline]", "measures: [pricing]", "seeds: 3"])
@pytest.mark.parametrize("command", ["validate", "run"])
def test_keys_that_only_an_experiment_has_ask_for_its_kind(
    command: str, key: str, tmp_path: Path, smelend: Smelend
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"{key}\n", encoding="utf-8")
    said = smelend(command, file)
    assert said.status == 2
    assert "mine.yaml:1:1: kind: missing; must be one of banks, calibration" in said.out + said.err


def test_rules_are_put_into_words(tmp_path: Path, smelend: Smelend) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(
        "banks:\n  main:\n    pricing:\n      kind: risk_based\n      margin:\n"
        "        otherwise: 0.01\n        when:\n"
        "          - {if: {amount: {over: 500000}, sector: [construction, services]}, then: 0.02}\n"
        "          - {if: {relationship: {from: 24, under: 60}}, then: 0.0}\n"
    )
    said = smelend("validate", file)
    assert said.err == ""
    assert said.out.splitlines()[1:] == [
        "  main.pricing.margin: 0.02 if amount is over 500,000 CNY and sector is construction or "
        "services; else 0.0 if relationship is at least 24 and under 60 months; else in all other "
        "cases 0.01"
    ]
