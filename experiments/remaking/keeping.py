"""Text files that no reader ever sees half written."""

from __future__ import annotations

import os
from pathlib import Path


def keep_text(file: Path, text: str) -> None:
    """Write a text in one piece."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.write_text(text, "utf-8")
    os.replace(part, file)
