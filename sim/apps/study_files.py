"""A study on disk: every stored table as CSV next to its runs, and the printed text."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.analysis.claims.trend import Trend
from sim.analysis.mechanism.chain import chains_of
from sim.core.errors import RequestError
from sim.runs.csv_files import csv_text

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.study.findings import Findings
    from sim.analysis.study.several import SeveralFindings

TABLES = {
    "effects": "each arm against the base, every outcome",
    "attribution": "each part's Shapley share, every outcome",
    "leave_one_out": "what the package loses without each part",
    "interactions": "interaction of each pair of parts: joint effect less the sum of both",
    "ladders": "parts added one by one, in the order given and in the best order",
    "best_combinations": "every combination of parts; which no other beats, which was chosen",
    "lost_without": "what each of these loses without each of its parts",
    "decisions": "take, leave or undecided: each part alone and with all others",
    "best_step": "the best single step from the base, chosen on one half of the seeds",
    "prices": "money per avoided default",
    "break_even": "how expensive the measures may become",
    "path": "bad-loan ratio at the year-ends",
    "ceilings": "package and ceilings against the base: what could be gained at most",
    "money_draws": "each draw of strengths and prices, all parts at equal cost",
    "equal_money": "how often each part ranks first at equal cost",
    "same_rate": "package and measures at the base's mean rate, every outcome",
    "design": "design points over the open assumptions, and where each claim holds",
    "regimes": "the share of points where each claim holds, and its main drivers",
    "regime_maps": "where each claim holds, over its two main drivers",
    "robust_points": "points over what nobody knows, three ranges, and where each claim holds",
    "robust": "under what nobody knows: where each claim holds, and on what it depends",
    "verdicts": "each claim with its verdict, difference and interval",
    "words": "the titles of arms, measures and parts",
}
KEPT = (
    "claims",
    "attribution",
    "risk_and_return",
    "regime_maps",
    "main_effects",
)  # figures that are copied
TABLES_OF_SEVERAL = {
    "effects": "each package alone, all together and the bank's own, every outcome, every bank",
    "prices": "money per avoided default, every bank",
    "attribution": "each package's Shapley share of all together, every bank",
    "robust": "under what nobody knows: where each claim holds, and on what it depends, every bank",
    "verdicts": "each claim in each bank with its verdict, difference and interval",
}

ACCOUNT = "study.json"


def save_study(findings: Findings, folder: Path) -> dict[Path | str, str]:
    """Write the tables of a study; return the paths and what each holds.

    Raises `RequestError` when the folder cannot be written.
    """
    written = _save_tables(findings, TABLES, folder)
    return written | _save_account(account_of_tables(findings), folder)


def save_several(findings: SeveralFindings, folder: Path) -> dict[Path | str, str]:
    """Write the tables of a study over several banks, as `save_study`.

    Each bank's own tables go to its folder, so that figures and reports work as for any study.
    """
    for bank, found in findings.banks.items():
        _save_tables(found, TABLES, folder / bank)
        _save_account(account_of_tables(found), folder / bank)
    written = _save_tables(findings, TABLES_OF_SEVERAL, folder)
    account = {"seeds": findings.seeds, "stopped": findings.stopped, "banks": list(findings.banks)}
    account["twins"] = [list(pair) for pair in findings.several.twins]
    lost = [f"{bank}: {one.missing}" for bank, one in findings.banks.items() if one.missing]
    account |= {"missing": lost} if lost else {}
    return written | _save_account(account, folder)


def save_table(table: pd.DataFrame, name: str, folder: Path) -> Path:
    """Write one table as CSV; raises `RequestError` when the folder cannot be written."""
    return _write(folder / f"{name}.csv", csv_text(table))


def save_text(text: str, folder: Path) -> dict[Path | str, str]:
    """Write the text of a study; raises `RequestError` when the folder cannot be written."""
    return {_write(folder / "study.txt", text + "\n"): "the text printed"}


def keep_copies(written: Iterable[Path | str], home: Path) -> dict[Path | str, str]:
    """Copy the text, the tables and a few figures of a study to another folder.

    Raises `RequestError` when it cannot be written.
    """
    paths = [Path(path) for path in written]
    figures = [path / f"{name}.png" for path in paths if path.is_dir() for name in KEPT]
    try:
        home.mkdir(parents=True, exist_ok=True)
        for path in (*paths, *figures):
            if path.is_file():
                shutil.copyfile(path, home / path.name)
    except OSError as fault:
        raise RequestError(f"cannot write to {home}: {fault.strerror or fault}") from fault
    return {f"{home}/": "copies of the text, the tables and the figures"}


def account_of_tables(findings: Findings) -> dict[str, Any]:
    """Return the metadata of the tables: seeds, stopping reason, bank, arms, best order.

    Also the part that contributes most, the second and whether they differ, and the levels that
    each claim about a trend compares.  `missing` says why tables are, where some are.
    """
    lost = {"missing": [findings.missing]} if findings.missing else {}
    return {
        **lost,
        "seeds": findings.seeds,
        "stopped": findings.stopped,
        "bank": findings.bank,
        "arms": list(dict.fromkeys(findings.runs["arm"])),
        "single": dict(findings.single),
        "best_order": list(findings.best_order),
        "leader": list(findings.leader),
        "chains": chains_of(findings.study),
        "trends": {
            name: _levels(findings, claim)
            for name, claim in findings.claims.items()
            if isinstance(claim, Trend)
        },
    }


def missing_of(folder: Path) -> list[str]:
    """Return why tables that the file asks for are missing, a line each; empty if none is."""
    account = json.loads((folder / ACCOUNT).read_text(encoding="utf-8"))
    return [f"{folder}: no table on other numbers: {why}" for why in account.get("missing", [])]


def _levels(findings: Findings, claim: Trend) -> dict[str, Any]:
    """Return the mean of a trend's series at its dates, in stored units."""
    months = findings.months
    series = months[(months["arm"] == claim.arm) & (months["bank"] == findings.bank)]
    means = series.groupby("month")[claim.metric].mean()
    dates = list(claim.months)
    return {"metric": claim.metric, "months": dates, "means": [float(means[one]) for one in dates]}


def _save_account(account: dict[str, Any], folder: Path) -> dict[Path | str, str]:
    """Write the metadata file, last of all.

    If it is missing or names other runs, the tables do not belong to the runs in the folder.
    """
    text = json.dumps(account, indent=1, ensure_ascii=False) + "\n"
    return {_write(folder / ACCOUNT, text): "which runs the tables belong to"}


def _save_tables(
    findings: Findings | SeveralFindings, tables: dict[str, str], folder: Path
) -> dict[Path | str, str]:
    written: dict[Path | str, str] = {}
    for name, what in tables.items():
        table: pd.DataFrame | None = getattr(findings, name)
        if table is not None:
            written[save_table(table, name, folder)] = what
    return written


def _write(place: Path, text: str) -> Path:
    """Write a temporary file and move it into place, so that no reader sees half of it."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".study-", dir=place.parent) as temporary:
            draft = Path(temporary) / place.name
            draft.write_text(text, encoding="utf-8")
            os.replace(draft, place)
    except OSError as fault:
        raise RequestError(f"cannot write {place}: {fault.strerror or fault}") from fault
    return place
