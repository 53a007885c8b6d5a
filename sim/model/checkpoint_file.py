"""Checkpoints as files: plain arrays and JSON in one NumPy archive, never pickled objects.

A file is read completely, and each of its arrays is checked against its checksum, before anything
is made of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from sim.core.errors import RequestError
from sim.model.checkpoint import Checkpoint
from sim.model.version import MODEL_VERSION
from sim.scenario.schema import Scenario

FORMAT = "smelend checkpoint 1"
ABOUT = "about.json"  # the array that holds the JSON


def write_checkpoint(
    file: BinaryIO, books: Checkpoint, more: Mapping[str, Any] | None = None
) -> None:
    """Write a checkpoint, and `more` as JSON beside it; raises `OSError` where it cannot."""
    about = {
        "format": FORMAT,
        "model": MODEL_VERSION,
        "scenario": books.scenario.model_dump(mode="json"),
        "seeds": list(books.seeds),
        "month": books.month,
        "seats": books.seats,
        "check": books.check,
        "more": dict(more or {}),
    }
    text = np.frombuffer(json.dumps(about).encode(), np.uint8)
    arrays: dict[str, Any] = {**books.arrays, ABOUT: text}
    if any(array.dtype.hasobject for array in arrays.values()):
        raise TypeError("a checkpoint holds numbers only")
    np.savez(file, **arrays)


def read_checkpoint(path: Path) -> tuple[Checkpoint, dict[str, Any]]:
    """Return the checkpoint in a file, and what was written beside it.

    Raises `RequestError` where the file is missing, damaged, or of another program or model.
    """
    if not path.is_file():
        raise RequestError(f"{path}: there is no such file")
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays.pop(ABOUT).tobytes())
        if about["format"] != FORMAT:
            raise ValueError(about["format"])
        version = about["model"]
        books = Checkpoint(
            Scenario.model_validate_json(json.dumps(about["scenario"])),  # lists for tuples
            tuple(map(int, about["seeds"])), int(about["month"]), int(about["seats"]),
            bool(about["check"]), arrays,
        )  # fmt: skip
    except Exception as fault:  # whatever a damaged or foreign file leads to
        raise RequestError(f"{path}: this is no checkpoint of smelend, or it is damaged") from fault
    if version != MODEL_VERSION:
        raise RequestError(
            f"{path}: written by model {version}; this is model {MODEL_VERSION}, whose months "
            "would not go on from it"
        )
    return books, about["more"]
