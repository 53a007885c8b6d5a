"""What a Mesa user asks for, brought into this project's terms: a scenario, settings, a seed.

Mesa passes everything as keywords, and writes none with dots, so a setting may also be written
with two underscores: `firms__count=500` is `firms.count`.
"""

from __future__ import annotations

import operator
import os
from collections.abc import Mapping
from typing import Any

from sim.core.errors import RequestError
from sim.scenario.checking import check
from sim.scenario.loading import load_scenario
from sim.scenario.overriding import override
from sim.scenario.positions import Document
from sim.scenario.schema import Scenario

USUAL_SEED = 7  # as in `simulate`


def scenario_of(asked: object, settings: Mapping[str, Any]) -> Scenario:
    """Return a scenario, of a file, as it is, or of defaults for None, with settings laid over it.

    Raises `RequestError` for whatever is wrong.
    """
    if isinstance(asked, str | os.PathLike):
        return load_scenario(asked, set=settings)
    if asked is not None and not isinstance(asked, Scenario):
        found = f"found a {type(asked).__name__}"
        hint = "; among the parameters of batch_run, put it into a list"  # which goes through it
        raise RequestError(f"scenario must be a Scenario, a path or None; {found}{hint}")
    scenario = asked or Scenario()
    if not settings:
        return scenario
    stated = scenario.model_dump(mode="json")
    if asked is None and "banks" in settings:  # banks of one's own instead of the usual one
        del stated["banks"]
    document = override(Document(stated, {}), settings)
    return check(Scenario, document.data, document.positions)


def settings_of(given: Mapping[str, Any], keywords: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings by dotted key, of a mapping and of keywords written with `__`.

    Raises `RequestError` for a key that is set twice.
    """
    settings = dict(given)
    for keyword, value in keywords.items():
        key = keyword.replace("__", ".")
        if key in settings:
            raise RequestError(f"{key} is set twice")
        settings[key] = value
    return settings


def seed_of(seed: object, rng: object) -> int:
    """Return the seed, which Mesa calls either way; the usual one if neither is given.

    Digits are taken for a number, since a field of Mesa's dashboard gives text.
    Raises `RequestError` for two seeds, and for what is no whole number from 0 to 2**63 - 1.
    """
    if seed is not None and rng is not None:
        raise RequestError("give either seed or rng, not both")
    asked: Any = USUAL_SEED if seed is None and rng is None else seed if rng is None else rng
    if isinstance(asked, str) and asked.isascii() and asked.isdigit():
        asked = int(asked)
    try:
        number = operator.index(asked)
    except TypeError:
        number = -1
    if isinstance(asked, bool) or not 0 <= number < 2**63:
        raise RequestError(f"seed {asked!r:.60} must be a whole number from 0 to 2**63 - 1")
    return number
