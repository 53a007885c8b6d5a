"""The chain of mechanism behind each claim, for the page; nothing is simulated for it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.analysis.mechanism.chain import Chain, read_chain
from sim.core.shipped import root
from sim.results.folder import Results
from sim.results.levers_set import levers_set
from sim.results.mechanism_tables import cuts, outcomes, without_a_part
from sim.results.table import Table
from sim.results.tables.verdicts import statement
from sim.results.unchanged import idle_keys
from sim.runs.csv_files import read_csv

if TYPE_CHECKING:
    import pandas as pd

LEVERS = ("results", "reference", "levers", "levers.csv")
OUTCOMES = "chain-outcomes"
FOLDER = "why"  # in the folder of the results: what `smelend explain DIR CLAIM --cut` found


class Why(NamedTuple):
    """One claim: its statement, its verdict, the tables of its chain, and how to see it cut."""

    statement: str
    verdict: str
    tables: Sequence[Table]
    cut: str  # the command that cuts its links; empty where they have been cut


def why_of(results: Results) -> list[Why]:
    """Return the chains of a study's claims, in the order of the verdicts; empty without any."""
    chains, verdicts = results.account.get("chains", {}), results.known("verdicts")
    if verdicts is None or not chains or results.bank_folders:
        return []
    place = root().joinpath(*LEVERS)
    levers = read_csv(place) if place.is_file() else None
    rows = [row for _, row in verdicts.iterrows() if str(row["claim"]) in chains]
    return [_why(results, row, levers, number) for number, row in enumerate(rows, start=1)]


def _why(results: Results, row: pd.Series, levers: pd.DataFrame | None, number: int) -> Why:
    claim = str(row["claim"])
    chain = read_chain(results.account["chains"][claim])
    tables = [
        levers_set(chain, levers, plainly=True, still=idle_keys(chain, results)),
        outcomes(chain, results),
        without_a_part(chain, results),
    ]
    found = _cut(results.folder, claim)
    if found is not None:
        tables.append(cuts(found, int(found["n"].max())))
    command = shlex.join(["smelend", "explain", str(results.folder), claim, "--cut"])
    shown = [
        replace(one, name=f"{one.name}-{number}", title=_title(results, chain, one))
        for one in tables
        if one is not None
    ]
    return Why(statement(row), str(row["verdict"]), shown, "" if found is not None else command)


def _title(results: Results, chain: Chain, table: Table) -> str:
    """Return the title of a table of the chain, with arms in words and without the folder."""
    if table.name != OUTCOMES:
        return table.title
    return f"Outcomes: {results.title_of(chain.other)}, less {results.inside(chain.base)}"


def _cut(folder: Path, claim: str) -> pd.DataFrame | None:
    """Return what vanishes when links are cut, where that was simulated."""
    place = folder / FOLDER / f"{claim}-cuts.csv"
    table = read_csv(place) if place.is_file() else None
    return table if table is not None and len(table) else None
