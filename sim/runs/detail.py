"""Single loans and events: two more tables of a run folder, of a few seeds of a few arms.

They come from simulating those seeds again with an event log, which changes no number.  So the same
code writes the tables of all seeds, with detail or without.  There is one part per arm and seed: a
repeated request, or one for more seeds, adds what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError
from sim.runs.interface import ScenarioLike
from sim.runs.layout import Folder
from sim.runs.lock import claimed
from sim.runs.manifest import known_manifest
from sim.runs.parts import NAME, Held, Part
from sim.runs.readable import listed, readable
from sim.runs.survey import survey

if TYPE_CHECKING:
    import pandas as pd

DETAIL = ("events", "loans")  # in the order in which files appear: one in loans/ means done
MOST_SEEDS = 6  # of each arm; enough for an interval
MOST_FIRMS = 120_000  # over the seeds of an arm, so that a large market does not fill the disk

DetailedSimulate = Callable[..., Any]  # `sim.model.simulate.simulate`


def record_detail(
    folder: str | Path,
    arms: Mapping[str, ScenarioLike],
    simulate: DetailedSimulate | None = None,
) -> int:
    """Write the loans and events of the first few finished seeds of some arms of a run folder.

    Returns how many seeds were simulated for it; parts already in the folder are kept.
    Raises `RequestError` when the folder is in use, cannot be written or lacks an arm.
    """
    home = Folder(Path(folder).absolute())
    simulated = 0
    with claimed(home):
        manifest = known_manifest(home)
        done = survey(home, manifest, thorough=False).done
        for table in DETAIL:
            (home.root / table).mkdir(exist_ok=True)
        for arm, scenario in arms.items():
            known = manifest.arms.get(arm)
            if known is None or known.hash != scenario.hash:
                raise RequestError(f"{folder}: arm '{arm}' was not run here")
            parts = {
                seed: Part(manifest.model, (Held(arm, scenario.hash, (seed,)),))
                for seed in sorted(done[arm])[: seeds_for(scenario)]
            }
            missing = [s for s, part in parts.items() if not home.part("loans", part.name).exists()]
            simulated += len(missing)
            if missing:
                _record(home, arm, scenario, {seed: parts[seed] for seed in missing}, simulate)
    return simulated


def seeds_for(scenario: ScenarioLike) -> int:
    """Return for how many seeds of an arm the detail is kept."""
    return max(1, min(MOST_SEEDS, MOST_FIRMS // max(scenario.firms.count, 1)))


def _record(
    home: Folder,
    arm: str,
    scenario: ScenarioLike,
    parts: Mapping[int, Part],
    simulate: DetailedSimulate | None,
) -> None:
    from sim.model.simulate import simulate as model
    from sim.runs.parts import encoded

    run: DetailedSimulate = simulate or model
    result = run(scenario, seeds=list(parts), detail=True)
    for seed, part in parts.items():
        frames = {name: getattr(result, name) for name in DETAIL}
        contents = [
            encoded(_as_table(frame[frame["seed"] == seed], arm), part.label)
            for frame in frames.values()
        ]
        with home.writing(*(home.part(name, part.name) for name in frames)) as files:
            for file, content in zip(files, contents, strict=True):
                file.write(content)


def _as_table(frame: pd.DataFrame, arm: str) -> Any:
    """Return a frame as a table with the arm first; text stays text, months stay whole numbers."""
    import pyarrow as pa

    columns = {"arm": pa.array([arm] * len(frame), pa.string())}
    for name in frame.columns:
        kind = pa.string() if frame[name].dtype == object else None
        columns[name] = pa.Array.from_pandas(frame[name], type=kind)
    return pa.table(columns)


def read_detail(folder: str | Path, table: str) -> pd.DataFrame:
    """Return `loans` or `events` of a run folder, sorted by arm, seed and bank.

    Raises `RequestError` when this is no run folder, or it holds no detail.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    home = Folder(folder)
    known_manifest(home)
    at = home.root / table
    files = [at / name for name in listed(at) if NAME.fullmatch(name)]
    complete = [one for one in files if home.part("loans", one.stem).exists()]
    if not complete:
        raise RequestError(f"{folder}: no {table} were kept; repeat the command with --detail")
    try:
        with readable(at):
            content = pq.read_table(sorted(complete))
    except (OSError, pa.ArrowException) as fault:
        raise RequestError(
            f"{folder}: a part of {table} is damaged; move {at} away and repeat with --detail"
        ) from fault
    frame: pd.DataFrame = content.to_pandas(types_mapper=_pandas_type)
    keys = [key for key in ("arm", "seed", "bank", "month", "loan") if key in frame]
    return frame.sort_values(keys, ignore_index=True, kind="stable")


def _pandas_type(kind: Any) -> Any:
    """Return the pandas type that allows missing values: integers and flags keep their type."""
    import pandas as pd
    import pyarrow as pa

    return {pa.int64(): pd.Int64Dtype(), pa.bool_(): pd.BooleanDtype()}.get(kind)
