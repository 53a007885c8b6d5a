"""The chain behind a claim as plain data: kept with a study, so that its report needs no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from sim.analysis.claims.trend import Trend
from sim.analysis.mechanism.asked import Set, asked

if TYPE_CHECKING:
    from sim.analysis.experiments.kinds.study import Study


class Between(Protocol):
    """Two arms, what differs between them, and the outcomes on which a claim compares them."""

    @property
    def base(self) -> str:
        """The arm from which differences are taken."""

    @property
    def other(self) -> str:
        """The arm that is compared with it."""

    @property
    def metrics(self) -> Sequence[str]:
        """The outcomes of the claim."""

    @property
    def parts(self) -> Sequence[str]:
        """The parts of the package that one arm has and the other has not."""

    @property
    def levers(self) -> Sequence[Set]:
        """The keys that differ."""


class Chain(NamedTuple):
    """A chain as it is stored; see `Between`."""

    base: str
    other: str
    metrics: Sequence[str]
    parts: Sequence[str]
    levers: Sequence[Set]


def chains_of(study: Study) -> dict[str, dict[str, Any]]:
    """Return the chain of each claim between two arms that differ in a lever, to be stored.

    A trend is about one arm, so it has none.
    """
    found = {}
    for name, claim in study.content.claims.items():
        if isinstance(claim, Trend):
            continue
        one = asked(study, name)
        if one.levers:
            found[name] = {
                "base": one.base, "other": one.other, "metrics": list(one.metrics),
                "parts": one.parts, "levers": [list(lever) for lever in one.levers],
            }  # fmt: skip
    return found


def read_chain(stored: Mapping[str, Any]) -> Chain:
    """Return a chain from what `chains_of` stored."""
    levers = _joined([Set(*lever) for lever in stored["levers"]])
    return Chain(stored["base"], stored["other"], stored["metrics"], stored["parts"], levers)


def _joined(levers: Sequence[Set]) -> list[Set]:
    """Return levers with the rules of one in one row; older folders have its parts as keys."""
    by_key = {one.key: one for one in levers}
    for key, one in list(by_key.items()):
        lever, _, last = key.rpartition(".")
        otherwise = by_key.get(f"{lever}.otherwise")
        if last != "when" or otherwise is None:
            continue
        plain = by_key.get(lever, Set(lever, None, None))
        sides = [
            value if when is None else {"otherwise": other, "when": when}
            for value, other, when in zip(plain[1:], otherwise[1:], one[1:], strict=True)
        ]
        by_key[lever] = Set(lever, *sides)
        del by_key[key], by_key[otherwise.key]
    return list(by_key.values())
