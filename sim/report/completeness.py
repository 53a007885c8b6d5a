"""Whether a folder holds all planned runs, and if not, what is missing and why.

The report shows this before any number: failed runs are rarely a random sample of all runs.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sim.results.folder import Results
from sim.results.wording import plain
from sim.runs.layout import Folder
from sim.runs.reading import read_failed

SHOWN = 5  # reasons that are listed


@dataclass(frozen=True)
class Completeness:
    """Whether all runs are there: a headline and details."""

    complete: bool
    headline: str
    lines: tuple[str, ...] = ()


def completeness_of(results: Results) -> Completeness:
    """Return how complete a folder is."""
    done, failed, missing = (
        sum(one.total(what) for one in results.statuses) for what in ("done", "failed", "missing")
    )
    planned = done + failed + missing
    lines = []
    if failed:
        lines.append(f"{_runs(failed)} failed and {_are(failed)} left out of every number below.")
        lines += _reasons(results)
    if missing:
        lines.append(f"{_runs(missing)} {_are(missing)} not done. Repeat the command to continue.")
    lines += _interrupted(results)
    lines += _not_started(results)
    if results.kind == "study" and not results.judged:
        lines.append(
            "The study did not finish: its claims are not judged, and its effects are not "
            "attributed to the measures."
        )
    complete = not lines
    headline = f"Complete: all {planned:,} runs are done."
    if planned == 1:
        headline = "Complete: the one run is done."
    if not complete:
        headline = f"Not complete: {done:,} of {planned:,} runs are done"
        headline += f", {failed:,} failed." if failed else "."
    return Completeness(complete, headline, tuple(lines))


def _not_started(results: Results) -> list[str]:
    """Return the banks of a study over several banks for which nothing was run."""
    if not results.banks:
        return []
    started = {one.name for one in results.banks}
    return [
        f"No run of {plain(bank)} has started."
        for bank in results.manifest.asked["banks"]
        if bank not in started
    ]


def _runs(number: int) -> str:
    return "1 run" if number == 1 else f"{number:,} runs"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _reasons(results: Results) -> list[str]:
    """Return the most common reasons for failure, each with the first run in which it occurred."""
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
    lines = [
        f"{_runs(count)}: {why} (the first: {first[why]})"
        for why, count in counts.most_common(SHOWN)
    ]
    rest = len(counts) - SHOWN
    return lines + ([f"and {rest:,} more reasons, all in failures.jsonl"] if rest > 0 else [])


def _interrupted(results: Results) -> list[str]:
    """Return signs that a session is still running or was interrupted."""
    lines = []
    for one in results.statuses:
        home = Folder(one.folder)
        where = f" (in its part {one.folder.name})" if one is not results.statuses[0] else ""
        if home.lock.exists() and home.lock.stat().st_size:
            lines.append(
                f"The last session{where} has not ended: it is still running or was interrupted."
            )
        elif one.finished is None and not one.total("missing"):
            lines.append(f"The last session{where} did not end normally.")
        if one.damaged:
            files = "1 file is" if one.damaged == 1 else f"{one.damaged:,} files are"
            lines.append(f"{files} damaged{where}; the runs there count as not done.")
    return lines
