"""Screening: which signals a bank collects on an applicant, and how it uses them.

May import: core, credit, state.
Never: draws the signals itself; the world returns the readings that a plan requires.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.screening.base import Screening

SCREENING: Family[Screening] = Family(__name__, Screening)
