"""Products: how principal falls due, and how well that matches the firm's season.

May import: core, credit, state.
Never: knows the firm's cash flow; it sees the sector and the request.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.products.base import Products

PRODUCTS: Family[Products] = Family(__name__, Products)
