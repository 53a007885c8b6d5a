"""The figure of bad loans and profit shows the stored numbers, and says what they are."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from scipy import stats

from sim.report.figures.over_time import npl_and_profit
from sim.report.figures.style import BASE, OTHER

TITLES = {"base": "Today", "new": "With the measures"}


def words(figure: Figure) -> str:
    """Return every text in the figure, line breaks taken out."""
    texts = [item for item in figure.findobj(Text) if isinstance(item, Text)]
    return " | ".join(text.get_text().replace("\n", " ") for text in texts)


def test_the_numbers_are_means_over_seeds_and_paired_differences(months: pd.DataFrame) -> None:
    _, frame = npl_and_profit(months, "base", "new", TITLES)
    found = frame.set_index(["metric", "line", "month"])
    assert len(found) == 2 * 3 * 2
    # cumulative profit of month 2 in millions: base 3, 5, 10; new 4, 7, 12
    last = found.xs(2, level="month").loc["cumulative_profit"]
    assert last["mean"].to_dict() == pytest.approx(
        {"base": 6.0, "other": 23 / 3, "difference": 5 / 3}
    )
    low, high = stats.ttest_rel([4.0, 7.0, 12.0], [3.0, 5.0, 10.0]).confidence_interval(0.95)
    assert last.loc["difference", ["low", "high"]].tolist() == pytest.approx([low, high])
    # bad loans of month 2 in per cent: base 3, 3, 3; new 2, 2.5, 3
    bad = found.xs(2, level="month").loc["npl_ratio"]
    assert bad["mean"].to_dict() == pytest.approx({"base": 3.0, "other": 2.5, "difference": -0.5})
    assert (found["seeds"] == 3).all()
    assert found.loc[("npl_ratio", "difference", 1), "unit"] == "percentage points"


def test_the_lines_drawn_are_the_numbers_returned(months: pd.DataFrame) -> None:
    figure, frame = npl_and_profit(months, "base", "new", TITLES)
    for place, metric in enumerate(("npl_ratio", "cumulative_profit")):
        above, below = figure.axes[place], figure.axes[2 + place]
        numbers = frame[frame["metric"] == metric].set_index("line")["mean"]
        by_colour = {line.get_color(): line.get_ydata() for line in above.lines}
        assert np.allclose(by_colour[BASE.colour], numbers["base"])
        assert np.allclose(by_colour[OTHER.colour], numbers["other"])
        assert any(np.allclose(line.get_ydata(), numbers["difference"]) for line in below.lines)


def test_a_reader_finds_names_units_and_the_number_of_seeds(months: pd.DataFrame) -> None:
    said = words(npl_and_profit(months, "base", "new", TITLES)[0])
    for needed in (
        "Today", "With the measures", "% of gross loans", "million CNY", "percentage points",
        "With the measures \N{MINUS SIGN} Today", "mean over 3 seeds", "95 % interval", "Month",
    ):  # fmt: skip
        assert needed in said
    assert npl_and_profit(months, "base", "new")[0].axes[0].texts[0].get_text() in ("base", "new")


def test_one_seed_is_drawn_without_an_interval_and_says_so(months: pd.DataFrame) -> None:
    figure, frame = npl_and_profit(months[months["seed"] == 7], "base", "new", TITLES)
    assert "no interval" in words(figure)
    assert frame["low"].isna().all()


def test_a_single_month_is_drawn_as_points(months: pd.DataFrame) -> None:
    figure, frame = npl_and_profit(months[months["month"] == 1], "base", "new", TITLES)
    assert set(frame["month"]) == {1}
    assert figure.axes[0].lines[0].get_marker() == "o"


@pytest.mark.parametrize("same", [False, True])
@pytest.mark.thorough
def test_the_two_names_never_overlap(months: pd.DataFrame, same: bool) -> None:
    drawn = months
    if same:  # arms that end at one point
        twin = months[months["arm"] == "base"]
        drawn = pd.concat([twin, twin.assign(arm="new")])
    titles = {"base": "The branch as it stood in 2018", "new": "The branch with every measure"}
    figure, _ = npl_and_profit(drawn, "base", "new", titles)
    figure.savefig(BytesIO(), format="png")  # lays the figure out
    page = figure.bbox
    for axes in figure.axes[:2]:
        first, second = (text.get_window_extent() for text in axes.texts)
        assert not first.overlaps(second)
        for box in (first, second):
            assert page.x0 <= box.x0
            assert box.x1 <= page.x1
