"""The detail of a run tells the same story as the monthly tables, and telling changes nothing."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from sim.model.result import Result
from sim.model.simulate import simulate
from tests.model.worlds import ROUNDS, bundle, scenario

SEEDS = [3, 4]
DILIGENT = {"monitoring": {"kind": "care", "monthly": 0.4, "precision": 2.0}}


@cache
def simulated(turn: int) -> tuple[Result, Result]:
    """Live two banks' world without and with the detail."""
    world = scenario(bundle(turn), DILIGENT)
    return simulate(world, seeds=SEEDS), simulate(world, seeds=SEEDS, detail=True)


@pytest.fixture(scope="module", params=range(min(ROUNDS, 3)))
def both(request: pytest.FixtureRequest) -> tuple[Result, Result]:
    return simulated(request.param)


@pytest.fixture(scope="module")
def text(both: tuple[Result, Result]) -> Result:
    return both[1]


def test_asking_for_the_detail_changes_no_number(both: tuple[Result, Result]) -> None:
    plain, detailed = both
    for name in ("summary", "months", "vintages"):
        pd.testing.assert_frame_equal(getattr(plain, name), getattr(detailed, name))
    assert plain.loans is None
    assert plain.events is None


COUNTS = {  # column of the monthly table: rows of a table of detail, and what holds for them
    "applications": ("loans", lambda x: x["applied"] >= 1),
    "walked_away": ("loans", lambda x: x["decision"] == "walked away"),
    "approved": ("loans", lambda x: x["decision"] == "approved"),
    "overridden": ("loans", lambda x: x["overridden"]),
    "taken": ("loans", lambda x: (x["answer"] == "taken") & (x["granted"] >= 1)),
    "lost_to_rival": ("loans", lambda x: x["answer"] == "lost to a rival"),
    "caught_lying": ("loans", lambda x: (x["applied"] >= 1) & x["caught"]),
    "booked_lying": (
        "loans",
        lambda x: (x["answer"] == "taken") & (x["granted"] >= 1) & x["falsified"],
    ),
    "defaults": ("loans", lambda x: x["default_month"] >= 1),
    "warned_defaults": (
        "loans",
        lambda x: (x["default_month"] >= 1) & (x["first_warning"] < x["default_month"]),
    ),
    "alarms": ("events", lambda x: x["kind"] == "warning"),
    "alarms_true": ("events", lambda x: (x["kind"] == "warning") & x["true"]),
    "interventions": ("events", lambda x: x["kind"] == "intervention"),
}


@pytest.mark.parametrize("column", COUNTS)
def test_rows_counted_equal_the_months_added_up(text: Result, column: str) -> None:
    table, chosen = COUNTS[column]
    rows = getattr(text, table)
    mask = chosen(rows).fillna(False).astype(bool)
    expected = text.months.groupby(["bank", "seed"])[column].sum()
    found = rows[mask].groupby(["bank", "seed"]).size().reindex(expected.index, fill_value=0)
    assert found.tolist() == expected.tolist()


def test_every_count_is_met_with_in_some_world() -> None:
    total = sum(
        (simulated(turn)[0].months[list(COUNTS)].sum() for turn in range(min(ROUNDS, 3))),
        start=pd.Series(0.0, index=list(COUNTS)),
    )
    assert (total > 0).all(), total.to_dict()


def test_events_of_default_are_the_loans_that_defaulted(text: Result) -> None:
    assert text.loans is not None
    assert text.events is not None
    keys = ["seed", "bank", "loan"]
    events = text.events[text.events["kind"] == "default"]
    loans = text.loans[text.loans["default_month"] >= 1]
    found = sorted(map(tuple, events[[*keys, "month"]].to_numpy().tolist()))
    assert found == sorted(map(tuple, loans[[*keys, "default_month"]].to_numpy().tolist()))


def test_money_granted_is_the_money_on_the_books(text: Result) -> None:
    assert text.loans is not None
    new = text.loans[(text.loans["granted"] >= 1).fillna(False)]
    expected = text.months.groupby(["bank", "seed"])["disbursed"].sum()
    found = new.groupby(["bank", "seed"])["amount"].sum().reindex(expected.index, fill_value=0.0)
    assert np.allclose(found, expected)
    volume = (new["rate"] * new["amount"]).groupby([new["bank"], new["seed"]]).sum()
    expected = text.months.groupby(["bank", "seed"])["rate_volume"].sum()
    assert np.allclose(volume.reindex(expected.index, fill_value=0.0), expected)


def test_loans_still_open_are_those_of_the_last_census(text: Result) -> None:
    assert text.loans is not None
    held = text.loans[text.loans["answer"] == "taken"]
    last = text.months[text.months["month"] == text.months["month"].max()]
    expected = last.set_index(["bank", "seed"])["loans"]
    found = held[held["ended"].isna()].groupby(["bank", "seed"]).size()
    assert found.reindex(expected.index, fill_value=0).tolist() == expected.tolist()


def test_moves_of_class_join_up_and_end_where_the_census_counts_bad_loans(text: Result) -> None:
    """Follow each loan from its first class; those that stand bad at the end are the NPL loans."""
    assert text.loans is not None
    assert text.events is not None
    keys = ["seed", "bank", "loan"]
    moves = text.events[text.events["kind"] == "class"].sort_values([*keys, "month"])
    first = text.loans.set_index(keys)["first_class"]
    latest = first.to_dict()
    for key, was, now in zip(
        moves[keys].itertuples(index=False, name=None), moves["was"], moves["now"], strict=True
    ):
        assert latest[key] == was
        latest[key] = now
    live = text.loans[(text.loans["answer"] == "taken") & text.loans["ended"].isna()]
    bad = [latest[key] not in ("normal", "special mention")
           for key in live[keys].itertuples(index=False, name=None)]  # fmt: skip
    counted = live[bad].groupby(["bank", "seed"]).size()
    last = text.months[text.months["month"] == text.months["month"].max()]
    npl = last.set_index(["bank", "seed"])["npl"]
    assert ((npl > 0) == (counted.reindex(npl.index, fill_value=0) > 0)).all()


def test_truth_is_told_beside_belief(text: Result) -> None:
    assert text.loans is not None
    seen = text.loans[text.loans["belief"].notna()]
    assert len(seen) > 50
    assert seen["true_pd"].between(0, 1).all()
    # the better the firm, the lower nature's chance of default
    assert (np.diff(seen.sort_values("quality")["true_pd"]) <= 0).all()


def test_the_detail_of_a_seed_does_not_depend_on_the_seeds_beside_it(text: Result) -> None:
    world = scenario(bundle(0), DILIGENT)
    together = simulate(world, seeds=SEEDS, detail=True)
    alone = simulate(world, seeds=[SEEDS[1]], detail=True)
    for name in ("loans", "events"):
        both = getattr(together, name)
        mine = both[both["seed"] == SEEDS[1]].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, getattr(alone, name))
