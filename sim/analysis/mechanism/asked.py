"""Which two arms a claim compares, which levers differ between them, and on which outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sim.analysis.claimed_arms import arms_named_by
from sim.analysis.claims import Claim
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.study.arms import arm_named, scenario_of
from sim.core.errors import RequestError, nearest
from sim.core.names import BASE, PACKAGE
from sim.scenario.schema import Scenario

BLOCKS = ("firms", "economy", "mechanisms", "banks")  # of a scenario, that arms may vary


class Set(NamedTuple):
    """A key that differs between the two arms."""

    key: str
    before: Any
    after: Any


class Asked(NamedTuple):
    """A claim with the two arms between which its chain runs."""

    study: Study
    name: str
    claim: Claim
    base: str
    other: str
    metrics: tuple[str, ...]
    scenarios: tuple[Scenario, Scenario]  # of base and other
    levers: tuple[Set, ...]

    @property
    def parts(self) -> list[str]:
        """The parts of the package that one arm has and the other has not, in their order."""
        one, other = (set(arm_named(self.study, arm).measures) for arm in (self.base, self.other))
        return [name for name, inside in self.study.parts.items() if set(inside) & (one ^ other)]


def asked(study: Study, name: str) -> Asked:
    """Return a claim of a study; raises `RequestError` for an unknown one."""
    claims = study.content.claims
    if name not in claims:
        raise RequestError(
            f"study '{study.name}' has no claim '{name}'{nearest(name, claims)}; "
            f"claims: {', '.join(claims)}"
        )
    claim = claims[name]
    base, other = _between(study, claim)
    scenarios = tuple(scenario_of(study, arm_named(study, arm)) for arm in (base, other))
    before, after = (dict(_leaves(one)) for one in scenarios)
    levers = tuple(
        Set(key, before.get(key), after.get(key))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    )
    metrics = tuple(dict.fromkeys(_metrics(claim))) or tuple(study.content.metrics[:3])
    return Asked(study, name, claim, base, other, metrics, (scenarios[0], scenarios[1]), levers)


def _between(study: Study, claim: Claim) -> tuple[str, str]:
    """Return the base and the arm of a claim; the whole package where it names no such pair."""
    parts = getattr(claim, "parts", None) or [claim]
    first = claim if isinstance(getattr(claim, "base", None), str) else parts[0]
    base = getattr(first, "base", None)
    other = getattr(first, "other", None) or getattr(first, "together", None)
    if isinstance(base, str) and isinstance(other, str):
        return base, other
    named = [arm for arm in dict.fromkeys(arms_named_by(claim)) if arm != BASE]
    return BASE, named[0] if len(named) == 1 else PACKAGE


def _metrics(claim: Claim) -> Iterator[str]:
    for part in [claim, *(getattr(claim, "parts", None) or [])]:
        metric = getattr(part, "metric", None)
        if isinstance(metric, str):
            yield metric


def _leaves(scenario: Scenario) -> Iterator[tuple[str, Any]]:
    data = scenario.model_dump(mode="json", include=set(BLOCKS))
    for block in BLOCKS:
        yield from _below(block, data.get(block))


def _below(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and "when" not in value:  # a lever's rules are one value
        for name, one in value.items():
            yield from _below(f"{key}.{name}", one)
    else:
        yield key, value
