"""Provisioning: the allowance for loan losses that a book must hold.

May import: core, credit, state.
Never: changes losses; it changes when they are recognised.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.provisioning.base import Provisioning

PROVISIONING: Family[Provisioning] = Family(__name__, Provisioning)
