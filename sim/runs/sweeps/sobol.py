"""Sobol's scrambled sequence: even in all keys jointly, if there are 2, 4, 8, ... points.

Owen (1998): scrambling makes the mean over the points unbiased; other numbers of points lose
the balance, so they are rejected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sim.core.params import checked
from sim.runs.sweep import Filling

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Sobol(Filling):
    """A balanced sequence."""

    kind: Literal["sobol"] = "sobol"

    @checked
    def _has_a_balanced_count(self) -> Sobol:
        below = 1 << (self.count.bit_length() - 1)
        if self.count != below:
            raise ValueError(
                f"count {self.count} is not a power of two; use {below} or {2 * below}"
            )
        return self

    def shares(self) -> npt.NDArray[np.float64]:
        """Return (count, keys) shares in [0, 1)."""
        from scipy.stats import qmc

        design = qmc.Sobol(len(self.ranges), rng=self.seed)
        shares: npt.NDArray[np.float64] = design.random_base2(self.count.bit_length() - 1)
        return shares
