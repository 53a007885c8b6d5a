"""The request as a run folder records it: the command as typed, and its purpose."""

from __future__ import annotations

import shlex
from typing import Any

import typer


def asked(context: typer.Context, **more: Any) -> dict[str, Any]:
    """Return the kind of a command and the command line, quoted so that a shell accepts it."""
    words = context.obj or []
    return {"kind": context.info_name, "command": shlex.join(["smelend", *words]), **more}
