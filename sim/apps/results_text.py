"""The screen's text of a results folder: its question, then the same tables as the report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.apps.table_text import all_as_text, as_text, more_of, wrapped
from sim.report.provenance import STOPPED
from sim.results.catalogue import Place, tables_of
from sim.results.folder import Results, read_results
from sim.results.reading import reading
from sim.results.tables.levels import level_tables
from sim.results.tables.outcomes import outcome_tables
from sim.results.tables.swept import swept
from sim.results.wording import arm_words

if TYPE_CHECKING:
    import pandas as pd

SHOWN: tuple[Place, ...] = ("outcomes", "cost", "details", "verdicts", "short")  # the last stays


def text_of_study(folder: Path, width: int) -> str:
    """Return the text of a finished study: verdicts and summary last, so that they stay in view."""
    results = read_results(folder)
    tables = tables_of(results)
    shown = [table for place in SHOWN for table in tables[place]]
    heading = [*_heading(results, width), *more_of(shown, width)]
    return "\n".join(heading) + "\n\n" + all_as_text(shown, width)


def _heading(results: Results, width: int) -> list[str]:
    """Return the question, the hypothesis, and the number of seeds, arms and months."""
    study = results.study
    arms = sum(len(one.arms) for one in results.banks or [results])
    banks = f", the same for {len(results.banks)} banks" if results.banks else ""
    where = "arms in all" if results.banks else "arms on the same seeds"
    title = " ".join(study["title"].split())
    lines = wrapped(title if results.banks else f"{study['name']}: {title}", width)
    hypothesis = " ".join(study["hypothesis"].split())
    lines += wrapped(f"Hypothesis, written before the run: {hypothesis}", width)
    lines += wrapped(
        f"{results.seeds:,} seeds ({STOPPED[results.account['stopped']]}){banks}, {arms:,} {where}"
        f", {results.horizon:,} months. Undecided: not statistically significant.",
        width,
    )
    for one, other in results.account.get("twins", []):
        lines += wrapped(
            f"{one} and {other} use the same base scenario, since their theses describe the same "
            "problems: where they agree, the second is not independent evidence.",
            width,
        )
    return lines


def text_of_comparison(rows: pd.DataFrame, base: str, months: int, width: int) -> str:
    """Return the text of a comparison: a summary and a table for each other arm and bank."""
    titles = arm_words([base, *dict.fromkeys(map(str, rows["arm"]))])
    parts = list(rows.groupby(["arm", "bank"], sort=False))
    lines: list[str] = []
    tables = outcome_tables(rows, base, titles, titles[base])
    for ((arm, bank), part), table in zip(parts, tables, strict=True):
        whose = f"; bank: {bank}" if rows["bank"].nunique() > 1 else ""
        extent = _extent(part, months)
        lines += wrapped(f"base: {base}; other: {arm}{whose}; {extent}", width)
        lines += ["", *wrapped(reading(part.set_index("metric"), months), width), ""]
        lines += [*as_text(table, width), ""]
    return "\n".join(lines).rstrip()


def _extent(rows: pd.DataFrame, months: int) -> str:
    seeds, dropped = int(rows["n"].max()), int(rows["dropped"].max())
    text = f"{seeds:,} seeds" if seeds > 1 else "1 seed, so no interval can be given"
    if dropped:
        text += f" ({dropped:,} left out because a run failed)"
    return f"{text}, {months:,} months"


def text_of_sweep(folder: Path, width: int) -> str:
    """Return the differences between the arms of a run folder; empty for a single arm or seed."""
    found = swept(read_results(folder))
    return "" if found is None else "\n\n" + "\n".join(as_text(found, width))


def text_of_runs(runs: pd.DataFrame, width: int, titles: Mapping[str, str] | None = None) -> str:
    """Return the main outcomes of each arm and bank; `titles` replace the names of some arms."""
    known = titles or {}
    arms = [str(arm) for arm in dict.fromkeys(runs["arm"])]
    return all_as_text(level_tables(runs, {arm: known.get(arm, arm) for arm in arms}), width)
