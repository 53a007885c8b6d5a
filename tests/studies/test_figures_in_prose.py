"""Figures that pages repeat in prose are those of the reference tables."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "results/reference"
REMEDY = "a table of results/reference was made again: write its figures into the page"


def words(page: str) -> str:
    """Return the text of a page on one line."""
    return " ".join((ROOT / page).read_text("utf-8").split())


def short(value: float, digits: int = 2) -> str:
    """Return a number without the zero before its point."""
    return f"{value:.{digits}f}".replace("0.", ".", 1)


def printed(name: str) -> str:
    """Return what an experiment printed."""
    return (REFERENCE / "printed" / name).read_text("utf-8")


def test_the_calibration_page_repeats_its_table() -> None:
    table = pd.read_csv(REFERENCE / "calibration.csv", index_col="name")
    page = words("experiments/calibration/README.md")
    rows = re.findall(r"\| ([^|]+) \| [\d.]+ to [\d.]+ \| ([\d.]+) \|", page)
    assert len(rows) == 5
    for fact, value in rows:
        assert value == short(table["value"][fact.removesuffix(", sd of logs")]), REMEDY
    met = table[table["verdict"] == "in"]["role"].value_counts()
    said = f"{met['fitted']} of {met['fitted']} fitted bands and {met['seen before']} of"
    assert said in page
    assert len(met) == 2, REMEDY
    assert len(table) == met.sum(), REMEDY


def test_the_link_on_the_page_is_the_one_printed() -> None:
    text = printed("link.txt").partition("hazard a year")[0]
    a, a_error = re.findall(r"level a +(\S+) +standard error (\S+)", text)[0]
    b, b_error = re.findall(r"slope b +(\S+) +standard error (\S+)", text)[0]
    assert (
        f"`Phi({a[:5]} - {short(float(b))} theta)` a year"
        f" (standard errors {a_error.lstrip('0')} and {b_error.lstrip('0')}"
    ) in words("docs/second_edition.md"), REMEDY


def test_months_without_authority_are_those_printed() -> None:
    found = re.findall(r"^baseline +([02]) +[\d,]+ +(\S+) ± (\S+)", printed("authority.txt"), re.M)
    assert len(found) == 8
    page = words("docs/odd.md")
    shares = re.search(r"share of months without authority (.*?)\)", page)
    assert shares is not None
    said = re.findall(r"(\.\d+) ± (\.\d+)", shares.group(1))
    for (_, mean, half), (mean_said, half_said) in zip(
        sorted(found, key=lambda row: row[0]), said, strict=True
    ):
        assert float(mean_said) == pytest.approx(float(mean), abs=0.00051), REMEDY
        assert float(half_said) == pytest.approx(float(half), abs=0.00051), REMEDY


def test_what_a_new_business_costs_is_what_the_literature_found() -> None:
    table = pd.read_csv(REFERENCE / "literature.csv")
    table = table[table["mechanism"] == "new_business"].set_index("claim")
    page = words("experiments/xm.md")

    def figure(claim: str, scale: float, digits: int, before: str, after: str) -> str:
        columns = ("difference", "low", "high")
        mean, *ends = (abs(scale * float(table[column][claim])) for column in columns)
        low, high = (short(end, digits) for end in sorted(ends))
        return f"{before}{short(mean, digits)}{after} [{low}, {high}]"

    points = figure("nobody checked", 100, 2, "", " points more loans are diverted")
    default = figure("more default", 100, 2, "", " points a year more default")
    profit = figure("lower profit", 1e-6, 1, "CNY ", " million less is earned")
    for said in (points, default, profit):
        assert said in page, REMEDY


def test_the_main_effects_in_the_readme_are_those_of_the_full_study() -> None:
    table = pd.read_csv(REFERENCE / "policies/study/main_effects.csv")
    table = table.set_index(["metric", "factor", "level"])
    page = words("README.md")

    def effect(metric: str, factor: str, level: str) -> tuple[float, float, float]:
        row = table.loc[(metric, factor, level)]
        scale = 1e-6 if metric == "profit" else -100.0
        low, high = sorted(scale * float(row[end]) for end in ("low", "high"))
        assert row["p_holm"] < 0.05, REMEDY
        return scale * float(row["difference"]), low, high

    mean, low, high = effect("default_rate", "screening", "strong")
    assert f"by {mean:.2f} points a year (95 % interval {low:.2f} to {high:.2f})" in page, REMEDY
    mean, low, high = effect("profit", "screening", "strong")
    assert f"by CNY {mean:.1f} million in 36 months ({low:.1f} to {high:.1f})" in page, REMEDY
    usual, strong = (effect("default_rate", "care", level)[0] for level in ("usual", "strong"))
    earned, more = (effect("profit", "care", level)[0] for level in ("usual", "strong"))
    assert (
        f"by {usual:.2f} and {strong:.2f} points and raise profit by"
        f" {earned:.1f} and {more:.1f} million"
    ) in page, REMEDY
    mean, _, _ = effect("default_rate", "pricing", "strong")
    lost, _, _ = effect("profit", "pricing", "strong")
    assert f"lower default by {mean:.2f} points and profit by {-lost:.1f} million" in page, REMEDY
    assert table.loc[("default_rate", "diligence", "unequal"), "p_holm"] > 0.05, REMEDY


def test_what_measures_do_in_five_banks_is_what_the_study_found() -> None:
    table = pd.read_csv(REFERENCE / "five_banks/study/effects.csv")
    table["sure"] = table["p_holm"] < 0.05

    def banks(arm: str, metric: str, sign: int) -> int:
        rows = table[(table["arm"] == arm) & (table["metric"] == metric) & table["sure"]]
        return int((sign * rows["difference"] > 0).sum())

    found = {
        (arm, metric, sign): banks(arm, metric, sign)
        for arm, metric, sign in (
            ("investigation", "default_rate", -1), ("culture", "default_rate", -1),
            ("approval", "default_rate", -1), ("rating", "default_rate", -1),
            ("rating", "profit", 1), ("post_loan", "default_90", -1),
            ("post_loan", "npl_ratio_mean", 1), ("post_loan", "default_rate", 1),
            ("package", "default_rate", -1), ("package", "profit", -1),
            ("package", "credit_to_good", -1),
        )
    }  # fmt: skip
    assert [*found.values()] == [5, 4, 4, 2, 2, 4, 4, 5, 4, 4, 5], REMEDY
    page = words("README.md")
    for said in (
        "lowers default in all five banks; steps that are carried out, audited and paid for by"
        " quality, and independent approval, do in four. A rating made for small firms lowers"
        " default and raises profit in two",
        "more than 90 days past due in four, but raises the NPL ratio in four and default in all"
        " five",
        "All ten measures together lower default in four, cost more than they save in four, and"
        " cut the credit to good firms by 38 to 50 % in all five",
    ):
        assert said in page, REMEDY
