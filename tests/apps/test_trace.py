"""`smelend trace`: a life agrees with the detail of the run, and watching changes no bit."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pandas as pd
import pytest

from sim.analysis.instructive import RULES, numbered, of_firm, picked
from sim.core.errors import RequestError
from sim.model.detail.columns import DECISIONS
from sim.model.detail.following import follow, recorded
from sim.model.detail.life import Life
from sim.model.detail.life_log import LifeLog
from sim.model.kept_books import begun
from sim.model.result import result_of
from sim.model.simulate import simulate
from sim.report.life_story import span
from sim.report.life_words import story
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario
from tests.apps.command import Smelend

SEED = 7
SIZE = {"firms.count": 600, "horizon": 30}
WORDS = [f"--set={key}={value}" for key, value in SIZE.items()]
DIVERTED = ("diverted", "unwatched")  # rules that take loans which were diverted
SCENARIOS = ("zhengzhou/baseline", "zhengzhou/optimised", "competing_quotes")


@pytest.fixture(scope="module")
def market() -> Scenario:
    return load_scenario("zhengzhou/baseline", SIZE)


@pytest.fixture(scope="module")
def loans(market: Scenario) -> pd.DataFrame:
    return recorded(market, SEED)[0]


def life_of(market: Scenario, loan: pd.Series) -> Life:
    slot, generation = map(int, loan["firm"].split("."))
    return follow(market, SEED, slot, generation)


def event(life: Life, kind: str, month: int) -> dict[str, object]:
    (found,) = [one for one in life.events if one.kind == kind and one.month == month]
    return dict(found.facts)


@pytest.mark.parametrize(
    "name", [pytest.param(SCENARIOS[0], marks=pytest.mark.thorough), *SCENARIOS[1:]]
)
@pytest.mark.thorough
def test_a_watched_run_gives_the_same_bits(name: str) -> None:
    scenario = load_scenario(name, SIZE | {"horizon": 12})
    plain = simulate(scenario, SEED)
    simulation = begun(scenario, [SEED])
    log = LifeLog(simulation, 3, 0)
    simulation.run()
    watched = result_of(simulation.market, simulation.recorder)
    pd.testing.assert_frame_equal(plain.months, watched.months, check_exact=True)
    pd.testing.assert_frame_equal(plain.summary, watched.summary, check_exact=True)
    assert log.life is not None


def test_the_detail_with_diversions_is_that_of_the_run(
    market: Scenario, loans: pd.DataFrame
) -> None:
    usual = simulate(market, SEED, detail=True).loans
    assert usual is not None
    pd.testing.assert_frame_equal(loans.drop(columns="diverted"), usual, check_exact=True)
    assert loans["diverted"].notna().any()


@pytest.mark.parametrize("pick", [*RULES])
def test_a_life_agrees_with_the_table_of_loans(
    market: Scenario, loans: pd.DataFrame, pick: str
) -> None:
    loan = picked(loans, pick).loan
    assert loan is not None
    life = life_of(market, loan)
    read = event(life, "investigated", loan["applied"])
    assert event(life, "applied", loan["applied"])["amount"] == loan["amount"]
    assert (read["mean"], read["sd"]) == (loan["belief"], loan["belief_sd"])
    assert (read["pd"], read["quality"]) == (loan["pd"], loan["quality"])
    assert read["seat"] == loan["officer"]
    decided = event(life, "decided", loan["decided"])
    assert DECISIONS[3 if decided["approved"] else 2] == loan["decision"]
    assert decided["rate"] == loan["rate"]
    states = {state["month"]: state for state in life.months}
    if pick == "refused":
        assert not any(
            one.kind == "granted" and one.month == loan["decided"] for one in life.events
        )
        return
    granted = event(life, "granted", loan["granted"])
    assert states[loan["granted"]]["balance"] == granted["amount"]
    if pick in DIVERTED:
        event(life, "diverted", loan["diverted"])
    if pd.notna(loan["default_month"]):
        default = event(life, "default", loan["default_month"])
        assert default["diverted"] == (pick in DIVERTED)
        assert states[loan["default_month"]]["dpd"] > 90
    if pd.notna(loan["ended"]):
        assert states[loan["ended"]]["balance"] == 0.0 or any(
            one.kind == "granted" and one.month == loan["ended"] for one in life.events
        )


def test_what_is_owed_falls_by_the_principal_that_is_paid(
    market: Scenario, loans: pd.DataFrame
) -> None:
    """A loan without arrears that is repaid: payments less a month's interest are the principal."""
    clean = loans[(loans["outcome"] == "repaid") & (loans["granted"] >= 1)]
    checked = 0
    for _, loan in clean.head(6).iterrows():
        life = life_of(market, loan)
        states = {state["month"]: state for state in life.months}
        for month in range(loan["granted"] + 1, loan["ended"]):
            before, after = states[month - 1], states[month]
            paid = sum(
                one.facts.get("paid", 0.0) + one.facts.get("called", 0.0)
                for one in life.events
                if one.month == month and one.kind in ("instalment", "action")
            )
            if before["dpd"] or after["dpd"]:
                continue
            interest = before["balance"] * loan["rate"] / 12.0
            expected = before["balance"] + interest - paid
            assert math.isclose(after["balance"], expected, abs_tol=1e-6)
            checked += 1
    assert checked > 10


def test_the_steps_of_an_investigation_end_in_its_belief(
    market: Scenario, loans: pd.DataFrame
) -> None:
    loan = picked(loans, "repaid").loan
    assert loan is not None
    read = event(life_of(market, loan), "investigated", loan["applied"])
    steps = read["steps"]
    assert isinstance(steps, list)
    if not read["inflated"] and not read["reviewed"]:
        assert steps[-1]["mean"] == read["mean"]
        assert steps[-1]["sd"] == pytest.approx(read["sd"])
    spread = [step["sd"] for step in steps]
    assert spread == sorted(spread, reverse=True)  # what is read never makes it less certain


def test_a_workout_adds_up(market: Scenario, loans: pd.DataFrame) -> None:
    ended = loans[(loans["outcome"] == "default") & loans["ended"].notna()]
    seen = 0
    for _, loan in ended[ended["granted"] >= 1].head(8).iterrows():
        for one in life_of(market, loan).events:
            if one.kind == "worked out":
                facts = one.facts
                assert math.isclose(facts["received"] + facts["lost"], facts["balance"])
                seen += 1
    assert seen


def test_every_event_of_many_lives_has_words(market: Scenario, loans: pd.DataFrame) -> None:
    firms = loans.loc[loans["outcome"] == "default", "firm"].drop_duplicates().head(5)
    for name in firms:
        followed = of_firm(loans, name)
        life = follow(market, SEED, followed.slot, followed.generation)
        lines = story(life, *span(life, followed, market.horizon))
        assert {line.month for line in lines} >= {one.month for one in life.events}
        words = " ".join(f"{line.seen} {line.truth}" for line in lines).split()
        assert "nan" not in words


def test_an_id_that_is_not_there_says_what_is(loans: pd.DataFrame) -> None:
    with pytest.raises(RequestError, match=f"allowed are 0 to {len(loans) - 1:,}"):
        numbered(loans, len(loans), "main")
    with pytest.raises(RequestError, match=r"write its slot, such as 812"):
        of_firm(loans, "Müller")
    with pytest.raises(RequestError, match=r"no firm of this name .* nearby"):
        of_firm(loans, "999999")
    assert of_firm(loans, loans["firm"].iloc[0]).loan is None


def test_the_command_writes_story_and_picture(smelend: Smelend, tmp_path: Path) -> None:
    said = smelend("trace", "zhengzhou/baseline", *WORDS, "--out", tmp_path)
    assert said.status == 0, said.err
    kinds = sorted(path.suffix for path in tmp_path.iterdir())
    assert kinds == [".csv", ".png", ".svg", ".txt"]
    (text,) = (path.read_text("utf-8") for path in tmp_path.glob("*.txt"))
    assert text.rstrip() in said.out
    assert re.match(r"Firm \d+(\.[1-9]\d*)? ", text)  # its slot, and which firm in it
    assert "DIVERSION" in text
    assert "DEFAULT" in text
    (states,) = (pd.read_csv(path) for path in tmp_path.glob("*.csv"))
    owed = states.loc[states["balance"] > 0, "balance"].iloc[0]
    assert f"owes CNY {owed:,.0f}" in " ".join(text.split())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--loan", "999999"], "--loan 999999: bank 'main' has no such loan"),
        (["--firm", "9x"], "--firm 9x: write its slot, such as 812, or 812.1"),
        (["--pick", "diverte"], "did you mean 'diverted'?"),
        (["--bank", "mian"], "--bank mian: 'zhengzhou/baseline' has main; did you mean 'main'?"),
        (["--loan", "1", "--pick", "repaid"], "give one of --loan, --firm and --pick"),
        (["--seed", "-1"], "-1"),
    ],
)
def test_a_wrong_request_gets_one_clear_error(
    smelend: Smelend, words: list[str], message: str
) -> None:
    said = smelend("trace", "zhengzhou/baseline", *WORDS, *words)
    assert said.status == 2
    assert message in said.complaint
