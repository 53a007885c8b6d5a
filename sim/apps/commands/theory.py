"""`smelend theory`: exact answers, compared with published formulas and with the model."""

from __future__ import annotations

import dataclasses
import math
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from sim.apps.ending import FAILED

if TYPE_CHECKING:
    from sim.apps.layout import Row
    from sim.theory.check import LimitResult
    from sim.theory.rows import Example
    from sim.theory.rows import Row as Theory


def theory(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Name or letter of a row. [default: all]")
    ] = None,
) -> None:
    """Compare exact answers with printed ones and with the model.

    Each closed form is computed for its worked examples and then compared with runs of the model
    in which all other mechanisms are switched off.  Deviations are given in standard errors, z;
    exit status 1 if a printed number differs or some z is 4 or more.
    """
    from sim.apps.layout import TextColumn, laid_out, screen_width
    from sim.theory.rows import row, rows
    from sim.theory.table import table

    width = screen_width()
    chosen = [row(name)] if name else list(rows().values())
    lines: list[Row] = []
    for one in chosen:
        records = table(one.ROW)
        lines.append(heading(one, records[0].off, width))
        for example in one.EXAMPLES:
            lines += checked(one, example)
        lines += simulated(records)
    columns = (
        TextColumn("", prose=True),
        TextColumn("exact", number=True),
        TextColumn("found", number=True),
        TextColumn("standard\nerror", number=True),
        TextColumn("z", number=True),
        TextColumn("verdict"),
    )
    print("\n".join(laid_out(columns, lines, width)))
    if any(cells[-1] == "DIFFERS" for cells in lines if not isinstance(cells, str)):
        raise typer.Exit(FAILED)


def checked(theory: Theory, example: Example) -> list[list[str]]:
    """Return a line for each printed number: where, printed, computed, verdict."""
    answer = theory.closed_form(**example.parameters)
    given = ", ".join(f"{name} {_short(value)}" for name, value in example.parameters.items())
    lines = []
    for name, expected in example.expected.items():
        alone = dataclasses.replace(example, expected={name: expected})
        verdict = "agrees" if alone.holds(answer) else "DIFFERS"
        shown = [f"{round(number, example.digits):.12g}" for number in (expected, answer[name])]
        where = f"  printed: {name} for {given}" if given else f"  printed: {name}"
        lines.append([where, *shown, "", "", verdict])
    return lines


def simulated(records: list[LimitResult]) -> list[list[str]]:
    """Return a line for each quantity that was compared with the model."""
    lines = []
    for record in records:
        where, simulated, verdict = f"  {record.quantity}", ["", "", ""], record.verdict
        if math.isnan(record.simulated):
            where, verdict = f"  {record.quantity}: {verdict}", "-" if record.holds else verdict
        else:
            draws = record.standard_error > 0.0 or math.isinf(record.z)
            simulated = [
                f"{record.simulated:.6g}",
                f"{record.standard_error:.2g}" if draws else "",
                f"{record.z:.2f}" if draws else "",
            ]
        lines.append([where, f"{record.closed_form:.6g}", *simulated, verdict])
    return lines


def heading(theory: Theory, off: str, width: int) -> str:
    """Return a row's letter, name and title, and what was switched off to find it."""
    title = f"{theory.ROW}  {theory.__name__.rpartition('.')[2]}: {theory.TITLE}"
    return "\n".join([title, *textwrap.wrap(f"   off: {off}", width, subsequent_indent="   ")])


def _short(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
