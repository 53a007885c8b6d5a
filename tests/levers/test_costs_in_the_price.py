"""What a bank spends stands in its price: each cost line moves it, what is not done does not."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.core.arrays import Floats
from sim.model.simulation import Simulation
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario

SEEDS = [1, 2]
YEAR = 12
SMALL = {"firms.count": 1_000, "horizon": YEAR, "burn_in.nature_months": 12, "burn_in.months": 30}
FIXED = {"kind": "flat", "fixed": 0.076, "pass_through": 1.0}
QUIET = {"staffing.prospecting": 0.0}  # else marketing begins with month 1 and takes up the step
OVER_LIVE_LOANS = ("monitoring_cost", "bonus")  # the others are divided by the loans planned
SPENT = (*OVER_LIVE_LOANS, "salaries", "file_cost", "training_cost", "fixed_cost")

# each: what the bank does in both arms, and what it pays more for in one of them
LINES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "second review": ({"approval.review_precision": 1.0}, {"approval.review_cost": 250.0}),
    "audit": ({"staffing.audit": 0.25}, {"staffing.audit_cost": 1_200.0}),
    "security": ({}, {"collateral.valuation": 900.0}),
    "marketing": (
        {"staffing.prospecting": 6.0, "pricing.cost_step": 1.0},
        {"staffing.marketing_cost": 750.0},
    ),
    "bonus": ({}, {"staffing.quality_premium": 3.0}),
    "supervision": (
        {"staffing.supervision.share": 0.4, "pricing.cost_step": 1.0},
        {"staffing.supervision.cost": 12_000.0},
    ),
    "paper checks": ({"monitoring.proceeds_check": 0.8}, {"monitoring.proceeds_cost": 500.0}),
    "visits": ({"monitoring.monthly": 0.2}, {"monitoring.inspection_cost": 250.0}),
    "visits in arrears": (
        {"monitoring.monthly": 0.1, "monitoring.in_arrears": 10.0},
        {"monitoring.inspection_cost": 400.0},
    ),
    "close watch": ({"monitoring.close_watch": True}, {"monitoring.inspection_cost": 600.0}),
    "actions": ({"monitoring.accounts": 1.5}, {"monitoring.action_cost": 3_000.0}),
    "contracts": ({"monitoring.accounts": 1.5}, {"monitoring.contract_cost": 6_000.0}),
    "account data": ({"monitoring.accounts": 1.5}, {"monitoring.system_cost": 30.0}),
    "people": ({}, {"staffing.salary": 22_000.0}),
}


@cache
def base() -> Scenario:
    """Return the base case in a small market."""
    return load_scenario("baseline", SMALL)


def lived(settings: dict[str, Any], seeds: list[int] = SEEDS, months: int = YEAR) -> Simulation:
    """Live the base case whose bank has these values from month 1 on."""
    keys = {f"banks.main.{key}": value for key, value in settings.items()}
    return Simulation(base().with_({**keys, "horizon": months}), seeds).run()


def of_bank(simulation: Simulation, name: str) -> Floats:
    """Return a column of the bank's books at the end, one row per run."""
    column: Floats = getattr(simulation.market.books, name)
    return column[:: simulation.market.lenders]


def spent(simulation: Simulation) -> float:
    """Return the last half-year's spending on all lines, mean of runs, CNY a year per loan."""
    record, bank = simulation.recorder, next(iter(simulation.after))
    lenders = simulation.market.lenders
    flow = {name: record.column(name)[-6:, ::lenders] for name in (*SPENT, "loans")}
    live = sum(flow[name] for name in OVER_LIVE_LOANS) / flow["loans"]
    rest = sum(flow[name] for name in SPENT if name not in OVER_LIVE_LOANS) / bank.planned_loans
    return float(12.0 * np.mean(live + rest))


# one of each way in which a line comes about; the others are tried with what takes long
QUICK = {"second review", "marketing", "bonus", "visits", "contracts", "account data", "people"}
LATER = [pytest.param(line, marks=pytest.mark.thorough) for line in LINES if line not in QUICK]


@pytest.mark.parametrize("line", [*sorted(QUICK), *LATER])
@pytest.mark.thorough
def test_each_line_is_carried_by_rates_after_a_year(line: str) -> None:
    # a fixed rate is asked, so that both arms make the same loans: only the charge differs
    done, dearer = LINES[line]
    fixed = {f"pricing.{key}": value for key, value in FIXED.items()}
    usual, dear = (lived(fixed | QUIET | done | more) for more in ({}, dearer))
    extra = spent(dear) - spent(usual)
    assert extra > 40.0
    carried = np.mean(of_bank(dear, "cost_in_price") - of_bank(usual, "cost_in_price"))
    assert carried == pytest.approx(extra, rel=1 / 3)


def test_rates_rise_by_what_they_carry() -> None:
    # four lines at once, whose sum rates follow within the year
    dearer = {
        "staffing.audit_cost": 3_000.0, "staffing.salary": 22_000.0,
        "monitoring.inspection_cost": 500.0, "staffing.quality_premium": 3.0,
    }  # fmt: skip
    seeds, quick = [1, 2, 3, 4], QUIET | {"pricing.cost_step": 1.0}
    usual, dear = (lived(quick | more, seeds, 2 * YEAR) for more in ({}, dearer))
    carried = np.mean(of_bank(dear, "cost_in_price") - of_bank(usual, "cost_in_price"))
    balance = next(iter(usual.after)).policy.pricing.typical_balance
    rise = np.mean(of_bank(dear, "usual_rate") - of_bank(usual, "usual_rate"))
    assert rise > 0.002
    assert rise == pytest.approx(carried / balance, rel=1 / 3)


def test_what_is_prescribed_and_never_done_is_in_no_price() -> None:
    never = {"staffing.execution_base": 0.0, "staffing.execution_by_culture": 0.0}
    paper = {
        "approval.review_precision": 2.0, "approval.review_cost": 5_000.0,
        "monitoring.monthly": 1.0, "monitoring.close_watch": True, "monitoring.in_arrears": 10.0,
        "monitoring.proceeds_check": 1.0, "monitoring.proceeds_cost": 5_000.0,
        "screening.site_visit.cost": 5_000.0,
    }  # fmt: skip
    unread = {"monitoring.accounts": 0.0}  # account data are paid for, read or not
    without, with_them = (lived(never | unread | more) for more in ({}, paper))
    for name in ("cost_in_price", "usual_rate"):
        assert (of_bank(without, name) == of_bank(with_them, name)).all()


def test_a_bank_without_these_costs_prices_what_it_plans() -> None:
    bare = {
        "monitoring": {"kind": "none"}, "collateral": {"kind": "pledge", "cover": 0.0},
        "staffing.audit": 0.0, "staffing.bonus": 0.0, "pricing.cost_memory": 0.01,
        "staffing.marketing_cost": 0.0, "pricing.cost_step": 1.0,
        "screening": {"kind": "none"},
        "approval.cost": 0.0,  # else those who walk away cost a decision beyond the price
    }  # fmt: skip
    one = lived(bare)
    assert of_bank(one, "spent_per_loan") == pytest.approx(0.0, abs=1e-6)
    planned = next(iter(one.after)).planned_cost_per_loan
    assert of_bank(one, "cost_in_price") == pytest.approx(planned)


def test_rates_follow_at_the_pace_of_the_limit() -> None:
    one = lived({"staffing.audit": 0.9, "staffing.audit_cost": 50_000.0})
    before = lived({}, months=1)
    pricing = next(iter(one.after)).policy.pricing
    step = pricing.cost_step / YEAR * pricing.typical_balance
    rise = of_bank(one, "cost_in_price") - of_bank(before, "cost_in_price")
    assert rise == pytest.approx((YEAR - 1) * step)
