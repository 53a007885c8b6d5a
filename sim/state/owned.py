"""What applicants own, as a bank learns it if its policy looks at assets; it is not stored."""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Floats


class Owned(NamedTuple):
    """What applicants and their guarantors could offer as security."""

    property: Floats  # (n,) CNY, real estate; 0 where there is none
    movables: Floats  # (n,) CNY, stock and machines
    guarantor: Floats  # (n,) CNY, wealth of a willing guarantor; 0 where there is none
