"""Shares of a design, the two quantities that govern it, and the map they make."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import qmc

from sim.analysis.governing import explained, governing
from sim.analysis.regimes import holds_at, regime_map, share_of_design
from sim.core.errors import RequestError

QUANTITIES = ["macro", "liars", "cost", "turnover"]


@pytest.fixture
def design():
    points = qmc.Sobol(4, rng=np.random.default_rng(37)).random(128)
    return pd.DataFrame(points, columns=QUANTITIES)


def test_share_with_wilson_interval_by_hand():
    found = share_of_design(pd.DataFrame({"ok": [True] * 8 + [False] * 2}), "ok")
    # Wilson 1927 with z = 1.959964: (8 + z^2/2)/(10 + z^2) -+ z sqrt(8*2/10 + z^2/4)/(10 + z^2)
    z = 1.959963984540054
    middle = (8 + z**2 / 2) / (10 + z**2)
    half = z * np.sqrt(1.6 + z**2 / 4) / (10 + z**2)
    assert found[:3] == pytest.approx((0.8, middle - half, middle + half))
    assert found[3:] == (8, 10, 0)


def test_points_without_answer_are_counted_apart():
    found = share_of_design(pd.DataFrame({"ok": [1.0, 0.0, np.nan, 1.0]}), "ok")
    assert (found.holds, found.n, found.silent) == (2, 3, 1)


def test_a_region_narrows_the_design(design):
    design["ok"] = design["macro"] > 0.5
    assert share_of_design(design, "ok", where={"macro": (0.6, 1.0)}).share == 1.0
    assert share_of_design(design, "ok", where={"macro": (0.0, 0.4)}).share == 0.0


def test_a_column_that_is_no_answer_is_refused(design):
    with pytest.raises(RequestError, match="must say true or false"):
        share_of_design(design, "cost")
    with pytest.raises(RequestError, match="no column 'okay'"):
        share_of_design(design, "okay")


def test_holding_needs_a_difference():
    assert holds_at([-2.0, -0.5, 0.0, 1.0], "lower").tolist() == [1.0, 1.0, 0.0, 0.0]
    assert holds_at([-2.0, -0.5, 0.0, 1.0], "lower", 1.0).tolist() == [1.0, 0.0, 0.0, 0.0]
    assert holds_at([2.0, np.nan], "higher").tolist() == pytest.approx([1.0, np.nan], nan_ok=True)


def test_a_placebo_was_never_put_to_the_test():
    assert np.isnan(holds_at(np.zeros(20), "lower")).all()


def test_the_two_that_govern_are_found(design):
    design["ok"] = (design["liars"] + 0.5 * design["cost"]) > 0.75
    top = governing(design, QUANTITIES, "ok").iloc[0]
    assert (top["first"], top["second"]) == ("liars", "cost")
    assert top["p_holm"] < 1e-6
    assert top["share"] > top["first_share"] > top["second_share"] > 0


def test_two_that_govern_only_together_are_found(design):
    design["ok"] = (design["macro"] > 0.5) ^ (design["turnover"] > 0.5)
    top = governing(design, QUANTITIES, "ok").iloc[0]
    assert {top["first"], top["second"]} == {"macro", "turnover"}
    assert top["first_share"] < 0.1
    assert top["share"] > 0.9


def test_words_are_levels(design):
    design["era"] = np.where(design["macro"] > 0.5, "2018", "2023")
    design["ok"] = (design["era"] == "2018") & (design["cost"] < 0.7)
    top = governing(design, ["era", "liars", "cost"], "ok").iloc[0]
    assert (top["first"], top["second"]) == ("era", "cost")
    cells = regime_map(design, "era", "cost", "ok")
    assert set(cells["x"]) == {"2018", "2023"}


def test_what_holds_everywhere_may_be_close_to_failing_somewhere(design):
    design["distance"] = 1.0 + 2.0 * design["liars"] - 0.5 * design["cost"]  # never below .5
    top = governing(design, QUANTITIES, "distance").iloc[0]
    assert (top["first"], top["second"]) == ("liars", "cost")
    assert top["p_holm"] < 1e-6


def test_points_without_a_number_are_left_out(design):
    design["distance"] = np.where(design["macro"] > 0.2, design["liars"], np.nan)
    whole = design[design["macro"] > 0.2]
    pd.testing.assert_frame_equal(
        governing(design, QUANTITIES, "distance"), governing(whole, QUANTITIES, "distance")
    )


def test_noise_is_governed_by_nothing():
    rng = np.random.default_rng(38)
    found = []
    for _ in range(25):
        noise = pd.DataFrame(rng.random((100, 4)), columns=QUANTITIES)
        noise["ok"] = rng.random(100) < 0.5
        found.append(governing(noise, QUANTITIES, "ok")["p_holm"].min() <= 0.05)
    # at most 5 % of 25 by chance: more than 5 happen once in a thousand times
    assert sum(found) <= 5


def test_what_holds_everywhere_is_governed_by_nothing(design):
    table = governing(design.assign(ok=True), QUANTITIES, "ok")
    assert (table["share"] == 0.0).all()
    assert (table["p"] == 1.0).all()


def test_explained_share_by_hand():
    # groups {0, 2} and {4, 6}: total 20, within 4, eta^2 .8; adjusted 1 - .2 * 3/2 = .7; F = 8
    found = explained(np.array([0, 0, 1, 1]), np.array([0.0, 2.0, 4.0, 6.0]))
    assert found.share == pytest.approx(0.7)
    assert found.p == pytest.approx(1 - np.sqrt(8 / 10))  # F of 8 with 1 and 2 degrees


def test_the_map_shows_every_point_once(design):
    design["ok"] = design["macro"] < 0.5
    cells = regime_map(design, "macro", "cost", "ok", bins=4)
    assert cells["n"].sum() == 128
    assert len(cells) == 16
    assert cells.loc[cells["x"] < 0.5, "share"].eq(1.0).all()
    assert cells.loc[cells["x"] > 0.5, "share"].eq(0.0).all()


def test_a_quantity_of_few_values_keeps_them(design):
    design["liars"] = np.repeat([0.0, 0.1, 0.5], 43)[:128]
    cells = regime_map(design.assign(ok=True), "liars", "cost", "ok", bins=4)
    assert sorted(set(cells["x"])) == [0.0, 0.1, 0.5]


def test_row_order_is_irrelevant(design, shuffled):
    design["ok"] = design["liars"] ** 2 + design["cost"] > 0.8
    pd.testing.assert_frame_equal(
        governing(shuffled(design), QUANTITIES, "ok"), governing(design, QUANTITIES, "ok")
    )
    pd.testing.assert_frame_equal(
        regime_map(shuffled(design), "liars", "cost", "ok"),
        regime_map(design, "liars", "cost", "ok"),
    )
