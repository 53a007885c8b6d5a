"""Whether the files of a study still say what they said when its results were made.

A chain takes its levers from the files and its verdict from the results, so both must be of one
study: a changed value would be explained by a verdict that was never asked about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.analysis.mechanism.asked import Asked
from sim.analysis.mechanism.chain import read_chain
from sim.results.folder import Results

UNRECORDED = ("name", "title", "why")  # words, which change no run


def changed_since(found: Asked, results: Results) -> str:
    """Return what differs between a claim's files and its results, in words; '' if nothing.

    The scenarios of both arms are compared with the manifest, and the outcomes, arms and levers
    of the claim with its chain; what a folder does not hold is not compared.
    """
    arms = results.manifest.arms if results.recorded else {}
    for arm, now in zip((found.base, found.other), found.scenarios, strict=True):
        if arm in arms and arms[arm].hash != now.hash:
            return f"arm '{arm}': {_first(arms[arm].scenario, now.model_dump(mode='json'))}"
    stored = results.account.get("chains", {}).get(found.name)
    if stored is None:
        return ""
    chain = read_chain(stored)
    if (chain.base, chain.other) != (found.base, found.other):
        return f"the claim compared {chain.other} with {chain.base}"
    if sorted(chain.metrics) != sorted(found.metrics):
        return f"the claim was about {', '.join(chain.metrics)}"
    then, now_set = ({one.key: one for one in side.levers} for side in (chain, found))
    for key in dict.fromkeys([*then, *now_set]):
        if list(then.get(key, ())) != list(now_set.get(key, ())):
            return f"{key} differs"
    return ""


def _first(then: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Return the first value that differs, then and now."""
    one, other = dict(_leaves(then, "")), dict(_leaves(now, ""))
    for key in dict.fromkeys([*one, *other]):
        if one.get(key) != other.get(key) and key not in UNRECORDED:
            return f"{key} was {one.get(key)} and is {other.get(key)}"
    return "its scenario differs"


def _leaves(data: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, value in data.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping) and value:
            yield from _leaves(value, f"{key}.")
        else:
            yield key, value
