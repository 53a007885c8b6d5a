"""Distributions of initial values: how a column's first value is drawn from keyed uniforms.

Each is an inversion of uniforms.  Its arguments are numbers or names of parameters, which are
looked up when a row is created.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

import numpy as np

from sim.core.arrays import Floats

Figure = float | str
Shares = tuple[float, ...]


class Birth(Protocol):
    """A distribution that gives a column its first value from `streams` streams of uniforms."""

    @property
    def streams(self) -> int:
        """The number of streams of uniforms that it uses."""

    def draw(self, uniforms: Floats, born: Any, params: Any) -> Any:
        """Return first values, shape (n,), or (width, n) for a vector column.

        `uniforms` (streams, n) are this column's keyed uniforms; `born` holds the columns drawn
        before this one; `params` holds the parameters that the distribution names.
        """


@functools.lru_cache(maxsize=256)
def edges(shares: Shares) -> Floats:
    """Return where one category ends and the next begins, shape (categories - 1,)."""
    return np.cumsum(np.array(shares, dtype=float))[:-1]


def figure(value: Figure | Shares, params: Any) -> Any:
    """Return `value` if it is a number, or the value of the parameter that it names."""
    return getattr(params, value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Constant:
    """The same value for every row."""

    streams: ClassVar[int] = 0

    value: Figure

    def draw(self, uniforms: Floats, born: Any, params: Any) -> Any:
        return figure(self.value, params)


@dataclass(frozen=True)
class Uniform:
    """A uniform number in (0, 1)."""

    streams: ClassVar[int] = 1

    def draw(self, uniforms: Floats, born: Any, params: Any) -> Any:
        return uniforms[0]


@dataclass(frozen=True)
class Chance:
    """True with a probability."""

    streams: ClassVar[int] = 1

    probability: Figure

    def draw(self, uniforms: Floats, born: Any, params: Any) -> Any:
        return uniforms[0] < figure(self.probability, params)


@dataclass(frozen=True)
class Normal:
    """Normal numbers with `mean` and `sd`; `width` independent ones for a vector."""

    mean: Figure = 0.0
    sd: Figure = 1.0
    width: int = 1

    @property
    def streams(self) -> int:
        return self.width

    def draw(self, uniforms: Floats, born: Any, params: Any) -> Any:
        from sim.core.random_numbers import normal_quantiles

        eps = normal_quantiles(uniforms.ravel()).reshape(uniforms.shape)
        eps = eps[0] if self.width == 1 else eps
        return figure(self.mean, params) + figure(self.sd, params) * eps


@dataclass(frozen=True)
class Lognormal:
    """A lognormal number with a median and a standard deviation of the logarithm."""

    streams: ClassVar[int] = 1

    median: Figure
    log_sd: Figure

    def draw(self, uniforms: Floats, born: Any, params: Any) -> Any:
        from sim.core.random_numbers import normal_quantiles

        eps = normal_quantiles(uniforms[0])
        return figure(self.median, params) * np.exp(figure(self.log_sd, params) * eps)


@dataclass(frozen=True)
class Exponential:
    """A waiting time with a mean."""

    streams: ClassVar[int] = 1

    mean: Figure

    def draw(self, uniforms: Floats, born: Any, params: Any) -> Any:
        return -figure(self.mean, params) * np.log(uniforms[0])


@dataclass(frozen=True)
class Category:
    """An index drawn with `shares` as probabilities, which add up to one."""

    streams: ClassVar[int] = 1

    shares: str | Shares

    def draw(self, uniforms: Floats, born: Any, params: Any) -> Any:
        return edges(figure(self.shares, params)).searchsorted(uniforms[0], side="right")


@dataclass(frozen=True)
class Derived:
    """A value computed from the columns drawn before it and the parameters."""

    streams: ClassVar[int] = 0

    rule: Callable[[Any, Any], Any]

    def draw(self, uniforms: Floats, born: Any, params: Any) -> Any:
        return self.rule(born, params)
