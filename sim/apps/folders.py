"""Where results go when nobody says where: a folder below `results/` named after the arms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

SPELLED = 3  # arms whose names make up the folder's name


def default_folder(arms: Sequence[str], between: str) -> Path:
    """Return ``results/zhengzhou/baseline-vs-optimised`` for arms and the word between them.

    Arms of one folder keep it; whatever has no place in a file name becomes a dash.
    """
    paths = [PurePosixPath(*_parts(arm)) for arm in arms]
    home = paths[0].parent
    if any(path.parent != home for path in paths):
        home = PurePosixPath()
        names = ["-".join(path.parts) for path in paths]
    else:
        names = [path.name for path in paths]
    more = len(names) - SPELLED
    if more > 0:
        names = [*names[:SPELLED], f"{more}-more"]
    return Path("results", home, between.join(names))


def _parts(arm: str) -> list[str]:
    parts = [re.sub(r"[^\w.+-]+", "-", part).strip(".-") for part in arm.split("/")]
    return [part for part in parts if part] or ["scenario"]
