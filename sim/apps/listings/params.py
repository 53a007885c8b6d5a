"""Every parameter of a scenario, including those of all policies, as declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.apps.yaml_values import as_yaml
from sim.core.described import Described
from sim.core.params import GRADES, NO_LEVER, Params

TITLE = (
    "Parameters. In keys of banks, `main` is the name of the bank. A lever with a moment under "
    "`when` may depend on what the bank then knows: see `smelend describe facts`."
)
COLUMNS = (
    "key", "policy", "default", "unit", "bounds", "meaning", "grade", "source", "cost", "when",
)  # fmt: skip
PROSE = ("unit", "bounds", "meaning", "source", "cost")
BANK = "banks.main."
ANY = "any"  # kind of policy, where all members of a family declare the same parameter


def rows() -> list[tuple[Any, ...]]:
    """Return one row per parameter, in the order of a scenario file."""
    from sim.core.described import describe
    from sim.scenario.schema import FAMILIES, BankParams, Scenario

    families: dict[str, Any] = dict(FAMILIES)

    moments = _moments()
    found = [_row(one, "") for one in describe(Scenario)]
    for name, family in families.items():
        found += [
            _row(one, kinds, moments.get(one.key, ""))
            for kinds, one in _of_family(family.members, f"{BANK}{name}.")
        ]
    own = (one for one in describe(BankParams, BANK) if one.key.count(".") == BANK.count("."))
    return found + [_row(one, "") for one in own]


def _moments() -> dict[str, str]:
    """Return when each lever that may depend on what the bank knows is applied, by key."""
    from sim.policies.conditional_levers import MOMENTS, conditional_levers, moment_of
    from sim.scenario.schema import FAMILIES

    families: dict[str, Any] = dict(FAMILIES)
    return {
        f"{BANK}{family}.{name}": moment_of(family, name).name.lower()
        for family in MOMENTS
        for member in families[family].members.values()
        for name in conditional_levers(family, member)
    }


def _of_family(members: dict[str, type[Any]], prefix: str) -> Iterator[tuple[str, Described]]:
    """Yield each parameter once with the kinds of policy that declare it identically."""
    kinds: dict[str, list[str]] = {}
    found: dict[str, Described] = {}
    for kind, member in members.items():
        for one in _declared(member, prefix):
            kinds.setdefault(repr(one), []).append(kind)
            found[repr(one)] = one
    for text, one in found.items():
        yield ANY if len(kinds[text]) == len(members) else ", ".join(kinds[text]), one


def _declared(member: type[Params], prefix: str) -> Iterator[Described]:
    """Yield a member's parameters, with the defaults of the parts it creates."""
    from sim.core.described import describe

    made = member.model_construct()  # also where the package that a policy needs is missing
    for one in describe(member, prefix):
        value: Any = made
        for part in one.key.removeprefix(prefix).split("."):
            value = getattr(value, part)
        yield one._replace(default=value)


def _row(one: Described, policy: str, when: str = "") -> tuple[Any, ...]:
    grade, _, source = one.source.partition(":")
    return (
        one.key, policy, as_yaml(one.default), one.unit, one.bounds, one.meaning,
        f"{grade} {GRADES[grade].split(',')[0]}", source.strip(), _cost(one), when,
    )  # fmt: skip


def _cost(one: Described) -> str:
    """Return the cost of changing the parameter, or why it is not a lever."""
    return f"no lever, {one.no_lever}: {NO_LEVER[one.no_lever]}" if one.no_lever else one.cost
