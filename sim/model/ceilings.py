"""Where the month asks whether something is perfect: see `sim.mechanisms.ceilings`."""

from __future__ import annotations

import numpy as np

from sim.mechanisms import ceilings, repayment
from sim.mechanisms.ceilings import Cared, Ceilings
from sim.mechanisms.diversion import Tempted
from sim.model import nature
from sim.model.bank_month import BankMonth
from sim.state.facts import Resolved


def of(month: BankMonth) -> Ceilings:
    """Return what is perfect this month: nothing before month 1."""
    return month.params(Ceilings) if month.number >= 1 else Ceilings()


def divert(month: BankMonth) -> Tempted | None:
    """Find the borrowers that begin to divert their loan."""
    return None if of(month).perfect_care else nature.divert(month)


def care(month: BankMonth) -> Cared | None:
    """Stop every diversion, and ease each loan that would be in arrears a month later."""
    rule = of(month)
    if not rule.perfect_care:
        return None
    market = month.market
    live = market.live[market.loans.lender[market.live] < len(market.banks)]
    due = repayment.payments(month, live)
    dues = due.interest + due.scheduled
    instalment = ceilings.easier(live, dues, market.firms, market.loans, rule.record())
    eased = instalment > 0.0
    diverting = live[market.firms.diverting[live]]
    return Cared(diverting, live[eased], rule.longest_term, instalment[eased])


def open_workouts(month: BankMonth) -> Resolved:
    """Draw when and how much the workouts of newly defaulted loans bring."""
    drawn = nature.open_workouts(month)
    if not of(month).perfect_recovery:
        return drawn
    due = np.full_like(drawn.due, month.number + 1)  # it is in default at the end of its month
    return Resolved(drawn.rows, due, np.ones_like(drawn.share))
