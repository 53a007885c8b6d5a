"""A results folder as figures use it: its tables, its base arm, and the titles of its arms.

Everything is read from disk, so that a figure can be drawn again years after the run.  A missing
table is no error: figures that need it are skipped, with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.frames import of_shared_banks
from sim.core.errors import RequestError
from sim.report.csv_files import read_csv
from sim.report.figures.profit_bridge import LINES
from sim.report.wording import arm_words, plain, spelled

if TYPE_CHECKING:
    import pandas as pd

PARTS = ("runs", "months", "loans", "events")  # tables stored in several Parquet files
MONTHLY = sorted(
    {name for names, _ in LINES.values() for name in names}
    | {"profit", "npl_ratio", "gross_loans", "defaults", "performing", "disbursed"}
)
SHORT = 24  # longest title beside or below a map, characters
STUDIED = ("base", "package")  # arms of a study that figures compare
WHAT = {
    "runs": "the outcomes of every run",
    "months": "the monthly series",
    "loans": "the loans one by one (add --detail)",
    "events": "the events of each loan (add --detail)",
}


class ResultsFolder:
    """One results folder: of `run`, `compare` or `study`, or a copy of its tables."""

    def __init__(self, folder: str | Path):
        self.folder = Path(folder)
        self._read: dict[str, pd.DataFrame] = {}
        if not self.folder.is_dir():
            raise RequestError(f"{self.folder}: no such folder; give the folder of a run")

    def has(self, table: str) -> bool:
        """Return whether the folder has a table with at least one row."""
        if table in PARTS:  # not read here: it may be large
            return any((self.folder / table).glob("*.parquet"))
        return (self.folder / f"{table}.csv").is_file() and len(self.table(table)) > 0

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; raises `RequestError` when it is missing or cannot be read."""
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def _load(self, name: str) -> pd.DataFrame:
        import pandas as pd

        if name in ("runs", "months"):
            return self._load_runs(name)
        if name in PARTS:
            from sim.runs.detail import read_detail

            return read_detail(self.folder, name)
        place = self.folder / f"{name}.csv"
        try:
            return read_csv(place)
        except pd.errors.EmptyDataError:
            return pd.DataFrame()
        except (OSError, ValueError) as fault:
            raise RequestError(f"cannot read {place}: {fault}") from fault

    def _load_runs(self, name: str) -> pd.DataFrame:
        """Return the outcomes, or the monthly series of the compared arms that figures draw."""
        from sim.runs.reading import read_months, read_runs

        if name == "runs":
            return read_runs(self.folder)
        months = read_months(self.folder, list(MONTHLY))
        return months[months["arm"].isin(self.arms)]

    @cached_property
    def kind(self) -> str:
        """The kind of the folder: study, comparison or run."""
        if any((self.folder / f"{name}.csv").is_file() for name in ("effects", "verdicts")):
            return "study"
        if (self.folder / "comparison.csv").is_file():
            return "comparison"
        # one bank of a study over several banks has the arms of a study
        return "study" if set(STUDIED) <= set(self._planned) else "run"

    @cached_property
    def arms(self) -> list[str]:
        """The base and the arms that are compared with it, in order."""
        if self.kind == "study":
            return list(STUDIED)
        if self.kind == "comparison":
            table = self.table("comparison")
            return [str(table["base_arm"].iloc[0]), *map(str, dict.fromkeys(table["arm"]))]
        return self._planned

    @cached_property
    def _planned(self) -> list[str]:
        from sim.runs.layout import Folder
        from sim.runs.manifest import read_manifest

        manifest = read_manifest(Folder(self.folder))
        return list(manifest.arms) if manifest else []

    @property
    def base(self) -> str:
        """The arm that others are compared with."""
        return self.arms[0]

    @property
    def others(self) -> list[str]:
        """The arms that are compared with the base."""
        return self.arms[1:]

    @cached_property
    def banks(self) -> list[str]:
        """The banks that all arms have, by name; none if no table is there."""
        for name in ("runs", "effects", "comparison"):
            if self.has(name):
                return sorted(map(str, of_shared_banks(self.table(name))["bank"].unique()))
        return []

    @cached_property
    def bank(self) -> str:
        """The bank shown in figures of one bank: the first by name that all arms have."""
        if not self.banks:
            raise RequestError(f"{self.folder}: no table in it names a bank")
        return self.banks[0]

    def one_bank(self, name: str) -> pd.DataFrame:
        """Return a table's rows of that bank."""
        table = self.table(name)
        return table[table["bank"] == self.bank]

    @property
    def last_month(self) -> int:
        """The last month simulated."""
        return int(self.table("months")["month"].max())

    @property
    def policies(self) -> pd.DataFrame:
        """The runs of one bank, without arms that change the scenario instead of the measures."""
        runs = self.one_bank("runs")
        if self.kind != "study" or not self.has("words"):
            return runs
        words = self.table("words")
        other_scenarios = set(words.loc[words["kind"] == "arm", "name"])
        return runs[~runs["arm"].isin(other_scenarios)]

    @cached_property
    def notable(self) -> list[str]:
        """The arms labelled in a figure of many: the compared arms, and each measure alone."""
        alone: list[str] = []
        if self.kind == "study" and self.has("effects"):
            alone = [str(arm) for arm in dict.fromkeys(self.table("effects")["arm"])]
        return list(dict.fromkeys([*self.others, *alone]))

    def words_for_maps(self, maps: pd.DataFrame) -> dict[str, str]:
        """Return the labels of the claims and quantities on maps."""
        from sim.report.quantity_words import quantity
        from sim.report.wording import without_number

        words = {key: quantity(key).words for name in ("first", "second") for key in maps[name]}
        if self.has("verdicts"):
            text = self.table("verdicts")
            text = text[text["statement"] != ""]
            pairs = zip(text["claim"], text["statement"], strict=True)
            words |= {str(claim): without_number(str(text)) for claim, text in pairs}
        return words

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of arms, measures and parts shown in figures."""
        text: dict[str, str] = {}
        if self.has("words"):
            rows = self.table("words")
            text = dict(zip(map(str, rows["name"]), map(str, rows["title"]), strict=True))
        words = arm_words(self.arms) | self._swept | text
        if self.has("attribution"):
            parts = map(str, self.table("attribution")["package"].unique())
            words |= {part: plain(part) for part in parts if part not in words}
        every = set(self.table("runs")["arm"]) if self.has("runs") else set()
        return words | {arm: spelled(arm, words) for arm in every - set(words)}

    @cached_property
    def _swept(self) -> dict[str, str]:
        """Titles of arms that vary keys, in words and units instead of keys."""
        from sim.report.swept_words import swept_titles
        from sim.runs.layout import Folder
        from sim.runs.manifest import read_manifest

        manifest = read_manifest(Folder(self.folder))
        if manifest is None or self.kind == "study":
            return {}
        chosen = {arm: one.chosen for arm, one in manifest.arms.items() if arm in self.arms}
        return swept_titles(chosen)

    @property
    def short_titles(self) -> Mapping[str, str]:
        """Titles for small spaces: a long title is replaced by the name."""
        titles = self.titles
        return {name: one if len(one) <= SHORT else plain(name) for name, one in titles.items()}

    def title_of(self, name: str) -> str:
        """Return the title of an arm, a measure or a part of the package."""
        return self.titles.get(name) or spelled(name, self.titles)
