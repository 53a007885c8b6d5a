"""A results folder as the report uses it: the request, the runs, and the tables.

Everything is read from disk.  A study's tables are used only if `study.json`, which is written
last, names the same arms and seeds as the manifest.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError
from sim.core.names import OWN
from sim.report.csv_files import read_csv
from sim.report.results_folder import ResultsFolder
from sim.report.wording import plain, spelled
from sim.runs.layout import Folder
from sim.runs.manifest import Manifest, known_manifest, read_manifest
from sim.runs.status import Status, status
from sim.runs.study_record import read_study_record

if TYPE_CHECKING:
    import pandas as pd

ACCOUNT = "study.json"
INSIDE = {"base": "the base", "package": "all measures"}
DESIGNS = ("equal_money", "regimes")  # run folders inside a study's folder


@dataclass(frozen=True)
class Results:
    """One results folder, its manifest and its status."""

    folder: Path
    manifest: Manifest
    statuses: tuple[Status, ...]  # of the folder, then of a study's additional designs
    banks: tuple[Results, ...] = ()  # in a study over several banks, those that have started

    @property
    def kind(self) -> str:
        """Which command made it: run, compare or study."""
        return str(self.manifest.asked.get("kind", "study" if self.account else "run"))

    @property
    def study(self) -> Mapping[str, Any]:
        """The request of a study, as `account_of` wrote it; empty for other folders."""
        return dict(self.manifest.asked.get("study", {}))

    @property
    def arms(self) -> list[str]:
        """The arms in the order of the request; the first is the base."""
        return list(self.manifest.arms)

    @cached_property
    def account(self) -> Mapping[str, Any]:
        """The metadata of a finished study's tables; empty if there is none."""
        record = read_study_record(self.folder / ACCOUNT)
        return dataclasses.asdict(record) if record else {}

    @property
    def judged(self) -> bool:
        """Whether a study's tables exist and belong to the runs in the folder."""
        same_seeds = self.account.get("seeds") == len(self.manifest.seeds)
        if self.banks:
            every = [one.folder.name for one in self.banks] == self.account.get("banks")
            return same_seeds and every and all(one.judged for one in self.banks)
        return same_seeds and set(self.account.get("arms", [])) == set(self.arms)

    @property
    def done(self) -> int:
        """Runs done in the folder itself."""
        return self.statuses[0].total("done")

    @property
    def seeds(self) -> int:
        """The number of seeds behind the results: that of the arm with most runs done."""
        return max(len(arm.done) for arm in self.statuses[0].arms.values())

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row per arm, seed and bank; `RequestError` before the first run is done."""
        from sim.runs.reading import read_runs

        return read_runs(self.folder)

    @cached_property
    def results_folder(self) -> ResultsFolder:
        """The same folder as figures use it, with the same titles."""
        return ResultsFolder(self.folder)

    def title_of(self, name: str) -> str:
        """Return the title of an arm, a measure or a part."""
        return spelled(name, self._titles)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        """The titles used in figures; titles of measures are known before a study ends."""
        measures = self.study.get("measures", {})
        titles = {name: one["title"] for name, one in measures.items()} | dict(
            self.results_folder.titles
        )
        return titles | ({OWN: "The bank's own package"} if self.banks else {})

    @property
    def first_base(self) -> str:
        """The base whose values are listed: with several banks, that of the first bank."""
        if not self.banks:
            return self.base_words
        return f"{self.base_words} of {plain(self.banks[0].folder.name)}"

    @property
    def base_words(self) -> str:
        """The name of the base inside a sentence."""
        return self.inside(self.arms[0])

    def inside(self, name: str) -> str:
        """Return the title of a study's arm for use inside a sentence."""
        if self.kind != "study":
            return self.title_of(name)
        if name in INSIDE:
            return INSIDE[name]
        if " + " in name:
            return " and ".join(map(self.inside, name.split(" + ")))
        return f"\N{LEFT DOUBLE QUOTATION MARK}{self.title_of(name)}\N{RIGHT DOUBLE QUOTATION MARK}"

    @property
    def horizon(self) -> int:
        """The longest horizon of the arms, months."""
        return max(int(arm.scenario["horizon"]) for arm in self.manifest.arms.values())

    def table(self, name: str) -> pd.DataFrame | None:
        """Return a table of the study; None if it is missing or belongs to other runs.

        Columns in `csv_files.TEXT` stay text; all others are numbers.
        """
        return self._csv(name) if self.judged else None

    @property
    def comparison(self) -> pd.DataFrame | None:
        """The table of `compare`, if it covers exactly the seeds that are done; else None."""
        table = self._csv("comparison")
        if table is None or list(dict.fromkeys(table["arm"])) != self.arms[1:]:
            return None
        done = {arm: one.done for arm, one in self.statuses[0].arms.items()}
        base = done[self.arms[0]]
        used = {arm: part["n"].max() for arm, part in table.groupby("arm")}
        same = all(used[arm] == len(base & done[arm]) for arm in self.arms[1:])
        return table.drop(columns=["base_arm", "group", "title", "unit"]) if same else None

    def _csv(self, name: str) -> pd.DataFrame | None:
        """Return a table of the folder; None if it is missing or empty."""
        place = self.folder / f"{name}.csv"
        if not place.exists():
            return None
        try:
            table = read_csv(place)
        except (OSError, ValueError) as fault:
            raise RequestError(f"{place}: cannot read it: {fault}") from fault
        return table if len(table) else None


def read_results(folder: str | Path) -> Results:
    """Return the results in a folder of `run`, `compare` or `study`.

    A study over several banks has one subfolder per bank.  Raises `RequestError` for any other
    folder.
    """
    home = Path(folder)
    banks = _banks_in(home)
    if banks:
        statuses = tuple(status for bank in banks for status in bank.statuses)
        return Results(home, banks[0].manifest, statuses, banks)
    manifest = known_manifest(Folder(home))
    inside = [home / name for name in DESIGNS if (home / name / "manifest.json").exists()]
    return Results(home, manifest, tuple(status(one) for one in (home, *inside)))


def _banks_in(home: Path) -> tuple[Results, ...]:
    """Return the banks that have started, in the order of a study over several banks."""
    if (home / "manifest.json").exists() or not home.is_dir():
        return ()
    found: dict[str, Results] = {}
    order: list[str] = []
    for place in sorted(home.iterdir()):
        manifest = read_manifest(Folder(place)) if (place / "manifest.json").exists() else None
        if manifest is not None and manifest.asked.get("banks"):
            found[place.name] = read_results(place)
            order = manifest.asked["banks"]
    return tuple(found[bank] for bank in order if bank in found)
