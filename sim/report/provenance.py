"""Seeds, versions and the command: all that is needed to reproduce the numbers."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sim.results.folder import Results
from sim.results.wording import plain
from sim.runs.seeds import spell
from sim.runs.version import model_version

STOPPED = {
    "fixed": "the number requested",
    "precision": "added until the half-width set by the study was reached",
    "cap": "the maximum set by the study; the half-width was not reached",
}
# written out here, since the locale of the machine may not be English
MONTHS = "January February March April May June July August September October November December"


class Provenance(NamedTuple):
    """Facts as pairs of label and text, the command, and a note if the model has changed."""

    facts: list[tuple[str, str]]
    command: str
    other_model: str


def provenance_of(results: Results) -> Provenance:
    """Return the origin of the numbers: seeds, scenarios, model, versions and command."""
    manifest = results.manifest
    seeds = spell(manifest.seeds)
    why = STOPPED.get(str(results.account.get("stopped")), "") if results.judged else ""
    facts = [
        ("Seeds", f"{len(manifest.seeds):,} ({seeds.replace('-', ' to ')}){', ' * bool(why)}{why}"),
        ("Scenarios", f"{len(manifest.arms):,}, all on the same seeds"),
        ("Months reported", f"{results.horizon:,}"),
        ("Started", _time(manifest.started)),
        ("Finished", _time(manifest.finished) if manifest.finished else "not yet"),
        ("Model", manifest.model),
    ]
    if results.banks:
        banks = ", ".join(plain(one.name) for one in results.banks)
        facts.insert(1, ("Banks", f"{banks}; all on the same seeds"))
    same = manifest.model == model_version()
    other = "" if same else (
        f"The model installed when this report was written has another version, "
        f"{model_version()}: repeating the command with it may give other numbers."
    )  # fmt: skip
    return Provenance(facts, str(manifest.asked.get("command", "")), other)


def finished_on(results: Results) -> str:
    """Return the day on which the runs finished, or started if they are not finished."""
    when = results.manifest.finished or results.manifest.started
    return _time(when).partition(",")[0]


def _time(text: str) -> str:
    """Return ``21 November 2026, 22:49 UTC`` for a stored time."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return text
    month = MONTHS.split()[time.month - 1]
    return f"{time.day} {month} {time.year}, {time:%H:%M} UTC"
