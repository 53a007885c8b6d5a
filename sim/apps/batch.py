"""A batch run as a command executes it: where it runs, what it reports, and its exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.apps.ending import DONE, FAILED, complain
from sim.core.errors import RequestError

if TYPE_CHECKING:
    from sim.runs.carrying import Carrier
    from sim.runs.interface import Simulate
    from sim.runs.outcome import Outcome
    from sim.runs.plan import Plan


@dataclass(frozen=True)
class How:
    """Where and how a plan is run."""

    workers: int | None = None
    dask: str | None = None
    quiet: bool = False
    check: bool = True
    retry_failed: bool = False
    asked: Mapping[str, Any] = field(default_factory=dict)  # recorded with the runs
    simulate: Simulate | None = None  # instead of the model's own

    def carry_out(self, plan: Plan, folder: Path) -> Outcome:
        """Simulate the missing runs of a plan in a folder."""
        from sim.model.simulate import simulate
        from sim.runs.execute import execute

        if self.workers is not None and self.workers < 0:
            raise RequestError(f"--workers {self.workers}: give 0 for this process, or 1 and more")
        return execute(
            plan,
            folder,
            workers=self.workers,
            dask=self.dask,
            simulate=self.simulate or (None if self.check else partial(simulate, check=False)),
            retry_failed=self.retry_failed,
            quiet=self.quiet,
            asked=self.asked,
        )

    def carrier(self, folder: Path) -> Carrier:
        """Return what carries out the plans of an experiment below a folder."""
        from sim.runs.carrying import Carrier

        return Carrier(folder, lambda plan, home, _: self.carry_out(plan, home))

    def keep_detail(self, scenarios: Mapping[str, Any], folder: Path) -> None:
        """Write loans and events of the first few seeds of some arms, for figures and analysis."""
        from sim.apps.slow import said_if_slow
        from sim.model.simulate import simulate
        from sim.runs.detail import record_detail

        with said_if_slow("recording single loans of a few seeds", quiet=self.quiet):
            record_detail(folder, scenarios, partial(simulate, check=self.check))

    def forecast(self, plan: Plan, folder: Path) -> str:
        """Return the time and space that a plan would take; write nothing."""
        from sim.runs.forecast import forecast

        return f"{folder}: {forecast(plan, folder, workers=self.workers)}"


@contextmanager
def runs_kept(folder: Path, *outcomes: Outcome, quiet: bool = False) -> Iterator[None]:
    """Say that figures are drawn where it takes long, and of a Ctrl-C that no run is lost by it."""
    from sim.apps.slow import said_if_slow

    try:
        with said_if_slow("drawing figures", quiet=quiet):
            yield
    except KeyboardInterrupt:
        done = f"all {sum(one.done for one in outcomes):,} finished runs are kept in {folder}"
        raise KeyboardInterrupt(
            f"stopped while figures were drawn; {done}; repeat the command to draw them"
        ) from None


def small_markets(plan: Plan) -> list[str]:
    """Return what to say of arms that have so few firms that rates are biased, a line each."""
    from sim.scenario.schema import Scenario
    from sim.scenario.small_markets import notice

    notices = {notice(arm) for arm in plan.arms.values() if isinstance(arm, Scenario)}
    return sorted(notices - {""})


def with_seeds_of(folder: Path, plan: Plan) -> Plan:
    """Return the plan, or that of the folder where it asks for fewer seeds than are planned there.

    So a repeated command with fewer seeds shows what is there, and says so.
    """
    from dataclasses import replace

    from sim.runs.layout import Folder
    from sim.runs.manifest import read_manifest
    from sim.runs.seeds import spell

    manifest = read_manifest(Folder(folder))
    if manifest is None or not set(plan.seeds) < set(manifest.seeds):
        return plan
    there = spell(manifest.seeds)
    print(f"{folder}: it has seeds {there}; all of them are shown", file=sys.stderr)
    return replace(plan, seeds=manifest.seeds)


def status_of(outcome: Outcome) -> int:
    """Return the exit status of a batch; report the first failed run if there is one."""
    if not outcome.failed:
        return DONE
    from sim.runs.reading import read_failed

    first = read_failed(outcome.folder).iloc[0]
    return complain(
        f"{outcome.folder}: {outcome.failed:,} of {outcome.planned:,} runs failed; "
        f"the first, arm {first['arm']} seed {first['seed']}: {first['error']} "
        "(all in failures.jsonl)",
        FAILED,
    )


def list_written(paths: dict[Path | str, str], width: int) -> None:
    """Print the written files and folders with their content."""
    from sim.apps.layout import TextColumn, laid_out

    rows = ["Written", *([str(path), what] for path, what in paths.items())]
    print("\n".join(laid_out([TextColumn(""), TextColumn("", prose=True)], rows, width)).lstrip())


def run_folder(folder: Path) -> dict[Path | str, str]:
    """Return the content of a run folder: path and description."""
    content: dict[Path | str, str] = {
        f"{folder}/runs/": "outcomes: one row per arm, seed and bank (Parquet)",
        f"{folder}/months/": "monthly series: one row per arm, seed, bank and month (Parquet)",
    }
    if (folder / "design.parquet").is_file():
        content[folder / "design.parquet"] = "what arms vary: one row per arm (Parquet)"
    if (folder / "loans").is_dir():
        content[f"{folder}/loans/"] = "every application and loan of a few seeds (Parquet)"
        content[f"{folder}/events/"] = "class moves, warnings, defaults of those loans (Parquet)"
    return content | {folder / "manifest.json": "resolved scenarios, seeds, versions"}


def report_of(folder: Path) -> dict[Path | str, str]:
    """Write the report of a folder; return the written paths with their descriptions."""
    from sim.report import half_page
    from sim.report.document import write_report
    from sim.report.figures.gallery import FOLDER

    written = write_report(folder)
    lines: dict[Path | str, str] = {
        written.page: "the report, in one file",
        f"{written.tables_at}/": "its tables, as CSV with all digits and as LaTeX",
    }
    said = ("its first half page", "the same in Chinese")
    places = zip(half_page.files_of(folder), said, strict=True)
    lines |= {place: what for place, what in places if place.is_file()}
    if written.banks:
        return lines | {one.page: "the report of this bank" for one in written.banks}
    if written.figures:
        drawn = f"{len(written.figures)} figures: PNG, SVG, and their data as CSV"
        lines[f"{folder / FOLDER}/"] = drawn
    return lines
