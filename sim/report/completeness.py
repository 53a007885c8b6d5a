"""Whether a folder holds all that was asked for, and if not, what is missing and why.

A reader must know this before any number: runs that failed are seldom a fair sample of all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sim.report.results import Results
from sim.report.wording import plain
from sim.runs.layout import Folder
from sim.runs.reading import read_failed

SHOWN = 5  # reasons that are spelt out


@dataclass(frozen=True)
class Completeness:
    """Whether everything is there, in a headline and some sentences."""

    complete: bool
    headline: str
    lines: tuple[str, ...] = ()


def completeness_of(results: Results) -> Completeness:
    """Return how whole a folder is."""
    done, failed, missing = (
        sum(one.total(what) for one in results.statuses) for what in ("done", "failed", "missing")
    )
    planned = done + failed + missing
    lines = []
    if failed:
        lines.append(f"{_runs(failed)} failed and {_are(failed)} left out of every number below.")
        lines += _reasons(results)
    if missing:
        lines.append(f"{_runs(missing)} {_are(missing)} not done. Repeat the command to go on.")
    lines += _broken_off(results)
    lines += _not_begun(results)
    if results.kind == "study" and not results.judged:
        lines.append(
            "The study was not carried to its end: its claims are not judged, and its effects are "
            "not divided among the measures."
        )
    complete = not lines
    headline = f"Complete: all {planned:,} runs are done."
    if planned == 1:
        headline = "Complete: the one run is done."
    if not complete:
        headline = f"Not complete: {done:,} of {planned:,} runs are done"
        headline += f", {failed:,} failed." if failed else "."
    return Completeness(complete, headline, tuple(lines))


def _not_begun(results: Results) -> list[str]:
    """Return the banks of a study over several of which nothing was run."""
    if not results.banks:
        return []
    begun = {one.folder.name for one in results.banks}
    return [
        f"No run of {plain(bank)} has begun."
        for bank in results.manifest.asked["banks"]
        if bank not in begun
    ]


def _runs(number: int) -> str:
    return "1 run" if number == 1 else f"{number:,} runs"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _reasons(results: Results) -> list[str]:
    """Return the commonest reasons for failure, each with one run in which it happened."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for one in results.statuses:
        for _, row in read_failed(one.folder).iterrows():
            arm = one.arms.get(str(row["arm"]))
            if arm is None or int(row["seed"]) not in arm.failed:
                continue  # it succeeded later
            why = str(row["error"])
            counts[why] += 1
            where = f"{results.title_of(str(row['arm']))}, seed {row['seed']}"
            first.setdefault(why, where)
    said = [
        f"{_runs(count)}: {why} (the first: {first[why]})"
        for why, count in counts.most_common(SHOWN)
    ]
    rest = len(counts) - SHOWN
    return said + ([f"and {rest:,} more reasons, all in failures.jsonl"] if rest > 0 else [])


def _broken_off(results: Results) -> list[str]:
    """Return what shows that a session has not ended, or did not end well."""
    said = []
    for one in results.statuses:
        home = Folder(one.folder)
        where = f" (in its part {one.folder.name})" if one is not results.statuses[0] else ""
        if home.lock.exists() and home.lock.stat().st_size:
            said.append(
                f"The last session{where} has not ended: it is still going on, or was broken off."
            )
        elif one.finished is None and not one.total("missing"):
            said.append(f"The last session{where} did not end as it should.")
        if one.damaged:
            said.append(f"{one.damaged:,} files{where} are damaged; their runs count as not done.")
    return said
