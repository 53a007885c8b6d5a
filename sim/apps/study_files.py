"""A study on disk: every table as CSV beside its runs, and the text that was printed."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.study.findings import Findings
    from sim.analysis.study.several import SeveralFindings

TABLES = {
    "effects": "each arm against the base, every outcome",
    "attribution": "each part's Shapley share, every outcome",
    "leave_one_out": "what the package loses without each part",
    "interactions": "each pair of parts beyond the sum of both",
    "ladders": "parts one upon another, in the thesis's and in the best order",
    "prices": "money per avoided default",
    "break_even": "how dear the measures may become",
    "path": "bad-loan ratio at the year-ends",
    "money_draws": "each draw of strengths and prices, all parts at equal money",
    "equal_money": "how often each part comes first at equal money",
    "design": "points of what is left open, and where each claim holds",
    "regimes": "the share of points where each claim holds, and what governs it",
    "regime_maps": "where each claim holds, over the two quantities that govern it",
    "verdicts": "each claim with its verdict, difference and interval",
    "words": "the titles of arms, measures and parts",
}
KEPT = ("claims", "attribution", "risk_and_return", "regime_maps")  # figures worth a copy
TABLES_OF_SEVERAL = {
    "effects": "each package alone, all together and the bank's own, every outcome, every bank",
    "prices": "money per avoided default, every bank",
    "attribution": "each package's Shapley share of all together, every bank",
    "verdicts": "each claim in each bank with its verdict, difference and interval",
}

ACCOUNT = "study.json"


def save_study(findings: Findings, text: str, folder: Path) -> dict[Path | str, str]:
    """Write the tables and the text of a study; return the paths and what each holds.

    Raises `RequestError` when the folder cannot be written.
    """
    written = _save_tables(findings, TABLES, folder)
    written[_write(folder / "study.txt", text + "\n")] = "the text above"
    return written | _save_account(account_of_tables(findings), folder)


def save_several(findings: SeveralFindings, text: str, folder: Path) -> dict[Path | str, str]:
    """Write the tables and the text of a study over several banks, as `save_study`.

    Each bank's own tables lie in its folder, so that it can be drawn and reported as any study.
    """
    for bank, found in findings.banks.items():
        _save_tables(found, TABLES, folder / bank)
        _save_account(account_of_tables(found), folder / bank)
    written = _save_tables(findings, TABLES_OF_SEVERAL, folder)
    written[_write(folder / "study.txt", text + "\n")] = "the text above"
    account = {"seeds": findings.seeds, "stopped": findings.stopped, "banks": list(findings.banks)}
    return written | _save_account(account, folder)


def keep_copies(written: Iterable[Path | str], home: Path) -> dict[Path | str, str]:
    """Put copies of what a study wrote into a folder that is kept: text, tables, a few figures.

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
    """Return what the tables do not say of themselves."""
    return {
        "seeds": findings.seeds,
        "stopped": findings.stopped,
        "bank": findings.bank,
        "arms": list(dict.fromkeys(findings.runs["arm"])),
        "single": dict(findings.single),
        "best_order": list(findings.best_order),
    }


def _save_account(account: dict[str, Any], folder: Path) -> dict[Path | str, str]:
    """Write the account, last of all.

    While it is missing, or is of other runs, the tables are not of the runs that lie there.
    """
    text = json.dumps(account, indent=1, ensure_ascii=False) + "\n"
    return {_write(folder / ACCOUNT, text): "which runs the tables are of"}


def _save_tables(
    findings: Findings | SeveralFindings, tables: dict[str, str], folder: Path
) -> dict[Path | str, str]:
    written: dict[Path | str, str] = {}
    for name, what in tables.items():
        table: pd.DataFrame | None = getattr(findings, name)
        if table is not None:
            rows = table.to_csv(index=False, float_format="%.10g", lineterminator="\n")
            written[_write(folder / f"{name}.csv", rows)] = what
    return written


def _write(place: Path, text: str) -> Path:
    """Write a file beside its place and move it there, so that nobody sees half of it."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".study-", dir=place.parent) as aside:
            rough = Path(aside) / place.name
            rough.write_text(text, encoding="utf-8")
            os.replace(rough, place)
    except OSError as fault:
        raise RequestError(f"cannot write {place}: {fault.strerror or fault}") from fault
    return place
