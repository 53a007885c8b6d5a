"""Two arms of a small, rough market that differ in one thing about one bank from month 1 on.

Both arms live the same burn-in on the same seeds, so whatever differs is what that thing does.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from sim.credit.schedule import Schedule
from sim.model.kept_books import begun
from sim.model.result import result_of
from sim.model.simulation import Simulation
from sim.scenario.schema import FAMILIES, BankParams, Scenario
from sim.state.loans import Security
from sim.state.market import Market

SEEDS = [1, 2, 3]
WORLD: dict[str, Any] = {
    "horizon": 8,
    "burn_in": {"months": 14},
    "firms": {
        "count": 350,
        "volatility": 0.2,
        "demand": {"need_monthly": 0.15},
        "temptation": {"omega": 3.0},
        "yardstick": {"sample": 0.0},
    },
}
# caseloads that leave the queue room to grow, and visits enough for warnings
BANK: dict[str, Any] = {
    "approval": {"kind": "cut_off", "pd_max": 0.07},
    "monitoring": {"kind": "care", "monthly": 0.3, "precision": 1.0},
    "staffing": {"kind": "officers", "clients_per_officer": 15.0},
}
YEAR = 12


class Arm(NamedTuple):
    """What came out of an arm."""

    months: bytes  # every number of every month of every seed
    totals: dict[str, float]  # by name: a metric's mean over seeds, or else a column's sum


def bank_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the usual bank with `given` values by dotted key, and every family's kind stated."""
    bank = copy.deepcopy(BANK)
    for family in FAMILIES:
        part = bank.setdefault(family, {"kind": getattr(BankParams(), family).kind})
        kind = given.get(f"{family}.kind", part["kind"])
        if kind != part["kind"]:
            bank[family] = {"kind": kind}
    for key, value in given.items():
        put(bank, key, value)
    return bank


def put(data: dict[str, Any], key: str, value: Any) -> None:
    """Set a value by dotted key, making the parts on the way."""
    *way, last = key.split(".")
    for part in way:
        data = data.setdefault(part, {})
    data[last] = value


def arm(given: Mapping[str, Any], change: Mapping[str, Any], world: Mapping[str, Any]) -> Arm:
    """Return the arm whose bank is as `given` and takes `change` in month 1, all by dotted key.

    A change of kind brings the new kind's defaults.  The same arm is lived once.
    """
    before = bank_of(given)
    other = {key.partition(".")[0] for key in change if key.endswith(".kind")}
    kept = {key: value for key, value in given.items() if key.partition(".")[0] not in other}
    after = bank_of(kept | dict(change))
    return _simulated(*(json.dumps(part, sort_keys=True) for part in (before, after, dict(world))))


@cache
def _simulated(before: str, after: str, world: str) -> Arm:
    data = copy.deepcopy(WORLD)
    for key, value in json.loads(world).items():
        put(data, key, value)
    data["burn_in"]["banks"] = {"main": json.loads(before)}
    data["banks"] = {"main": json.loads(after)}
    return live(Scenario.model_validate_json(json.dumps(data)))


def live(scenario: Scenario) -> Arm:
    """Live a scenario on the common seeds, its books held to balance.

    Arms of the same burn-in go on from the same books, but those of a bank that learns: what it
    learned is looked at too.
    """
    simulation = Simulation(scenario, SEEDS) if learns(scenario) else begun(scenario, SEEDS)
    simulation.run()
    result = result_of(simulation.market, simulation.recorder)
    numbers = result.months.drop(columns="bank")
    totals = numbers.sum().to_dict()
    totals |= result.summary.drop(columns=["seed", "bank"]).mean().to_dict()
    return Arm(numbers.to_numpy(float).tobytes(), totals | inside(simulation))


def learns(scenario: Scenario) -> bool:
    """Tell whether a bank learns from old loans, before month 1 or after."""
    phases = (scenario.banks_in(0), scenario.banks_in(1))
    return any(bank.rating.learns_every > 0 for banks in phases for bank in banks.values())


def inside(simulation: Simulation) -> dict[str, float]:
    """Return what no table of results shows: beliefs, terms, officers and lessons at the end."""
    market = simulation.market
    recent = market.applications.made > simulation.month - YEAR
    live, files = market.live, market.applications
    active = market.officers.active
    learned = [lesson for bank in simulation.after for lesson in bank.lessons]
    return {
        "belief_variance": float(files.variance[recent].mean()),
        "borrower_variance": borrower_variance(market),
        "mean_pd": float(files.pd[recent].mean()),
        "pd_spread": float(files.pd[recent].std()),
        "revolving": float((market.loans.schedule[live] == Schedule.REVOLVING).sum()),
        "bullet": float((market.loans.schedule[live] == Schedule.BULLET).sum()),
        "seasonal": float((market.loans.schedule[live] == Schedule.SEASONAL).sum()),
        "receivables": float((market.loans.schedule[live] == Schedule.RECEIVABLES).sum()),
        "misfit": float((market.loans.season_shift[live] > 0).sum()),
        "pledged": float(market.loans.collateral[live].sum()),
        "guaranteed": float(market.loans.guaranteed[live].sum(dtype=float)),
        "movables": float((market.loans.security[live] == Security.MOVABLES).sum()),
        "rescheduled": float(market.loans.rescheduled[live].sum()),
        "experience": float(market.officers.experience[active].mean()),
        "officers": float(active.sum()),
        "lessons": float(sum(lesson is not None for lesson in learned)),
    }


def borrower_variance(market: Market) -> float:
    """Return the variance of the banks' beliefs about those who owe them; 0 where nobody does."""
    lenders = [one for one in range(len(market.banks)) if market.live_at(one).size]
    variances = [
        market.file_of(one).belief_variance.take(market.live_at(one), axis=1).mean()
        for one in lenders
    ]
    return float(np.mean(variances)) if variances else 0.0


def complaint(before: Arm, after: Arm, shows: str) -> str:
    """Return what of `shows` did not come true, or nothing; see `tests.levers.pulls.pull`."""
    if before.months == after.months:
        return "it is dead: every number of every month is the same"
    for claim in shows.split():
        name, way = claim[:-1], claim[-1]
        old, new = before.totals[name], after.totals[name]
        if not {"+": new > old, "-": new < old, "~": new != old}[way]:
            return f"{claim} did not come true: {old:.6g} became {new:.6g}"
    return ""
