"""The table of exact answers that `smelend theory` prints: one record per quantity of each row."""

from __future__ import annotations

from sim.theory.check import LimitResult, run, run_all


def table(name: str | None = None) -> list[LimitResult]:
    """Return the records of one row, by letter or file name, or of all rows.

    Raises `RequestError` for an unknown name.
    """
    return run(name) if name else run_all()
