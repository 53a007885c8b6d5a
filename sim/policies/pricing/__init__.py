"""Pricing: the rate offered to an approved applicant.

May import: core, credit, state.
Never: knows the firm's alternatives.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.pricing.base import Pricing

PRICING: Family[Pricing] = Family(__name__, Pricing)
