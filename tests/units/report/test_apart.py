"""Marks that would lie on one another are moved, as little as needed, and keep a line."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.report.figures.apart import GAP, places_apart
from sim.report.figures.risk_and_return import MOVED, risk_and_return
from tests.units.report.test_over_time import words

BOX = np.array([0.0, 0.0]), np.array([400.0, 300.0])


def distances(places: np.ndarray) -> np.ndarray:
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    return apart[np.triu_indices(len(places), 1)]


def test_what_overlaps_is_moved_and_nothing_else() -> None:
    places = np.array([[100.0, 100.0], [100.0, 100.0], [104.0, 98.0], [300.0, 200.0]])
    moved = places_apart(places, np.full(4, 10.0), *BOX)
    assert distances(moved).min() >= 20.0 + GAP - 1e-3
    assert np.array_equal(moved[[0, 3]], places[[0, 3]])
    assert np.hypot(*(moved - places).T).max() < 60.0


def test_marks_stay_inside_the_axes() -> None:
    places = np.array([[12.0, 12.0], [11.0, 11.0], [10.5, 12.0]])
    moved = places_apart(places, np.full(3, 10.0), *BOX)
    assert (moved >= 10.0).all()


def test_no_mark_of_an_arm_hides_that_of_another() -> None:
    near = {"base": (5.0, 2.0), "a": (5.001, 2.001), "b": (5.0, 2.0), "far": (9.0, 6.0)}
    frame = pd.DataFrame(
        [
            (arm, seed, "main", (risk + seed) / 100, (gain + seed) * 1e6, 1e8)
            for arm, (risk, gain) in near.items()
            for seed in (1, 2, 3)
        ],
        columns=["arm", "seed", "bank", "default_rate", "profit", "credit_granted"],
    )
    figure, numbers = risk_and_return(frame, "base", ["a", "b", "far"], {})
    axes = figure.axes[0]
    figure.draw_without_rendering()
    shown = {text.get_text(): text.get_position() for text in axes.texts}
    at = axes.transData.transform([shown[name] for name in ("B", "1", "2", "3")])
    assert distances(72.0 / figure.dpi * at).min() > 10.0
    true = numbers.set_index("number")[["default_rate", "profit"]]
    assert np.allclose(shown["B"], true.loc[0])
    assert np.allclose(shown["3"], true.loc[3])  # nothing is near it
    dots = [tuple(line.get_xydata()[0]) for line in axes.lines if line.get_marker() == "o"]
    assert np.allclose(dots, true.loc[[1, 2]])
    assert MOVED in words(figure)
    alone, _ = risk_and_return(frame[frame["arm"].isin(["base", "far"])], "base", ["far"], {})
    assert MOVED not in words(alone)
