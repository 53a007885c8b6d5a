"""Collateral and guarantees: what security a bank requires for a loan.

May import: core, credit, state.
Never: knows what a forced sale will bring.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.collateral.base import Collateral

COLLATERAL: Family[Collateral] = Family(__name__, Collateral)
