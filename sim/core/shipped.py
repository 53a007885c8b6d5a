"""Where the scenarios, studies and data that come with the package are, and their names.

In a checkout they are its top-level folders; an installed package has a copy.  An editable
installation makes a copy too, which is out of date soon, so it is read only without a checkout.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sim.core.errors import RequestError, nearest

PACKAGE = Path(__file__).parents[1]
ENDING = ".yaml"


class Group(NamedTuple):
    """Files of one kind: the folder that their names start from, and which files there."""

    folder: str
    pattern: str


GROUPS = {
    "scenario": Group("scenarios", "**/*.yaml"),
    "measure": Group("scenarios", "**/measures/*.yaml"),
    "study": Group("experiments", "*.yaml"),
    "literature": Group("experiments", "literature/*.yaml"),
    "field": Group("experiments", "field/*.yaml"),
    "plan": Group("experiments", "plans/*.yaml"),
    "calibration": Group("experiments", "calibration/*.yaml"),
    "targets": Group("data", "calibration/*.yaml"),
}
EXPERIMENT_KINDS = (
    "study",
    "literature",
    "field",
    "plan",
    "calibration",
)  # "study": of several banks too


def root() -> Path:
    """Return the folder that holds `scenarios`, `experiments` and `data`."""
    checkout = PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "scenarios").is_dir():
        return checkout
    return PACKAGE / "shipped"


@cache
def named(kind: str) -> dict[str, Path]:
    """Return the files of one kind by name, such as ``zhengzhou/baseline``."""
    group = GROUPS[kind]
    home = root() / group.folder
    files = sorted(home.glob(group.pattern))
    if kind == "scenario":
        files = [file for file in files if file.parent.name != "measures"]
    return {file.relative_to(home).with_suffix("").as_posix(): file for file in files}


def located(path: str | os.PathLike[str], *kinds: str, beside: Path | None = None) -> Path:
    """Return the file of a path, or, where there is none, the shipped file of that name.

    A relative path is read from the folder `beside`, if given.  The name may have the folder in
    front and the ending, as in a checkout: ``scenarios/zhengzhou/baseline.yaml``.  A path that is
    neither is returned unchanged if it has an ending; its reader says that there is no such file.
    Raises `RequestError` for a path of another type or without text, and for a name that nothing
    has.
    """
    if not isinstance(path, str | os.PathLike):
        raise RequestError(f"give a path or a name, such as zhengzhou/baseline; found {path!r:.60}")
    text = os.fspath(path)
    if not isinstance(text, str):
        raise RequestError(f"a path must be text; found {path!r:.60}")
    if not text:
        raise RequestError("the name is empty; give a path or a name, such as zhengzhou/baseline")
    place = Path(os.path.normpath(text if beside is None else os.path.join(beside, text)))
    if os.path.isfile(place):
        return place
    known = {name: file for kind in kinds for name, file in named(kind).items()}
    for name in _spellings(text, kinds):
        if name in known:
            return known[name]
    if os.path.splitext(text)[1] or os.path.exists(place):
        return place
    experiments = dict.fromkeys(EXPERIMENT_KINDS, "experiment" if len(kinds) > 1 else kinds[0])
    what = " or ".join(dict.fromkeys(experiments.get(kind, kind) for kind in kinds))
    raise RequestError(
        f"no file and no {what} called '{text}'{nearest(text, known)} "
        "(`smelend examples` lists the names)"
    )


def _spellings(text: str, kinds: tuple[str, ...]) -> Iterator[str]:
    """Yield a path as a name, with and without the folder that the names start from."""
    name = Path(text).as_posix().removesuffix(ENDING)
    yield name
    for kind in kinds:
        yield name.removeprefix(f"{GROUPS[kind].folder}/")
