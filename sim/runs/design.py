"""The design of a batch beside its outcomes: one row per arm, one column per varied key.

``design.parquet`` in the run folder has the value of every key that some arm chose, for all arms,
so that outcomes can be set against it without splitting names.  It joins ``runs/`` and ``months/``
on `arm`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sim.runs.layout import Folder
from sim.runs.manifest import Manifest

if TYPE_CHECKING:
    import pandas as pd

NAME = "design.parquet"
NESTED = (list, tuple, dict)


def design_of(manifest: Manifest) -> pd.DataFrame:
    """Return one row per arm: `arm`, and a column per dotted key that some arm chose.

    Numbers stay numbers; a list or a mapping is its JSON text; None where an arm has no such key.
    """
    import pandas as pd

    keys = dict.fromkeys(key for arm in manifest.arms.values() for key in arm.chosen)
    columns: dict[str, list[Any]] = {"arm": list(manifest.arms)}
    for key in keys:
        found = [arm.chosen.get(key, _value(arm.scenario, key)) for arm in manifest.arms.values()]
        found = [json.dumps(one) if isinstance(one, NESTED) else one for one in found]
        kinds = {type(one) for one in found if one is not None}
        alike = len(kinds) <= 1 or kinds <= {int, float}  # a Parquet column has one type
        columns[key] = found if alike else [None if one is None else str(one) for one in found]
    return pd.DataFrame(columns)


def write_design(folder: Folder, manifest: Manifest) -> None:
    """Write the design of a folder, completely or not at all; nothing where no arm chose a key."""
    if not any(arm.chosen for arm in manifest.arms.values()):
        return
    with folder.writing(folder.root / NAME) as [file]:
        design_of(manifest).to_parquet(file, index=False)


def _value(scenario: Any, key: str) -> Any:
    """Return the value at a dotted key of a resolved scenario; None if there is none."""
    for part in key.split("."):
        if isinstance(scenario, list) and part.isdigit() and int(part) < len(scenario):
            scenario = scenario[int(part)]
        else:
            scenario = scenario.get(part) if isinstance(scenario, dict) else None
    return scenario
