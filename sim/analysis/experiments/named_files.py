"""The files that an experiment names: its base, its measures, other experiments."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from sim.core.errors import RequestError, nearest, nearest_few
from sim.core.names import name_fault
from sim.core.shipped import located
from sim.scenario.measure import Measure, load_measure
from sim.scenario.positions import Document, Key, dotted, refusal, shown
from sim.scenario.reading import nearest_file

GENERAL = ("study", "experiment")  # file names that say nothing of the bank


def name_of(path: Path) -> str:
    """Return the name of an experiment: its file's, or its folder's for a `study.yaml`.

    So the studies of two banks, each in a folder of its own, do not write to the same results.
    """
    folder = path.absolute().parent.name
    return folder if path.stem in GENERAL and folder else path.stem


def find(document: Document, key: Key, file: str, path: Path, *kinds: str) -> Path:
    """Return the file that an experiment names: a path from its folder, or a shipped one by name.

    Raises `RequestError` at the line of the key, also if there is no such file.
    """
    place = document.positions[key].value
    try:
        found = located(file, *kinds, beside=path.parent)
    except RequestError as fault:
        raise refusal(place, f"{dotted(key)}: {fault}") from fault
    if not found.exists():
        hint = nearest_file(str(found))
        raise refusal(place, f"{dotted(key)}: no such file {shown(file)}{hint}")
    if found.is_dir():
        raise refusal(place, f"{dotted(key)}: {shown(file)} is a directory; name a YAML file")
    return found


def measures_of(files: Iterable[str], path: Path, document: Document) -> dict[str, Measure]:
    """Return the measures of an experiment by name, each checked as `load_measure` does.

    Raises `RequestError` at the line of a file that cannot be found, or has the name of another.
    """
    found: dict[str, Measure] = {}
    for number, file in enumerate(files):
        key = ("measures", number)
        place = document.positions[key].value
        one = find(document, key, file, path, "measure")
        if fault := name_fault(one.stem):
            raise refusal(place, f"{dotted(key)}: {fault}")
        if one.stem in found:
            message = "two files have the same name; measures need different names"
            raise refusal(place, f"{dotted(key)}: {message}")
        found[one.stem] = load_measure(one)
    return found


def unknown(what: str, name: str, known: Collection[str]) -> str:
    """Return the message for a name that nothing has."""
    if what == "metric":
        return (
            f"no metric called {shown(name)}{nearest_few(name, known, 'smelend describe metrics')}"
        )
    listed = f"known: {', '.join(known)}" if known else f"there is no {what}"
    return f"no {what} called {shown(name)}{nearest(name, known)}; {listed}"
