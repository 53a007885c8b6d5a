"""The month's plan with other rules or postings, for tests that listen to a step or break it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sim.model import month
from sim.model.plan import Step
from sim.model.plan_edits import map_steps


def replace_posting(patch: pytest.MonkeyPatch, posting: object, other: Callable[..., Any]) -> None:
    """Let simulations made from now on post by `other` wherever the plan names `posting`."""
    change_steps(patch, lambda one: replace(one, post=other) if one.post is posting else one)


def replace_rule(patch: pytest.MonkeyPatch, rule: object, other: Callable[..., Any]) -> None:
    """Let simulations made from now on find facts by `other` wherever the plan names `rule`."""
    change_steps(patch, lambda one: replace(one, rule=other) if one.rule is rule else one)


def change_steps(patch: pytest.MonkeyPatch, change: Callable[[Step[Any]], Step[Any]]) -> None:
    """Change every step of the plan of simulations made from now on."""
    changed = map_steps(month.PLAN, change)
    assert changed != month.PLAN, "the plan has no such step"
    patch.setattr(month, "PLAN", changed)
