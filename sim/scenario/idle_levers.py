"""Levers that do nothing in a scenario, since what they act with is off there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sim.core.described import describe
from sim.scenario.schema import FAMILIES, BankParams, Scenario
from sim.scenario.strength import value_at

# without these a lever does nothing at all; the other needs that levers declare are those of the
# process by which the report on levers measures them
SWITCHES = (
    "economy.labour.choice.chooses", "firms.prospects.respond", "firms.demand.bullet_share",
    "mechanisms.guarantees.share", "approval.dscr_min",
)  # fmt: skip


def idle_levers(scenario: Scenario, stated: Collection[str]) -> Iterator[str]:
    """Yield a line per lever among the dotted keys `stated` that does nothing, with the reason."""
    data = scenario.model_dump(mode="json")
    for name, bank in scenario.banks.items():
        for family in FAMILIES:
            policy = type(getattr(bank, family))
            needs = {f"{family}.kind": policy.acts_with} | {
                one.key: one.pulled.acts_with
                for one in describe(policy, f"{family}.")
                if one.pulled is not None
            }
            for lever, acts_with in needs.items():
                key = f"banks.{name}.{lever}"
                for needed in SWITCHES if key in stated else ():
                    own = needed.partition(".")[0] in BankParams.model_fields
                    whole = f"banks.{name}.{needed}" if own else needed
                    now = value_at(data, whole)
                    if needed in acts_with and _is_off(now, acts_with[needed]):
                        why = f"{whole} is {_shown(now)} ({_meaning(scenario, bank, needed)})"
                        yield f"{key}: not used, since {why}"


def _is_off(now: Any, needed: Any) -> bool:
    """Tell whether a value is not what a lever needs: a number is, unless it is 0."""
    if isinstance(needed, int | float) and not isinstance(needed, bool):
        return bool(needed and now == 0)
    return bool(now != needed)


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _meaning(scenario: Scenario, bank: BankParams, key: str) -> str:
    """Return the meaning of a key of a bank, of the firms, the economy or a mechanism."""
    top, _, inner = key.partition(".")
    params = getattr(bank if top in BankParams.model_fields else scenario, top)
    return next(one.meaning for one in describe(type(params)) if one.key == inner)
