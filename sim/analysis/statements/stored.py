"""The reference tables of a folder, and the rows in them that a statement names."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sim.core.errors import RequestError, nearest

if TYPE_CHECKING:
    import pandas as pd

AGAIN = "make it: python -m experiments.remake --only {}"
LEVERS = "levers/levers.csv"
CAUSES = "literature_causes.csv"
LITERATURE = "literature"
Verdict = Literal["supported", "refuted", "undecided"]


@dataclass
class Stored:
    """Tables below `folder`, each read once, when it is first asked for."""

    folder: Path
    _tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    def lever(self, name: str) -> Any:
        """Return the row of a lever; raises `RequestError` if the table or the row is missing."""
        return self._row(self._table(LEVERS, "levers"), {"lever": name}, LEVERS).iloc[0]

    def cause(self, name: str) -> Any:
        """Return the row of a cause of default that was switched off; raises as `lever`."""
        return self._row(self._table(CAUSES, LITERATURE), {"cause": name}, CAUSES).iloc[0]

    def claim(self, name: str) -> list[Any]:
        """Return the rows of ``study/claim`` or ``literature/mechanism/claim``; raises as `lever`.

        There is one row, and one per bank in a study over several banks.
        """
        study, _, claim = name.partition("/")
        if study == LITERATURE:
            mechanism, _, claim = claim.partition("/")
            file, wanted = "literature.csv", {"mechanism": mechanism, "claim": claim}
        else:
            file, wanted = f"{study}/study/verdicts.csv", {"claim": claim}
        rows = self._row(self._table(file, study), wanted, file)
        return [row for _, row in rows.iterrows()]

    def _table(self, file: str, command: str) -> pd.DataFrame:
        from sim.runs.csv_files import read_csv

        if file not in self._tables:
            place = self.folder / file
            try:
                self._tables[file] = read_csv(place)
            except FileNotFoundError as fault:
                raise RequestError(f"{place}: no such table; {AGAIN.format(command)}") from fault
            except (OSError, ValueError) as fault:
                raise RequestError(f"{place}: cannot be read: {fault}") from fault
        return self._tables[file]

    def _row(self, table: pd.DataFrame, wanted: dict[str, str], file: str) -> pd.DataFrame:
        found = table
        for column, name in wanted.items():
            if column not in found.columns:
                raise RequestError(f"{self.folder / file}: has no column '{column}'")
            rows = found[found[column] == name]
            if rows.empty:
                close = nearest(name, map(str, found[column]))
                raise RequestError(f"{self.folder / file}: no {column} '{name}'{close}")
            found = rows
        return found
