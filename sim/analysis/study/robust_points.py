"""The scenarios at which every claim is tried again: points in what nobody knows, three ranges.

One Latin hypercube on the unit cube is mapped through each range, so that the ranges have points
and seeds in common.  A quantity of the firms or of the bank acts from the first month of the
burn-in, so each point has a burn-in of its own, which its arms share.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.analysis.experiments.experiment import with_block
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.study.arms import Arm, arm_named, scenario_of
from sim.analysis.study.open_space import point_name, values_of
from sim.analysis.study.robust_base import checked_base
from sim.core.arrays import Floats
from sim.core.errors import RequestError
from sim.core.hypercube import latin_hypercube
from sim.core.names import BASE
from sim.runs.plan import Plan
from sim.scenario.strength import bounded, value_at, with_higher_prices
from sim.scenario.unknowns import (
    DIVERTED,
    OMEGA,
    RANGES,
    UNIT_COSTS,
    Robust,
    Unknown,
    moved,
    on_scale,
)

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.scenario.schema import Scenario

DESIGN_SEED = 20_186  # fixed, so that a study has the same points each time
SHARE = "diverting_share"
PROBED = (1 / 8, 1 / 4, 1 / 2, 1.0, 2.0, 4.0, 8.0)  # multiples of the base's omega
GRADIENTS = (0.75, 1.0, 1.25)  # ruin's, all together, everything else as in the base


class Curve(NamedTuple):
    """The base's diverted share (logit) at values of omega (log), both increasing."""

    omega: Floats  # (k,) log
    share: Floats  # (k,) logit
    base: float  # diverted share at the base's omega

    def omega_for(self, share: float) -> tuple[float, float]:
        """Return the omega that reaches a share, and the share, cut at what omega reaches."""
        place = float(np.clip(on_scale("logit", share), self.share[0], self.share[-1]))
        omega = math.exp(float(np.interp(place, self.share, self.omega)))
        return omega, 1.0 / (1.0 + math.exp(-place))


def probe_plan(study: Study, spec: Robust) -> Plan | None:
    """Return the base at multiples of its omega; None where no share of diversion is wanted."""
    if DIVERTED not in spec.quantities:
        return None
    base = scenario_of(study, arm_named(study, BASE))
    omega = base.firms.temptation.omega
    if not omega:
        fault = "the base's omega is 0, so none divert"
        raise study.refuse(("robust", "quantities", DIVERTED), fault)
    try:
        arms = {f"omega x {one:g}": base.with_({OMEGA: one * omega}) for one in PROBED}
    except RequestError as fault:
        raise study.refuse(("robust", "quantities", DIVERTED), str(fault)) from fault
    return Plan(arms, tuple(range(1, spec.seeds + 1)))


def curve_of(plan: Plan, runs: DataFrame) -> Curve:
    """Return how the diverted share follows omega, made increasing by pooling neighbours.

    An omega without a run is left out.  Raises `RequestError` where no loan diverts at any omega,
    and where none or all do at the base's, about which ranges are halved and doubled.
    """
    means = runs.groupby("arm")[SHARE].mean().reindex(list(plan.arms))
    omegas = [arm.firms.temptation.omega for arm in plan.arms.values()]  # type: ignore[attr-defined]
    shares = np.fmax.accumulate([float(means[name]) for name in plan.arms])
    inside = (shares > 0.0) & (shares < 1.0)
    inside &= np.append(True, ~(np.diff(shares) <= 0.0))  # of equal ones, the lowest omega
    if inside.sum() < 2:
        raise RequestError(f"{DIVERTED}: omega does not move it in this base; leave it out")
    base = float(means[f"omega x {1:g}"])
    if not 0.0 < base < 1.0:
        raise RequestError(f"{DIVERTED}: it is {base:g} at the base's omega; leave it out")
    found = [on_scale("logit", one) for one in shares[inside]]
    return Curve(np.log(np.array(omegas)[inside]), np.array(found), base)


def points_of(
    study: Study, spec: Robust, curve: Curve | None
) -> tuple[DataFrame, list[dict[str, float]]]:
    """Return a row per range and point, and the settings of each.

    Columns: range, point, and the value of each quantity after cuts at its declared bounds.  The
    settings are by dotted key; `unit_costs` stands for a multiple of every price.
    """
    import pandas as pd

    rows, settings = zip(*_points(study, spec, curve), strict=True)
    return pd.DataFrame(list(rows)), list(settings)


def settings_of(study: Study, spec: Robust, curve: Curve | None) -> list[dict[str, float]]:
    """Return the settings of each range and point alone, which need no table."""
    return [under for _, under in _points(study, spec, curve)]


def _points(
    study: Study, spec: Robust, curve: Curve | None
) -> Iterator[tuple[dict[str, Any], dict[str, float]]]:
    """Yield the row and the settings of each range and point."""
    base, data = checked_base(study, spec), _dumped(study)
    design = latin_hypercube(len(spec.quantities), spec.points, DESIGN_SEED)
    for label, width in RANGES.items():
        for number, shares in enumerate(design, start=1):
            row: dict[str, Any] = {"range": label, "point": number}
            under: dict[str, float] = {}
            for (name, one), share in zip(spec.quantities.items(), shares, strict=True):
                middle = base.get(name, curve.base if name == DIVERTED and curve else 1.0)
                value = moved(one.scale, middle, one.at(share), width)
                row[name] = value
                if name == DIVERTED and curve:
                    under[OMEGA], row[name] = curve.omega_for(value)
                elif name == UNIT_COSTS:
                    under[name] = value
                else:
                    under |= _set(one, data, value)
                    if not one.multiple:
                        row[name] = under[one.keys[0]]
            yield row, under


def _set(one: Unknown, data: Mapping[str, Any], value: float) -> dict[str, float]:
    """Return each key of a quantity at its value, within its declared bounds."""
    return {
        key: bounded(data, key, value * float(value_at(data, key)) if one.multiple else value)
        for key in one.keys
    }


def gradients_at(study: Study, spec: Robust) -> list[dict[str, float]]:
    """Return the settings of the row on ruin: its gradients weaker, as they are, stronger."""
    one, data = spec.quantities["ruin"], _dumped(study)
    return [_set(one, data, multiple) for multiple in GRADIENTS]


def plan_at(
    study: Study, names: Collection[str], settings: list[dict[str, float]], seeds: int
) -> Plan:
    """Return the arms at every point, `arm #k` with k from 1."""
    arms: dict[str, Scenario] = {}
    chosen: dict[str, dict[str, float]] = {}
    base = _dumped(study)
    named = [arm_named(study, name) for name in names]
    asked = [(arm, values_of(study, arm, base)) for arm in named]
    for number, under in enumerate(settings, start=1):
        for at, scenario in _arms_at(study.bare, asked, under, number):
            arms[at], chosen[at] = scenario, under
    return Plan(arms, tuple(range(1, seeds + 1)), chosen)


def _arms_at(
    bare: Scenario, arms: Sequence[tuple[Arm, Mapping[str, Any]]], under: Mapping[str, float],
    number: int,
) -> Iterator[tuple[str, Scenario]]:  # fmt: skip
    """Yield the arms, `arm #number`, under settings that hold in the burn-in too.

    `bare` is the base without what the study sets; `arms` come with what each of them sets.
    """
    keys = {key: value for key, value in under.items() if key != UNIT_COSTS}
    here = bare.with_(keys, throughout=list(keys)) if keys else bare
    multiple = under.get(UNIT_COSTS, 1.0)
    before = {}
    if here.burn_in.banks and multiple != 1.0:
        before = {f"burn_in.{k}": v for k, v in with_higher_prices(here, multiple).items()}
    for arm, values in arms:
        at = point_name(arm.name, number)
        scenario = with_block(here, {**values, "name": at}, arm.block)
        if multiple != 1.0:
            scenario = scenario.with_({**with_higher_prices(scenario, multiple), **before})
        yield at, scenario


def _dumped(study: Study) -> dict[str, Any]:
    return scenario_of(study, arm_named(study, BASE)).model_dump(mode="json")
