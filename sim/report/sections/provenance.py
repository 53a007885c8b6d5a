"""Seeds, versions and the command: what it takes to get the same numbers again."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sim.report.results import Results
from sim.report.tables import Block, ReportTable, TableColumn, words
from sim.report.wording import plain
from sim.runs.seeds import spell
from sim.runs.version import model_version

MANY = 12  # scenarios that are folded away
STOPPED = {
    "fixed": "as many as were asked for",
    "precision": "added until the half-width that the study sets was met",
    "cap": "the cap of the study; the half-width that it sets was not met",
}
# spelt here, since the language of the machine is not the report's
MONTHS = "January February March April May June July August September October November December"


class Provenance(NamedTuple):
    """Facts as pairs of words, the command, and how to repeat the runs."""

    facts: list[tuple[str, str]]
    command: str
    versions: ReportTable
    scenarios: ReportTable
    other_model: str


def provenance_of(results: Results) -> Provenance:
    """Return where the numbers come from."""
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
        banks = ", ".join(plain(one.folder.name) for one in results.banks)
        facts.insert(1, ("Banks", f"{banks}; all on the same seeds"))
    same = manifest.model == model_version()
    other = "" if same else (
        f"The model installed when this report was written is another one, {model_version()}: "
        "repeating the command with it may give other numbers."
    )  # fmt: skip
    packages = [[words(name), words(v)] for name, v in manifest.packages.items()]
    versions = ReportTable(
        "versions", "Versions that the results may depend on",
        (TableColumn("Package"), TableColumn("Version")), [Block("", packages)],
    )  # fmt: skip
    hashes = [[words(results.title_of(k)), words(arm.hash)] for k, arm in manifest.arms.items()]
    scenarios = ReportTable(
        "scenarios",
        "Every scenario that was run",
        (TableColumn("Scenario"), TableColumn("Fingerprint of all its values")),
        [Block("", hashes)],
        folded=len(hashes) > MANY,
    )
    return Provenance(facts, str(manifest.asked.get("command", "")), versions, scenarios, other)


def finished_on(results: Results) -> str:
    """Return the day on which the runs were finished, or begun where they were not."""
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
