"""Choices: facts of firms that asked several banks, or that would not wait for the one they asked.

They are what `sim.state.facts` holds for all, of a market that not every scenario has.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.state.facts import Bools, Floats, Granted, Rows


class CostOfWaiting(NamedTuple):
    """What waiting for an answer costs firms now."""

    daily: Floats  # (slots,) 1/year for each day


class Awaited(NamedTuple):
    """Until when new requests wait for the answers of the other banks asked."""

    rows: Rows  # (n,)
    lender: NDArray[np.int8]  # (n,)
    due: NDArray[np.int32]  # (n,) month in which the firm answers


class Elsewhere(NamedTuple):
    """What firms with a choice did elsewhere than at this bank, which they had asked."""

    lender: int
    declined: Rows  # (n,) its offer was made, and another bank's was better
    withdrawn: Rows  # (m,) its decision was still to come
    walked: Bools  # (m,) of these: walked away, with no bank's offer
    listed_until: int  # month to which who was caught lying is turned away
    left: Granted  # loans that a rival granted to those who would not wait
