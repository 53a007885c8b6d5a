"""Second review: further readers of an application's file before it is decided.

A review sees what the officer saw: the noise of firm and application is the
same, and only the reader's part of a soft signal is drawn again.  With n further readers the noise
of a soft signal falls to (1 - r) + r/(1 + n) of its variance, r the reader's share.  A reader who
reads a times as precisely as the officer counts as a readers.  It takes back what a favour added to
a report, finds a lie as a cross-check does, and is not overridden.
"""

from __future__ import annotations

import math

import numpy as np

from sim.core.arrays import Bools, Rows
from sim.credit.belief import revise
from sim.model import reading_power
from sim.model.bank import BankAtWork
from sim.model.due_diligence import DueDiligence
from sim.model.second_reader import SecondReaders
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.world import signals
from sim.world.signals import DIMENSION

REVIEW_STEP = 15  # step number of the second review, for the chance that a step is left out


def carried_out(bank: BankAtWork, market: Market, rows: Rows, second: SecondReaders) -> Bools:
    """Return on which files the prescribed review is carried out, (n,)."""
    (done,) = signals.carried_out(market, rows, bank.lender, [REVIEW_STEP], second.execution)
    return done


def read_again(work: DueDiligence, second: SecondReaders, done: Bools) -> None:
    """Read files again where `done` (n,): it adds to what `work` knows, and finds lies."""
    bank, market, firm_params = work.bank, work.month.market, work.month.firm_params
    share = firm_params.readings.reader_share
    readers = bank.policy.approval.review_precision * second.acuity
    sharper = 1.0 / (1.0 - share + share / (1.0 + readers))
    for one in work.soft:
        first = signals.readers_noise(market, work.rows, bank.lender, one.signal)
        further = signals.readers_noise(market, work.rows, bank.lender, one.signal, again=True)
        mean_of_all = (first + np.sqrt(readers) * further) / (1.0 + readers)
        moved = math.sqrt(share) * (mean_of_all - first) / np.sqrt(one.precision)
        counted = done * one.counted
        evidence = counted * (sharper * (one.reading + moved) - one.reported)
        k = DIMENSION[one.signal]
        revise(work.mean[k], work.variance[k], counted * (sharper - 1.0), evidence)
    rate = reading_power.found_with(bank.policy.screening.detection, second.power)
    found = signals.lies_found(market, work.rows, bank.lender, rate, Purpose.LIE_AT_REVIEW)
    work.caught |= done & found
    work.missed *= 1.0 - done * rate
