"""The fit: a bounded search, without derivatives, for values that bring targets into their bands.

A target inside its band costs nothing, one outside costs the square of its distance over the
band's width; and each parameter is pulled weakly towards its assumed value, so that a parameter
that no target determines stays there.  All points are evaluated on the same seeds, so the search is
deterministic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from sim.analysis.calibration.sample import simulate_counted
from sim.analysis.calibration.scoring import measured, refuse_too_short, samples_of
from sim.analysis.experiments.kinds.calibration import Calibration
from sim.analysis.experiments.targets import Free
from sim.core.arrays import Floats
from sim.core.errors import RequestError
from sim.runs.carrying import CarryOut, carried
from sim.scenario.schema import Scenario
from sim.scenario.strength import value_at

PULL = 0.02  # cost of a parameter at the far end of its range; a miss by a band's width costs 1
INSIDE = 0.1  # share of a band's width kept clear at its ends, so that new seeds stay inside
FIRST_STEP = 0.15  # of a parameter's range
LENGTHS = ("horizon", "burn_in.months", "burn_in.nature_months")  # months that a run takes
HASH_DIGITS = 16  # of a point's scenario, in the name of its folder


@dataclass(frozen=True)
class CalibrationFit:
    """What a search found: values by key, the objective there, and how many points it tried.

    `reached` is the value of each fitted target there, by its name, on the seeds of the fit.
    """

    values: dict[str, float]
    objective: float
    tried: int
    reached: dict[str, float] = field(default_factory=dict)


def objective(
    calibration: Calibration, scenario: Scenario, seeds: Sequence[int], carry_out: CarryOut
) -> float:
    """Return the squared band violations of the fitted targets, each over its band's width."""
    values = reached(calibration, scenario, seeds, carry_out)
    total = 0.0
    for target in calibration.targets.fitted:
        value = values[target.name]
        width = target.high - target.low
        short = target.low + INSIDE * width - value
        over = value - target.high + INSIDE * width
        miss = max(short, over, 0.0) if np.isfinite(value) else width
        total += (miss / width) ** 2
    return total


def reached(
    calibration: Calibration, scenario: Scenario, seeds: Sequence[int], carry_out: CarryOut
) -> dict[str, float]:
    """Return the value of each fitted target, by its name.

    Every point has a run folder of its own, so a search that was stopped finds what it had run.
    """
    fitted = calibration.targets.fitted
    folder = f"points/{scenario.hash[:HASH_DIGITS]}-{len(seeds)}"
    samples = samples_of(calibration, fitted, scenario, seeds, carry_out, folder)
    return {target.name: measured(target, samples)[0] for target in fitted}


def pull(parameters: Sequence[Free], values: Sequence[float]) -> float:
    """Return the cost of moving away from the assumed values."""
    return PULL * sum(
        ((value - free.prior) / (free.high - free.low)) ** 2
        for free, value in zip(parameters, values, strict=True)
    )


def refuse_unfit(calibration: Calibration, base: Scenario) -> None:
    """Raise `RequestError` where nothing can be fitted, or a parameter may not move so."""
    refuse_too_short(base)
    free = calibration.targets.parameters
    if not free:
        raise RequestError("the targets file frees no parameters: nothing to fit")
    if not calibration.targets.fitted:
        raise RequestError("no target has the role 'fitted': nothing to fit to")
    for one in free:
        if one.key in LENGTHS:
            raise RequestError(f"{one.key}: how long a run takes is no parameter to fit")
        if one.key in calibration.content.set:
            raise RequestError(f"{one.key}: it may move, so `set` may not fix it")
        for end in (one.low, one.high):
            whole = isinstance(number_at(base, one.key), int)
            setting = {one.key: round(end) if whole else end}
            try:
                base.with_(setting, throughout=setting)
            except RequestError as fault:
                raise RequestError(f"a parameter's range: {fault}") from fault


def fit(
    calibration: Calibration,
    scenario: Scenario | None = None,
    seeds: Sequence[int] | None = None,
    *,
    trials: int = 300,
    start: dict[str, float] | None = None,
    report: Callable[[int, float], None] | None = None,
    carry_out: CarryOut | None = None,
    workers: int | None = 0,
) -> CalibrationFit:
    """Search by Nelder and Mead from the scenario's own values, or from `start` (values by key).

    The first half of `trials` uses a third of the seeds, the rest all of them.  `report` gets the
    number of points tried and the best objective after each.  The scenario, the seeds and
    `carry_out` are as in `score`.  Raises `RequestError` as `refuse_unfit` does.
    """
    base = scenario or calibration.base
    refuse_unfit(calibration, base)
    every = list(calibration.seeds("fit") if seeds is None else seeds)
    free = calibration.targets.parameters
    low, high = np.array([f.low for f in free]), np.array([f.high for f in free])
    stated = [number_at(base, f.key) for f in free]
    begin = np.array(
        [(start or {}).get(f.key, now) for f, now in zip(free, stated, strict=True)], float
    )
    whole = [isinstance(now, int) for now in stated]
    tried, best = 0, np.inf

    def values_at(x: Floats) -> list[float]:
        raw = low + np.clip(x, 0.0, 1.0) * (high - low)
        return [round(v) if w else float(f"{v:.4g}") for v, w in zip(raw, whole, strict=True)]

    def settings_at(x: Floats) -> dict[str, float]:
        return {f.key: value for f, value in zip(free, values_at(x), strict=True)}

    few = every[: max(2, len(every) // 3)]
    x = (begin - low) / (high - low)
    with carried(carry_out, workers, simulate_counted) as carry:

        def cost(x: Floats, chosen: Sequence[int]) -> float:
            nonlocal tried, best
            outside = float(((x - np.clip(x, 0.0, 1.0)) ** 2).sum())
            point = base.with_(settings_at(x), throughout=settings_at(x))
            here = objective(calibration, point, chosen, carry) + pull(free, values_at(x)) + outside
            tried, best = tried + 1, min(best, here)
            if report is not None:
                report(tried, best)
            return here

        for chosen, budget in ((few, trials // 2), (every, trials - trials // 2)):
            best = np.inf
            x, found = _nelder_mead(partial(cost, chosen=chosen), x, budget)
        settings = settings_at(x)
        end = reached(calibration, base.with_(settings, throughout=settings), every, carry)
    return CalibrationFit(settings, found, tried, end)


def _nelder_mead(
    cost: Callable[[Floats], float], start: Floats, budget: int
) -> tuple[Floats, float]:
    from scipy.optimize import minimize

    step = np.where(start + FIRST_STEP <= 1.0, FIRST_STEP, -FIRST_STEP)
    simplex = np.vstack([start, start + np.diag(step)])
    options = {"initial_simplex": simplex, "maxfev": budget, "adaptive": True, "xatol": 1e-3}
    found = minimize(cost, start, method="Nelder-Mead", options=options)
    return np.clip(found.x, 0.0, 1.0), float(found.fun)


def number_at(scenario: Scenario, key: str) -> float:
    """Return the number at a dotted key; raises `RequestError` where there is none."""
    found = value_at(scenario.model_dump(mode="json"), key)
    if isinstance(found, dict) and "otherwise" in found:
        raise RequestError(f"{key}: it has rules; name the part to fit, as {key}.otherwise")
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise RequestError(
            f"{key}: there is no number of that name in this scenario to fit; "
            "`smelend describe params --of SCENARIO` lists them"
        )
    return found
