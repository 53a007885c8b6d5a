"""`smelend trace`: one firm's life from application to workout, the truth beside the belief."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.apps.options import Plugins, Quiet, Set, read_settings
from sim.core.errors import RequestError

if TYPE_CHECKING:
    from sim.analysis.instructive import Followed
    from sim.scenario.schema import Scenario

AROUND = 3  # months that the picture shows before and after the story


def trace(
    scenario: Annotated[
        Path, typer.Argument(metavar="SCENARIO", help="A scenario, by its file or name.")
    ],
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="The seed.")] = 7,
    loan: Annotated[
        int | None,
        typer.Option("--loan", metavar="ID", help="A loan or application, by its number."),
    ] = None,
    firm: Annotated[
        str | None, typer.Option("--firm", metavar="ID", help="A firm, such as 812 or 812.1.")
    ] = None,
    pick: Annotated[
        str | None,
        typer.Option(
            "--pick",
            metavar="RULE",
            help="diverted, defaulted, repaid, refused, unwatched or deceived: the first such"
            " loan. [default: diverted]",
        ),
    ] = None,
    bank: Annotated[
        str | None, typer.Option("--bank", metavar="NAME", help="The bank whose loan it is.")
    ] = None,
    set_: Set = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="[default: results/trace/NAME]")
    ] = None,
    quiet: Quiet = False,
    plugin: Plugins = None,
) -> None:
    """Follow one firm, the truth beside what its bank saw.

    Each month shows what the bank read, believed and did, and what was true.

    The seed is simulated again and watched, with the same results.  Numbers of loans are those of
    `smelend run --detail`.  A firm is its slot and, after a point, how many firms were in it
    before.
    """
    from sim.apps.batch import list_written
    from sim.apps.folders import default_folder
    from sim.apps.layout import screen_width
    from sim.core.names import file_name
    from sim.model.detail.following import follow
    from sim.report.figures.life import draw_life
    from sim.report.figures.saving import save
    from sim.report.life_story import head, span, title_of
    from sim.report.life_words import story
    from sim.report.table_files import write
    from sim.scenario.arguments import chosen_seeds
    from sim.scenario.loading import load_scenario

    if sum(one is not None for one in (loan, firm, pick)) > 1:
        raise RequestError("give one of --loan, --firm and --pick")
    chosen = load_scenario(scenario, read_settings(set_) or None)
    (seed,) = chosen_seeds(seed, None)
    followed = _chosen(chosen, seed, loan, firm, pick, bank)
    life = follow(chosen, seed, followed.slot, followed.generation)
    first, last = span(life, followed, chosen.horizon)
    title = title_of(life, followed, first, last)
    lines = [*head(life, followed, chosen.name, title), "", *_columns(story(life, first, last))]
    home = out or Path("results", "trace", *default_folder([chosen.name], "+").parts[1:])
    what = f"firm-{life.firm}" if followed.loan is None else f"loan-{followed.loan['loan']}"
    name = file_name(f"seed-{seed}-{what}")
    figure, numbers = draw_life(life, first - AROUND, last + AROUND, title)
    png, svg, csv = save(figure, numbers, home, name)
    write(home / f"{name}.txt", "\n".join(lines) + "\n")
    if not quiet:
        print("\n".join(lines) + "\n")
    files: dict[Path | str, str] = {
        home / f"{name}.txt": "the story, month by month",
        png: "the picture",
        svg: "the same for print",
        csv: "firm and loan at the end of each month",
    }
    list_written(files, screen_width())


def _chosen(
    scenario: Scenario,
    seed: int,
    loan: int | None,
    firm: str | None,
    pick: str | None,
    bank: str | None,
) -> Followed:
    """Return the firm to follow, from what was asked."""
    from sim.analysis.instructive import DEFAULT, check_rule, numbered, of_firm, picked
    from sim.core.errors import nearest
    from sim.model.detail.following import recorded

    banks = list(scenario.banks)
    if bank is not None and bank not in banks:
        raise RequestError(
            f"--bank {bank}: '{scenario.name}' has {', '.join(banks)}{nearest(bank, banks)}"
        )
    check_rule(pick or DEFAULT)
    loans, _ = recorded(scenario, seed)
    if firm is not None:
        return of_firm(loans, firm)
    if loan is not None:
        return numbered(loans, loan, bank or banks[0])
    return picked(loans[loans["bank"] == bank] if bank else loans, pick or DEFAULT)


def _columns(lines: Sequence[tuple[int, str, str]]) -> list[str]:
    """Return the story in two columns: what the bank sees and does, and the truth beside it."""
    from sim.apps.layout import TextColumn, laid_out, screen_width

    columns = [
        TextColumn("Month", number=True),
        TextColumn("What the bank sees and does", prose=True),
        TextColumn("What is true and hidden", prose=True),
    ]
    rows, shown = [], None
    for month, seen, truth in lines:
        rows.append([str(month) if month != shown else "", seen, truth])
        shown = month
    return laid_out(columns, rows, max(screen_width(), 72))
