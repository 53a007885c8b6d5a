"""Worlds at full stretch: every lever that rests by default is pulled, so that every rule acts.

Levers are found in the declarations: switches, and numbers that rest at a lowest value of zero.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import example

from sim.core.params import Params
from sim.scenario.schema import FAMILIES, BankParams, Scenario
from tests.accounting.random_worlds import limits


def pulled(params: type[Params], at_rest: set[str]) -> dict[str, Any]:
    """Return a set of parameters with every lever pulled that is at rest by default."""
    out: dict[str, Any] = {}
    for name, field in params.model_fields.items():
        inner = field.annotation
        if name in at_rest:
            continue
        if isinstance(inner, type) and issubclass(inner, Params):
            if name not in FAMILIES:
                out[name] = pulled(inner, at_rest)
        elif inner is bool:
            out[name] = True
        elif inner in (int, float) and field.get_default() == 0 and 0.0 in limits(field, "ge"):
            out[name] = 3 if inner is int else min(0.3, 0.3 * max(limits(field, "le", "lt")))
    return out


def everything(turn: int) -> Scenario:
    """Return a rough market in which every lever is pulled, with the turn-th members at work.

    A rate of its own is no lever: too high a one ends all lending.  A loan is cut or called, a
    bank backed by a head office or a legal entity.
    """
    at_rest = {"fixed", *(("cut", "backed") if turn % 2 else ("call", "legal_entity"))}
    bank = pulled(BankParams, at_rest)
    for family, found in FAMILIES.items():
        kind = list(found.members)[turn % len(found.members)]
        bank[family] = {"kind": kind} | pulled(found.get(kind), at_rest)
    return Scenario.model_validate(
        {
            "horizon": 24,
            "burn_in": {"months": 20},
            "firms": {
                "count": 300,
                "volatility": 0.2,
                "late_payers": 0.4,
                "entry": turn > 0,  # in one world nobody replaces a firm that is gone
                "demand": {"need_monthly": 0.15},
            },
            "banks": {"one": bank, "two": {}},
        }
    )


def with_everything(test: Callable[..., None]) -> Callable[..., None]:
    """Add the worlds in which every lever is pulled to what a property is tried on."""
    for turn in range(max(len(found.members) for found in FAMILIES.values())):
        test = example(scenario=everything(turn), chosen=[turn, 99])(test)
    return test
