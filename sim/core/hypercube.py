"""A Latin hypercube: points of which every slice of every axis has one, drawn as SciPy draws them.

SciPy's package of such designs takes a second to import, which checking a file should not take.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats


def latin_hypercube(axes: int, count: int, seed: int) -> Floats:
    """Return (count, axes) points of the unit cube: in each axis one in every slice of 1 / count.

    McKay, Beckman and Conover (1979); as `scipy.stats.qmc.LatinHypercube(axes, rng=seed)`.
    """
    random = np.random.default_rng(seed).spawn(1)[0]  # SciPy draws from a child of its own
    within = random.uniform(size=(count, axes))
    slices = np.tile(np.arange(1, count + 1), (axes, 1))
    for row in slices:
        random.shuffle(row)
    return (slices.T - within) / count
