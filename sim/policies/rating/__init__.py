"""Rating: from a bank's belief about a firm to the probability that its loan defaults.

May import: core, credit, state.
Never: knows the firm's quality; it weights beliefs, and its weights may be wrong.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.rating.base import Rating

RATING: Family[Rating] = Family(__name__, Rating)
