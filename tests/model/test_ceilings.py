"""Ceilings: perfect screening, care and recovery do what they say, from month 1, by the books."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest

from sim.credit.amortisation import level_instalment
from sim.mechanisms.ceilings import Cared, Ceilings, easier
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.facts import Resolved

WORLD: dict[str, Any] = {
    "horizon": 24,
    "burn_in": {"months": 12},
    "firms": {
        "count": 400,
        "volatility": 0.2,
        "demand": {"need_monthly": 0.15},
        "temptation": {"omega": 3.0},
        "yardstick": {"window": 12, "sample": 1.0},
    },
}
SEEDS = [1, 2]


class Firms(NamedTuple):
    """Columns of firms that care reads."""

    cash: Any


class Loans(NamedTuple):
    """Columns of loans that care reads."""

    behind: Any
    defaulted: Any
    remaining: Any
    rate: Any
    balance: Any


class Lived:
    """One run with its months, and what perfect care and recovery did in it."""

    def __init__(self, **perfect: Any):
        scenario = Scenario.model_validate(WORLD | {"mechanisms": {"ceilings": perfect}})
        self.simulation = Simulation(scenario, SEEDS)
        self.cared: list[Cared] = []
        self.resolved: list[tuple[Resolved, int]] = []
        self.simulation.observer = self.observe
        self.simulation.run()
        result = result_of(self.simulation.market, self.simulation.recorder)
        self.months: pd.DataFrame = result.months
        self.summary = result.summary.mean(numeric_only=True)

    def observe(self, step: object, fact: object) -> None:
        """Keep what care and recovery did."""
        if isinstance(fact, Cared):
            self.cared.append(fact)
        if isinstance(fact, Resolved) and fact.rows.size:
            self.resolved.append((fact, self.simulation.market.month))


@cache
def lived(*names: str) -> Lived:
    return Lived(**dict.fromkeys(names, True))


def test_without_them_nothing_happens() -> None:
    assert Ceilings() == Ceilings(
        perfect_screening=False, perfect_care=False, perfect_recovery=False
    )
    assert lived().cared == []


def test_they_share_the_burn_in_of_the_base() -> None:
    base = Scenario.model_validate(WORLD)
    other = base.with_({"mechanisms.ceilings.perfect_recovery": True})
    assert other.hash != base.hash
    assert other.start_hash == base.start_hash
    assert base.with_({"mechanisms.repayment.reduction": 0.1}).start_hash != base.start_hash


def test_perfect_screening_books_good_applicants_alone() -> None:
    base, perfect = lived(), lived("perfect_screening")
    assert base.summary["bad_booked"] > 0.0
    assert perfect.summary["bad_booked"] == 0.0
    assert perfect.summary["good_refused"] < base.summary["good_refused"]
    assert base.months["overridden"].sum() > 0.0 == perfect.months["overridden"].sum()


def test_with_perfect_recovery_all_principal_is_back_a_month_after_default() -> None:
    base, perfect = lived(), lived("perfect_recovery")
    assert base.months["defaults"].sum() > 0.0
    assert perfect.resolved
    for fact, month in perfect.resolved:
        reported = month >= 1
        assert (fact.share == 1.0).all() or not reported
        assert (fact.due == month + 1).all() or not reported
    assert perfect.summary["cohort_default_18"] > 0.0
    assert perfect.summary["write_off_rate"] < 0.7 * base.summary["write_off_rate"]
    assert perfect.months["workout_cost"].sum() > 0.0  # collecting still costs


def test_under_perfect_care_nobody_diverts_and_short_firms_are_eased() -> None:
    base, perfect = lived(), lived("perfect_care")
    assert base.summary["diverting_share"] > 0.0
    assert perfect.summary["diverting_share"] == 0.0
    assert perfect.months["defaults"].sum() < base.months["defaults"].sum()
    assert len(perfect.cared) == perfect.simulation.scenario.horizon
    assert sum(fact.rows.size for fact in perfect.cared) > 0
    assert all(fact.remaining == Ceilings().longest_term for fact in perfect.cared)


def test_a_loan_is_eased_where_cash_is_short_before_arrears_and_dues_fall() -> None:
    rows, dues = np.arange(5), np.full(5, 1_000.0)
    firms = Firms(cash=np.array([2_500.0, 1_500.0, 1_500.0, 1_500.0, 1_500.0]))
    loans = Loans(
        behind=np.array([0.0, 0.0, 1.0, 0.0, 0.0]), defaulted=np.zeros(5, bool),
        remaining=np.array([12, 12, 12, 12, 0]), rate=np.full(5, 0.06),
        balance=np.array([1e4, 1e4, 1e4, 1e6, 1e4]),
    )  # fmt: skip
    found = easier(rows, dues, firms, loans, Ceilings().record())
    assert found[1] == pytest.approx(level_instalment(1e4, 0.06, 60.0))
    # cash enough; in arrears; no longer term would help; term over
    assert found[[0, 2, 3, 4]].tolist() == [0.0] * 4


def test_all_three_go_together() -> None:
    names = ("perfect_screening", "perfect_care", "perfect_recovery")
    every = lived(*names).summary["profit"]
    assert every > max(lived(name).summary["profit"] for name in names)
