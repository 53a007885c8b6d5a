"""The declared version of the model stands for bits: while it stays, they stay."""

from __future__ import annotations

import copy
import json

from sim.model.version import MODEL_VERSION
from tests.baselines.months import HOME, WORLDS, found, moved, versions

STORED = json.loads(HOME.read_text())
RENEW = (
    "months of {} are others than those stored for model version {}: if that is meant, raise "
    "MODEL_VERSION in sim/model/version.py and run `python -m tests.baselines.months --write`"
)


def test_stored_months_are_of_the_declared_version() -> None:
    assert STORED["model_version"] == MODEL_VERSION
    assert list(STORED["worlds"]) == list(WORLDS)


def test_no_month_moves_without_a_new_version() -> None:
    others = moved(found(), STORED["worlds"], STORED["versions"] == versions())
    assert not others, RENEW.format(", ".join(others), MODEL_VERSION)


def test_a_moved_bit_is_noticed_and_with_other_packages_a_moved_sum() -> None:
    now = copy.deepcopy(STORED["worlds"])
    now["baseline"]["digest"] = "another"
    assert moved(now, STORED["worlds"], True) == ["baseline"]
    assert moved(now, STORED["worlds"], False) == []
    now["baseline"]["sums"]["profit"] *= 1.0 + 1e-4
    assert moved(now, STORED["worlds"], False) == ["baseline"]
