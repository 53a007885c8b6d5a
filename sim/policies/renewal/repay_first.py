"""Repay first: a borrower whose renewal is granted repays, and is lent to again some days later.

Between the two it needs cash of its own or a bridge loan.
"""

from __future__ import annotations

from typing import Literal

from sim.policies.renewal_terms import RenewalTerms


class RepayFirst(RenewalTerms):
    """Renew a loan only once it is repaid."""

    kind: Literal["repay_first"] = "repay_first"
