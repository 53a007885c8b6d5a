"""Post-loan monitoring: what a look at a borrower sees, and the warnings that it raises.

score = -B/instalment + 1.5 diverting + eps/sqrt(tau_w): a lack of cash and a diverted loan leave a
noisy trace.  Which loans a bank looks at, its policy decides (`sim.model.oversight`).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import unsigned
from sim.core.params import param
from sim.core.random_numbers import pair_normals_at, pair_uniforms_at
from sim.mechanisms.base import MechanismParams
from sim.state.books import BOOKS
from sim.state.ledger import LEDGER
from sim.state.loans import LOANS
from sim.state.market import NEVER, Market
from sim.state.officers import OFFICERS
from sim.state.posting import Written, posting
from sim.state.purposes import Purpose


class Monitoring(MechanismParams):
    """What inspections of borrowers reveal, and how borrowers estimate their frequency."""

    diverting_trace: float = param(
        1.5, unit="instalments of missing cash", ge=0, le=20, source="A: no published value",
        meaning="trace that a diverted loan leaves in the warning score",
    )  # fmt: skip
    cash_seen: float = param(
        12.0, unit="instalments", gt=0, le=120, source="A: a year of instalments",
        meaning="cash beyond which more does not lower the score further",
    )  # fmt: skip
    view_weight: float = param(
        1.0 / 6.0, unit="share a month", gt=0, le=1, source="A: about the last six months",
        meaning="weight of the latest month in the firms' estimate of how often a bank inspects",
    )  # fmt: skip


class Watched(NamedTuple):
    """Inspections of one bank's live loans and the warnings that they raised."""

    lender: int
    inspected: Rows  # (n,)
    alarmed: Bools  # (n,) of the inspected
    healthy: Bools  # (n,) of the inspected: not past due
    checked: Rows  # (m,) new loans whose use was checked
    misused: Bools  # (m,) of the checked: found to be diverted
    check_cost: float  # CNY each
    check_hours: float  # each
    cost: float  # CNY each inspection
    hours: float  # each
    false_alarms: float  # share of healthy loans inspected that the bank accepts
    threshold_step: float  # instalments of cash by which a wholly wrong threshold moves in a month
    view_weight: float  # of this month in the firms' estimate of inspections


@compiled
def all_scores(rows, firms, loans, bank, noise_salt, noise_sd, rule):  # type: ignore[no-untyped-def]
    """Return the score of each loan in `rows`, (n,)."""
    score = pair_normals_at(firms.key, rows, bank, noise_salt)
    for k in range(rows.size):
        i = unsigned(rows[k])
        months_of_cash = firms.cash[i] / loans.instalment[i]
        months_of_cash = min(max(months_of_cash, -rule.cash_seen), rule.cash_seen)
        score[k] = -months_of_cash + rule.diverting_trace * firms.diverting[i] + noise_sd * score[k]
    return score


def score(
    market: Market, rows: Rows, lender: int, precision: float, monitoring: Monitoring
) -> Floats:
    """Return warning scores of live loans, shape (n,), in instalments of missing cash."""
    bank, draws = market.bank_keys[lender], salt(Purpose.WARNING_NOISE, market.month)
    scores: Floats = all_scores(
        rows, market.firms, market.loans, bank, draws, 1.0 / math.sqrt(precision),
        monitoring.record(),
    )  # fmt: skip
    return scores


def use_checked(market: Market, rows: Rows, lender: int, chance: Floats) -> Bools:
    """Return for which loans the bank checks what the money went into, shape (n,)."""
    keys, bank = market.firms.key, market.bank_keys[lender]
    return pair_uniforms_at(keys, rows, bank, salt(Purpose.PROCEEDS_CHECK, market.month)) < chance


def visited(market: Market, rows: Rows, lender: int, chance: Floats) -> Bools:
    """Return which live loans are inspected this month, shape (n,); `chance` is per month."""
    keys, bank = market.firms.key, market.bank_keys[lender]
    return pair_uniforms_at(keys, rows, bank, salt(Purpose.INSPECTION, market.month)) < chance


@compiled
def _raise_alarm(i, bank, month, lenders, firms, loans, ledger):  # type: ignore[no-untyped-def]
    if loans.alarm[i] == month:  # raised just now: once is enough
        return
    if loans.alarm[i] == NEVER:
        loans.alarm[i] = month
    if loans.first_alarm[i] == NEVER:
        loans.first_alarm[i] = month
    book = firms.run[i] * lenders + bank
    ledger.alarms[book] += 1.0
    ledger.alarms_true[book] += firms.diverting[i] or loans.dpd[i] > 0


@compiled
def _post_looks(watched, live, month, places, firms, loans, officers, books, ledger):  # type: ignore[no-untyped-def]
    lenders, banks, seats = places
    bank, size = watched.lender, books.cash.size
    inspected, healthy, false, lent = np.zeros((4, size))
    if watched.inspected.size:
        for k in range(live.size):
            lent[unsigned(firms.run[unsigned(live[k])] * lenders + bank)] += 1.0
    for k in range(watched.inspected.size):
        i = unsigned(watched.inspected[k])
        book = unsigned(firms.run[i] * lenders + bank)
        inspected[book] += 1.0
        healthy[book] += watched.healthy[k]
        false[book] += watched.healthy[k] and watched.alarmed[k]
        ledger.monitoring_cost[book] += watched.cost
        seat = unsigned((firms.run[i] * banks + bank) * seats + loans.seat[i])
        officers.hours[seat] += watched.hours
        if watched.alarmed[k]:
            _raise_alarm(i, bank, month, lenders, firms, loans, ledger)
    for k in range(watched.checked.size):
        i = unsigned(watched.checked[k])
        ledger.monitoring_cost[firms.run[i] * lenders + bank] += watched.check_cost
        seat = unsigned((firms.run[i] * banks + bank) * seats + loans.seat[i])
        officers.hours[seat] += watched.check_hours
        if watched.misused[k]:
            _raise_alarm(i, bank, month, lenders, firms, loans, ledger)
    for book in range(bank, size, lenders):
        ledger.inspections[book] += inspected[book]
        share = inspected[book] / max(lent[book], 1.0)
        books.detection[book] += watched.view_weight * (share - books.detection[book])
        rate = false[book] / healthy[book] if healthy[book] > 0.0 else watched.false_alarms
        books.threshold[book] += watched.threshold_step * (rate - watched.false_alarms)


@posting(writes=(LOANS, OFFICERS, BOOKS, LEDGER))
def post_warnings(to: Written, watched: Watched) -> None:
    """Post inspections and alarms; the alarm threshold moves toward the accepted false alarms."""
    market = to.market
    _post_looks(
        watched,
        market.live_at(watched.lender),
        market.month,
        market.places,
        market.firms,
        to.table(LOANS),
        to.table(OFFICERS),
        to.table(BOOKS),
        to.table(LEDGER),
    )
