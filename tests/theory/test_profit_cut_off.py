"""A profit-optimal cut-off is the one that a search finds, and what it lets in last earns nothing.

By the closed form of signal detection, by a search over cut-offs on production books whose risk is
known, and by following the cash of the marginal loans of a whole bank month by month.
"""

from __future__ import annotations

from functools import cache
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from sim.core.columns import Column, Schema
from sim.core.sight import Sight
from sim.core.table import Table
from sim.core.view import View
from sim.credit.pricing import term_pd
from sim.model.simulation import Simulation
from sim.policies.approval.profit_optimal import ProfitOptimal
from sim.policies.pricing.base import PriceBasis
from sim.scenario.loading import load_scenario
from sim.theory import signal_detection
from sim.theory.bench.cohort import TO_SALE, lend_once, sold_at
from sim.theory.bench.estimate import Measured, mean
from sim.theory.bench.trial import Trial

FILES = Schema.of(
    "Applications",
    Column("pd", "f8", "probability", "estimate", Sight.FILE),
    Column("caught", "?", "flag", "lied", Sight.FILE),
    Column("tenor", "i2", "months", "term", Sight.FILE),
)
OTHER = Schema.of("Loans", Column("pd", "f8", "probability", "of an older loan", Sight.FILE))


def approved(policy: ProfitOptimal, pd: np.ndarray, rate: float, **basis: Any) -> np.ndarray:
    """Return which of some applicants for a month's loan pass, (n,)."""
    one = np.ones(pd.size)
    computed = PriceBasis(
        own=one, book=one, cover=0.0 * one, lgd=basis.get("lgd", 0.45) * one, charges=0.0 * one,
        balance=one, file_cost=0.0, security_cost=basis.get("security_cost", 0.0) * one,
        funding_rate=basis.get("funding_rate", 0.0), horizon=1,
    )  # fmt: skip
    table, other = Table(FILES, pd.size), Table(OTHER, pd.size)
    table.write.pd[:] = pd
    table.write.tenor[:] = 1
    faces = (FILES, table.read), (OTHER, other.read)
    files = View("a bank", Sight.SOFT, np.arange(pd.size), *faces)
    return policy.approve(files, 0.0 * one, rate * one, computed)


@pytest.mark.parametrize("separation", [0.5, 1.0, 2.2])
def test_it_is_the_best_cut_off_of_signal_detection(separation: float) -> None:
    gain, loss, share_bad = 0.04, 0.45, 0.1  # for one period, here a month
    signal = np.linspace(-6.0, 9.0, 30_001)
    bad = share_bad * np.array([NormalDist().pdf(x) for x in signal])
    good = (1.0 - share_bad) * np.array([NormalDist(separation).pdf(x) for x in signal])
    passed = approved(ProfitOptimal(), bad / (bad + good), 12.0 * gain, lgd=loss)
    best = signal_detection.closed_form(separation, share_bad, loss, gain)["cut_off"]
    assert signal[passed].min() == pytest.approx(best, abs=2 * (signal[1] - signal[0]))
    assert passed[signal > best + 0.001].all()


def test_a_loan_that_loses_without_risk_is_refused_even_at_no_risk() -> None:
    nobody = approved(ProfitOptimal(), np.zeros(3), 0.02, funding_rate=0.025)
    somebody = approved(ProfitOptimal(), np.zeros(3), 0.026, funding_rate=0.025)
    assert not nobody.any()
    assert somebody.all()


def test_what_securing_a_loan_costs_must_come_in_too() -> None:
    # .001 of a balance for a month is .012 a year, so .025 + .012 must come in
    riskless = np.zeros(3)
    assert approved(ProfitOptimal(), riskless, 0.03, funding_rate=0.025).all()
    dear = {"funding_rate": 0.025, "security_cost": 0.001}
    assert not approved(ProfitOptimal(), riskless, 0.03, **dear).any()
    assert approved(ProfitOptimal(), riskless, 0.0371, **dear).all()


RATE, FUNDING, LGD = 0.074, 0.025, 0.45
# (.074 - .025)/12 / (.074/12 + .45) = .0089513
BREAK_EVEN = 0.0089513
HAZARDS = BREAK_EVEN * np.array([0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0])
RUNS, FIRMS = 100, 200
ANYBODY = {"kind": "cut_off", "pd_max": 1.0, "override": 0.0}
FREE = {"hours": 0, "cost": 0, "days": 0}


def book(hazard: float, approval: dict[str, Any], months: int) -> Trial:
    """Return a trial of loans for a year that face a known monthly hazard; see `par_price`."""
    trial = Trial(
        {
            "firms.count": FIRMS,
            "firms.demand.tenor_shares": [0, 0, 1, 0, 0],
            "firms.earnings.ruin_chance": 12.0 * hazard,
            "firms.earnings.ruin_size": 5,
            "economy.funding_rate": FUNDING,
            "economy.discount_rate": (1.0 + FUNDING / 12.0) ** (12.0 * TO_SALE / 120) - 1.0,
            **sold_at((1.0 - LGD) * (1.0 + FUNDING / 12.0) ** TO_SALE),
            "banks.main.rating.default_probability": float(term_pd(hazard, 12)),
            "banks.main.approval": approval | FREE,
            "banks.main.pricing": {"kind": "flat", "fixed": RATE},
            "banks.main.products": {"kind": "instalment"},
        },
        5,
        RUNS,
    )
    rows = lend_once(trial)
    trial.set("firms", "cash", rows, 2.0 * trial.market.loans.principal[rows])
    return trial.run_months(months)


@cache
def profit(hazard: float) -> Measured:
    """Return the discounted profit per CNY asked for, of a bank that turns nobody away."""
    trial = book(hazard, ANYBODY, 12 + TO_SALE)
    return mean(trial.present_value("profit_before_tax", FUNDING) / trial.total("disbursed"))


def lets_in(hazard: float) -> bool:
    """Return whether a profit-optimal bank lends to firms of this hazard, all or none."""
    trial = book(hazard, {"kind": "profit_optimal", "override": 0.0}, 0)
    taken, decided = trial.total("taken").sum(), trial.total("decided").sum()
    assert decided == RUNS * FIRMS
    assert taken in (0.0, decided)
    return bool(taken)


@pytest.mark.thorough
def test_a_search_over_cut_offs_finds_the_same_one() -> None:
    # a bank with one class of firms per hazard: profit of lending up to each of them
    searched = np.cumsum([profit(hazard).value for hazard in HAZARDS])
    best = int(np.argmax(searched))
    marginal = profit(BREAK_EVEN)
    assert abs(marginal.value) < 4.0 * marginal.standard_error
    assert marginal.standard_error < 0.1 * profit(HAZARDS[0]).value  # it could have failed
    # the class that just breaks even makes no odds, so the search ends at it or before it
    assert best in (2, 3)
    away = HAZARDS * np.where(HAZARDS == BREAK_EVEN, 1.0 - 1e-3, 1.0)
    assert [lets_in(hazard) for hazard in away] == [True] * 4 + [False] * 3
    assert not lets_in(BREAK_EVEN * (1.0 + 1e-3))


BANK = {
    "banks.main.approval": {"kind": "profit_optimal", "override": 0.0, "earns_file": True},
    "banks.main.pricing": {"kind": "flat", "fixed": 0.09, "pass_through": 0.0},
    "economy.labour.choice.chooses": False,  # loans have the size that firms ask for
    "firms.count": 1500,
    "horizon": 12,
    "burn_in.months": 18,
}
NEAR = 0.1  # of the highest PD


def present_value(
    amount: float, term: int, rate: float, hazard: float, lgd: float, yearly: float, charges: float,
    bullet: bool,
) -> float:  # fmt: skip
    """Return what a loan is worth at the funding rate, month by month, less its principal.

    It is level, or a `bullet` that pays interest until its last month.  `yearly` CNY are spent
    while it lives, `charges` 1/year are asked on its balance.
    """
    instalment = amount * (rate / 12.0) / (1.0 - (1.0 + rate / 12.0) ** -term)
    if bullet:
        instalment = amount * rate / 12.0
    balance, alive, worth = amount, 1.0, -amount
    for month in range(1, term + 1):
        discount = (1.0 + FUNDING / 12.0) ** -month
        worth -= alive * discount * (yearly + charges * balance) / 12.0
        worth += alive * hazard * discount * (1.0 - lgd) * balance
        alive *= 1.0 - hazard
        last = amount if bullet and month == term else 0.0
        worth += alive * discount * (instalment + last)
        balance += balance * rate / 12.0 - instalment - last
    assert balance == pytest.approx(0.0, abs=1e-6 * amount)
    return worth


@pytest.mark.thorough
def test_the_marginal_loans_of_a_whole_bank_are_expected_to_earn_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = load_scenario("scenarios/baseline.yaml", BANK)
    bank = scenario.banks["main"]
    # 1/year of balance, before tax: 10 % on 12.5 % of a balance weighted .75
    capital = bank.return_aim / (1.0 - scenario.economy.tax_rate) * 0.125 * 0.75
    asked: list[np.ndarray] = []
    judge = ProfitOptimal.approve

    def approve(policy: ProfitOptimal, files: View, sector: Any, rate: Any, basis: Any) -> Any:
        passed = judge(policy, files, sector, rate, basis)
        most = policy.highest_pd(files, rate, basis)
        bullet = basis.balance == files.amount  # owed in full until the end
        columns = (
            files.applications_pd, most, files.amount, files.tenor, rate, basis.lgd, passed, bullet,
        )  # fmt: skip
        asked.append(np.array(columns, float))
        return passed

    monkeypatch.setattr(ProfitOptimal, "approve", approve)
    Simulation(scenario, [1, 2]).run()
    files = np.concatenate(asked, axis=1)
    spent = bank.approval.decision_cost + sum(step.cost for step in bank.screening.steps())
    spent += 300.0  # to value and register a pledge of half the loan
    worth = np.array([
        present_value(amount, int(term), rate, 1.0 - (1.0 - pd) ** (1.0 / 12.0), lgd,
                      bank.cost_per_loan + 12.0 * spent / term, capital, bullet > 0.0) / amount
        for pd, _, amount, term, rate, lgd, _, bullet in files.T
    ])  # fmt: skip
    near = np.abs(files[0] / files[1] - 1.0) < NEAR
    passed = files[6] > 0.0
    clear, refused = passed & ~near, (files[1] > 0.0) & (files[0] > files[1]) & ~near
    assert near.sum() > 50
    assert 0.02 < files[7].mean() < 0.5
    assert clear.sum() > 200
    assert refused.sum() > 200
    assert abs(worth[near].mean()) < 0.05 * worth[clear].mean()
    assert (worth[clear] > 0.0).mean() > 0.99
    assert (worth[refused] < 0.0).mean() > 0.99
