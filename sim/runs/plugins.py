"""Plug-ins of a plan: recorded with its runs, and loaded by every worker before any scenario."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from typing import Any

from sim.core.errors import RequestError
from sim.core.plugins import HERE
from sim.runs.layout import Folder
from sim.runs.plan import Plan

ALONE = (
    "a class registered in this process is used: all runs are simulated here, and the folder can "
    "not be continued later"
)


def plugins_of(plan: Plan) -> dict[str, str]:
    """Return the plug-ins that the runs of a plan depend on, and the digests of their content."""
    from sim.scenario.plugging import plugins_of as of_arms

    return of_arms(plan.arms.values())


def load_recorded(recorded: Mapping[str, str]) -> None:
    """Load recorded plug-ins; raises `RequestError` where one is missing or differs."""
    if recorded:
        from sim.scenario.plugging import load_recorded as load

        load(recorded)


def refuse_to_continue(folder: Folder, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Raise `RequestError` if runs of a folder used other plug-ins, or some of another session."""
    if HERE in old:
        raise RequestError(
            f"{folder}: its runs used a class registered in a Python session, so it cannot be "
            "continued; choose another folder"
        )
    for source in {**old, **new}:
        if old.get(source) != new.get(source):
            was, now = (one.get(source, "")[:12] or "not used" for one in (old, new))
            raise RequestError(
                f"{folder}: plug-in {source} was {was} and is {now}; bring that version back, or "
                "choose another folder"
            )


class Loaded:
    """A call in a worker that loads plug-ins before it unpickles what needs them."""

    def __init__(self, recorded: Mapping[str, str]):
        self.recorded = dict(recorded)

    def wrap(self, call: Callable[..., Any], args: tuple[object, ...]) -> tuple[Any, ...]:
        """Return what to submit instead of a call and its arguments."""
        return (
            (_call, self.recorded, pickle.dumps((call, args))) if self.recorded else (call, *args)
        )


def _call(recorded: Mapping[str, str], content: bytes) -> Any:
    load_recorded(recorded)
    call, args = pickle.loads(content)  # written by the driver of this batch
    return call(*args)
