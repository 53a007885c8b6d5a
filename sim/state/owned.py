"""What applicants own, as a bank finds it out where its policy asks; nothing of it is stored."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Owned(NamedTuple):
    """What applicants and those who stand by them could bring as security."""

    property: Floats  # (n,) CNY, real estate; 0 where there is none
    movables: Floats  # (n,) CNY, stock and machines
    guarantor: Floats  # (n,) CNY, wealth of who would stand in; 0 where nobody would
