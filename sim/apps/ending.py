"""How every command ends: an exit status for scripts, and at most one line of error message.

0 done; 1 some runs failed, the rest is kept; 2 the request was wrong; 130 stopped by Ctrl-C;
141 the reader of the output closed the pipe.  An error in the program keeps its traceback.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from sim.apps.ctrl_c import STOPPED
from sim.apps.output import guarded
from sim.core.errors import BooksError, RequestError, SmelendError
from sim.core.names import printable

DONE, FAILED, WRONG, UNREAD = 0, 1, 2, 141
# raised by the parser for a wrong argument; its module differs between versions of typer
Misuse: type[Exception] = typer.BadParameter.__mro__[1]


def ended(command: Callable[[], object]) -> int:
    """Execute a command and return its exit status."""
    with guarded():
        for stream in (sys.stdout, sys.stderr):
            # a character that the terminal cannot show must not stop the command
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        try:
            return _status_of(command)
        except BrokenPipeError:
            return UNREAD


def _status_of(command: Callable[[], object]) -> int:
    try:
        command()
        sys.stdout.flush()
    except typer.Exit as end:
        return _printed(int(end.exit_code))
    except BooksError as fault:
        return complain(f"the books do not balance, a program error: {fault}", FAILED)
    except SmelendError as fault:
        return complain(str(fault), WRONG)
    except Misuse as fault:
        return complain(_misuse(fault), WRONG)
    except KeyboardInterrupt as fault:
        return complain(str(fault) or "stopped; repeat the command to go on", STOPPED)
    return DONE


def _printed(status: int) -> int:
    """Return the status once all text has left, or that of text which cannot be printed."""
    try:
        sys.stdout.flush()
    except RequestError as fault:
        return complain(str(fault), WRONG)
    return status


def complain(message: str, status: int) -> int:
    """Print one line on standard error and return the status."""
    print(printable(" ".join(message.split("\n"))), file=sys.stderr)
    return status


def _misuse(fault: BaseException) -> str:
    """Return what is wrong with a command line, and which command shows its help."""
    context = getattr(fault, "ctx", None)
    path = context.command_path if context is not None else "smelend"
    text = " ".join(str(fault.format_message()).split()).rstrip(".")  # type: ignore[attr-defined]
    return f"{path}: {text[:1].lower()}{text[1:]}; see {path} --help"
