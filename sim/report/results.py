"""A results folder as a report sees it: what was asked, what was run, and the tables beside it.

Read from disk alone.  A study's tables are taken for its own only while `study.json`, which is
written last, names the very arms and seeds that the manifest holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError
from sim.report.results_folder import ResultsFolder
from sim.report.wording import plain, spelled
from sim.runs.layout import Folder
from sim.runs.manifest import Manifest, known_manifest, read_manifest
from sim.runs.status import Status, status
from sim.scenario.several import OWN

if TYPE_CHECKING:
    import pandas as pd

ACCOUNT = "study.json"
INSIDE = {"base": "the base", "package": "all measures"}
DESIGNS = ("equal_money", "regimes")  # run folders inside a study's
WORDS = [
    "arm", "base_arm", "bank", "group", "metric", "title", "unit", "better", "package", "first",
    "second", "scale", "order", "claim", "statement", "kind", "verdict", "what", "why",
]  # fmt: skip # columns that hold no numbers


@dataclass(frozen=True)
class Results:
    """One results folder and what is known of it."""

    folder: Path
    manifest: Manifest
    statuses: tuple[Status, ...]  # of the folder, then of a study's further designs
    banks: tuple[Results, ...] = ()  # of a study over several, those that have begun

    @property
    def kind(self) -> str:
        """Which command made it: run, compare or study."""
        return str(self.manifest.asked.get("kind", "study" if self.account else "run"))

    @property
    def study(self) -> Mapping[str, Any]:
        """What a study asked, as `account_of` wrote it; empty for other folders."""
        return dict(self.manifest.asked.get("study", {}))

    @property
    def arms(self) -> list[str]:
        """The arms in the order in which they were asked for; the first is the base."""
        return list(self.manifest.arms)

    @cached_property
    def account(self) -> Mapping[str, Any]:
        """What a finished study wrote of its tables; empty where there is none."""
        try:
            return dict(json.loads((self.folder / ACCOUNT).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}

    @property
    def judged(self) -> bool:
        """Whether a study's tables are there and are of the runs that lie beside them."""
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
        """The seeds that numbers speak of: as many as the arm with most has done."""
        return max(len(arm.done) for arm in self.statuses[0].arms.values())

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row per arm, seed and bank; `RequestError` before the first run is done."""
        from sim.runs.reading import read_runs

        return read_runs(self.folder)

    @cached_property
    def results_folder(self) -> ResultsFolder:
        """The same folder as figures see it, which call everything by the same names."""
        return ResultsFolder(self.folder)

    def title_of(self, name: str) -> str:
        """Return the words for an arm, a measure or a part."""
        return spelled(name, self._titles)

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        """The titles of figures; those of measures are known before a study has written any."""
        measures = self.study.get("measures", {})
        titles = {name: one["title"] for name, one in measures.items()} | dict(
            self.results_folder.titles
        )
        return titles | ({OWN: "The bank's own package"} if self.banks else {})

    @property
    def first_base(self) -> str:
        """The base whose values are listed: of several banks, that of the first."""
        if not self.banks:
            return self.base_words
        return f"{self.base_words} of {plain(self.banks[0].folder.name)}"

    @property
    def base_words(self) -> str:
        """What differences are taken against, inside a sentence."""
        return self.inside(self.arms[0])

    def inside(self, name: str) -> str:
        """Return the words for an arm of a study as they stand inside a sentence."""
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
        """Return a table that the study wrote, None where it wrote none or wrote it for other runs.

        Columns of words stay text, whatever they look like; all others are numbers.
        """
        return self._csv(name) if self.judged else None

    @property
    def comparison(self) -> pd.DataFrame | None:
        """The table that `compare` wrote, while it is of the very seeds that are done."""
        table = self._csv("comparison")
        if table is None or list(dict.fromkeys(table["arm"])) != self.arms[1:]:
            return None
        done = {arm: one.done for arm, one in self.statuses[0].arms.items()}
        base = done[self.arms[0]]
        used = {arm: part["n"].max() for arm, part in table.groupby("arm")}
        same = all(used[arm] == len(base & done[arm]) for arm in self.arms[1:])
        return table.drop(columns=["base_arm", "group", "title", "unit"]) if same else None

    def _csv(self, name: str) -> pd.DataFrame | None:
        """Return a table beside the runs, None where it is not there or empty."""
        import pandas as pd

        place = self.folder / f"{name}.csv"
        if not place.exists():
            return None
        try:
            table = pd.read_csv(place, dtype=str, keep_default_na=False)
        except (OSError, ValueError) as fault:
            raise RequestError(f"{place}: cannot read it: {fault}") from fault
        for column in table.columns.difference(WORDS):
            table[column] = pd.to_numeric(table[column], errors="coerce")
        return table if len(table) else None


def read_results(folder: str | Path) -> Results:
    """Return what lies in a folder of `run`, `compare` or `study`.

    A study over several banks is one folder of a folder for each.  Raises `RequestError` when it
    is none of these.
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
    """Return the banks of a study over several that have begun, in the order of the study."""
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
