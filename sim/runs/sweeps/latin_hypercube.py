"""Latin hypercube: each key's range is cut into as many slices as points, each used once.

McKay, Beckman and Conover (1979): even in every single key at any number of points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sim.core.hypercube import latin_hypercube
from sim.runs.sweep import Filling

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class LatinHypercube(Filling):
    """One point per slice of every key."""

    kind: Literal["latin_hypercube"] = "latin_hypercube"

    def shares(self) -> npt.NDArray[np.float64]:
        """Return (count, keys) shares in [0, 1)."""
        return latin_hypercube(len(self.ranges), self.count, self.seed)
