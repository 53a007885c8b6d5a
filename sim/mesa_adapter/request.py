"""What a Mesa user requests, in this project's terms: a scenario, settings, a seed.

Mesa passes everything as keywords, which cannot contain dots, so a setting may also be written
with two underscores: `firms__count=500` is `firms.count`.
"""

from __future__ import annotations

import operator
import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.core.errors import RequestError
from sim.mesa_adapter.iterations import iteration
from sim.model.checkpoint import Checkpoint
from sim.scenario.checking import check
from sim.scenario.loading import load_scenario
from sim.scenario.overriding import override
from sim.scenario.positions import Document
from sim.scenario.schema import Scenario

DEFAULT_SEED = 7  # as in `simulate`


def scenario_of(requested: object, settings: Mapping[str, Any]) -> Scenario:
    """Return a scenario with settings applied to it.

    `requested` is the path of a file, a scenario, or None for the defaults.
    Raises `RequestError` for any error.
    """
    if isinstance(requested, str | os.PathLike):
        return load_scenario(requested, set=settings)
    if requested is not None and not isinstance(requested, Scenario):
        found = f"found a {type(requested).__name__}"
        hint = "; among the parameters of batch_run, put it into a list"  # which iterates over it
        raise RequestError(f"scenario must be a Scenario, a path or None; {found}{hint}")
    scenario = requested or Scenario()
    if requested is None and "banks" in settings:  # the user's banks replace the default one
        stated = override(Document({}, {}), {"banks": settings["banks"]})
        scenario = check(Scenario, stated.data, stated.positions)
    return scenario.with_(settings)


def settings_of(given: Mapping[str, Any], keywords: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings by dotted key, from a mapping and from keywords written with `__`.

    Raises `RequestError` for a key that is set twice.
    """
    mapping: object = given
    if not isinstance(mapping, Mapping):
        found = type(mapping).__name__
        raise RequestError(f"set: give a mapping of dotted keys to values; found a {found}")
    settings = dict(given)
    for keyword, value in keywords.items():
        key = keyword.replace("__", ".")
        if key in settings:
            raise RequestError(f"{key} is set twice")
        settings[key] = value
    return settings


def seed_of(seed: object, rng: object) -> int:
    """Return the seed, for which Mesa uses both names.

    If neither is given it is the default seed, plus the number of the iteration in `batch_run`.

    For `rng` it also takes a generator, which gives its next number, and a seed sequence, as Mesa.
    Text of digits is accepted as a number, because a field of Mesa's dashboard gives text.
    Raises `RequestError` for two seeds, or for one that is not a whole number from 0 to 2**63 - 1.
    """
    if seed is not None and rng is not None:
        raise RequestError("give either seed or rng, not both")
    requested: Any = seed if rng is None else rng
    if requested is None:
        return DEFAULT_SEED + iteration()
    if isinstance(requested, np.random.Generator):
        return int(requested.integers(2**63))
    if isinstance(requested, np.random.SeedSequence):
        return int(requested.generate_state(1, np.uint64)[0] >> np.uint64(1))
    if isinstance(requested, str) and requested.isascii() and requested.isdigit():
        requested = int(requested)
    try:
        number = operator.index(requested)
    except TypeError:
        number = -1
    if isinstance(requested, bool) or not 0 <= number < 2**63:
        raise RequestError(f"seed {requested!r:.60} must be a whole number from 0 to 2**63 - 1")
    return number


def one_seed(books: Checkpoint) -> int:
    """Return the seed of a checkpoint; raises `RequestError` where it has several."""
    if len(books.seeds) != 1:
        raise RequestError(
            f"books: a model has one seed, and this checkpoint has {len(books.seeds)}; use "
            "sim.model.branch.branch"
        )
    return books.seeds[0]
