"""The reason of a verdict: in the unit in which the outcome is shown, never with a minus zero."""

from __future__ import annotations

import numpy as np
import pytest

from sim.analysis.evidence import MeanEvidence
from sim.analysis.verdicts import weigh
from sim.results.tables.verdicts import which_part

FELL = np.array([-0.0094, -0.0092, -0.0093, -0.0095])


def test_a_fall_of_a_rate_is_told_in_percentage_points_below_zero() -> None:
    why = weigh([MeanEvidence("default_rate, a less b", FELL, "lower")]).why
    assert why.startswith("default_rate, a less b: -0.935 percentage points a year [-0.")
    assert why.endswith("] lies below zero as claimed")
    assert "-0 " not in why


def test_money_and_a_margin_have_their_unit() -> None:
    piece = MeanEvidence("profit, a less b", np.array([5.0e6, 5.2e6, 4.9e6]), "higher", 1e6)
    why = weigh([piece]).why
    assert "CNY +5.03 million [+4.65, +5.41] lies above CNY 1 million as claimed" in why


def test_log_odds_have_no_unit() -> None:
    piece = MeanEvidence("default_rate (log-odds), a less the sum of b", 10 * FELL, "lower")
    assert "points" not in weigh([piece]).why


@pytest.mark.parametrize(
    ("other", "said"),
    [(-FELL, "the worst of two parts: "), (0.1 * (FELL + 0.0093), "the weakest of two parts: ")],
)
def test_a_claim_of_several_parts_says_which_decides(other: np.ndarray, said: str) -> None:
    pieces = [MeanEvidence(f"{name}, a less b", values, "lower")
              for name, values in (("default_rate", FELL), ("npl_ratio", other))]  # fmt: skip
    found = weigh(pieces)
    assert found.what.startswith("npl_ratio")
    assert which_part(found.why) == said
    assert which_part(weigh(pieces[:1]).why) == ""
