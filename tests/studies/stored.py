"""A game's findings on disk, as `smelend study` leaves them, to be read back as text and page."""

from __future__ import annotations

from pathlib import Path

from sim.analysis.study.account import account_of
from sim.analysis.study.findings import Findings
from sim.apps.study_files import save_study
from sim.runs.layout import Folder
from sim.runs.manifest import new_manifest, write_manifest
from sim.runs.parts import Held, Part, as_table, write_part
from sim.runs.plan import Plan


def stored(findings: Findings, plan: Plan, home: Path, **asked: object) -> Path:
    """Write runs, manifest and tables of a study of one bank; return its folder."""
    store_runs(findings, plan, home, **asked)
    save_study(findings, home)
    return home


def store_runs(findings: Findings, plan: Plan, home: Path, **asked: object) -> None:
    """Write the runs and the manifest, which names the study."""
    folder = Folder(home)
    folder.make()
    manifest = new_manifest(plan, "game")
    manifest.asked = {"kind": "study", "study": account_of(findings.study), **asked}
    write_manifest(folder, manifest)
    for name, arm in manifest.arms.items():
        held = Part("game", (Held(name, arm.hash, plan.seeds),))
        frames = {"runs": findings.runs, "months": findings.months}
        tables = {
            what: as_table([frame[frame["arm"] == name].drop(columns="arm")], name)
            for what, frame in frames.items()
        }
        write_part(folder, held, tables)
