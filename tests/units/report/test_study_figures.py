"""Figures of what a study found show the stored numbers, in words and units for a banker."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.core.errors import RequestError
from sim.report.figures.attribution_plot import attribution_plot
from sim.report.figures.claims_plot import claims_plot
from sim.report.figures.convergence import convergence
from sim.report.figures.interactions_plot import interactions_plot
from sim.report.figures.over_time import default_and_credit
from sim.report.figures.profit_bridge import LINES, profit_bridge
from sim.report.figures.risk_and_return import risk_and_return
from sim.report.figures.style import VERDICTS
from tests.units.report.test_over_time import words

TITLES = {"base": "As it is", "package": "All measures", "visits": "More visits"}
MINUS = "\N{MINUS SIGN}"


def claims() -> pd.DataFrame:
    columns = ["claim", "statement", "verdict", "difference", "low", "high", "n", "what"]
    rows = [
        ("down", "1.2: defaults fall", "supported", -0.01, -0.015, -0.005, 12, "default_rate, a"),
        ("up", "", "refuted", -2e6, -3e6, -1e6, 12, "profit, package less base"),
        ("more", "Together more", "undecided", 0.1, -0.1, 0.3, 12, "default_rate (log-odds), x"),
        ("same", "Same arms", "undecided", 0.0, math.nan, math.nan, 12, "npl_ratio, a less b"),
    ]
    return pd.DataFrame(rows, columns=columns)


def test_claims_are_told_in_the_units_of_their_outcome() -> None:
    figure, numbers = claims_plot(claims(), TITLES)
    assert numbers["unit"].tolist() == [
        "percentage points a year", "CNY million", "log-odds", "percentage points",
    ]  # fmt: skip
    assert numbers["difference"].tolist() == pytest.approx([-1.0, -2.0, 0.1, 0.0])
    said = words(figure)
    assert f"{MINUS}1.00 [{MINUS}1.50, {MINUS}0.50] percentage points a year" in said
    assert "Defaults fall" in said
    assert "1.2" not in said
    assert "supported (1)" in said
    assert "undecided (2)" in said


def test_claims_in_one_unit_share_an_axis() -> None:
    two = pd.concat([claims(), claims().assign(difference=-0.02, low=-0.03, high=-0.01).iloc[:1]])
    figure, numbers = claims_plot(two, TITLES)
    assert numbers["unit"].value_counts()["percentage points a year"] == 2
    bars = [line.get_xdata() for line in figure.axes[0].lines if line.get_marker() == "|"]
    assert bars[0] == pytest.approx([-1.5 / 3.0, -0.5 / 3.0])
    assert bars[1] == pytest.approx([-1.0, -1.0 / 3.0])
    assert f"{MINUS}3.0" in words(figure)


def test_verdicts_are_told_apart_without_colour() -> None:
    figure, _ = claims_plot(claims(), TITLES)
    drawn = [line for line in figure.axes[0].lines if line.get_marker() not in ("None", "|")]
    looks = [(line.get_marker(), line.get_markerfacecolor() == "white") for line in drawn]
    wanted = ("supported", "refuted", "undecided")
    assert looks == [(VERDICTS[one].marker, not VERDICTS[one].filled) for one in wanted]
    assert len(set(looks)) == 3
    with pytest.raises(RequestError, match="verdict is missing"):
        claims_plot(claims().drop(columns="verdict"), TITLES)


def shares() -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = [
        ("main", "default_rate", "visits", -0.004, -0.005, -0.003, 12),
        ("main", "default_rate", "price", -0.006, -0.008, -0.004, 12),
        ("main", "cost", "visits", 2e6, 1.9e6, 2.1e6, 12),
        ("main", "cost", "price", 0.5e6, 0.4e6, 0.6e6, 12),
        ("other", "default_rate", "visits", 9.0, 9.0, 9.0, 12),
    ]
    columns = ["bank", "metric", "package", "contribution", "low", "high", "n"]
    effects = pd.DataFrame(
        [("package", "main", "default_rate", 0.05, 0.04)],
        columns=["arm", "bank", "metric", "base", "other"],
    )
    return pd.DataFrame(rows, columns=columns), effects


def test_the_steps_of_a_waterfall_lead_from_one_level_to_the_other() -> None:
    attribution, effects = shares()
    figure, numbers = attribution_plot(attribution, effects, "main", TITLES)
    main = numbers[numbers["outcome"] == "Default rate"]
    assert main["part"].tolist() == ["price", "visits"]  # the largest first
    assert main["change"].tolist() == pytest.approx([-0.6, -0.4])
    bars = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in figure.axes[0].patches]
    edges = [tuple(sorted(bar)) for bar in bars]
    assert np.allclose(edges, [(0, 5.0), (4.4, 5.0), (4.0, 4.4), (0, 4.0)])
    said = words(figure)
    for needed in ("More visits", "Price", f"{MINUS}0.6", "Operating cost", "CNY million"):
        assert needed in said
    with pytest.raises(RequestError, match="effect of the whole package"):
        attribution_plot(attribution, effects.assign(arm="x"), "main", TITLES)


def test_pairs_of_parts_stand_below_the_diagonal() -> None:
    rows = [
        ("main", "default_rate", a, b, "log-odds", v, v - 0.1, v + 0.1, 12, p)
        for a, b, v, p in (("a", "b", 0.3, 0.01), ("a", "c", -0.05, 1.0), ("b", "c", 0.0, 1.0))
    ]
    columns = ["bank", "metric", "first", "second", "scale", "interaction", "low", "high", "n",
               "p_holm"]  # fmt: skip
    figure, numbers = interactions_plot(pd.DataFrame(rows, columns=columns), "main", TITLES)
    assert numbers["clear"].tolist() == [True, False, False]
    texts = {text.get_position(): text for text in figure.axes[0].texts}
    assert texts[0, 1].get_text() == "+0.3"
    assert texts[0, 1].get_fontweight() == "bold"
    assert texts[0, 2].get_fontweight() == "normal"
    assert (1, 0) not in texts


def test_pairs_with_one_number_have_one_colour() -> None:
    rows = [
        ("main", "default_rate", a, b, "log-odds", v, v - 0.02, v + 0.02, 12, 1.0)
        for a, b, v in (("a", "b", 0.004), ("a", "c", -0.004), ("b", "c", -0.013))
    ]
    columns = ["bank", "metric", "first", "second", "scale", "interaction", "low", "high", "n",
               "p_holm"]  # fmt: skip
    figure, _ = interactions_plot(pd.DataFrame(rows, columns=columns), "main", TITLES)
    axes = figure.axes[0]
    assert [text.get_text() for text in axes.texts] == ["0.00", "0.00", f"{MINUS}0.01"]
    image = axes.images[0]
    cells = image.to_rgba(image.get_array())
    assert np.array_equal(cells[1, 0], cells[2, 0])
    assert not np.array_equal(cells[1, 0], cells[2, 1])
    assert image.get_clim()[1] > 0.02  # what is far below the noise is pale


def runs() -> pd.DataFrame:
    """Three seeds; `good` beats base on both, `safe` on default alone, `bad` on neither."""
    rows = []
    for arm, risk, gain in (("base", 5, 2), ("good", 4, 3), ("safe", 3, 1), ("bad", 6, 1)):
        for seed in (1, 2, 3):
            tilt = seed - 2
            values = {"default_rate": (risk + tilt) / 100, "profit": (gain + tilt) * 1e6}
            rows.append({"arm": arm, "seed": seed, "bank": "main", "credit_granted": 1e8} | values)
    return pd.DataFrame(rows)


def test_the_frontier_is_what_no_other_arm_beats() -> None:
    figure, numbers = risk_and_return(runs(), "base", ["good", "safe"], TITLES)
    found = numbers.set_index("arm")
    assert found["frontier"].to_dict() == {
        "base": False, "good": True, "safe": True, "bad": False,
    }  # fmt: skip
    assert found.loc["good", "default_rate"] == pytest.approx(4.0)
    # the same luck in every arm: the difference is known exactly though the levels are not
    assert found.loc["good", ["profit_low", "profit_high"]].tolist() == pytest.approx([3, 3])
    assert math.isnan(found.loc["bad", "number"])
    line = next(one for one in figure.axes[0].lines if one.get_linestyle() == ":")
    assert line.get_xydata().tolist() == pytest.approx(np.array([[3, 1], [4, 3]]))
    with pytest.raises(RequestError, match="one arm only"):
        risk_and_return(runs().query("arm == 'base'"), "base", [], TITLES)


def months() -> pd.DataFrame:
    columns = {name for names, _ in LINES.values() for name in names}
    rows = []
    for arm in ("base", "new"):
        for seed in (1, 2, 3):
            for month in (1, 2, 3, 4):
                values = dict.fromkeys(columns, 1e6) | {"interest_income": 20e6}
                if arm == "new":
                    values |= {"salaries": (1.5 + seed / 10) * 1e6, "provision_charge": 0.2e6}
                income = values["interest_income"]
                profit = income - sum(values[n] for n in columns if n != "interest_income")
                counts = {"defaults": seed if arm == "base" else 0, "performing": 100.0 * month}
                rows.append(
                    {"arm": arm, "seed": seed, "bank": "main", "month": month, "profit": profit}
                    | values | counts | {"disbursed": 1e6 * seed}
                )  # fmt: skip
    return pd.DataFrame(rows)


def test_the_lines_of_the_account_add_up_to_the_difference_in_profit() -> None:
    figure, numbers = profit_bridge(months(), "base", "new", {"base": "Today", "new": "Then"})
    lines = numbers[numbers["line"].isin(LINES)].set_index("line")
    assert lines.loc["Charge for loan losses", "change"] == pytest.approx(4 * 0.8)
    # pay: 4 months of .6, .7, .8 million more
    low, high = stats.ttest_1samp([-2.4, -2.8, -3.2], 0).confidence_interval(0.95)
    pay = lines.loc["Officers' pay and bonus"]
    assert pay[["change", "low", "high"]].tolist() == pytest.approx([-2.8, low, high])
    first, last = numbers[~numbers["line"].isin(LINES)]["change"]
    assert lines["change"].sum() == pytest.approx(last - first)
    said = words(figure)
    assert "Today" in said
    assert "of the bank, all months, CNY million (mean over seeds)" in said
    assert "Teams, systems, audit, finding applicants" in set(lines.index)  # all in that column
    both = pd.concat([months(), months().assign(bank="other")])
    assert "of all banks" in words(profit_bridge(both, "base", "new", {})[0])
    with pytest.raises(RequestError, match="lack 'tax'"):
        profit_bridge(months().drop(columns="tax"), "base", "new", {})


def test_the_default_rate_is_that_of_the_last_months_by_performing_loans() -> None:
    _, numbers = default_and_credit(months(), "base", "new")
    rate = numbers[(numbers["metric"] == "default_rate") & (numbers["line"] == "base")]
    assert rate["month"].tolist() == [3, 4]  # one or two months say little
    # month 4: seeds' defaults 4, 8, 12 over 100 + 200 + 300 + 400 loan-months, a year's worth
    assert rate["mean"].iloc[-1] == pytest.approx(100 * 12 * (4 + 8 + 12) / 3 / 1000)


def test_an_answer_is_shown_on_the_first_so_many_seeds() -> None:
    rng = np.random.default_rng(3)
    gaps = rng.normal(-0.01, 0.002, 8)
    rows = [(arm, seed, 0.05 + (gaps[seed - 1] if arm == "new" else 0.0))
            for arm in ("base", "new") for seed in range(1, 9)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["arm", "seed", "default_rate"])
    _, numbers = convergence(frame, "base", "new", {})
    assert numbers["seeds"].tolist() == [3, 4, 5, 6, 7, 8]
    low, high = stats.ttest_1samp(100 * gaps[:5], 0).confidence_interval(0.95)
    five = numbers[numbers["seeds"] == 5].iloc[0]
    assert five[["difference", "low", "high"]].tolist() == pytest.approx(
        [100 * gaps[:5].mean(), low, high]
    )
    with pytest.raises(RequestError, match="too few"):
        convergence(frame[frame["seed"] <= 3], "base", "new", {})
