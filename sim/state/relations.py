"""Relations: what each bank has on file about each firm, a bank x firm table."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats32, Int16s, Int32s, Int64s, Rows
from sim.core.columns import Schema, column
from sim.core.sight import Sight


class Relations(NamedTuple):
    """One row per bank and slot, (banks * slots,); beliefs (5, banks * slots)."""

    known_since: Int32s = column("i4", "month", "month of first contact", Sight.FILE)
    belief_mean: Floats32 = column("f4", "sd", "belief per dimension: mean", Sight.FILE, width=5)
    belief_variance: Floats32 = column(
        "f4", "sd^2", "belief per dimension: variance", Sight.FILE, width=5
    )
    looks: Int16s = column("i2", "count", "quarterly checks of its borrower's payments", Sight.FILE)
    late_looks: Int16s = column(
        "i2", "count", "of these, checks that found it past due", Sight.FILE
    )
    heard_looks: Int16s = column(
        "i2", "count", "other banks' checks learned from a bureau", Sight.FILE
    )
    heard_late: Int16s = column(
        "i2", "count", "of these, checks that found it past due", Sight.FILE
    )
    false_alarms_felt: Int16s = column(
        "i2", "count", "times the bank intervened on a false alarm", Sight.HIDDEN
    )
    listed_until: Int32s = column("i4", "month", "no application is accepted before it", Sight.FILE)


RELATIONS = Schema(Relations)


class Looks(NamedTuple):
    """Numbers of checks of borrowers' payments, and of those that found them past due."""

    all: Int64s  # (n,)
    late: Int64s  # (n,)


def listed_everywhere(listed_until: Int32s, slots: int, rows: Rows, month: int) -> Bools:
    """Return which firms in `rows`, (n,), no bank takes an application from; so the bureau lists.

    `listed_until` is (banks * slots,).
    """
    return np.asarray((listed_until.reshape(-1, slots)[:, rows] > month).all(axis=0))
