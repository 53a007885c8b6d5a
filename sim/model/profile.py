"""Where the time of a month goes: one run in which every call of the month is timed.

The month is run by a copy of `live`, and of `advance` around it, in which the names of modules
refer to timed proxies.  So month.py needs no timing code, a run that is not profiled costs no more,
and a profiled run gives the same results to the last bit.
"""

from __future__ import annotations

import ast
import inspect
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import RequestError
from sim.model import month as month_module
from sim.model.banks import Banks
from sim.model.result import Result, result_of
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario

MEMBERS = {"banks": Banks}  # objects, besides modules, whose calls in the month are timed


@dataclass(frozen=True)
class Phase:
    """One call of the month."""

    heading: str  # the comment in month.py above it, '' before the first
    call: str  # as month.py writes it, such as `macro.move`
    does: str  # the first sentence of its docstring


@dataclass(frozen=True)
class Profile:
    """What was measured; `seconds` has shape (months, phases + 1).

    Its last column is the time of a month outside all phases: recording, the overhead between
    calls, and the null observer.
    """

    phases: tuple[Phase, ...]
    seconds: NDArray[np.float64]
    firms: int  # over all seeds
    seeds: int

    @property
    def medians(self) -> NDArray[np.float64]:
        """Median seconds of each phase, and of the rest of the month, shape (phases + 1,)."""
        return np.median(self.seconds, axis=0)

    @property
    def total(self) -> float:
        """Seconds of a month: the sum of the medians, which a busy machine hardly distorts."""
        return float(self.medians.sum())


class Clock:
    """Seconds spent in each named call, summed until `turned` is called."""

    def __init__(self) -> None:
        self.page: dict[str, float] = {}

    def timed(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """Return `call` with its time added to `page` under `name`."""

        def timed_call(*args: Any, **kwargs: Any) -> Any:
            start = time.perf_counter()
            result = call(*args, **kwargs)
            self.page[name] = self.page.get(name, 0.0) + time.perf_counter() - start
            return result

        return timed_call

    def turned(self) -> dict[str, float]:
        """Return the seconds so far, by name, and start again from zero."""
        page, self.page = self.page, {}
        return page


class Watched:
    """A proxy for a module, or for the banks, that times the calls made through it."""

    def __init__(self, name: str, what: Any, clock: Clock):
        self._name, self._what, self._clock = name, what, clock

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._what, name)
        if callable(found):
            found = self._clock.timed(f"{self._name}.{name}", found)
            setattr(self, name, found)
        return found

    def __iter__(self) -> Iterator[Any]:
        return iter(self._what)


def profile(scenario: Scenario, seeds: Sequence[int], check: bool = True) -> tuple[Profile, Result]:
    """Simulate a scenario to its horizon for several seeds, and time the months from month 1 on.

    Raises `RequestError` if the horizon is below three months, because a median needs three.
    """
    if scenario.horizon < 3:
        raise RequestError(f"a profile needs a horizon of 3 months or more, not {scenario.horizon}")
    clock, phases = Clock(), phases_of_the_month()
    simulation = Simulation(scenario, list(seeds), check)
    advance = _advance_under(clock)
    rows = []
    with np.errstate(invalid="ignore", divide="ignore"):  # as in any run
        while simulation.month < scenario.horizon:
            start = time.perf_counter()
            advance(simulation)
            took, by_call = time.perf_counter() - start, clock.turned()
            if simulation.month >= 1:
                spent = [by_call.get(phase.call, 0.0) for phase in phases]
                rows.append([*spent, took - sum(spent)])
    found = Profile(phases, np.array(rows), simulation.market.slots, len(seeds))
    return found, result_of(simulation.market, simulation.recorder)


def _advance_under(clock: Clock) -> Callable[[Simulation], None]:
    """Return `Simulation.advance` with a month whose calls are timed."""
    modules = {
        name: Watched(name, thing, clock)
        for name, thing in vars(month_module).items()
        if isinstance(thing, ModuleType)
    }
    live = _with_names(month_module.live, modules)

    def live_with_banks(market: Any, firms: Any, economy: Any, banks: Any, *rest: Any) -> None:
        live(market, firms, economy, Watched("banks", banks, clock), *rest)

    return _with_names(Simulation.advance, {"live": live_with_banks})


def _with_names(function: Callable[..., Any], names: dict[str, Any]) -> Callable[..., Any]:
    """Return a copy of a function in which some global names refer to other objects."""
    assert isinstance(function, FunctionType)
    copy = FunctionType(function.__code__, function.__globals__ | names)
    copy.__defaults__ = function.__defaults__
    return copy


def phases_of_the_month() -> tuple[Phase, ...]:
    """Return all calls of the month in the order in which they are made, as month.py has them."""
    lines = inspect.getsource(month_module.live).splitlines()
    headings = [(n, line.strip(" #")) for n, line in enumerate(lines) if re.match(" +# ", line)]
    found: dict[str, Phase] = {}
    for call in _calls(ast.parse("\n".join(lines))):
        owner = getattr(month_module, call.owner, None) or MEMBERS.get(call.owner)
        if owner is None:
            continue
        name = f"{call.owner}.{call.name}"
        heading = next((text for n, text in reversed(headings) if n < call.line), "")
        doc = inspect.getdoc(getattr(owner, call.name)) or name
        found.setdefault(name, Phase(heading, name, _first_sentence(doc)))
    return tuple(found.values())


@dataclass(frozen=True)
class _Call:
    owner: str
    name: str
    line: int  # from 1, of the function's source


def _calls(node: ast.AST) -> Iterator[_Call]:
    """Yield calls of the form `owner.name(...)` as they are made: arguments before the call."""
    for part in ast.iter_child_nodes(node):
        yield from _calls(part)
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=name), lineno=line):
            yield _Call(owner, name, line)


def _first_sentence(doc: str) -> str:
    """Return the first sentence of a docstring, without the shapes that it gives."""
    text = " ".join(doc.partition("\n\n")[0].split())
    sentence = re.split(r"(?<=\w)[.:;] ", text)[0].rstrip(".")
    return re.sub(r", (shape )?\(\w+,?[^)]*\).*$", "", sentence)
