"""Which levers a bank has, read from their declarations, and the arms that pull each of them.

A lever of several kinds of policy is pulled in the bank's own kind if that has it, else in the
first that has.  Another kind of a family is a lever too.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatch
from importlib.util import find_spec
from typing import Any, NamedTuple

from sim.core.described import Described, describe
from sim.core.errors import RequestError, nearest
from sim.core.pulled import TWINS
from sim.scenario.schema import FAMILIES, BankParams, Scenario

EXTRA = {"machine_learned": "sklearn"}  # kinds that need a package that may be missing


class Lever(NamedTuple):
    """One lever of the scenario's first bank; `kind` is empty where any kind will do."""

    key: str  # dotted, within its bank
    family: str
    kind: str  # of its family, other than the bank's own
    unit: str
    low: Any
    high: Any
    process: tuple[str, ...]
    acts_with: Mapping[str, Any]
    cost: str

    @property
    def name(self) -> str:
        """The key, with the kind where it is not the bank's own."""
        if self.key.endswith(".kind"):
            return f"{self.key}={self.high}"
        own = f"{self.family}.{self.kind}." if self.kind else f"{self.family}."
        return self.key.replace(f"{self.family}.", own, 1) if self.family else self.key


def levers_of(scenario: Scenario, only: str = "*") -> list[Lever]:
    """Return the levers of a scenario's first bank whose name fits a pattern such as ``rating.*``.

    Raises `RequestError` where none fits.
    """
    bank = next(iter(scenario.banks.values()))
    found = [lever for family in FAMILIES for lever in _of_family(bank, family)]
    own = [one for one in describe(BankParams) if "." not in one.key]
    found += [_declared(one, "", "") for one in own if one.pulled]
    chosen = [lever for lever in found if fnmatch(lever.name, only)]
    if not chosen:
        names = [lever.name for lever in found]
        raise RequestError(f"no lever called '{only}'{nearest(only, names)}")
    return chosen


def _of_family(bank: BankParams, family: str) -> list[Lever]:
    families: Mapping[str, Any] = FAMILIES
    members, own = families[family].members, getattr(bank, family).kind
    known: set[tuple[str, str]] = set()
    found = []
    for kind in sorted(members, key=lambda kind: kind != own):
        if kind in EXTRA and find_spec(EXTRA[kind]) is None:
            continue
        for one in describe(members[kind], f"{family}."):
            if one.pulled and (one.key, one.meaning) not in known:
                known.add((one.key, one.meaning))
                found.append(_declared(one, family, kind if kind != own else ""))
        if kind != own:
            process = tuple(members[kind].process.split())
            key, needs = f"{family}.kind", members[kind].acts_with
            found.append(Lever(key, family, "", "kind", own, kind, process, needs, "its own"))
    return found


def _declared(one: Described, family: str, kind: str) -> Lever:
    assert one.pulled is not None
    (low, high), process, acts_with = one.pulled
    words = tuple(process.split())
    return Lever(one.key, family, kind, one.unit, low, high, words, acts_with, one.cost)


class Pulls(NamedTuple):
    """The arms of one lever: as it is, and at either extreme; each a name and a scenario."""

    base: tuple[str, Scenario]
    low: tuple[str, Scenario]
    high: tuple[str, Scenario]


def pulls_of(scenario: Scenario, lever: Lever) -> Pulls:
    """Return the arms that pull a lever; in all of them holds what it needs to act.

    Raises `RequestError` where a value does not go with the bank.
    """
    first = next(iter(scenario.banks))
    needed = dict(lever.acts_with)
    twin = needed.pop(TWINS, None)
    given = {_whole(key, first): value for key, value in needed.items()}
    if lever.kind:
        given[f"banks.{first}.{lever.family}.kind"] = lever.kind

    def arm(settings: Mapping[str, Any]) -> Scenario:
        return scenario.with_(dict(settings), twins=(twin,) if twin else ())

    words = [f"{key}={value}" for key, value in given.items()] + [f"with bank {twin}"] * bool(twin)
    base = (", ".join(words) or "base", arm(given))
    key = f"banks.{first}.{lever.key}"
    low, high = (
        (f"{lever.name} at {value}", arm(given | {key: value})) for value in (lever.low, lever.high)
    )
    return Pulls(base, low, high)


def _whole(key: str, bank: str) -> str:
    """Return a key of `acts_with` as one of the scenario: most are the bank's."""
    return f"banks.{bank}.{key}" if key.partition(".")[0] in BankParams.model_fields else key
