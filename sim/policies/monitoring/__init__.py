"""Monitoring: how often live loans are inspected, when a warning is raised, the action taken.

May import: core, credit, state.
Never: knows who diverts; it sees scores.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.monitoring.base import Monitoring

MONITORING: Family[Monitoring] = Family(__name__, Monitoring)
