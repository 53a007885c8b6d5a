"""Capital: how much a bank must hold against its loans, and its dividends.

May import: core, credit, state.
Never: changes existing loans; it limits new lending.
"""

from __future__ import annotations

from sim.core.registry import Family
from sim.policies.capital.base import Capital

CAPITAL: Family[Capital] = Family(__name__, Capital)
