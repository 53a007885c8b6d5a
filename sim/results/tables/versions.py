"""The software and the scenarios behind the numbers."""

from __future__ import annotations

from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Block, Column, Table, words

MANY = 12  # scenarios above which the table is shown only on request


@table("versions", 10)
def versions(results: Results) -> Table:
    """Return the version of each package."""
    rows = [[words(name), words(version)] for name, version in results.manifest.packages.items()]
    columns = [Column("Package"), Column("Version")]
    return Table("versions", "Software versions", columns, [Block("", rows)])


@table("versions", 20)
def scenarios(results: Results) -> Table:
    """Return the hash of each simulated scenario."""
    arms = results.manifest.arms
    rows = [[words(results.title_of(name)), words(arm.hash)] for name, arm in arms.items()]
    columns = [Column("Scenario"), Column("Hash of all its values")]
    lead = 0 if len(rows) > MANY else None
    return Table("scenarios", "All simulated scenarios", columns, [Block("", rows)], lead=lead)
