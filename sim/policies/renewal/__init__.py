"""Renewal: whether and how a loan that ends in one payment is renewed at maturity.

May import: core, credit, state.
Never: knows whether the firm could repay by itself.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.renewal.base import Renewal

RENEWAL: Family[Renewal] = Family(__name__, Renewal)
