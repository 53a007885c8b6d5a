"""Proof to come: the chance that what a bank's looks see this month ends in proof of misuse.

Firms fear no more than this: what is seen counts only as far as it is acted on, in time.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled
from sim.core.indexing import rows_where, unsigned
from sim.mechanisms.looking import MOST_LOOKS
from sim.policies.monitoring.base import Action
from sim.state.market import Market


def proof_after_looks(
    market: Market,
    live: Rows,
    action: Action,
    open_to: Bools,
    *sights: Floats,
    answers: Floats | float = 1.0,
) -> Floats:
    """Return the chance that what is seen this month leads to a proof if a loan is diverted, (n,).

    `sights` (n,) each are the chances that a look sees the misuse; each that does is a trial of the
    action on the warning that stands, or is raised, where a loan is `open_to` (n,) one; a warning
    raised by chance is none here.  A warning that is due is acted on with the chance `answers` (n,)
    a month.  Nothing is counted on a loan whose term ends before the action.
    """
    loans = market.loans
    left = _months_left(live, loans, market.month, action.lag)
    in_time = (left > 0).astype(np.float64)
    answers = answers + np.zeros(live.size)
    later = rows_where(open_to & (answers < 1.0))  # a power takes long; most are acted on at once
    in_time[later] = 1.0 - (1.0 - answers[later]) ** left[later]
    unproven = (1.0 - action.success) ** np.arange(MOST_LOOKS + 1)  # by looks that saw the misuse
    evidence = loans.evidence
    return np.asarray(_proof(live, evidence, in_time, open_to, unproven, sights, action.success))


@compiled
def _months_left(live, loans, month, lag):  # type: ignore[no-untyped-def]
    """Return for how many months a warning that stands, or is raised now, can be acted on, (n,)."""
    left = np.empty(live.size, np.int64)
    for k in range(live.size):
        i = unsigned(live[k])
        age = month - loans.alarm[i] if loans.founded[i] else 0
        left[k] = max(loans.remaining[i] - max(lag - age, 0), 0)
    return left


@compiled
def _proof(live, evidence, in_time, open_to, unproven, sights, success):  # type: ignore[no-untyped-def]
    """Return the chances of `proof_after_looks`; `in_time` (n,), `unproven` by evidence."""
    chance = np.empty(live.size)
    for k in range(live.size):
        missed = 1.0
        for sight in sights:
            missed *= 1.0 - success * sight[k]
        before = in_time[k] * open_to[k] * unproven[unsigned(evidence[unsigned(live[k])])]
        chance[k] = before * (1.0 - missed)
    return chance
