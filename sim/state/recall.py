"""Recall: what is on file about an applicant, and the belief that its application starts from.

That belief is a mix of what is on file and the prior about unknown firms.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.credit.belief import recalled_mean, recalled_variance
from sim.state.relations import Looks, Relations


@compiled
def recalled(rows, file, memory, prior):  # type: ignore[no-untyped-def]
    """Return mean and variance per dimension, both (5, n), of what a bank remembers of `rows` (n,).

    `file` is what the bank has on file, `memory` the share of it that lasts, and `prior` (5,) the
    mean of its belief about a firm that it does not know.
    """
    mean, variance = np.empty((prior.size, rows.size)), np.ones((prior.size, rows.size))
    for k in range(prior.size):
        if memory == 0.0:  # then the file has no influence
            mean[k] = prior[k]
            continue
        for i in range(rows.size):
            filed = np.float64(file.belief_variance[k, unsigned(rows[i])])
            known = np.float64(file.belief_mean[k, unsigned(rows[i])])
            mean[k, i] = recalled_mean(known, filed, memory, prior[k])
            variance[k, i] = recalled_variance(filed, memory)
    return mean, variance


@compiled
def on_file(rows, file):  # type: ignore[no-untyped-def]
    """Return mean and variance per dimension, both (5, n), of what a bank has on file of `rows`."""
    mean = np.empty((file.belief_mean.shape[0], rows.size))
    variance = np.empty_like(mean)
    for k in range(mean.shape[0]):
        for i in range(rows.size):
            mean[k, i] = file.belief_mean[k, unsigned(rows[i])]
            variance[k, i] = file.belief_variance[k, unsigned(rows[i])]
    return mean, variance


def heard_so_far(rows: Rows, file: Relations) -> Looks:
    """Return what a bank has learned from the bureau about how firms `rows` pay other banks."""
    return Looks(file.heard_looks[rows].astype(np.int64), file.heard_late[rows].astype(np.int64))
