"""Settings that reach further than their key: into the burn-in, and to twins of the first bank.

A burn-in with banks or an economy of its own keeps them whatever a setting says, since measures act
from month 1 on.  A cause that never was, or a second bank, must be there from the first month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sim.core.errors import RequestError
from sim.scenario.positions import Place

PATH = "economy.macro"  # its path is dated by months of the horizon, so the burn-in keeps its own
DATED = ("start", "months", "ramp", "shift")


def widened(
    scenario: Any,
    settings: Mapping[str, Any],
    throughout: Collection[str],
    twins: Sequence[str],
    places: Mapping[str, Place],
) -> tuple[dict[str, Any], dict[str, Place]]:
    """Return the settings with what `throughout` and `twins` of `Scenario.with_` add, and places.

    What `settings` says of the burn-in or of a twin itself comes first.  Raises `RequestError` for
    a twin that has the name of a bank.
    """
    found, at = dict(settings), dict(places)
    whole = next(iter(places.values()), None)

    def add(key: str, value: Any, written: str) -> None:
        if key not in found:
            found[key] = value
            if place := places.get(written, whole):
                at[key] = place

    for key in throughout:
        for inner, value in _of_burn_in(scenario, key, settings[key]):
            add(inner, value, key)
    first = next(iter(scenario.banks))
    for name in twins:
        if name in scenario.banks:
            fault = f"twins: there is a bank '{name}' already; choose another name"
            raise RequestError(f"{whole}: {fault}" if whole else fault)
        for phase in ("banks", "burn_in.banks"):
            banks = scenario.banks if phase == "banks" else scenario.burn_in.banks
            if banks:
                at_first = f"{phase}.{first}"
                add(f"{phase}.{name}", banks[first], "")
                for key, value in list(found.items()):
                    if key.startswith(f"{at_first}."):
                        add(f"{phase}.{name}{key.removeprefix(at_first)}", value, key)
    return found, at


def _of_burn_in(scenario: Any, key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the settings of the burn-in's own banks or economy that one setting stands for."""
    part = key.partition(".")[0]
    own = {"banks": scenario.burn_in.banks, "economy": scenario.burn_in.economy}.get(part)
    if own is None:
        return
    if isinstance(value, Mapping) and f"{PATH}.".startswith(f"{key}."):
        for name, inner in value.items():
            yield from _of_burn_in(scenario, f"{key}.{name}", inner)
    elif key not in [f"{PATH}.{name}" for name in DATED]:
        yield f"burn_in.{key}", value
