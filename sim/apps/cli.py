"""The command `smelend`: which commands there are, and the door through which all of them go."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

import sim.apps.commands as commands
from sim.apps.ending import WRONG, ended

# as help lists them; a new file in `commands` follows at the end until it is given a place
ORDER = (
    "run", "compare", "study", "report", "validate", "schema", "describe", "theory", "literature",
    "status", "rerun", "compact",
)  # fmt: skip

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,  # loads at once, and reads alike in a terminal and in a file
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(asked: bool) -> None:
    """Print the version of the package and of the model, as results record them, and end."""
    if asked:
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
    """Simulate bank lending to small firms, and see what a change of policy does.

    Status: 0 done, 1 some runs failed and the rest is kept, 2 the request was wrong.
    """
    if context.invoked_subcommand is None:
        print(context.get_help(), file=sys.stderr)
        raise typer.Exit(WRONG)


def register() -> None:
    """Give the application every command: the function that bears the name of its file."""
    found = sorted(info.name for info in pkgutil.iter_modules(commands.__path__))
    for name in sorted(found, key=lambda name: ORDER.index(name) if name in ORDER else len(ORDER)):
        app.command()(getattr(importlib.import_module(f"{commands.__name__}.{name}"), name))


register()


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command line, by default this process's own, and return its exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)

    def carry_out() -> None:
        command = typer.main.get_command(app)
        with command.make_context("smelend", words[:], obj=words) as context:
            command.invoke(context)

    return ended(carry_out)


if __name__ == "__main__":
    sys.exit(main())
