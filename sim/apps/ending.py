"""How every command ends: a status that scripts can read, and at most one line of complaint.

0 done; 1 some runs failed, the rest is kept; 2 the request was wrong; 130 stopped by Ctrl-C;
141 nobody reads the output any more.  A fault of the program itself keeps its traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import typer

from sim.core.errors import BooksError, SmelendError

DONE, FAILED, WRONG, STOPPED, UNREAD = 0, 1, 2, 130, 141
# what the parser raises for a wrong word; its home differs between versions of typer
Misuse: type[Exception] = typer.BadParameter.__mro__[1]


def ended(command: Callable[[], object]) -> int:
    """Carry out a command and return the status it ends with."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(
            stream, "reconfigure"
        ):  # a name that a terminal cannot show is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    try:
        status = _status_of(command)
        sys.stdout.flush()
    except BrokenPipeError:
        # the interpreter flushes once more when it leaves, and must find somewhere to write
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    return status


def _status_of(command: Callable[[], object]) -> int:
    try:
        command()
    except typer.Exit as end:
        return int(end.exit_code)
    except BooksError as fault:
        return complain(f"the books do not balance, a fault of the program: {fault}", FAILED)
    except SmelendError as fault:
        return complain(str(fault), WRONG)
    except Misuse as fault:
        return complain(_misuse(fault), WRONG)
    except KeyboardInterrupt as fault:
        return complain(str(fault) or "stopped; repeat the command to go on", STOPPED)
    return DONE


def complain(message: str, status: int) -> int:
    """Say one line on standard error and return the status."""
    print(" ".join(message.split("\n")), file=sys.stderr)
    return status


def _misuse(fault: BaseException) -> str:
    """Return what is wrong with the words of a command line, and where its words are explained."""
    context = getattr(fault, "ctx", None)
    path = context.command_path if context is not None else "smelend"
    said = " ".join(str(fault.format_message()).split()).rstrip(".")  # type: ignore[attr-defined]
    return f"{path}: {said[:1].lower()}{said[1:]}; see {path} --help"
