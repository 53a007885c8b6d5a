"""Arms made by hand on common seeds, and the claim that an arm lowers a metric."""

import numpy as np

from sim.analysis.claims.difference import Difference

SEEDS = 30
LUCK = np.random.default_rng(39).normal(0.0, 1.0, SEEDS)


def noise(key, size=0.1):
    return np.random.default_rng(key).normal(0.0, size, SEEDS)


def lowers(other, metric="npl", **more):
    return Difference(metric=metric, base="base", other=other, expect="lower", **more)
