"""All figures that a results folder allows, drawn from its tables and saved in the folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sim.core.errors import RequestError
from sim.core.names import file_name
from sim.report.figures.canvas import note
from sim.report.figures.catalogue import FIGURES, Entry
from sim.report.figures.profit_bridge import LINES
from sim.report.figures.saving import save
from sim.report.figures.style import house_style
from sim.results.folder import Results
from sim.runs.results_folder import WHAT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MONTHLY = sorted(  # the columns of the monthly series that are drawn
    {name for names, _ in LINES.values() for name in names}
    | {"profit", "npl_ratio", "gross_loans", "defaults", "performing", "disbursed"}
)
MOST_OTHERS = 6  # largest number of arms that each get a figure against the base
FOLDER = "figures"  # below the results


@dataclass(frozen=True)
class Drawn:
    """A figure on disk.  `importance` 1 is shown first."""

    name: str
    title: str
    caption: str
    importance: int
    png: Path
    svg: Path
    csv: Path


@dataclass(frozen=True)
class Skipped:
    """A figure that could not be drawn from this folder, and why."""

    name: str
    title: str
    why: str


@dataclass(frozen=True)
class Gallery:
    """The figures drawn, most important first, and the figures skipped."""

    drawn: tuple[Drawn, ...]
    skipped: tuple[Skipped, ...]


def draw_all(folder: str | Path, out: str | Path | None = None) -> Gallery:
    """Draw every figure that the tables in a results folder allow, into `out`.

    `out` is `folder`/figures unless given.  A figure whose tables are missing is skipped with
    the reason.  Raises `RequestError` when there is no such folder or `out` cannot be written.
    """
    results_folder = Results(folder, MONTHLY)
    place = Path(out) if out is not None else results_folder.folder / FOLDER
    drawn: list[Drawn] = []
    skipped: list[Skipped] = []
    for entry in FIGURES:
        why = _missing(results_folder, entry)
        if why:
            skipped.append(Skipped(entry.name, entry.title, why))
            continue
        for other in results_folder.others if entry.paired else [""]:
            several = entry.paired and len(results_folder.others) > 1
            name = entry.name + (f"-{file_name(other)}" if several else "")
            title = f"{entry.title}: {results_folder.title_of(other)}" if several else entry.title
            try:
                figure, numbers = entry.draw(results_folder, other)
            except RequestError as fault:
                skipped.append(Skipped(name, title, str(fault)))
                continue
            _name_banks(figure, results_folder, entry)
            png, svg, csv = save(figure, numbers, place, name)
            drawn.append(Drawn(name, title, entry.caption, entry.importance, png, svg, csv))
    drawn.sort(key=lambda one: one.importance)
    return Gallery(tuple(drawn), tuple(skipped))


def _name_banks(figure: Figure, results_folder: Results, entry: Entry) -> None:
    """Say below a figure which banks it shows, if the folder has several."""
    banks = results_folder.bank_names
    words = figure.get_supxlabel()
    if len(banks) < 2 or words.startswith("Bank"):
        return
    joint = entry.paired and "months" in entry.needs
    whose = (
        f"Banks taken together: {', '.join(banks)}." if joint else f"Bank: {results_folder.bank}."
    )
    with house_style():
        note(figure, f"{whose} {words}")


def _missing(results_folder: Results, entry: Entry) -> str:
    """Return why a figure cannot be drawn, or an empty text; no large table is read for this."""
    if entry.paired and len(results_folder.others) > MOST_OTHERS:
        count = len(results_folder.others)
        return f"there are {count} arms besides the base; compare up to {MOST_OTHERS} at a time"
    for table in entry.needs:
        try:
            known = results_folder.has(table)
        except RequestError as fault:
            return str(fault)
        if not known:
            return f"the folder does not hold {WHAT.get(table, f'{table}.csv')}"
    if entry.paired and not results_folder.others:
        return "there is one arm only, so there is no comparison"
    return ""
