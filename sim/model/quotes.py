"""Quotes: how firms choose among the offers of several banks, all offers of a month together.

Each bank decides by itself, on its own belief, and knows no other offer; the firm compares them.
If each firm applies to one bank and waiting is free, `lending.decide` gives the same result faster.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Floats
from sim.model import ceilings, lending
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.scenario.schema import EconomyParams, FirmParams
from sim.state.choices import CostOfWaiting, Elsewhere
from sim.state.facts import Decided
from sim.state.market import NO_LENDER, Market
from sim.world import choosing, take_up
from sim.world.choosing import Chosen, Offers


class BankOutcome(NamedTuple):
    """The outcome of one bank's requests; `elsewhere` is None if firms have no choice."""

    bank: BankAtWork
    decided: Decided
    elsewhere: Elsewhere | None = None


class OffersSettled(NamedTuple):
    """What became of the applications of each bank, in the order of the banks."""

    by_bank: tuple[BankOutcome, ...]


def offers(month: BankMonth) -> OffersSettled:
    """Decide all applications that are due, and let firms answer."""
    waiting = month.found(CostOfWaiting)
    daily = None if waiting is None else waiting.daily
    settled = settle_offers(
        month.banks, month.market, month.firm_params, month.economy, daily,
        ceilings.of(month).perfect_screening,
    )  # fmt: skip
    return OffersSettled(tuple(settled))


def elsewhere(month: BankMonth) -> Elsewhere | None:
    """Return what this bank's applicants did with the offers of others, where they have any."""
    return month.fact(OffersSettled).by_bank[month.bank.lender].elsewhere


def decisions(month: BankMonth) -> Decided:
    """Return what became of the applications that this bank decided."""
    return month.fact(OffersSettled).by_bank[month.bank.lender].decided


def settle_offers(
    banks: Iterable[BankAtWork],
    market: Market,
    firm_params: FirmParams,
    economy: EconomyParams,
    waiting: Floats | None,
    perfect: bool = False,
) -> list[BankOutcome]:
    """Decide all requests that are due, and let each firm answer all its offers at once.

    `waiting` (slots,) is the cost of a day's waiting for each firm, as a rate in 1/year; None if
    each firm applies to one bank and waiting is free.  If `perfect`, banks know true quality.
    """
    given = market, firm_params, economy, perfect
    if waiting is None:
        return [BankOutcome(bank, lending.decide(bank, *given)) for bank in banks]
    banks = list(banks)
    decisions = [lending.bank_decision(bank, *given) for bank in banks]
    offers = _offers_of(decisions, banks, market, firm_params)
    rows = offers.rows
    own, rival = take_up.alternatives(
        market, rows, firm_params.projects, firm_params.take_up,
        firm_params.treasury.informal_rate, economy.funding_rate,
    )  # fmt: skip
    waited = choosing.already_waited(market, rows)
    cost = waiting[rows]
    leaves = choosing.leaves_at_once(
        offers.expected_rate,
        offers.days,
        waited,
        cost,
        firm_params.urgency.hoped_saving,
        own,
        rival,
    )
    borne = choosing.patience_days(market, rows, waited, firm_params.take_up)
    chosen = choosing.choose(market, offers, borne, leaves, cost, own, rival)
    return [
        BankOutcome(
            bank,
            _decided(bank, market, firm_params, decision, offers, chosen, rival),
            _elsewhere(bank, market, firm_params, offers, chosen, rival),
        )
        for bank, decision in zip(banks, decisions, strict=True)
    ]


def _offers_of(
    decisions: Sequence[lending.LendingDecision],
    banks: Sequence[BankAtWork],
    market: Market,
    firm_params: FirmParams,
) -> Offers:
    """Return all banks' decisions of this month on the firms that any of them decides on."""
    rows = np.unique(np.concatenate([decision.rows for decision in decisions]))
    shape = (len(decisions), rows.size)
    offers = Offers(
        rows=rows,
        due=np.zeros(shape, bool),
        made=np.zeros(shape, bool),
        effective_rate=np.full(shape, np.inf),
        days=np.zeros(shape),
        expected_rate=np.full(shape, np.inf),
    )
    for bank, decision in zip(banks, decisions, strict=True):
        b, at = bank.lender, np.searchsorted(rows, decision.rows)
        offers.due[b, at] = True
        offers.made[b, at] = decision.yes
        lost_goodwill = take_up.lost_goodwill(market, decision.rows, b, firm_params.take_up)
        offers.effective_rate[b, at] = decision.rate + lost_goodwill
        requests = market.requests[b]
        offers.days[b] = requests.days[rows]
        usual = market.books.usual_rate[market.books_of(rows, b)]
        offers.expected_rate[b] = np.where(requests.lender[rows] == b, usual, np.inf)
    return offers


def _decided(
    bank: BankAtWork,
    market: Market,
    firm_params: FirmParams,
    decision: lending.LendingDecision,
    offers: Offers,
    chosen: Chosen,
    rival: Floats,
) -> Decided:
    at = np.searchsorted(offers.rows, decision.rows)
    lost, requests = chosen.lost == bank.lender, market.requests[bank.lender]
    return lending.decided(
        bank,
        market,
        firm_params,
        decision,
        walked=chosen.walked[bank.lender, at],
        approved=decision.yes & ~chosen.gone[at],
        taken=chosen.taken[at] == bank.lender,
        lost=lending.grant_elsewhere(
            market, offers.rows[lost], requests.amount[offers.rows[lost]], rival[lost], firm_params
        ),
    )


def _elsewhere(
    bank: BankAtWork,
    market: Market,
    firm_params: FirmParams,
    offers: Offers,
    chosen: Chosen,
    rival: Floats,
) -> Elsewhere:
    """Return how this bank's applicants responded to other lenders' offers."""
    b, rows = bank.lender, offers.rows
    settled = (chosen.taken != NO_LENDER) | (chosen.lost != NO_LENDER)
    offered = offers.made[b] & ~chosen.gone
    another = settled & (chosen.taken != b) & (chosen.lost != b)
    requests = market.requests[b]
    still_open = (requests.lender[rows] == b) & ~offers.due[b] & (settled | chosen.gone)
    withdrawn, left = rows[still_open], chosen.left == b
    return Elsewhere(
        lender=b,
        declined=rows[offered & another],
        withdrawn=withdrawn,
        walked=chosen.gone[still_open],
        listed_until=market.month + bank.policy.approval.listing_months,
        left=lending.grant_elsewhere(
            market, rows[left], requests.amount[rows[left]], rival[left], firm_params
        ),
    )
