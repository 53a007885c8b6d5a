"""The sentences on a comparison say what is sure, what is not, and what only looks sure."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.results.reading import LEGEND, MARK, ONE_SEED, change, reading
from sim.results.tables.outcomes import outcome_tables
from sim.results.unchanged import SAME, never_differs


def row(verdict: str, low: float, high: float, n: int = 30) -> pd.Series:
    values = {
        "unit": "share", "difference": (low + high) / 2, "low": low, "high": high,
        "verdict": verdict, "n": n,
    }  # fmt: skip
    return pd.Series(values, name="npl_ratio")


def test_a_sure_change_is_told_with_its_interval() -> None:
    said = change(row("better", -0.0162, -0.0064))
    assert said == (
        "the bad-loan (NPL) ratio falls by 1.13 percentage points (95 % interval -1.62 to -0.64)"
    )


@pytest.mark.parametrize(
    ("low", "high", "way"), [(-0.0201, -0.0014, "fall"), (0.0014, 0.0201, "rise")]
)
def test_what_only_its_own_interval_calls_sure_is_told_as_not_sure(
    low: float, high: float, way: str
) -> None:
    said = change(row("undecided", low, high))
    assert f"seems to {way} by 1.07 percentage points (undecided; 95 % interval" in said
    assert said.endswith(f"){MARK}")
    told = reading(pd.DataFrame([row("undecided", low, high)]), 36)
    assert told.endswith(LEGEND)
    assert told.count(MARK) == 2


def test_an_interval_around_nothing_is_no_sure_change() -> None:
    said = change(row("undecided", -0.01, 0.02))
    assert said == (
        "the bad-loan (NPL) ratio seems to rise by 0.5 percentage points (undecided; 95 % interval "
        "-1.0 to +2.0)"
    )


def test_what_differs_in_no_replication_is_the_same_and_not_undecided() -> None:
    rows = pd.DataFrame([row("undecided", 0.0, 0.0), row("undecided", -0.01, 0.02)])
    rows = rows.assign(group="risk", title=["Never", "Often"], base=0.02, other=0.02)
    rows = rows.assign(variance_reduction=1.0, dropped=0, arm="new", bank="main")
    rows = rows.assign(decides_low=rows["low"], decides_high=rows["high"])
    assert change(rows.iloc[0]) == "the bad-loan (NPL) ratio is the same"
    (table,) = outcome_tables(rows, "base", {"base": "Base", "new": "New"}, "the base")
    said = {line[0].text: line[-1].text for line in table.blocks[0].rows}
    assert said == {"Never, %": "the same", "Often, %": "undecided"}
    assert "the same: in every replication" in table.note
    assert not never_differs(row("undecided", float("nan"), float("nan"), n=1))


def test_one_seed_tells_nothing_for_sure() -> None:
    nan = float("nan")
    single = row("undecided", nan, nan, n=1)
    single["difference"] = -0.01
    said = "the bad-loan (NPL) ratio is 1.00 percentage points lower"
    assert change(single) == f"{said}, one seed"
    rows = pd.DataFrame([single, single.rename("default_rate")])
    rows.loc["default_rate", "difference"] = 0.0
    told = reading(rows, 36)
    assert told == f"{said[:1].upper()}{said[1:]}; the default rate is the same. {ONE_SEED}"


def three(profit: str) -> pd.DataFrame:
    rows = {"npl_ratio": ("share", -0.01, "better"), "credit_to_good": ("CNY", 5e6, "better"),
            "profit": ("CNY", -2e6, profit)}  # fmt: skip
    return pd.DataFrame(
        [(unit, d, d - 1e-4, d + 1e-4, verdict, 30) for unit, d, verdict in rows.values()],
        pd.Index(rows), ["unit", "difference", "low", "high", "verdict", "n"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "left_open", "end"),
    [
        ("worse", (), "do not all improve."),
        ("undecided", (), "is undecided."),
        ("worse", ("profit",), "is undecided."),  # a claim on profit says so
        ("worse", ("npl_ratio",), "do not all improve."),
        ("better", (), "all improve."),
        ("better", ("npl_ratio",), "is undecided."),
    ],
)
def test_the_sentence_concludes_no_more_than_the_verdicts(
    verdict: str, left_open: tuple[str, ...], end: str
) -> None:
    said = reading(three(verdict), 36, left_open)
    assert said.removesuffix(f" {LEGEND}").endswith(end)
    assert (LEGEND in said) == (verdict == "undecided")


def test_arms_that_agree_in_every_replication_are_told_as_such() -> None:
    same = three("undecided")
    same[["difference", "low", "high"]] = 0.0
    same.loc["profit", ["difference", "low", "high"]] = float("nan")  # known in no replication
    assert reading(same, 36) == f"{SAME[0].upper()}{SAME[1:]}."
    same.loc["npl_ratio", "high"] = 1e-9
    assert "Every outcome" not in reading(same, 36)
