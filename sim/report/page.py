"""The content of the report's page, section by section, before it is laid out as HTML."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.core.names import PACKAGE
from sim.report.completeness import Completeness, completeness_of
from sim.report.entries import Item, items, joined_parts
from sim.report.judged import Judged, judged_of, tally
from sim.report.pictures import Picture
from sim.report.provenance import Provenance, finished_on, provenance_of
from sim.report.why import Why, why_of
from sim.results.catalogue import Place, tables_of
from sim.results.folder import Results
from sim.results.half_page import english
from sim.results.half_page.facts import facts_of
from sim.results.half_page.numbers import Line
from sim.results.half_page.whose import bank_of, own_bank_of
from sim.results.plain_assumptions import plain_assumptions
from sim.results.reading import left_open, reading
from sim.results.table import Table
from sim.results.tables.assumptions import grade_counts
from sim.results.wording import bank_words

KINDS = {"study": "Study", "compare": "Comparison", "run": "Simulation"}
FIRST = 3  # figures shown before the tables


@dataclass(frozen=True)
class Page:
    """Everything that the page shows; parts missing in the folder are empty or None."""

    kind: str
    title: str
    half_page: Sequence[Line]
    extent: str
    completeness: Completeness
    finished: str
    question: str
    hypothesis: str
    summary: Sequence[tuple[str, str]]
    tally: str
    reading: str
    entries: Sequence[Item]
    parts_note: str
    claims: Sequence[Judged]
    why: Sequence[Why]
    sections: Mapping[Place, Sequence[Table]]
    pictures: Sequence[Picture]
    grades: str
    plainly: Sequence[str]  # assumptions in plain words
    provenance: Provenance
    rerun_commands: str

    def beside(self, name: str) -> list[Table]:
        """Return the tables that stand beside the figure of this name."""
        return [one for one in self.sections["beside"] if one.name == name.replace("_", "-")]

    @property
    def first(self) -> Sequence[Picture]:
        """The main figures."""
        return self.pictures[:FIRST]

    @property
    def more(self) -> Sequence[Picture]:
        """All other figures."""
        return self.pictures[FIRST:]

    @property
    def numbered(self) -> bool:
        """Whether a claim names a statement of the thesis."""
        return any(one.statement.endswith(")") for one in self.claims)

    @property
    def compares(self) -> bool:
        """Whether scenarios are compared."""
        return bool(self.sections["cost"]) or any(
            one.name == "changes" for one in self.sections["assumptions"]
        )

    @property
    def all_tables(self) -> list[Table]:
        """Every table of the page; each is also written as a file."""
        return [table for tables in self.sections.values() for table in tables]

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The sections of the page: anchor and title."""
        places = [
            ("half-page", "In half a page", self.half_page),
            ("question", "Question", True),
            ("short", "In short", self.summary),
            ("compared", "What was compared" if self.compares else "What was run", True),
            ("verdicts", "Verdicts", self.claims),
            ("why", "Why", self.why),
            ("figures", "Figures", self.first),
            ("tables", "All outcomes", self.sections["outcomes"]),
            ("details", "Details", self.sections["details"]),
            ("more", "More figures", self.more),
            ("assumptions", "Assumptions", True),
            ("reproduce", "How to reproduce", True),
        ]
        return [(place, title) for place, title, shown in places if shown]


def page_of(results: Results, pictures: Sequence[Picture]) -> Page:
    """Return the page of a results folder and its figures."""
    tables = tables_of(results)
    judged = judged_of(tables["verdicts"])
    facts = facts_of(results)
    return Page(
        kind=KINDS.get(results.kind, "Simulation"),
        title=title_of(results),
        half_page=english.half_page(facts) if facts else [],
        extent=_extent(results),
        completeness=completeness_of(results),
        finished=f"Finished on {finished_on(results)}.",
        question=_question(results),
        hypothesis=" ".join(str(results.study.get("hypothesis", "")).split()),
        summary=summary_of(results),
        tally=tally(judged) if judged else "",
        reading=reading_of(results),
        entries=items(results),
        parts_note=joined_parts(results),
        claims=judged,
        why=why_of(results),
        sections=tables,
        pictures=pictures,
        grades=grade_counts(results),
        plainly=plain_assumptions(results),
        provenance=provenance_of(results),
        rerun_commands="\n".join(
            shlex.join(["smelend", "rerun", str(one.folder)]) for one in results.banks or [results]
        ),
    )


def summary_of(results: Results) -> list[tuple[str, str]]:
    """Return, for each main arm, its title and the summary of its effects in two sentences."""
    rows = results.effects
    if rows is None:
        return []
    if results.kind == "study":
        rows = rows[rows["arm"] == PACKAGE]
    several = rows["bank"].nunique() > 1
    found = []
    for (arm, bank), part in rows.groupby(["arm", "bank"], sort=False):
        name = results.title_of(str(arm)) + (f", {bank_words(bank)}" if several else "")
        found.append((name, reading(part.set_index("metric"), results.horizon, left_open(results))))
    return found


def reading_of(results: Results) -> str:
    """Return the explanation of intervals and verdicts, shown once per page."""
    seeds = results.seeds
    if not seeds:
        return "No run is done yet, so there is no number to read."
    if seeds == 1:
        return (
            "Every number is from one replication (seed) with its own firms, economy and random "
            "shocks. One replication says nothing about uncertainty, so no interval is given."
        )
    text = (
        f"Every number is an average over {seeds:,} replications (seeds), each with its own "
        "firms, economy and random shocks. "
    )
    text += (
        "The 95 % interval shows how precisely that average is known: of 100 intervals computed "
        "like this, about 95 contain the true average. It does not cover assumptions that may be "
        "wrong. "
    )
    if results.kind == "run":
        return text
    return text + (
        "Scenarios are compared within each replication on common random numbers, so shocks that "
        "both share cancel. A verdict is given only where the difference is statistically "
        "significant after correction for all verdicts of a table (Holm), so an interval that only "
        "just excludes 0 may still be undecided. Undecided means that a difference is not "
        "statistically significant at this precision, not that there is none."
    )


def title_of(results: Results) -> str:
    """Return the title of the page: bank and question of a study, or what is compared."""
    title = _title(results)
    if results.kind != "study" or results.bank_folders:
        return title
    bank, own = bank_of(results), own_bank_of(results)
    return english.heading(bank, title, own)


def _title(results: Results) -> str:
    asked = results.manifest.asked
    title = str(results.study.get("title") or asked.get("title") or "")
    if title:
        return title
    names = [results.title_of(arm) for arm in results.arms]
    if results.kind == "compare":
        return f"{', '.join(names[1:4])} against {names[0]}"
    more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def _question(results: Results) -> str:
    why = str(results.study.get("why") or results.manifest.asked.get("why") or "")
    if results.kind == "study":
        return " ".join(why.split()) or _title(results)
    names = [results.title_of(arm) for arm in results.arms]
    if why:
        return " ".join(why.split())
    if results.kind == "compare":
        return (
            f"How do bad loans, profit and access to credit change under "
            f"{', '.join(names[1:])}, compared with {names[0]}?"
        )
    return "How do bad loans, profit and access to credit develop?"


def _extent(results: Results) -> str:
    seeds, arms = len(results.manifest.seeds), len(results.arms)
    return ", ".join(
        [
            f"{seeds:,} {'seed' if seeds == 1 else 'seeds'}",
            f"{arms:,} {'scenario' if arms == 1 else 'scenarios'}",
            f"{results.horizon:,} {'month' if results.horizon == 1 else 'months'}",
            *([f"{len(results.banks):,} banks"] if results.banks else []),
        ]
    )
