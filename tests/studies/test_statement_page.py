"""The page of statements is what the reference tables make of the list, and says nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from experiments.statements import PAGE, REFERENCE, main, texts
from sim.analysis.levers.measured import DEAD, MOVES
from sim.analysis.statements.judged import NOT_SHOWN, UNMOVED, VERDICTS, Judged, judge_all
from sim.analysis.statements.listed import KINDS, Expected, Pull, Statement, listed

STUDIES = ("qn", "zhengzhou", "xm", "l_branch", "foreign", "five_banks")
AGAIN = "write it again: python -m experiments.statements"
AUDIT = Pull("staffing.audit", "high")


def statement(**changes: object) -> Statement:
    """Return a statement that nothing carries, with some fields replaced."""
    where = {kind: () for kind in KINDS} | {
        kind: names for kind, names in changes.items() if kind in KINDS
    }
    rest = {key: value for key, value in changes.items() if key not in KINDS}
    usual = dict.fromkeys(("levers", "expected", "keys"), ())
    texts_of = dict.fromkeys(("thesis", "type", "text", "mechanism", "not_shown"), "")
    return Statement(number="0.1", where=where, **{**usual, **texts_of, **rest})  # type: ignore[arg-type]


def lever_row(process: tuple[float, float], default: tuple[float, float], verdict: str) -> dict:
    """Return a row of the lever report at `high`, from the ends of two intervals."""
    row: dict = {"lever": AUDIT.lever, "acts_with": "", "process": "culture", "high": "0.9"}
    ends = {"process": process, "default_rate": default, "npl_ratio_mean": (-2e-3, -1e-3)}
    for name, (low, high) in ends.items():
        row |= {f"{name}_high": (low + high) / 2, f"{name}_high_from": low, f"{name}_high_to": high}
    return row | {"verdict": verdict}


def judged(folder: Path, one: Statement, **tables: pd.DataFrame) -> Judged:
    """Judge one statement by tables written to a folder: `levers`, and `qn` or `both` of claims."""
    for name, table in tables.items():
        file = "levers/levers.csv" if name == "levers" else f"{name}/study/verdicts.csv"
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        table.to_csv(folder / file, index=False)
    return judge_all([one], folder)[0]


def claims(*verdicts: str, **columns: list[str]) -> pd.DataFrame:
    """Return a table of claims called a, b, ... with these verdicts."""
    names = [chr(ord("a") + k) for k in range(len(verdicts))]
    figures = {"difference": -0.01, "low": -0.02, "high": 0.0, "what": "profit, package less base"}
    return pd.DataFrame({"claim": names, "verdict": verdicts} | columns).assign(**figures)


def test_the_committed_page_and_table_are_what_the_tables_make() -> None:
    page, table = texts(REFERENCE)
    assert PAGE.read_text("utf-8") == page, AGAIN
    assert (REFERENCE / "statements.csv").read_text("utf-8") == table, AGAIN


def test_every_statement_is_on_the_page_once_and_counted() -> None:
    page, _ = texts(REFERENCE)
    lines = [line.split(" | ") for line in page.splitlines() if line.startswith("| ")]
    numbers = [cells[0].lstrip("| ") for cells in lines if cells[0][2:3].isdigit()]
    assert numbers == [one.number for one in listed()]
    verdicts = [cells[-1] for cells in lines if cells[0][2:3].isdigit()]
    said = [f"{sum(v.startswith(one) for v in verdicts)} {one}" for one in VERDICTS]
    assert f"{len(numbers)} statements: {', '.join(said)}." in page.replace("\n", " ")


def test_what_is_not_shown_gives_a_reason_and_all_else_a_figure() -> None:
    for one in judge_all(listed(), REFERENCE):
        assert bool(one.why) == (one.verdict == NOT_SHOWN), one.statement.number
        assert one.why or any(found.decides for found in one.found), one.statement.number


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [
        (("supported", "supported"), "supported"),
        (("supported", "undecided"), "undecided"),
        (("supported", "refuted"), "refuted"),
        (("undecided", "refuted"), "refuted"),
    ],
)
def test_one_refutation_refutes_and_all_must_support(
    tmp_path: Path, verdicts: tuple[str, ...], together: str
) -> None:
    one = statement(claim=("qn/a", "qn/b"))
    assert judged(tmp_path, one, qn=claims(*verdicts)).verdict == together


def test_a_claim_beside_is_shown_and_decides_nothing(tmp_path: Path) -> None:
    one = judged(
        tmp_path, statement(claim=("qn/a",), see=("qn/b",)), qn=claims("supported", "refuted")
    )
    assert one.verdict == "supported"
    assert [(found.name, found.decides) for found in one.found] == [("qn/a", True), ("qn/b", False)]


def test_a_claim_of_several_banks_must_hold_in_each(tmp_path: Path) -> None:
    table = claims("supported", "undecided", bank=["qn", "xm"]).assign(claim="a")
    one = judged(tmp_path, statement(claim=("both/a",)), both=table)
    assert one.verdict == "undecided"
    assert [found.title for found in one.found] == ["both/a (qn)", "both/a (xm)"]


@pytest.mark.parametrize(
    ("default", "verdict"),
    [((-3e-3, -1e-3), "supported"), ((-3e-3, 1e-3), "undecided"), ((1e-3, 3e-3), "refuted")],
)
def test_a_lever_decides_by_its_interval(
    tmp_path: Path, default: tuple[float, float], verdict: str
) -> None:
    risk = (Expected("default_rate", "lower"), Expected("npl_ratio_mean", "lower"))
    table = pd.DataFrame([lever_row((0.1, 0.2), default, MOVES)])
    one = judged(tmp_path, statement(levers=(AUDIT,), expected=risk), levers=table)
    assert one.verdict == verdict
    other = (Expected("default_rate", "higher"),)
    turned = judged(tmp_path, statement(levers=(AUDIT,), expected=other), levers=table)
    opposite = {"supported": "refuted", "refuted": "supported"}
    assert turned.verdict == opposite.get(verdict, verdict)


@pytest.mark.parametrize(
    ("process", "said"), [((0.0, 0.0), DEAD), ((-0.1, 0.1), MOVES), ((0.1, 0.2), DEAD)]
)
def test_a_lever_that_moves_no_process_shows_nothing(
    tmp_path: Path, process: tuple[float, float], said: str
) -> None:
    table = pd.DataFrame([lever_row(process, (-3e-3, -1e-3), said)])
    one = statement(levers=(AUDIT,), claim=("qn/a",))
    found = judged(tmp_path, one, levers=table, qn=claims("supported"))
    assert (found.verdict, found.why) == (NOT_SHOWN, UNMOVED)


def test_a_missing_table_is_said_in_one_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in ("levers/levers.csv", "literature.csv", "literature_causes.csv"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        shutil.copy(REFERENCE / file, tmp_path / file)
    page = tmp_path / "page.md"
    assert main(["--reference", str(tmp_path), "--page", str(page)]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert f"{tmp_path / 'qn/study/verdicts.csv'}: no such table" in said.err
    assert "experiments.remake --only qn" in said.err
    assert not page.exists()
    assert not (tmp_path / "statements.csv").exists()


def test_a_claim_that_is_gone_is_named_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "reference"
    shutil.copytree(REFERENCE, home, ignore=shutil.ignore_patterns("*.png", "quick"))
    verdicts = home / "qn" / "study" / "verdicts.csv"
    verdicts.write_text(verdicts.read_text("utf-8").replace("\nmanagers,", "\nmanager,"), "utf-8")
    assert main(["--reference", str(home), "--page", str(tmp_path / "page.md")]) == 2
    said = capsys.readouterr().err
    assert "no claim 'managers'; did you mean 'manager'?" in said
    assert said.count("\n") == 1


def test_every_figure_is_one_of_a_reference_table() -> None:
    """Each number is a cell of such a table, so none is made up or computed on the way."""
    files = {
        "process": ["levers/levers.csv"],
        "lever": ["levers/levers.csv"],
        "cause": ["literature_causes.csv"],
        "claim": ["literature.csv", *(f"{name}/study/verdicts.csv" for name in STUDIES)],
    }
    cells = {
        kind: {
            f"{number:.10g}"
            for file in names
            for number in pd.read_csv(REFERENCE / file).select_dtypes("number").to_numpy().flat
        }
        for kind, names in files.items()
    }
    shown = pd.read_csv(REFERENCE / "statements.csv").dropna(subset="value")
    assert len(shown) > len(listed())
    for _, row in shown.iterrows():
        for name in ("value", "low", "high"):
            assert f"{row[name]:.10g}" in cells[row["carried_by"]], (row["number"], row["name"])
