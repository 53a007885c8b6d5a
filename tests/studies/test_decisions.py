"""Take, leave or undecided, the best single step, and what a combination loses without a part."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from sim.analysis.multiplicity import holm
from sim.analysis.study.best_combinations import best_combinations, lost_without
from sim.analysis.study.decisions import best_step, decisions
from sim.results.table import NONE
from sim.results.tables.decisions import decisions as tables_of
from tests.studies.test_best_combinations import ARMS, PARTS, PROFIT, RISK, runs

METRICS = ["default_rate", "profit"]


def small_noise(seeds: int = 12, scale: float = 1.0, effect: float = 1.0) -> pd.DataFrame:
    """Return the game's runs with noise of its own in every cell."""
    frame, rng = runs(seeds), np.random.default_rng(7)
    frame["default_rate"] = 0.1 + effect * (frame["default_rate"] - 0.1)
    for name, size in (("default_rate", 1e-3), ("profit", 0.2)):
        frame[name] += scale * size * rng.normal(size=len(frame))
    return frame


def decided(frame: pd.DataFrame) -> dict[str, str]:
    table = decisions(frame, ARMS, PARTS, METRICS, "main")
    assert table is not None
    return {str(part): mine["decision"].iloc[0] for part, mine in table.groupby("package")}


def test_a_gain_alone_is_taken_a_loss_alone_left_and_a_trade_undecided() -> None:
    # a earns and changes no risk; c loses and adds risk; b lowers risk and profit
    assert decided(small_noise()) == {"a": "take", "b": "undecided", "c": "leave"}


def test_what_noise_hides_is_undecided() -> None:
    assert set(decided(small_noise(scale=1e3)).values()) == {"undecided"}


def test_without_the_larger_arms_a_part_is_decided_alone() -> None:
    frame = small_noise()
    table = decisions(frame[frame["arm"].isin(["base", *PARTS])], ARMS, PARTS, METRICS, "main")
    assert table is not None
    assert set(table["kind"]) == {"alone"}
    assert len(table) == len(PARTS) * len(METRICS)


def test_a_way_that_was_not_run_is_a_dash() -> None:
    for left_out in ("", "c"):
        missing = {arm for parts, arm in ARMS.items() if left_out and parts == {"a", "b"}}
        frame = small_noise()
        table = decisions(frame[~frame["arm"].isin(missing)], ARMS, PARTS, METRICS, "main")
        assert table is not None
        known = {"decisions": table}.get
        held = SimpleNamespace(known=known, short_titles={})
        first, second = tables_of(cast(Any, held))
        rows = {row[0].text.lower(): row for block in first.blocks for row in block.rows}
        assert (rows["c"][3].text == NONE) == (left_out == "c")
        ends = [row[4].text for block in second.blocks for row in block.rows]
        assert (NONE in ends) == (left_out == "c")


def test_the_best_step_raises_no_risk_earns_and_is_judged_on_other_seeds() -> None:
    table = best_step(small_noise(), ARMS, PARTS, METRICS, "main")
    assert table is not None
    assert set(table["package"]) == {"a"}
    profit = table.set_index("metric").loc["profit"]
    assert profit["judged"] == pytest.approx(PROFIT["a"], abs=0.5)
    assert profit["overstated"] == pytest.approx(profit["seen"] - profit["judged"])
    assert profit["n"] == 6
    assert best_step(small_noise(), ARMS, ["b"], METRICS, "main") is None  # it loses
    assert best_step(small_noise(), ARMS, ["c"], METRICS, "main") is None  # it adds risk
    assert best_step(small_noise(3), ARMS, PARTS, METRICS, "main") is None


def test_one_correction_covers_both_ways_of_adding_a_part() -> None:
    table = decisions(small_noise(), ARMS, PARTS, METRICS, "main")
    assert table is not None
    np.testing.assert_array_equal(table["p_holm"], holm(table["p"]))


def test_a_part_with_an_unknown_outcome_is_undecided() -> None:
    frame = small_noise()
    assert decided(frame)["a"] == "take"
    frame["profit"] = np.nan
    assert set(decided(frame).values()) == {"undecided"}


def test_a_combination_loses_what_its_part_brings() -> None:
    frame = runs(12)
    best = best_combinations(frame, ARMS, METRICS, "main")
    assert best is not None
    table = lost_without(frame, ARMS, best, METRICS, "main")
    assert table is not None
    both = table[table["arm"] == "a + b"].set_index(["package", "metric"])["difference"]
    for part in ("a", "b"):
        assert both[part, "profit"] == pytest.approx(PROFIT[part])
        assert both[part, "default_rate"] == pytest.approx(RISK[part], abs=1e-12)
    assert "c" not in set(table["package"])


def test_a_loss_beside_a_likely_gain_leaves_the_choice_open() -> None:
    # c loses profit for sure; its risk falls a little, by an interval beyond 0 before correction
    frame, rng = small_noise(), np.random.default_rng(11)
    with_c = frame["arm"].str.contains("c")
    likely = -0.005 + 0.006 * rng.normal(size=int(with_c.sum()))
    frame.loc[with_c, "default_rate"] = 0.1 + likely
    frame.loc[~with_c, "default_rate"] = 0.1
    table = decisions(frame[frame["arm"].isin(["base", *PARTS])], ARMS, PARTS, METRICS, "main")
    assert table is not None
    mine = table[table["package"] == "c"]
    assert (mine["verdict"] == "worse").any()
    assert not (mine["verdict"] == "better").any()
    assert (mine.loc[mine["metric"] == "default_rate", "high"] < 0.0).any()
    assert set(mine["decision"]) == {"undecided"}
