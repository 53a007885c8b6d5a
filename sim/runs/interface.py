"""What the engine needs of a scenario and of a simulator, and nothing more.

Any object of this shape can be run; tests use a fast stand-in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pandas as pd


class CountedFirms(Protocol):
    """The population of a scenario."""

    @property
    def count(self) -> int: ...


class ScenarioLike(Protocol):
    """One resolved scenario with its banks; it can be pickled."""

    @property
    def name(self) -> str: ...

    @property
    def hash(self) -> str: ...

    @property
    def horizon(self) -> int: ...

    @property
    def firms(self) -> CountedFirms: ...

    def model_dump(self, *, mode: str) -> dict[str, Any]: ...


class ResultLike(Protocol):
    """What a simulation of several seeds gives: two tidy frames without the arm."""

    @property
    def summary(self) -> pd.DataFrame: ...

    @property
    def months(self) -> pd.DataFrame: ...


class Simulate(Protocol):
    """Simulates several seeds of a scenario together; no seed's result depends on the others."""

    def __call__(self, scenario: Any, *, seeds: Sequence[int]) -> ResultLike: ...


class Load(Protocol):
    """Reads a scenario file and sets dotted keys in it."""

    def __call__(self, path: Path, set: Mapping[str, Any] | None = None) -> ScenarioLike: ...
