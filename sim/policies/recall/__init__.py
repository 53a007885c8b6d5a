"""Recall: whether guarantors are called, and what a default does to the rest of its circle.

May import: core, credit, state.
Never: knows guarantees of loans that the bank has not made, unless it pays for them.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.recall.base import Recall

RECALL: Family[Recall] = Family(__name__, Recall)
