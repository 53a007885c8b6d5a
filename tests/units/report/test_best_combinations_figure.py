"""The figure of combinations marks no more as better or worse than the tables say."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.intervals import t_interval
from sim.report.figures.best_combinations_plot import best_combinations_plot
from sim.report.figures.style import BETTER, NEITHER, WORSE
from tests.units.report.test_over_time import words

METRICS = ["default_rate", "profit"]
SPREAD = np.array([-1.0, -0.5, 0.0, 0.0, 0.5, 1.0])


def table(chosen: str, **gains: float) -> pd.DataFrame:
    """Return the stored table: each arm's difference in default 0.01, and in profit as given."""
    rows = []
    for arm, gain in {"base": 0.0, **gains}.items():
        for metric, values in (("default_rate", 0.01 + 1e-4 * SPREAD), ("profit", gain + SPREAD)):
            one = t_interval(values if arm != "base" else 0.0 * values)
            rows.append((arm, arm, metric, one.mean, one.low, one.high, one.n, int(arm != "base"),
                         int(arm == chosen), one.p))  # fmt: skip
    columns = ["arm", "parts", "metric", "difference", "low", "high", "n", "efficient", "chosen"]
    return pd.DataFrame(rows, columns=[*columns, "p"])


def marks(figure: object, panel: int) -> list[str]:
    """Return the markers of a panel, from the top."""
    lines = figure.axes[panel].lines  # type: ignore[attr-defined]
    return [line.get_marker() for line in lines if line.get_marker() not in ("None", "")]


def test_a_mark_is_filled_only_after_correction() -> None:
    rows = table("a", a=1.0, b=0.9, c=9.0, d=0.8)
    alone = rows[(rows["metric"] == "profit") & rows["arm"].isin(["a", "b", "d"])]
    assert (alone["low"] > 0).all()  # each by itself is significant, not one of ten
    figure, numbers = best_combinations_plot(rows, METRICS, str)
    assert marks(figure, 0) == [WORSE.marker] * 4
    assert marks(figure, 1) == [BETTER.marker] + [NEITHER.marker] * 3  # c first
    merged = numbers.merge(rows[["arm", "metric", "p"]])
    assert (merged["p_holm"] >= merged["p"] - 1e-12).all()
    assert merged["p_holm"].max() <= 4 * merged["p"].max() + 1e-12  # p is that of the interval
    assert "after correction for all combinations" in words(figure)


def test_what_a_table_calls_undecided_is_not_filled() -> None:
    told = [("b", "profit", "undecided"), ("a", "default_rate", "undecided"),
            ("a", "profit", "better")]  # fmt: skip
    effects = pd.DataFrame(told, columns=["arm", "metric", "verdict"])
    figure, _ = best_combinations_plot(table("a", a=8.0, b=9.0), METRICS, str, effects)
    assert marks(figure, 0) == [WORSE.marker, NEITHER.marker]
    assert marks(figure, 1) == [NEITHER.marker, BETTER.marker]


@pytest.mark.parametrize(
    ("chosen", "said", "not_said"),
    [
        ("a", "Chosen for its profit on one half", "no combination earned more"),
        ("base", "no combination earned more than the base", "Chosen for its profit"),
        ("hidden", "Holm", "one half"),
    ],
)
def test_the_note_is_of_the_combination_that_was_chosen(
    chosen: str, said: str, not_said: str
) -> None:
    rows = table(chosen, a=1.0, b=2.0, hidden=3.0)
    rows.loc[rows["arm"] == "hidden", "efficient"] = 0
    rows.loc[rows["arm"] == "base", "efficient"] = 1  # a base that nothing beats is drawn
    figure, _ = best_combinations_plot(rows, METRICS, str)
    text = words(figure)
    assert said in text
    assert not_said not in text
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert [label for label in labels if "*" in label] == (["a *"] if chosen == "a" else [])
