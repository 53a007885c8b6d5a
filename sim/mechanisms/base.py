"""The parameters of a mechanism: found by its file, set in YAML under `mechanisms.<file>`.

Adding a mechanism means adding a file and naming its step in `sim.model.month`.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, ClassVar

from sim.core.params import Params


class MechanismParams(Params):
    """All numbers of one mechanism; a file may declare one such class.

    A plug-in's class also says where its steps belong in the month: `steps` holds triples of
    ``"before"`` or ``"after"``, the name of a step, and a `sim.model.plan.Step`.  They are taken if
    the scenario names the mechanism.
    """

    steps: ClassVar[tuple[tuple[str, str, Any], ...]] = ()


def declared() -> dict[str, type[MechanismParams]]:
    """Return the parameters of every mechanism that declares some, by the name of its file.

    Raises `TypeError` where a file declares two.
    """
    found: dict[str, type[MechanismParams]] = {}
    package = importlib.import_module(__package__)
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        for item in vars(module).values():
            if not (isinstance(item, type) and issubclass(item, MechanismParams)):
                continue
            if item is MechanismParams or item.__module__ != module.__name__:
                continue
            if info.name in found:
                raise TypeError(f"mechanism {info.name} declares two sets of parameters")
            found[info.name] = item
    return found
