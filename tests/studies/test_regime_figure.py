"""The map of a claim: each cell is written as the share it holds."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.study.where_it_holds import maps_of
from sim.core.errors import RequestError
from sim.report.figures.where_it_holds import where_it_holds


def cells() -> pd.DataFrame:
    rows = [
        {"claim": claim, "first": "economy.macro.shift", "second": "strength"}
        | {"x": x, "y": y, "share": share, "n": 5}
        for claim in ("down", "up", "win_win", "team")
        for x, y, share in [(-1.0, 0.5, 0.0), (-1.0, 1.0, 0.4), (0.0, 0.5, 1.0)]
    ]
    return pd.DataFrame(rows)


def test_every_cell_with_points_is_written_and_no_other() -> None:
    figure = where_it_holds(cells())
    drawn = [axes for axes in figure.axes if axes.axison]
    assert [axes.get_title("left") for axes in drawn] == ["down", "up", "win win", "team"]
    for axes in drawn:
        found = {(text.get_position(), text.get_text(), text.get_color()) for text in axes.texts}
        assert found == {
            ((0, 0), "0", "#222222"), ((0, 1), "40", "#222222"), ((1, 0), "100", "white"),
        }  # fmt: skip
        assert [label.get_text() for label in axes.get_xticklabels()] == ["\N{MINUS SIGN}1", "0"]
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("macro.shift", "strength")


def test_a_table_that_is_no_map_is_refused() -> None:
    with pytest.raises(RequestError, match="share is missing"):
        where_it_holds(cells().drop(columns="share"))
    with pytest.raises(RequestError, match="every row is missing"):
        where_it_holds(cells().iloc[:0])


def test_a_claim_with_too_few_points_is_named_and_not_drawn() -> None:
    few = cells().assign(n=lambda x: x["n"].where(x["claim"] != "win_win", 1))
    figure = where_it_holds(few)
    drawn = [axes.get_title("left") for axes in figure.axes if axes.axison]
    assert drawn == ["down", "up", "team"]
    assert "Too few points for a map: win win." in figure.get_supxlabel()
    with pytest.raises(RequestError, match="too few points for a map: 3"):
        where_it_holds(cells().assign(n=1))


@pytest.mark.parametrize(("points", "cells"), [(16, 4), (20, 4), (80, 16)])
def test_a_quantity_has_as_few_classes_as_the_points_ask_for(points: int, cells: int) -> None:
    rng = np.random.default_rng(2)
    design = pd.DataFrame({"a": rng.random(points), "b": rng.random(points)})
    design["down"] = (design["a"] > 0.5).astype(float)
    row = {"claim": "down", "first": "a", "second": "b", "n": points}
    maps = maps_of(pd.DataFrame([row]), design)
    assert 1 < len(maps) <= cells
    assert maps["n"].sum() == points
    if points < 20:
        with pytest.raises(RequestError, match="too few points"):
            where_it_holds(maps)
    else:
        assert where_it_holds(maps).axes
