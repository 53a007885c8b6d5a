"""Reports that officers inflate so that a file passes, and reviews that undo it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Integers, Rows
from sim.core.indexing import rows_where
from sim.core.view import View
from sim.credit.belief import Belief
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.officers_pay import choose, proposed, pulls
from sim.model.pricing import highest_pd
from sim.world import conduct, officers_choice


class Findings(NamedTuple):
    """What a bank's officers found about applicants: beliefs by dimension and overall."""

    mean: Floats  # (5, n)
    variance: Floats  # (5, n)
    overall: Belief  # (n,)


def inflation(
    month: BankMonth,
    bank: BankAtWork,
    files: View,
    officers: Rows,
    found: Findings,
    caught: Bools,
) -> Floats:
    """Return by how much officers inflate their reports, (n,), in sd of overall quality.

    A firm `caught` (n,) with inflated statements gets no such help.
    """
    market, labour = month.market, month.economy.labour
    as_found = np.zeros(len(files))
    if not (choose(bank, labour) and as_found.size):
        return as_found
    choice, pull = labour.choice, pulls(bank, market, labour)
    pd = _estimated(month, bank, found, files.run, as_found)
    most = as_found + highest_pd(bank, market, files, pd, month.firm_params, month.economy)
    at = rows_where((pd > most) & (most > 0.0))  # files that would not pass
    if not at.size:
        return as_found
    run = files.run[at]
    better = _estimated(month, bank, _some(found, at), run, as_found[at] + choice.most_inflation)
    amount = proposed(bank, market, files, labour)[at] / month.firm_params.demand.amount_mean
    chi = officers_choice.scruples(market.officers.integrity[officers[at]], choice)
    if labour.diligence_log_sd > 0.0:
        chi = chi * conduct.diligence(market, officers[at])
    done = as_found
    done[at] = officers_choice.inflation(
        pd[at], most[at], officers_choice.steepness(pd[at], better, choice.most_inflation), amount,
        pull.volume[run], pull.quality, chi, choice.record(),
    )  # fmt: skip
    seen = market.officers.supervised[officers]
    if seen.any():
        seen &= officers_choice.found_by_supervisor(market, files.rows, bank.lender, choice)
    return np.where(caught | seen, 0.0, done)


def _estimated(
    month: BankMonth, bank: BankAtWork, found: Findings, run: Integers, inflation: Floats
) -> Floats:
    """Return the estimated PD of each report if it is inflated so far, (n,); `run` is (n,)."""
    report = inflated(month, bank, found, inflation)
    return bank.policy.rating.pd(report.overall, report.mean, run, bank.lessons)


def _some(found: Findings, at: Rows) -> Findings:
    """Return the findings about the applicants at some places."""
    overall = Belief(found.overall.mean[at], found.overall.variance[at])
    return Findings(found.mean[:, at], found.variance[:, at], overall)


def inflated(month: BankMonth, bank: BankAtWork, found: Findings, inflation: Floats) -> Findings:
    """Return what is on file once reports are inflated: overall quality rises by `inflation` (n,).

    It is spread over the dimensions as the bank's rating weighs them.
    """
    if not inflation.any():
        return found
    weights = bank.policy.rating.weights(month.firm_params.weights)
    spread = weights / (weights**2).sum()
    return found._replace(
        mean=found.mean + inflation * spread[:, None],
        overall=Belief(found.overall.mean + inflation, found.overall.variance),
    )


def after_review(
    month: BankMonth,
    bank: BankAtWork,
    files: View,
    inflation: Floats,
    reviewed: Bools,
    power: Floats,
) -> Floats:
    """Return the inflation that is left when second reviews, where carried out, struck some.

    `power` (n,) is the second readers' over the usual one.
    """
    if not inflation.any():
        return inflation
    precision, choice = bank.policy.approval.review_precision, month.economy.labour.choice
    found = officers_choice.struck(month.market, files.rows, bank.lender, precision * power, choice)
    return np.where(reviewed & found, 0.0, inflation)
