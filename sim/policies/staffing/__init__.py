"""Staffing: the officers, their training, pay and supervision.

May import: core, credit, state.
Never: knows an officer's diligence.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.staffing.base import Staffing

STAFFING: Family[Staffing] = Family(__name__, Staffing)
