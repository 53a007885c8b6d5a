"""Repeats the runs of a folder from its manifest alone and compares every number."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError
from sim.runs.execute import execute
from sim.runs.executors.choose import Given
from sim.runs.interface import ScenarioLike, Simulate
from sim.runs.layout import Folder
from sim.runs.manifest import Manifest, known_manifest
from sim.runs.plan import Plan
from sim.runs.plugins import load_recorded
from sim.runs.reading import read_months, read_runs
from sim.runs.version import changed_versions, model_version, package_versions
from sim.runs.work import simulator

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Repetition:
    """Runs compared, what differs (nothing when equal), and what may explain it."""

    runs: int
    differences: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        """Return whether every stored number is reproduced bit for bit."""
        return not self.differences

    def __str__(self) -> str:
        verdict = "every number is the same" if self.equal else "; ".join(self.differences)
        return "\n".join([f"{self.runs:,} runs repeated: {verdict}", *self.notes])


def rerun(
    folder: str | Path,
    *,
    workers: int | None = None,
    dask: str | None = None,
    executor: Given | None = None,
    simulate: Simulate | None = None,
    revive: Callable[[dict[str, Any]], ScenarioLike] | None = None,
    quiet: bool = False,
) -> Repetition:
    """Run a folder's plan again elsewhere and compare with what is stored; the folder is only read.

    The new results go to a temporary folder; with Dask it is next to the first one, since workers
    must see it.  `revive` builds a scenario from its resolved form.  Raises `RequestError` when the
    recorded scenarios no longer mean the same, or a plug-in has another content.
    """
    home = Folder(folder)
    manifest = known_manifest(home)
    load_recorded(manifest.plugins)
    plan = plan_of(home, manifest, revive)
    parent = home.root.absolute().parent if dask else None
    with tempfile.TemporaryDirectory(dir=parent, prefix="rerun-") as place:
        where = {"workers": workers, "dask": dask, "executor": executor}
        execute(plan, place, **where, simulate=simulator(simulate), quiet=quiet)  # type: ignore[arg-type]
        runs = read_runs(home.root)
        differences = [
            *compare("runs", runs, read_runs(place)),
            *compare("months", read_months(home.root), read_months(place)),
        ]
    compared = len(runs[["arm", "seed"]].drop_duplicates())
    notes = [*_missing(home, manifest, compared)]
    notes += changed_versions(manifest.packages, package_versions())
    if manifest.model != model_version():
        notes.append(f"the model was version {manifest.model}, this is {model_version()}")
    return Repetition(compared, differences, notes)


def _missing(home: Folder, manifest: Manifest, compared: int) -> Iterator[str]:
    """Yield a line when the folder does not hold all the runs that it names."""
    if lacking := manifest.runs - compared:
        yield (
            f"{home}: {lacking:,} of {manifest.runs:,} runs are missing or failed: not compared; "
            "`smelend status` lists them"
        )


def plan_of(
    home: Folder,
    manifest: Manifest,
    revive: Callable[[dict[str, Any]], ScenarioLike] | None = None,
) -> Plan:
    """Return the plan that a manifest records."""
    if revive is None:
        revive = _scenario
    arms: dict[str, ScenarioLike] = {}
    for name, arm in manifest.arms.items():
        arms[name] = revive(arm.scenario)
        if arms[name].hash != arm.hash:
            raise RequestError(
                f"{home}: this version reads the scenario of arm '{name}' differently from the "
                f"version that ran it (model {manifest.model}); install that one to repeat it"
            )
    return Plan(arms, manifest.seeds, {name: arm.chosen for name, arm in manifest.arms.items()})


def _scenario(content: dict[str, Any]) -> ScenarioLike:
    from sim.scenario.schema import Scenario as Model

    return Model.model_validate_json(json.dumps(content))  # lists for tuples, as in YAML


def compare(table: str, old: pd.DataFrame, new: pd.DataFrame) -> Iterator[str]:
    """Yield a sentence for each column whose stored values are not reproduced."""
    keys = [key for key in ("arm", "seed", "bank", "month") if key in old]
    both = old.merge(new, on=keys, how="left", suffixes=("", " again"), indicator="found")
    lost = int((both["found"] == "left_only").sum())
    if lost:
        yield f"{table}: {lost:,} of {len(old):,} rows are not reproduced"
    both = both[both["found"] == "both"]
    for column in old.columns.difference(keys, sort=False):
        if f"{column} again" not in both:
            yield f"{table}.{column}: no longer computed"
            continue
        was, now = both[column], both[f"{column} again"]
        differ = ~((was == now) | (was.isna() & now.isna()))
        if differ.any():
            most = (was - now).abs().max()
            count = f"{int(differ.sum()):,} of {len(both):,} rows differ"
            yield f"{table}.{column}: {count}, at most by {most:.3g}"
