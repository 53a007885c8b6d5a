"""A Mesa model as a file of plain arrays and JSON: checkpoint, random numbers, collected data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TypeVar

from sim.core.errors import RequestError
from sim.mesa_adapter.collector import is_default
from sim.model.checkpoint_file import read_checkpoint, write_checkpoint

M = TypeVar("M")


def save_model(model: Any, path: Path) -> None:
    """Write a model; the file appears complete or not at all."""
    version, words, gauss = model.random.getstate()
    more = {
        "random": [version, list(words), gauss],
        "rng": _plain(model.rng.bit_generator.state),
        "steps": getattr(model, "steps", None),
        "collected": _collected(model),
    }
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        try:
            with unfinished.open("wb") as file:
                write_checkpoint(file, model.checkpoint(), more)
            os.replace(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as fault:
        raise RequestError(f"cannot write {path}: {fault.strerror or fault}") from fault


def load_model(kind: type[M], path: Path) -> M:
    """Return the model in a file, of a class that is called like `LendingModel`."""
    books, more = read_checkpoint(path)
    if len(books.seeds) != 1 or "random" not in more:
        raise RequestError(f"{path}: this is no saved model but a checkpoint without one")
    model: Any = kind(check=books.check, books=books)  # type: ignore[call-arg]
    version, words, gauss = more["random"]
    model.random.setstate((version, tuple(words), gauss))
    model.rng.bit_generator.state = more["rng"]
    if more["steps"] is not None:
        model.steps = more["steps"]
    if more["collected"] is not None:
        model.datacollector.model_vars.update(more["collected"])
    return model


def _collected(model: Any) -> dict[str, list[Any]] | None:
    """Return what the default collector has collected; None where there is another."""
    collector = model.datacollector
    if not is_default(collector):
        return None
    return {
        name: [_plain(value) for value in values] for name, values in collector.model_vars.items()
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it: NumPy's numbers as Python's."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value.item() if hasattr(value, "item") else value
