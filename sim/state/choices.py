"""Choices: facts about firms that asked several banks, or that did not wait for the one they asked.

They add to `sim.state.facts` for markets in which firms have such a choice; not every scenario has.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Bools, Floats, Int8s, Int32s, Rows
from sim.state.facts import Granted


class CostOfWaiting(NamedTuple):
    """What waiting for an answer costs firms now."""

    daily: Floats  # (slots,) 1/year for each day


class Reached(NamedTuple):
    """How many firms in need of credit come to each bank this month, over the usual number."""

    reach: Floats  # (banks, runs)
    bought: Floats  # (banks, runs) prospecting paid for beyond officers' hours, over the usual


class Awaited(NamedTuple):
    """New requests whose firm answers only when the other banks that it asked have decided."""

    rows: Rows  # (n,)
    lender: Int8s  # (n,)
    due: Int32s  # (n,) month in which the firm answers


class Elsewhere(NamedTuple):
    """What firms that had asked this bank did at other lenders."""

    lender: int
    declined: Rows  # (n,) this bank made an offer, and another bank's was better
    withdrawn: Rows  # (m,) requests withdrawn before this bank's decision
    walked: Bools  # (m,) of these: left without any bank's offer
    listed_until: int  # month until which firms caught with inflated statements are refused
    left: Granted  # loans that a rival granted to firms that did not wait
