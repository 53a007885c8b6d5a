"""Approval: who gets an offer, when a refusal is overridden, and how long a decision takes.

May import: core, credit, state.
Never: knows whether a firm is good; it sees estimates and the officer's assessment.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.approval.base import Approval

APPROVAL: Family[Approval] = Family(__name__, Approval)
