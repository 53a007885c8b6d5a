"""Relations: what each bank has on file about each firm, a bank x firm table."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.core.columns import Column, Schema
from sim.core.sight import Sight

RELATIONS = Schema(
    "Relations",
    Column("known_since", "i4", "month", "month of first contact", Sight.FILE),
    Column("belief_mean", "f4", "sd", "belief per dimension: mean", Sight.FILE, width=5),
    Column("belief_variance", "f4", "sd^2", "belief per dimension: variance", Sight.FILE, width=5),
    Column("looks", "i2", "count", "quarterly checks of its borrower's payments", Sight.FILE),
    Column("late_looks", "i2", "count", "of these, checks that found it past due", Sight.FILE),
    Column("heard_looks", "i2", "count", "other banks' checks learned from a bureau", Sight.FILE),
    Column("heard_late", "i2", "count", "of these, checks that found it past due", Sight.FILE),
    Column(
        "false_alarms_felt",
        "i2",
        "count",
        "times the bank intervened on a false alarm",
        Sight.HIDDEN,
    ),
    Column("listed_until", "i4", "month", "no application is accepted before it", Sight.FILE),
)
Relations = RELATIONS.record


class Looks(NamedTuple):
    """Numbers of checks of borrowers' payments, and of those that found them past due."""

    all: NDArray[np.int64]  # (n,)
    late: NDArray[np.int64]  # (n,)
