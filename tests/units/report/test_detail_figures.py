"""Figures of loans and events show the numbers of small tables that can be checked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.core.errors import RequestError
from sim.report.figures.class_moves import class_moves
from sim.report.figures.officers import load_and_error
from sim.report.figures.price_and_risk import price_and_risk
from sim.report.figures.truth_and_belief import truth_and_belief
from sim.report.figures.vintages import vintages
from sim.report.figures.warnings_ahead import warnings_ahead
from tests.units.report.test_over_time import words

ARMS = ["base", "new"]
TITLES = {"base": "Today", "new": "With the measures"}
BLANK: dict[str, Any] = {
    "bank": "main", "granted": 1, "ended": pd.NA, "default_month": pd.NA, "first_warning": pd.NA,
    "first_class": "normal", "outcome": "live", "answer": "taken", "decision": "approved",
    "good": True, "pd": 0.03, "true_pd": 0.02, "rate": 0.07, "workload": 0.5, "belief": 0.0,
    "quality": 0.0,
}  # fmt: skip
MONTHS = ("granted", "ended", "default_month", "first_warning")


def loans(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return loans of which only what is named differs from the usual one."""
    frame = pd.DataFrame([BLANK | row for row in rows])
    frame["loan"] = frame.groupby(["arm", "seed"]).cumcount()
    frame["firm"] = frame.get("firm", pd.Series(index=frame.index, dtype=object)).fillna(
        frame["loan"].astype(str) + ".0"
    )
    frame["good"] = frame["good"].astype("boolean")
    return frame.astype(dict.fromkeys(MONTHS, "Int64"))


def many(arm: str, seed: int, count: int, **values: Any) -> list[dict[str, Any]]:
    return [{"arm": arm, "seed": seed} | values] * count


def test_who_was_wrongly_refused_and_wrongly_booked() -> None:
    refused = {"decision": "refused", "answer": "", "granted": pd.NA}
    frame = loans(
        *many("base", 1, 3), *many("base", 1, 1, **refused),  # of 4 good firms 1 is refused
        *many("base", 2, 1), *many("base", 2, 1, **refused),  # of 2 good firms 1
        *many("base", 1, 1, good=False, **refused), *many("base", 1, 1, good=False),
        *many("base", 2, 4, good=False, **refused), *many("base", 2, 1, good=False),
        *many("base", 2, 9, decision="open", good=pd.NA),  # not decided: left out
    )  # fmt: skip
    figure, numbers = truth_and_belief(frame, ARMS, TITLES)
    found = numbers.set_index("error")
    assert found.loc["good firms refused", "mean"] == pytest.approx((25 + 50) / 2)
    assert found.loc["bad firms booked", "mean"] == pytest.approx((50 + 20) / 2)
    assert found["seeds"].tolist() == [2, 2]
    said = words(figure)
    assert "good firms refused: 38 %" in said
    assert "Today" in said
    assert "with the measures" not in said.lower()  # this arm has no loan
    assert "true_pd" not in said


def test_a_price_that_follows_risk_is_drawn_rising() -> None:
    rng = np.random.default_rng(1)
    rows = []
    for arm in ARMS:
        for seed in (1, 2, 3):
            for risk in rng.uniform(0.005, 0.2, 400):
                rate = 0.08 if arm == "base" else 0.05 + risk
                rows.append({"arm": arm, "seed": seed, "true_pd": risk, "rate": rate})
    figure, numbers = price_and_risk(loans(*rows), ARMS, TITLES)
    rates = numbers[numbers["what"] == "mean rate"]
    flat = rates[rates["arm"] == "base"]["mean"]
    rising = rates[rates["arm"] == "new"].sort_values("risk")
    assert np.allclose(flat, 8.0)
    assert np.allclose(rising["mean"], 5.0 + rising["risk"], atol=0.5)  # the middle of a class
    counts = numbers[numbers["what"] == "loans"]
    assert counts.groupby("arm")["mean"].sum().tolist() == pytest.approx([400, 400])
    drawn = figure.axes[0].containers[1].lines[0]
    assert np.allclose(drawn.get_ydata(), rising["mean"])


def test_a_renewal_is_no_new_loan() -> None:
    new = many("base", 1, 5) + many("base", 2, 5)
    again = many("base", 1, 40, decision="renewed", rate=0.2, default_month=3)
    figure, numbers = price_and_risk(loans(*new, *again), ARMS, TITLES)
    found = numbers.groupby("what")["mean"]
    assert found.sum()["loans"] == pytest.approx(5.0)
    assert found.mean()["mean rate"] == pytest.approx(7.0)
    assert "Renewed loans are not counted as new" in words(figure)
    figure, numbers = vintages(loans(*new, *again), ARMS, TITLES, last=12)
    assert numbers["mean"].eq(0.0).all()
    assert "Renewed loans are not counted as new" in words(figure)
    assert "Renewed" not in words(price_and_risk(loans(*new), ARMS, TITLES)[0])


def test_where_no_firm_is_bad_none_is_booked_wrongly() -> None:
    figure, numbers = truth_and_belief(loans(*many("base", 1, 9)), ARMS, TITLES)
    assert set(numbers["error"]) == {"good firms refused"}
    assert "bad firms booked: none to judge" in words(figure)


def test_the_key_of_decisions_hides_no_point() -> None:
    rows = [row for arm in ARMS for good in (True, False) for row in many(arm, 1, 9, good=good)]
    figure, _ = truth_and_belief(loans(*rows), ARMS, TITLES)
    figure.draw_without_rendering()
    panels = [axes.get_window_extent() for axes in figure.axes]
    for axes in figure.axes:
        key = axes.get_legend().get_window_extent()
        assert not any(key.overlaps(panel) for panel in panels)
        assert key.x0 >= 0.0
        assert key.x1 <= figure.bbox.x1


def test_a_vintage_counts_only_loans_old_enough_to_tell() -> None:
    """Of 4 loans of month 1, one defaults at age 5; 4 loans of month 10 are 2 months old at 12."""
    frame = loans(
        *many("base", 1, 3), *many("base", 1, 1, default_month=6),
        *many("base", 1, 4, granted=10), *many("base", 1, 5, granted=-3, default_month=4),
    )  # fmt: skip
    _, numbers = vintages(frame, ARMS, TITLES, last=12)
    curve = numbers.set_index("age")["mean"]
    assert curve[4] == 0.0
    assert curve[5] == pytest.approx(100 / 4)  # not 100 / 8
    assert curve.index.max() == 11
    assert set(numbers["year"]) == {1}


def test_lead_times_are_counted_from_the_first_warning_to_default() -> None:
    frame = loans(
        *many("base", 1, 2, default_month=10),  # never warned of
        *many("base", 1, 1, default_month=10, first_warning=8),
        *many("base", 1, 1, default_month=10, first_warning=3),
        *many("base", 1, 1, default_month=10, first_warning=12),  # warned of too late
        *many("base", 1, 3, first_warning=5),  # no default followed
    )
    events = pd.DataFrame(
        {
            "arm": "base", "seed": 1, "bank": "main", "loan": range(5), "month": 5,
            "kind": ["warning"] * 4 + ["class"], "true": [True, True, True, False, pd.NA],
        }
    )  # fmt: skip
    _, numbers = warnings_ahead(frame, events, ARMS, TITLES)
    found = numbers.set_index("name")["mean"]
    assert found["no warning before"] == pytest.approx(60.0)
    assert found["2 months before"] == pytest.approx(20.0)
    assert found["4\u201312 months before"] == pytest.approx(20.0)
    assert found[["true", "false"]].tolist() == [3.0, 1.0]
    with pytest.raises(RequestError, match="no loan defaulted"):
        warnings_ahead(frame.assign(default_month=pd.NA), events, ARMS, TITLES)


def test_the_error_at_a_load_is_the_root_of_the_mean_square() -> None:
    frame = loans(
        *many("base", 1, 50, workload=0.5, belief=1.0, quality=0.0),
        *many("base", 1, 50, workload=0.5, belief=0.0, quality=0.0),
        *many("base", 1, 100, workload=1.1, belief=-2.0, quality=0.0),
        *many("base", 1, 1, workload=0.1, belief=9.0),  # too few to show an error
    )
    _, numbers = load_and_error(frame, ARMS, TITLES)
    error = numbers[numbers["what"] == "typical error"].set_index("load")["mean"]
    assert error.to_dict() == pytest.approx({50.0: np.sqrt(0.5), 110.0: 2.0})
    share = numbers[numbers["what"] == "share of applications"].set_index("load")["mean"]
    assert share.sum() == pytest.approx(100.0)


def test_where_loans_of_a_class_are_a_year_later() -> None:
    frame = loans(
        *many("base", 1, 6),  # stay normal
        *many("base", 1, 2, ended=10, outcome="repaid"),
        *many("base", 1, 1),  # becomes substandard, number 8
        *many("base", 1, 1, default_month=6, ended=13, outcome="default"),  # worked out
        *many("base", 1, 4, granted=5),  # not on the book at the start
    )
    moves = pd.DataFrame(
        {
            "arm": "base", "seed": 1, "bank": "main", "kind": "class",
            "loan": [8, 8, 8, 9], "month": [4, 7, 14, 6],
            "was": ["normal", "special mention", "substandard", "normal"],
            "now": ["special mention", "substandard", "normal", "substandard"],
        }
    )  # fmt: skip
    figure, numbers = class_moves(frame, moves, ARMS, TITLES, last=13)
    row = numbers[numbers["was"] == "normal"].set_index("now")
    assert row["share"].to_dict() == pytest.approx(
        {"normal": 60.0, "special mention": 0.0, "substandard": 10.0, "doubtful": 0.0,
         "loss": 0.0, "collected or written off": 10.0, "repaid": 20.0}
    )  # fmt: skip
    assert row["loans"].sum() == 10
    assert "normal (10)" in words(figure)
    with pytest.raises(RequestError, match="more than twelve months"):
        class_moves(frame, moves, ARMS, TITLES, last=12)


def test_a_loan_repaid_and_renewed_is_not_repaid_for_good() -> None:
    repaid = {"ended": 10, "outcome": "repaid"}
    frame = loans(
        *many("base", 1, 1, firm="1.0", **repaid),
        *many("base", 1, 1, firm="1.0", granted=11, decision="renewed"),
        *many("base", 1, 1, firm="2.0", **repaid),
        *many("base", 1, 1, firm="2.0", granted=12),  # an application of its own
        *many("base", 2, 1, firm="1.0", **repaid),  # another seed's firm of that name
        *many("base", 1, 1, firm="3.0"),
    )
    moves = pd.DataFrame(columns=["arm", "seed", "bank", "kind", "loan", "month", "was", "now"])
    figure, numbers = class_moves(frame, moves, ARMS, TITLES, last=13)
    row = numbers[numbers["was"] == "normal"].set_index("now")["loans"]
    assert row[["normal", "repaid", "repaid and renewed"]].tolist() == [1, 2, 1]
    assert row.sum() == 4
    assert "repaid and renewed" in words(figure)


def test_loans_of_no_such_arm_are_refused() -> None:
    with pytest.raises(RequestError, match="repeat with --detail"):
        price_and_risk(loans(*many("other", 1, 5)), ARMS, TITLES)
