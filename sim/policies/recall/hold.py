"""Hold: a default has no consequences for the other firms of its circle."""

from __future__ import annotations

from typing import Literal

from sim.policies.recall.base import Recall


class Hold(Recall):
    """Leave the other loans as they are."""

    kind: Literal["hold"] = "hold"
