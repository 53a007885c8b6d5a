"""The plan of a scenario's month: the model's own, with the steps of plug-ins that it names."""

from __future__ import annotations

from sim.mechanisms.base import MechanismParams
from sim.model import month
from sim.model.plan import Plan
from sim.model.plan_edits import with_step
from sim.scenario.schema import Scenario


def plan_of(scenario: Scenario) -> Plan:
    """Return the plan; raises `RequestError` where a plug-in names a step that is not there."""
    plan = month.PLAN
    for _, mechanism in scenario.mechanisms:  # type: ignore[attr-defined]
        if isinstance(mechanism, MechanismParams):
            for where, name, step in mechanism.steps:
                before, after = (name, "") if where == "before" else ("", name)
                plan = with_step(plan, step, before=before, after=after)
    return plan
