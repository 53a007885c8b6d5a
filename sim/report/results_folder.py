"""A results folder as figures need it: which tables lie there, which arm is the base, their words.

Everything is read from disk, so that a figure can be drawn again years after the run.  A table that
is not there is no error: a figure that needs it is left out, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import RequestError
from sim.report.figures.profit_bridge import LINES
from sim.report.wording import arm_words, plain, spelled

if TYPE_CHECKING:
    import pandas as pd

PARTS = ("runs", "months", "loans", "events")  # tables in several Parquet files
MONTHLY = sorted(
    {name for names, _ in LINES.values() for name in names}
    | {"profit", "npl_ratio", "gross_loans", "defaults", "performing", "disbursed"}
)
SHORT = 24  # letters of a title that still fits beside or below a map
STUDIED = ("base", "package")  # of a study
WHAT = {
    "runs": "the outcomes of every run",
    "months": "the monthly series",
    "loans": "the loans one by one (add --detail)",
    "events": "the events of each loan (add --detail)",
}


class ResultsFolder:
    """One results folder: of `run`, `compare` or `study`, or the tables of one kept by hand."""

    def __init__(self, folder: str | Path):
        self.folder = Path(folder)
        self._read: dict[str, pd.DataFrame] = {}
        if not self.folder.is_dir():
            raise RequestError(f"{self.folder}: no such folder; give the folder of a run")

    def has(self, table: str) -> bool:
        """Tell whether a table lies here with at least one row."""
        if table in PARTS:  # not read for that: it may be large
            return any((self.folder / table).glob("*.parquet"))
        return (self.folder / f"{table}.csv").is_file() and len(self.table(table)) > 0

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; raises `RequestError` when it is not here or cannot be read."""
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
            return pd.read_csv(place, keep_default_na=True)
        except pd.errors.EmptyDataError:
            return pd.DataFrame()
        except (OSError, ValueError) as fault:
            raise RequestError(f"cannot read {place}: {fault}") from fault

    def _load_runs(self, name: str) -> pd.DataFrame:
        """Return outcomes, or of the arms compared the monthly series that figures draw."""
        from sim.runs.reading import read_months, read_runs

        if name == "runs":
            return read_runs(self.folder)
        months = read_months(self.folder, list(MONTHLY))
        return months[months["arm"].isin(self.arms)]

    @cached_property
    def kind(self) -> str:
        """What wrote the folder: study, comparison or run."""
        if any((self.folder / f"{name}.csv").is_file() for name in ("effects", "verdicts")):
            return "study"
        if (self.folder / "comparison.csv").is_file():
            return "comparison"
        return "study" if set(STUDIED) <= set(self._planned) else "run"  # one bank of several

    @cached_property
    def arms(self) -> list[str]:
        """Base and the arms that are compared with it, in their order."""
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
    def bank(self) -> str:
        """The bank that figures of one bank are about: the first in order of name."""
        for name in ("runs", "effects", "comparison"):
            if self.has(name):
                return str(sorted(self.table(name)["bank"].unique())[0])
        raise RequestError(f"{self.folder}: no table here names a bank")

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
        """The runs of one bank without arms in which the world itself is another."""
        runs = self.one_bank("runs")
        if self.kind != "study" or not self.has("words"):
            return runs
        words = self.table("words")
        worlds = set(words.loc[words["kind"] == "arm", "name"])
        return runs[~runs["arm"].isin(worlds)]

    @cached_property
    def notable(self) -> list[str]:
        """The arms that a figure of many names: the compared, and each measure alone."""
        alone: list[str] = []
        if self.kind == "study" and self.has("effects"):
            alone = [str(arm) for arm in dict.fromkeys(self.table("effects")["arm"])]
        return list(dict.fromkeys([*self.others, *alone]))

    def words_for_maps(self, maps: pd.DataFrame) -> dict[str, str]:
        """Return the words of the claims and quantities on maps."""
        from sim.report.quantity_words import quantity
        from sim.report.wording import said

        words = {key: quantity(key).words for name in ("first", "second") for key in maps[name]}
        if self.has("verdicts"):
            text = self.table("verdicts").dropna(subset=["statement"])
            pairs = zip(text["claim"], text["statement"], strict=True)
            words |= {str(claim): said(str(text)) for claim, text in pairs}
        return words

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The words for arms, measures and parts that a figure shows."""
        text: dict[str, str] = {}
        if self.has("words"):
            rows = self.table("words")
            text = dict(zip(map(str, rows["name"]), map(str, rows["title"]), strict=True))
        words = arm_words(self.arms) | text
        if self.has("attribution"):
            parts = map(str, self.table("attribution")["package"].unique())
            words |= {part: plain(part) for part in parts if part not in words}
        every = set(self.table("runs")["arm"]) if self.has("runs") else set()
        return words | {arm: spelled(arm, words) for arm in every - set(words)}

    @property
    def short_titles(self) -> Mapping[str, str]:
        """The same where there is little room: a long title gives way to the plain name."""
        titles = self.titles
        return {name: one if len(one) <= SHORT else plain(name) for name, one in titles.items()}

    def title_of(self, name: str) -> str:
        """Return the words for an arm, a measure or a part of the package."""
        return self.titles.get(name) or spelled(name, self.titles)
