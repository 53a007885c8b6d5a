"""The command `smelend`: its subcommands, and the one entry point through which they all run."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

import sim.apps.commands as commands
from sim.apps.ending import WRONG, ended
from sim.core.errors import RequestError

# order in the help text; a new file in `commands` is listed last until it is added here
ORDER = (
    "run", "compare", "study", "init", "examples", "report", "validate", "schema", "describe",
    "theory", "literature", "replicate", "levers", "explain", "trace", "status", "rerun", "compact",
    "cache",
)  # fmt: skip

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,  # loads fast, and looks the same in a terminal and in a file
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(requested: bool) -> None:
    """Print the version of the package and of the model, as results record them, and end."""
    if requested:
        from sim.runs.version import model_version, package_version

        print(f"smelend {package_version('smelend')}, {model_version()}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def smelend(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Simulate bank lending to small firms, and measure the effect of a change of policy.

    Exit status: 0 done, 1 some runs failed and the rest is kept, 2 the request was wrong.
    """
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
        raise typer.Exit(WRONG)


def register() -> None:
    """Register every command: the function that has the same name as its file."""
    found = sorted(info.name for info in pkgutil.iter_modules(commands.__path__))
    for name in sorted(found, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER)):
        app.command()(getattr(importlib.import_module(f"{commands.__name__}.{name}"), name))


register()


def main(arguments: Sequence[str] | None = None) -> int:
    """Execute a command line, by default that of this process, and return its exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)

    def carry_out() -> None:
        refuse_empty(words)
        command = typer.main.get_command(app)
        with command.make_context("smelend", words[:], obj=words) as context:
            command.invoke(context)

    return ended(carry_out)


def refuse_empty(words: Sequence[str]) -> None:
    """Refuse a word without text, which a path would take for the folder that one stands in."""
    for before, word in itertools.pairwise(words):
        if not word:
            what = f"the value of {before}" if before.startswith("-") else "the name"
            raise RequestError(f"smelend {words[0]}: {what} is empty; give one")


if __name__ == "__main__":
    sys.exit(main())
