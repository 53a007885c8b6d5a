"""A results folder with the titles of its arms, measures and parts, for tables and figures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.decisive import decisive_intervals
from sim.analysis.frames import of_shared_banks
from sim.core.errors import RequestError
from sim.core.names import OWN
from sim.results.comparison import compared, worded
from sim.results.swept_words import swept_titles
from sim.results.wording import arm_words, plain, spelled, without_number
from sim.runs.results_folder import ResultsFolder

if TYPE_CHECKING:
    import pandas as pd

ALPHA = 0.05
INSIDE = {"base": "the base", "package": "all measures"}
UNCOMPARED = ("run", "factorial")  # kinds of folder without a base
SHORT = 24  # longest title beside or below a map, characters


class Results(ResultsFolder):
    """One results folder with its titles."""

    @cached_property
    def banks(self) -> list[Results]:
        """In a study over several banks, the results of those that have started."""
        return [Results(folder) for folder in self.bank_folders]

    @property
    def base(self) -> str:
        """The arm that others are compared with."""
        return self.compared[0]

    @property
    def others(self) -> list[str]:
        """The arms that are compared with the base."""
        return self.compared[1:]

    @cached_property
    def bank_names(self) -> list[str]:
        """The banks that all arms have, by name; none if no table is there."""
        for name in ("runs", "effects", "comparison"):
            if self.has(name):
                return sorted(map(str, of_shared_banks(self.table(name))["bank"].unique()))
        return []

    @cached_property
    def bank(self) -> str:
        """The bank shown in figures of one bank: the first by name that all arms have."""
        if not self.bank_names:
            raise RequestError(f"{self.folder}: no table in it names a bank")
        return self.bank_names[0]

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

    @cached_property
    def effects(self) -> pd.DataFrame | None:
        """The differences from the base, as `worded` with the interval that decides the verdict.

        For a finished study and a comparison they are read, or computed again from the runs; for
        an interrupted study they cover base and package as far as these are done.  None if nothing
        is compared.
        """
        rows = self._differences() if self.done else None
        if rows is None:
            return None
        return decisive_intervals(rows, "metric" if self.banks else "arm")

    def _differences(self) -> pd.DataFrame | None:
        for name in ("effects", "comparison"):
            if (table := self.known(name)) is not None:
                return worded(_as_compared(table.drop(columns="base_arm", errors="ignore")))
        if self.kind in UNCOMPARED or self.banks:
            return None
        seeds = self.runs.groupby("arm")["seed"].agg(set)
        base = self.base
        known = [
            arm
            for arm in self.others
            if arm in seeds and base in seeds and seeds[arm] & seeds[base]
        ]
        return compared(self.runs, base, known) if known else None

    def words_for_maps(self, maps: pd.DataFrame) -> dict[str, str]:
        """Return the labels of the claims and quantities on maps."""
        from sim.results.quantity_words import quantity

        words = {key: quantity(key).words for name in ("first", "second") for key in maps[name]}
        if self.has("verdicts"):
            text = self.table("verdicts")
            text = text[text["statement"] != ""]
            pairs = zip(text["claim"], text["statement"], strict=True)
            words |= {str(claim): without_number(str(text)) for claim, text in pairs}
        return words

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of arms, measures and parts; a study's measures have theirs from the start."""
        measures = self.study.get("measures", {})
        words = arm_words(self.compared) | self._swept
        words |= {name: one["title"] for name, one in measures.items()}
        if (table := self.known("words")) is not None:
            words |= dict(zip(map(str, table["name"]), map(str, table["title"]), strict=True))
        if (table := self.known("attribution")) is not None:
            parts = map(str, table["package"].unique())
            words |= {part: plain(part) for part in parts if part not in words}
        every = self.arms if self.recorded else []
        words |= {arm: spelled(arm, words) for arm in every if arm not in words}
        return words | ({OWN: "The bank's own package"} if self.bank_folders else {})

    @property
    def _swept(self) -> dict[str, str]:
        """Titles of arms that vary keys, in words and units instead of keys."""
        if not self.recorded or self.kind == "study":
            return {}
        chosen = {arm: self.manifest.arms[arm].chosen for arm in self.compared}
        return swept_titles(chosen)

    @property
    def short_titles(self) -> Mapping[str, str]:
        """Titles for small spaces: a long title is replaced by the name."""
        titles = self.titles
        return {name: one if len(one) <= SHORT else plain(name) for name, one in titles.items()}

    def title_of(self, name: str) -> str:
        """Return the title of an arm, a measure or a part of the package."""
        return self.titles.get(name) or spelled(name, self.titles)

    @property
    def first_base(self) -> str:
        """The base whose values are listed: with several banks, that of the first bank."""
        if not self.banks:
            return self.base_words
        return f"{self.base_words} of {plain(self.banks[0].name)}"

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


def _as_compared(table: pd.DataFrame) -> pd.DataFrame:
    """Return effects with the columns missing in the table of several banks."""
    if "verdict" in table:
        return table
    decided = (table["p_holm"] <= ALPHA) & (table["difference"] != 0)
    way = (table["difference"] > 0).map({True: "higher", False: "lower"})
    verdict = way.where(decided, "undecided")
    return table.assign(verdict=verdict, dropped=0, variance_reduction=float("nan"))


def read_results(folder: str | Path) -> Results:
    """Return the results in a folder of `run`, `compare` or `study`.

    A study over several banks has one subfolder per bank.  Raises `RequestError` for any other
    folder.
    """
    if not Path(folder).is_dir():
        raise RequestError(f"{folder}: no run folder (it has no manifest.json); check the path")
    found = Results(folder)
    _ = found.manifest  # raises if this is no results folder
    return found
