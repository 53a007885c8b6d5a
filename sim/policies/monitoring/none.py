"""No monitoring: a loan is forgotten until it is repaid or written off."""

from __future__ import annotations

from typing import Literal

from sim.policies.monitoring import Monitoring


class NoMonitoring(Monitoring):
    """Look at nothing."""

    kind: Literal["none"] = "none"

    @property
    def looks(self) -> bool:
        return False
