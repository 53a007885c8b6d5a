"""Figures as embedded images of the report page.

Each figure is a separate image, so that identifiers in two drawings cannot clash and no script in
a drawing can run.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sim.core.errors import RequestError
from sim.report.figures.gallery import Drawn

HEAVY = 400_000  # bytes of an SVG above which the PNG is used if it is smaller


class Picture(NamedTuple):
    """A figure: name, title, caption and the image as a data URI."""

    name: str
    title: str
    caption: str
    source: str


def pictures_of(drawn: Sequence[Drawn]) -> list[Picture]:
    """Return the figures as pictures; raises `RequestError` for one that cannot be read."""
    return [Picture(one.name, one.title, one.caption, _source(one)) for one in drawn]


def _source(one: Drawn) -> str:
    svg = _read(one.svg)
    if len(svg) > HEAVY and len(png := _read(one.png)) < len(svg):
        return _address("image/png", png)
    return _address("image/svg+xml", svg)


def _read(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError as fault:
        raise RequestError(f"cannot read {place}: {fault.strerror or fault}") from fault


def _address(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
