"""No monitoring: no action is taken until a loan is repaid or written off."""

from __future__ import annotations

from typing import Literal

from sim.policies.monitoring.base import Monitoring


class NoMonitoring(Monitoring):
    """Inspect no loan and raise no warning."""

    kind: Literal["none"] = "none"

    @property
    def looks(self) -> bool:
        return False
