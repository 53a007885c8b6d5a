"""Supervision of officers by the record of their loans near the cut-off."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.months import monthly_fading
from sim.model.bank import BankAtWork
from sim.state.market import Market


class Records(NamedTuple):
    """What each officer's loans near the cut-off did so far, (m,) each, fading with time."""

    months: Floats  # loan-months
    defaults: Floats
    supervised: Bools


def records(bank: BankAtWork, market: Market) -> Records:
    """Return the records at the month's end, and who is supervised in the next month."""
    rule = bank.policy.staffing.supervisor()
    officers = market.officers_at(bank.lender)
    table = market.officers
    if rule.share == 0.0:
        nothing = np.zeros(officers.size)
        return Records(nothing, nothing, np.zeros(officers.size, bool))
    keep = monthly_fading(rule.memory_months)
    live, defaulted = _near_the_cut_off(bank, market, rule.last_band)
    count = table.key.size
    months = keep * table.record_months[officers] + np.bincount(live, minlength=count)[officers]
    new = np.bincount(defaulted, minlength=count)[officers]
    defaults = keep * table.record_defaults[officers] + new
    return Records(months, defaults, _worst(bank, market, months, defaults))


def _near_the_cut_off(bank: BankAtWork, market: Market, last_band: float) -> tuple[Rows, Rows]:
    """Return the officer of each loan that counts, and of those of them that default now.

    A loan counts for the officer who granted it, until it defaults.
    """
    loans, live = market.loans, market.live_at(bank.lender)
    floor = market.books.mean_pd[market.books_at(bank.lender)]
    if bank.policy.approval.cut_off < 1.0:
        floor = np.full(market.runs, last_band * bank.policy.approval.cut_off)
    officers = market.officer_rows(live, bank.lender, loans.seat[live])
    own = loans.granted[live] > market.officers.since[officers]
    now = loans.default_month[live] == market.month
    counts = own & (loans.pd[live] > floor[market.firms.run[live]])
    return officers[counts & (now | ~loans.defaulted[live])], officers[counts & now]


def _worst(bank: BankAtWork, market: Market, months: Floats, defaults: Floats) -> Bools:
    """Return who has the worst records, up to the share that is supervised, (m,)."""
    rule, shape = bank.policy.staffing.supervisor(), (market.runs, market.seats)
    active = market.officers.active[market.officers_at(bank.lender)].reshape(shape)
    exposed, failed = months.reshape(shape), defaults.reshape(shape)
    usual = failed.sum(axis=1, keepdims=True) / np.maximum(exposed.sum(axis=1, keepdims=True), 1.0)
    score = (failed + rule.prior_months * usual) / (exposed + rule.prior_months)
    worse = active & (score > usual)
    order = np.argsort(np.where(worse, -score, np.inf), axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    most = np.rint(rule.share * active.sum(axis=1, keepdims=True))
    return np.asarray(worse & (rank < most)).reshape(-1)
