"""No renewal: every loan is repaid at maturity; who needs money then applies for a new one."""

from __future__ import annotations

from typing import Literal

from sim.policies.renewal.base import Renewal


class NoRenewal(Renewal):
    """Renew no loan."""

    kind: Literal["none"] = "none"

    @property
    def renews(self) -> bool:
        return False
