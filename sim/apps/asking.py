"""What a run folder keeps of the question: the command as it was typed, and what it was for."""

from __future__ import annotations

import shlex
from typing import Any

import typer


def asked(context: typer.Context, **more: Any) -> dict[str, Any]:
    """Return the kind of a command and its words, quoted so that a shell takes them back."""
    words = context.obj or []
    return {"kind": context.info_name, "command": shlex.join(["smelend", *words]), **more}
