"""Ceilings: what could be gained at most by knowing, by care and by recovery, each alone.

They are no policies of a bank: nobody could pull them.  Beside a package they say how much there
is to gain before the loan and how much after it.  All are off unless a scenario sets them, and act
from month 1 on.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats, Rows
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.core.params import param
from sim.credit.amortisation import level_instalment
from sim.credit.schedule import Schedule
from sim.mechanisms.base import MechanismParams
from sim.state.firms import FIRMS
from sim.state.loans import LOANS
from sim.state.posting import Written, posting


class Ceilings(MechanismParams):
    """What is perfect from month 1 on; none of it is a lever."""

    perfect_screening: bool = param(
        False, unit="switch", source="D: an upper bound",
        meaning="banks lend to every applicant whose true risk its rate covers, and to no other",
    )  # fmt: skip
    perfect_care: bool = param(
        False, unit="switch", source="D: an upper bound",
        meaning="nobody diverts, and every loan is eased whose firm would soon be unable to pay",
    )  # fmt: skip
    perfect_recovery: bool = param(
        False, unit="switch", source="D: an upper bound",
        meaning="all principal comes back a month after default; collecting it still costs",
    )  # fmt: skip
    longest_term: int = param(
        60, unit="months", ge=1, le=600, source="A: five years",
        meaning="longest remaining term to which perfect care eases a loan",
    )  # fmt: skip
    care_months: float = param(
        2.0, unit="months of dues", ge=1, le=60, source="A: this month's and the next, swept",
        meaning="perfect care eases a loan where the firm's cash is below so many months' dues",
    )  # fmt: skip


class Cared(NamedTuple):
    """What perfect care does this month."""

    proven: Rows  # (m,) borrowers that divert, and stop
    rows: Rows  # (n,) loans eased
    remaining: int  # months, their new term
    instalment: Floats  # (n,) CNY, new level instalment


@compiled
def easier(rows, dues, firms, loans, rule):  # type: ignore[no-untyped-def]
    """Return each loan's level instalment over the longest term, or 0 where it stays, (n,), CNY.

    `dues` (n,) CNY fall due this month.  Eased is the loan of a firm that cannot pay
    `rule.care_months` of them, before it is in arrears, and where it falls due more slowly then.
    """
    instalment = np.zeros(rows.size)
    for k in range(rows.size):
        i = unsigned(rows[k])
        if loans.behind[i] > 0.0 or loans.defaulted[i] or loans.remaining[i] == 0:
            continue
        if firms.cash[i] >= rule.care_months * dues[k]:
            continue
        least = level_instalment(loans.balance[i], loans.rate[i], rule.longest_term)
        if least < dues[k]:
            instalment[k] = least
    return instalment


@posting(writes=(FIRMS, LOANS))
def post_care(to: Written, cared: Cared) -> None:
    """Post diversions that end and easier terms."""
    to.table(FIRMS).diverting[cared.proven] = False
    loans = to.table(LOANS)
    loans.schedule[cared.rows] = Schedule.LEVEL
    loans.remaining[cared.rows] = cared.remaining
    loans.instalment[cared.rows] = cared.instalment
