"""The table of levers: effect of each extreme on its process and on the outcomes, and a verdict.

Effects are paired differences from the bank as it is, on common seeds.  A difference of exactly
zero on every seed says that nothing reads the lever; an interval that holds zero says only that
these seeds do not tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.intervals import Interval, finite, t_interval
from sim.analysis.levers.declared import Lever, Pulls, levers_of, pulls_of
from sim.core.arrays import Floats
from sim.core.errors import RequestError
from sim.model.version import MODEL_VERSION
from sim.runs.carrying import CarryOut
from sim.runs.plan import Plan
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES = ("default_rate", "npl_ratio_mean", "profit", "credit_to_good")
COST = "cost"
RISK = ("default_rate", "npl_ratio_mean", "credit_to_good")  # a price alone moves none of them
SIDES = ("low", "high")
CHANCE = 0.05  # of calling an unmoved process, or outcome, moved

MOVES = "moves its process"
DEAD = "moves no process: every difference is exactly zero"
UNTOLD = "moves no process: no interval excludes zero"
ELSEWHERE = "moves an outcome while its process is unmoved"
REFUSED = "does not go with this bank"
DEFECTS = (DEAD, UNTOLD, ELSEWHERE)


def measure_levers(
    scenario: Scenario, seeds: Sequence[int], carry_out: CarryOut, only: str = "*"
) -> pd.DataFrame:
    """Return one row per lever of the first bank, in the order of the bank's declaration.

    `carry_out` must simulate with `sim.analysis.levers.observed.observe`.  Columns: lever, unit,
    low, high, acts_with; process (the one of those named that moves most), its `level` in the bank
    as it is, and its change at either extreme; the change of each of `OUTCOMES` and of cost; each
    change with the ends of its 95 % interval, `_from` and `_to`; verdict; seeds `n`; `firms`,
    `months` and `model`, the declared version.  Raises `RequestError` with fewer than two seeds.
    """
    import pandas as pd

    if len(seeds) < 2:
        raise RequestError(f"levers need at least 2 seeds for an interval; found {len(seeds)}")
    levers = levers_of(scenario, only)
    pulled: dict[str, Pulls] = {}
    faults: dict[str, str] = {}
    for lever in levers:
        try:
            pulled[lever.name] = pulls_of(scenario, lever)
        except RequestError as fault:
            faults[lever.name] = str(fault)
    if not pulled:
        raise RequestError(f"no lever can be pulled; the first: {next(iter(faults.values()))}")
    runs, _ = carry_out(Plan(dict(arm for one in pulled.values() for arm in one), (*seeds,)), "")
    bank = next(iter(scenario.banks))
    values = runs[runs["bank"] == bank].set_index(["arm", "seed"]).drop(columns="bank")
    rows = [
        _row(lever, pulled[lever.name], values, sorted(set(seeds)))
        if lever.name in pulled
        else _said(lever) | {"verdict": f"{REFUSED}: {faults[lever.name]}", "n": 0}
        for lever in levers
    ]
    size = {"firms": scenario.firms.count, "months": scenario.horizon}
    return pd.DataFrame(rows).assign(**size, model=MODEL_VERSION)


def _said(lever: Lever) -> dict[str, Any]:
    """Return the part of a row that is known before anything is run."""
    needs = ", ".join(f"{key}={value}" for key, value in lever.acts_with.items())
    return {
        "lever": lever.name, "unit": lever.unit, "low": _written(lever.low),
        "high": _written(lever.high), "acts_with": needs, "process": " ".join(lever.process),
    }  # fmt: skip


def _written(value: Any) -> str:
    """Return a value as YAML would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_written, value)) + "]"
    return str(value)


def _row(lever: Lever, pulls: Pulls, values: pd.DataFrame, seeds: Sequence[int]) -> dict[str, Any]:
    def change(side: str, name: str) -> Floats:
        after, before = (_of(values, arm[0], name, seeds) for arm in (getattr(pulls, side), base))
        return finite(after - before)

    base = pulls.base
    for name in lever.process:
        if name not in values.columns:
            raise RequestError(f"{lever.name}: its process '{name}' is no column of the results")
    changes = {(side, name): change(side, name) for side in SIDES for name in lever.process}
    tests = sum(bool(one.any()) for one in changes.values())  # at its own value it stays
    moved = {name: _moved([changes[side, name] for side in SIDES], tests) for name in lever.process}
    shown = max(lever.process, key=lambda name: moved[name])
    risks = [change(side, name) for side in SIDES for name in RISK]
    row = _said(lever) | {
        "process": shown,
        "level": float(np.mean(finite(_of(values, base[0], shown, seeds)))),
    }
    for name, title in ((shown, "process"), *((one, one) for one in (*OUTCOMES, COST))):
        for side in SIDES:
            row |= _estimate(f"{title}_{side}", t_interval(change(side, name)))
    verdict = MOVES
    if not any(moved.values()):
        elsewhere = _moved(risks, len(risks)) > 0.0
        exact = all(not one.any() for one in changes.values())
        verdict = ELSEWHERE if elsewhere else DEAD if exact else UNTOLD
    return row | {"verdict": verdict, "n": len(finite(_of(values, base[0], COST, seeds)))}


def _of(values: pd.DataFrame, arm: str, name: str, seeds: Sequence[int]) -> Floats:
    """Return a column of an arm, one number per seed; nan where a run failed."""
    found: Floats = values.loc[arm][name].reindex(list(seeds)).to_numpy(float)
    return found


def _moved(changes: Sequence[Floats], tests: int) -> float:
    """Return how clearly any of these changes differs from zero; 0 where none does.

    The level is so that of `tests` unmoved ones, one is taken for moved with `CHANCE` at most.
    """
    best = 0.0
    for values in changes:
        found = t_interval(values, 1.0 - CHANCE / max(tests, 1))
        if found.n > 1 and (found.low > 0.0 or found.high < 0.0):
            width = max(found.high - found.low, 1e-9 * abs(found.mean))
            best = max(best, abs(found.mean) / width)
    return best


def _estimate(name: str, found: Interval) -> dict[str, float]:
    return {name: found.mean, f"{name}_from": found.low, f"{name}_to": found.high}
