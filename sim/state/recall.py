"""Recall: the belief that an application starts from, part what is on file, part a stranger's."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.credit.belief import recalled_mean, recalled_variance


@compiled
def recalled(rows, file, memory, stranger):  # type: ignore[no-untyped-def]
    """Return mean and variance per dimension, both (5, n), of what a bank remembers of `rows`.

    `file` is what the bank has on file, `memory` the share of it that lasts, and `stranger` (5,)
    the mean that it believes of a firm that it does not know.
    """
    mean, variance = np.empty((stranger.size, rows.size)), np.empty((stranger.size, rows.size))
    for k in range(stranger.size):
        for i in range(rows.size):
            filed = np.float64(file.belief_variance[k, rows[i]])
            known = np.float64(file.belief_mean[k, rows[i]])
            mean[k, i] = recalled_mean(known, filed, memory, stranger[k])
            variance[k, i] = recalled_variance(filed, memory)
    return mean, variance
