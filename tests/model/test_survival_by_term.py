"""Survival by term is that of SciPy's Kaplan-Meier on loans followed one by one."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario

SEEDS = [3, 4]
MONTHS = 30


class Life(NamedTuple):
    """How long one loan was seen, and whether it had defaulted by then."""

    run: int
    tenor: int
    age: int
    defaulted: bool


@cache
def simulated() -> tuple[pd.DataFrame, list[Life]]:
    """Live a market and follow each loan of its bank by an independent look at the loans."""
    firms = {"count": 500, "volatility": 0.15, "demand": {"need_monthly": 0.1}}
    content = {"horizon": MONTHS, "burn_in": {"months": 12}, "firms": firms}
    simulation = Simulation(Scenario.model_validate(content), SEEDS)
    market, lives = simulation.market, []
    term: dict[tuple[int, int], int] = {}  # of each loan by slot and month granted
    watched: set[tuple[int, int]] = set()
    while simulation.month < MONTHS:
        simulation.advance()
        loans, month = market.loans, simulation.month
        mine = np.flatnonzero((loans.lender == 0) & (loans.granted >= 1))
        now = {(int(slot), int(loans.granted[slot])) for slot in mine}
        for slot, granted in now - term.keys():
            term[slot, granted] = int(loans.remaining[slot])
            watched.add((slot, granted))
        for slot, granted in sorted(watched):
            gone = (slot, granted) not in now  # repaid, this month's instalment included
            bad = not gone and bool(loans.dpd[slot] > 90)
            if gone or bad or month == MONTHS:
                run = int(market.firms.run[slot])
                lives.append(Life(run, term[slot, granted], month - granted, bad))
                watched.remove((slot, granted))
    return result_of(market, simulation.recorder).survival, lives


def test_it_is_scipys_estimate_on_the_loans_themselves() -> None:
    table, lives = simulated()
    compared = 0
    for run, seed in enumerate(SEEDS):
        for tenor in (3, 6, 12, 24, 36):
            mine = [life for life in lives if (life.run, life.tenor) == (run, tenor)]
            bad = [life.age for life in mine if life.defaulted]
            sound = [life.age for life in mine if not life.defaulted and life.age > 0]
            rows = table[(table["seed"] == seed) & (table["tenor"] == tenor)].set_index("age")
            assert rows["defaults"].sum() == len(bad)
            assert rows["at_risk"].loc[1] == len(bad) + len(sound)
            assert rows["censored"].sum() == len(sound)
            if not bad:
                assert (rows["survival"] == 1.0).all()
                continue
            data = stats.CensoredData(uncensored=bad, right=sound)
            theirs = stats.ecdf(data).sf.evaluate(rows.index.to_numpy())
            np.testing.assert_allclose(rows["survival"], theirs)
            compared += len(bad)
    assert compared > 20


def test_a_live_or_repaid_loan_counts_only_as_long_as_it_was_seen() -> None:
    table, lives = simulated()
    short = table[table["tenor"] == 3].groupby("age")[["at_risk", "defaults"]].sum()
    # counting repaid loans as sound for good would leave all at risk at every age
    assert short["at_risk"].loc[1] > 30
    assert short["at_risk"].loc[8] < 0.2 * short["at_risk"].loc[1]
    oldest = max(life.age for life in lives)
    assert table["age"].max() == MONTHS - 1 >= oldest


def test_at_risk_less_defaults_less_censored_is_at_risk_a_month_later() -> None:
    table, _ = simulated()
    for _, rows in table.groupby(["seed", "bank", "tenor"]):
        left = rows["at_risk"] - rows["defaults"] - rows["censored"]
        assert left.to_numpy()[:-1].tolist() == rows["at_risk"].to_numpy()[1:].tolist()
        assert (rows["censored"] >= 0).all()
        assert rows["survival"].is_monotonic_decreasing


def test_a_run_of_one_month_has_no_ages_yet() -> None:
    simulation = Simulation(Scenario.model_validate({"horizon": 1, "burn_in": {"months": 2}}), [1])
    simulation.run()
    assert result_of(simulation.market, simulation.recorder).survival.empty
