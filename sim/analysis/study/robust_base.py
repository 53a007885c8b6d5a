"""What the base has for each quantity of a block `robust`, and which blocks the base refuses.

Everything here is known from the files alone, so a wrong range is refused before anything runs.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sim.analysis.experiments.kinds.study import Study
from sim.analysis.study.arms import arm_named, scenario_of
from sim.core.names import BASE
from sim.scenario.strength import value_at, with_higher_prices
from sim.scenario.unknowns import COLUMNS, DIVERTED, OMEGA, UNIT_COSTS, Robust, Unknown, reach_fault


def checked_base(study: Study, spec: Robust) -> dict[str, float]:
    """Return the base's value of each quantity that has keys; 1 for multiples.

    Raises `RequestError` at the quantity's line for an unknown key, one without a number or with a
    whole one, a base outside the declared range or without a multiple, a key that the study, a
    measure or `unit_costs` sets too, and a range too wide to be doubled.
    """
    scenario = scenario_of(study, arm_named(study, BASE))
    data = scenario.model_dump(mode="json")
    taken = setters(study)
    if UNIT_COSTS in spec.quantities:
        taken |= dict.fromkeys(with_higher_prices(scenario, 2.0), f"the quantity {UNIT_COSTS}")
    found = {}
    for name, one in spec.quantities.items():
        keys = one.keys or [OMEGA] * (name == DIVERTED)
        faults = [
            f"{key} is set by {taken[key]}; take it out of one of them"
            for key in keys
            if key in taken
        ]
        faults += [_fault(one, key, value_at(data, key)) for key in one.keys]
        if not any(faults) and name != DIVERTED:
            middle = 1.0
            if one.keys and not one.multiple:
                middle = float(value_at(data, one.keys[0]))
            faults.append(reach_fault(one, middle))
            if one.keys:
                found[name] = middle
        if any(faults):
            raise study.refuse(("robust", "quantities", name), next(filter(None, faults)))
    return found


def check_names(study: Study, spec: Robust, claims: Collection[str]) -> None:
    """Refuse names of quantities and claims that would share a column of the table of points."""
    for name in claims:
        if name in COLUMNS:
            fault = f"'{name}' is a column of the table of robustness; choose another name"
            raise study.refuse(("claims", name), fault)
    for name in spec.quantities:
        if name in claims or name.removesuffix(" (distance)") in claims:
            fault = f"'{name}' is a column of a claim; choose another name"
            raise study.refuse(("robust", "quantities", name), fault)


def setters(study: Study) -> dict[str, str]:
    """Return what sets each key that a measure or the study itself sets."""
    found = {key: f"the measure {name}" for name, one in study.measures.items() for key in one.keys}
    return found | dict.fromkeys(study.content.set, "the study itself")


def _fault(one: Unknown, key: str, value: Any) -> str:
    """Return why a quantity cannot set a key whose value in the base is given."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return f"{key} is no number of the base scenario"
    if isinstance(value, int):
        return f"{key} is a whole number, and points lie between; name a key with fractions"
    if one.multiple and value == 0.0:
        return f"the base has {key} 0, of which every multiple is 0; give values of its own"
    if not one.multiple and not one.values[0] <= value <= one.values[-1]:
        return (
            f"the base has {key} {value:g}, outside "
            f"{one.values[0]:g} to {one.values[-1]:g}; widen the range"
        )
    return ""
