"""Second review: further readers of an application's file before it is decided.

A review sees what the officer saw: the noise of firm and application is the
same, and only the reader's part of a soft signal is drawn again.  With n further readers the noise
of a soft signal falls to (1 - r) + r/(1 + n) of its variance, r the reader's share.  A reader who
reads a times as precisely as the officer counts as a readers.  It takes back what a favour added to
a report, finds a lie as a cross-check does, and is not overridden.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.credit.belief import Belief, revise
from sim.model import reading_power
from sim.model.bank import BankAtWork
from sim.model.second_reader import SecondReaders
from sim.scenario.schema import FirmParams
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.world import signals
from sim.world.signals import DIMENSION, Signal

REVIEW_STEP = 15  # step number of the second review, for the chance that a step is left out


class SoftReading(NamedTuple):
    """What the officer put on file of one soft signal, (n,) each."""

    signal: Signal
    reading: Floats  # sd, without what a favour added
    reported: Floats  # sd, as counted in the belief
    precision: Floats  # 1/sd^2 of the reading
    counted: Floats  # 1/sd^2, with which the belief counted it


class Reviewed(NamedTuple):
    """What a second review leaves on file, (n,) unless said."""

    mean: Floats  # (5, n) sd
    variance: Floats  # (5, n) sd^2
    overall: Belief
    caught: Bools  # lies that it found
    detection: Floats  # chance to find a lie
    done: Bools  # carried out


def carried_out(bank: BankAtWork, market: Market, rows: Rows, second: SecondReaders) -> Bools:
    """Return on which files the prescribed review is carried out, (n,)."""
    (done,) = signals.carried_out(market, rows, bank.lender, [REVIEW_STEP], second.execution)
    return done


def read_file_again(
    bank: BankAtWork,
    market: Market,
    rows: Rows,
    firm_params: FirmParams,
    belief: Belief,
    soft: list[SoftReading],
    second: SecondReaders,
    done: Bools,
) -> Reviewed:
    """Review files by reading them again where `done` (n,); `belief` (5, n) each, is the file's."""
    mean, variance = belief.mean.copy(), belief.variance.copy()
    share = firm_params.readings.reader_share
    readers = bank.policy.approval.review_precision * second.acuity
    sharper = 1.0 / (1.0 - share + share / (1.0 + readers))
    for one in soft:
        first = signals.readers_noise(market, rows, bank.lender, one.signal)
        further = signals.readers_noise(market, rows, bank.lender, one.signal, again=True)
        mean_of_all = (first + np.sqrt(readers) * further) / (1.0 + readers)
        moved = math.sqrt(share) * (mean_of_all - first) / np.sqrt(one.precision)
        counted = done * one.counted
        evidence = counted * (sharper * (one.reading + moved) - one.reported)
        k = DIMENSION[one.signal]
        revise(mean[k], variance[k], counted * (sharper - 1.0), evidence)
    rate = reading_power.found_with(bank.policy.screening.detection, second.power)
    caught = done & signals.lies_found(market, rows, bank.lender, rate, Purpose.LIE_AT_REVIEW)
    overall = bank.policy.rating.overall(mean, variance, firm_params.weights)
    return Reviewed(mean, variance, overall, caught, rate, done)
