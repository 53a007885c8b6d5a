"""The default place of results: a folder below `results/` named after the arms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from sim.core.names import file_name

SPELLED = 3  # arms that are named in the folder's name


def default_folder(arms: Sequence[str], between: str) -> Path:
    """Return, for example, ``results/zhengzhou/baseline-vs-optimised`` for arms and a separator.

    Arms of one folder keep it; characters not allowed in a file name become a dash, and a few
    digits keep such names apart.
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
    parts = [file_name(part, capitals=True) for part in arm.split("/") if part.strip(" .-")]
    return parts or ["scenario"]
