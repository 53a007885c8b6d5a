"""The one reader of a results folder: its kind, its request, its runs and its tables.

Everything is read from disk.  A study's tables are used only if `study.json`, which is written
last, names the same arms and seeds as the manifest.  A copy of the tables without the runs can be
read too; it has no manifest, and its tables are taken as they are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError
from sim.runs.csv_files import read_csv
from sim.runs.layout import Folder
from sim.runs.manifest import Manifest, known_manifest, read_manifest
from sim.runs.status import Status, status
from sim.runs.study_record import read_study_record

if TYPE_CHECKING:
    import pandas as pd

PARTS = ("runs", "months", "loans", "events")  # tables stored in several Parquet files
ACCOUNT = "study.json"
# folders inside a study's
DESIGNS = ("ceilings", "equal_money", "same_rate/*", "regimes", "robust/*")
STUDIED = ["base", "package"]  # arms of a study that are compared first
OF_COMPARISON = "comparison"
OF_STUDY = ("effects", "verdicts")
WHAT = {
    "runs": "the outcomes of every run",
    "months": "the monthly series",
    "loans": "the loans one by one (add --detail)",
    "events": "the events of each loan (add --detail)",
}


class ResultsFolder:
    """One results folder: of `run`, `compare` or `study`, or a copy of its tables.

    `monthly` limits the columns of the monthly series that are read.  Raises `RequestError` if
    there is no such folder.
    """

    def __init__(self, folder: str | Path, monthly: Sequence[str] | None = None):
        self.folder = Path(folder)
        self._monthly = monthly
        self._read: dict[str, pd.DataFrame] = {}
        if not self.folder.is_dir():
            raise RequestError(f"{self.folder}: no such folder; give the folder of a run")

    @property
    def name(self) -> str:
        """The name of the folder; in a study over several banks, that of the bank."""
        return self.folder.name

    @cached_property
    def recorded(self) -> bool:
        """Whether the folder has a manifest, its own or those of its banks."""
        return bool(self.bank_folders) or read_manifest(Folder(self.folder)) is not None

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest, or that of the first bank; `RequestError` if there is none."""
        home = self.bank_folders[0] if self.bank_folders else self.folder
        return known_manifest(Folder(home))

    @cached_property
    def bank_folders(self) -> list[Path]:
        """The folders of the banks that have started, in the order of a study over several."""
        if (self.folder / "manifest.json").exists():
            return []
        found: dict[str, Path] = {}
        order: list[str] = []
        for place in sorted(self.folder.iterdir()):
            manifest = read_manifest(Folder(place)) if (place / "manifest.json").exists() else None
            if manifest is not None and manifest.asked.get("banks"):
                found[place.name] = place
                order = manifest.asked["banks"]
        return [found[bank] for bank in order if bank in found]

    @cached_property
    def statuses(self) -> list[Status]:
        """The status of the folder itself, then of a study's additional designs; or of banks."""
        homes = self.bank_folders or [self.folder]
        inside = [[place for one in DESIGNS for place in sorted(home.glob(one))] for home in homes]
        places = [
            place for home, more in zip(homes, inside, strict=True) for place in (home, *more)
        ]
        return [status(one) for one in places if (one / "manifest.json").exists()]

    @cached_property
    def kind(self) -> str:
        """Which command made it: run, compare or study.

        The manifest says so; where it does not, the tables and the arms do.
        """
        asked = self.manifest.asked.get("kind") if self.recorded else None
        if asked is not None:
            return str(asked)
        if self.account or any(self._csv(name).is_file() for name in OF_STUDY):
            return "study"
        if self._csv(OF_COMPARISON).is_file():
            return "compare"
        return "study" if self.recorded and set(STUDIED) <= set(self.arms) else "run"

    @property
    def study(self) -> Mapping[str, Any]:
        """The request of a study, as `account_of` wrote it; empty for other folders."""
        return dict(self.manifest.asked.get("study", {})) if self.recorded else {}

    @property
    def arms(self) -> list[str]:
        """All arms in the order of the request; the first is the base."""
        return list(self.manifest.arms)

    @cached_property
    def compared(self) -> list[str]:
        """The base and the arms that are compared with it first, in order."""
        if self.kind == "study":
            return list(STUDIED)
        if self.recorded or self.kind != "compare":
            return self.arms if self.recorded else []
        table = self.table(OF_COMPARISON)
        return [str(table["base_arm"].iloc[0]), *map(str, dict.fromkeys(table["arm"]))]

    @cached_property
    def account(self) -> Mapping[str, Any]:
        """The metadata of a finished study's tables; empty if there is none."""
        record = read_study_record(self.folder / ACCOUNT)
        return dataclasses.asdict(record) if record else {}

    @cached_property
    def judged(self) -> bool:
        """Whether a study's tables exist and belong to the runs in the folder."""
        if not self.recorded:
            return True
        same_seeds = self.account.get("seeds") == len(self.manifest.seeds)
        if self.bank_folders:
            every = [one.name for one in self.bank_folders] == self.account.get("banks")
            banks = (ResultsFolder(one) for one in self.bank_folders)
            return same_seeds and every and all(one.judged for one in banks)
        return same_seeds and set(self.account.get("arms", [])) == set(self.arms)

    @property
    def done(self) -> int:
        """Runs done in the folder itself."""
        return self.statuses[0].total("done")

    @property
    def seeds(self) -> int:
        """The number of seeds behind the results: that of the arm with most runs done."""
        return max(len(arm.done) for arm in self.statuses[0].arms.values())

    @property
    def horizon(self) -> int:
        """The longest horizon of the arms, months."""
        return max(int(arm.scenario["horizon"]) for arm in self.manifest.arms.values())

    def has(self, name: str) -> bool:
        """Return whether the folder has a table with a row that belongs to its runs."""
        if name in PARTS:  # not read here: it may be large
            return any((self.folder / name).glob("*.parquet"))
        if self.kind == "study" and not self.judged:
            return False
        if not self._csv(name).is_file() or not len(self.table(name)):
            return False
        return name != OF_COMPARISON or self._of_these_seeds()

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; raises `RequestError` when it is missing or cannot be read.

        Columns in `csv_files.TEXT` stay text; all others are numbers.
        """
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def known(self, name: str) -> pd.DataFrame | None:
        """Return a table, None where `has` says no."""
        return self.table(name) if self.has(name) else None

    @property
    def runs(self) -> pd.DataFrame:
        """One row per arm, seed and bank; `RequestError` before the first run is done."""
        return self.table("runs")

    def _of_these_seeds(self) -> bool:
        """Return whether the comparison covers exactly the arms and seeds that are done."""
        table = self.table(OF_COMPARISON)
        if not self.recorded:
            return True
        if list(dict.fromkeys(table["arm"])) != self.arms[1:]:
            return False
        done = {arm: one.done for arm, one in self.statuses[0].arms.items()}
        used = table.groupby("arm")["n"].max()
        return all(used[arm] == len(done[self.arms[0]] & done[arm]) for arm in self.arms[1:])

    def _csv(self, name: str) -> Path:
        return self.folder / f"{name}.csv"

    def _load(self, name: str) -> pd.DataFrame:
        import pandas as pd

        from sim.runs.detail import read_detail
        from sim.runs.reading import read_months, read_runs

        if name == "runs":
            return read_runs(self.folder)
        if name == "months":
            months = read_months(self.folder, self._monthly)
            return months[months["arm"].isin(self.compared)] if self._monthly else months
        if name in PARTS:
            return read_detail(self.folder, name)
        try:
            return read_csv(self._csv(name))
        except pd.errors.EmptyDataError:
            return pd.DataFrame()
        except (OSError, ValueError) as fault:
            raise RequestError(f"{self._csv(name)}: cannot read it: {fault}") from fault
