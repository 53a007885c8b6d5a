"""Workout: when a non-performing loan leaves the book, and whether it is collected or sold.

May import: core, credit, state.
Never: knows the future recovery.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.workout.base import Workout

WORKOUT: Family[Workout] = Family(__name__, Workout)
