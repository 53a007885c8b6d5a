"""Write what the reference tables say of each statement: `python -m experiments.statements`.

Reads `data/statements.csv` and the tables below `results/reference`; writes docs/statements.md and
`statements.csv` beside the tables.  Simulates nothing, so it takes a few seconds.  If a table is
missing, or a lever or claim in it, one line says so, and nothing is written (status 2).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sim.analysis.statements import judge_all, listed
from sim.core.errors import RequestError
from sim.report.table_markdown import table_markdown
from sim.results.statement_table import statement_rows, statement_table
from sim.runs.csv_files import rows_text

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "statements.md"
REFERENCE = ROOT / "results" / "reference"
ORIGIN = (
    "Made by `python -m experiments.statements` from data/statements.csv and the tables of "
    "results/reference; do not edit. Every figure is in results/reference/statements.csv, in "
    "stored units; parameters, measures and tests are in `smelend describe statements`."
)


def texts(reference: Path) -> tuple[str, str]:
    """Return the page and the CSV made from the tables in `reference`.

    Raises `RequestError` if a table, or what a statement names in it, is missing.
    """
    judged = judge_all(listed(), reference)
    return table_markdown(statement_table(judged, ORIGIN)), rows_text(statement_rows(judged))


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both files; return the status of the command."""
    given = argparse.ArgumentParser(description="Write what the runs say of each statement.")
    given.add_argument("--reference", type=Path, default=REFERENCE, metavar="DIR")
    given.add_argument("--page", type=Path, default=PAGE, metavar="FILE")
    chosen = given.parse_args(arguments)
    try:
        page, table = texts(chosen.reference)
    except RequestError as fault:
        print(f"statements: {fault}", file=sys.stderr)
        return 2
    chosen.page.write_text(page, encoding="utf-8")
    (chosen.reference / "statements.csv").write_text(table, encoding="utf-8")
    print(f"{chosen.page}\n{chosen.reference / 'statements.csv'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
