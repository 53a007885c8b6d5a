"""The options that several commands share, defined once, and how their values are parsed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.core.errors import RequestError

Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Set a dotted key in every scenario, e.g. firms.count=5000; may be repeated.",
    ),
]
Seeds = Annotated[
    str | None,
    typer.Option("--seeds", metavar="N|A..B", help="Seeds 1 to N, or A to B. [default: 30]"),
]


def apart(out: Path | None) -> Path | None:
    """Refuse a new folder inside the results of another command, whose tables it would mix with.

    A folder that has results of its own may be continued, wherever it is.
    """
    from sim.runs.layout import Folder

    if out is None or Folder(out).manifest.is_file():
        return out
    for around in out.absolute().parents:
        if Folder(around).manifest.is_file() and (around / "runs").is_dir():
            home = around.relative_to(Path.cwd()) if around.is_relative_to(Path.cwd()) else around
            raise RequestError(
                f"--out {out}: it is inside the results folder {home}; choose another place"
            )
    return out


Out = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="DIR", callback=apart, help="Run folder. [default: results/NAME]"
    ),
]
Keep = Annotated[
    Path | None,
    typer.Option("--keep", metavar="DIR", help="Also copy the page and its tables to DIR."),
]
Quick = Annotated[
    bool, typer.Option("--quick", help="A first look on the few seeds set in the files.")
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers", metavar="N", help="Processes; 0: run in this process. [default: all cores]"
    ),
]
Dask = Annotated[
    str | None,
    typer.Option("--dask", metavar="ADDRESS", help="Run on the Dask scheduler at this address."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only the list of written files.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Print how long it would take; write nothing.")
]
NoCheck = Annotated[
    bool, typer.Option("--no-check", help="Do not check every month that the books balance.")
]
Detail = Annotated[
    bool,
    typer.Option(
        "--detail", help="Also store every application, loan and event of the first few seeds."
    ),
]
RetryFailed = Annotated[
    bool, typer.Option("--retry-failed", help="Also repeat runs that failed before.")
]


def _load_plugins(sources: list[str] | None) -> list[str] | None:
    """Load plug-ins as soon as the option is read, so that every file may name their kinds."""
    if sources:
        from sim.scenario.plugging import load_plugins

        load_plugins(sources)
    return sources


Plugins = Annotated[
    list[str] | None,
    typer.Option(
        "--plugin",
        metavar="FILE|MODULE",
        callback=_load_plugins,
        is_eager=True,
        help="Load policies, mechanisms or metrics of your own; may be repeated.",
    ),
]
Profile = Annotated[
    bool,
    typer.Option(
        "--profile", help="Print the computing time of each step of a month; write nothing."
    ),
]


def read_settings(texts: list[str] | None) -> dict[str, Any]:
    """Return the settings given by `--set`; raises `RequestError` for an invalid setting."""
    from sim.scenario.overriding import parse_settings

    return parse_settings(texts or [])


def read_seeds(text: str | None) -> int | str:
    """Return seeds in the form that a plan accepts; raises `RequestError` for an invalid text.

    `N` means seeds 1 to N and `A..B` seeds A to B; `1-500,600` is accepted too.
    """
    if text is None:
        return 30
    words = text.strip()
    found = re.fullmatch(r"(\d{1,18})\s*\.\.\s*(\d{1,18})", words)
    if found:
        first, last = int(found[1]), int(found[2])
        if last < first:
            raise RequestError(f"--seeds {words}: {last} is before {first}; write the lower first")
        _check_number(words, last - first + 1)
        return f"{first}-{last}"
    if re.fullmatch(r"\d{1,18}", words):
        _check_number(words, int(words))
        return int(words)
    if not re.fullmatch(r"\d{1,18}(\s*-\s*\d{1,18})?(\s*,\s*\d{1,18}(\s*-\s*\d{1,18})?)*", words):
        raise RequestError(
            f"--seeds {words}: write a number of seeds such as 30, or a range such as 31..60"
        )
    return words


def _check_number(text: str, count: int) -> None:
    from sim.scenario.arguments import MOST_SEEDS

    if not 1 <= count <= MOST_SEEDS:
        raise RequestError(f"--seeds {text}: must be 1 to {MOST_SEEDS:,} seeds; found {count:,}")
