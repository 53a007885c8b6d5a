"""A run folder may only grow: more seeds or more arms, never another scenario or model.

Results of different models or scenarios in one table would be compared without anyone noticing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.core.errors import RequestError
from sim.runs.layout import Folder
from sim.runs.manifest import Manifest, arms_of
from sim.runs.plan import Plan
from sim.runs.plugins import plugins_of, refuse_to_continue
from sim.runs.seeds import spell

SHOWN = 3


def grown(folder: Folder, old: Manifest, plan: Plan, model: str) -> Manifest:
    """Return the manifest extended to a plan; raises `RequestError` saying what differs.

    What a later step of the same experiment may ask for stays in it.
    """
    cure = "choose another folder (--out DIR)"
    if old.model != model:
        raise RequestError(
            f"{folder}: its runs used model version {old.model}, this is {model}; "
            f"{cure}, or return to that version"
        )
    refuse_to_continue(folder, old.plugins, plugins_of(plan))
    arms = arms_of(plan)
    for name, arm in old.arms.items():
        if name not in arms:
            if plan.later is not None and plan.later(name):
                continue
            raise RequestError(
                f"{folder}: it holds the arm '{name}', which is not requested now "
                f"({', '.join(list(arms)[:SHOWN])}); request it too, or {cure}"
            )
        if arms[name].hash != arm.hash:
            differ = list(differences(arm.scenario, arms[name].scenario))
            text = [f"{key} was {was!r} and is {now!r}" for key, was, now in differ[:SHOWN]]
            if len(differ) > SHOWN:
                text.append(f"and {len(differ) - SHOWN} more keys")
            raise RequestError(
                f"{folder}: the scenario of arm '{name}' has changed: "
                f"{'; '.join(text) or 'its hash'}; "
                f"the results and the page there are of the old file; {cure}"
            )
    if plan.later is None and not set(old.seeds) <= set(plan.seeds):
        raise RequestError(
            f"{folder}: it holds seeds {spell(old.seeds)}, requested are {spell(plan.seeds)}; "
            f"request at least the same seeds, or {cure}"
        )
    arms |= {name: arm for name, arm in old.arms.items() if name not in arms}
    seeds = tuple(sorted({*old.seeds, *plan.seeds}))
    same = len(arms) == len(old.arms) and seeds == old.seeds
    old.arms, old.seeds = arms, seeds
    old.finished = old.finished if same else None
    return old


def differences(old: Any, new: Any, key: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield dotted key, old and new value wherever two resolved scenarios differ."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in [*old, *(name for name in new if name not in old)]:
            inner = f"{key}.{name}" if key else str(name)
            yield from differences(old.get(name), new.get(name), inner)
    elif old != new:
        yield key, old, new
