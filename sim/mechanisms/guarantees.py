"""Guarantees: which firm stands surety for a new loan that is not secured enough.

At the grant, a firm short of collateral brings another firm of its sector.  Some firms only pair:
they guarantee whom they are guaranteed by.  The others make a chain (the guarantor guarantees
nobody yet), a fan (one for many: it guarantees others already) or a circle (two guarantors of one
component); with some chance theirs is a firm of a circle that is there already, each as likely as
any other, so a circle grows in proportion to its size.  A bank takes no firm that is in arrears.
Where nobody is found the loan goes without.  A firm says in its application if it brings one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Int32s, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.errors import ClashError
from sim.core.indexing import unsigned
from sim.core.params import checked, param
from sim.core.random_numbers import uniform
from sim.mechanisms.base import MechanismParams
from sim.state.circles import network_of
from sim.state.guarantors import GUARANTORS, PLACES
from sim.state.market import Market
from sim.state.month import Month
from sim.state.partners import guarantors_found
from sim.state.posting import Written, posting
from sim.state.purposes import Purpose

DRAWN = (
    Purpose.GUARANTEE_PATTERN, Purpose.GUARANTEE_JOINS, Purpose.GUARANTOR_PLACE,
    Purpose.GUARANTOR_KNOWN, Purpose.SECOND_GUARANTOR_PLACE,
)  # fmt: skip


class Guarantees(MechanismParams):
    """Firms that guarantee each other's loans; off where `share` is 0."""

    share: float = param(
        0.0, unit="share", ge=0, le=1, source="A: 0 none; no published figure, swept",
        meaning="share of new loans short of collateral whose firm brings another as guarantor",
    )  # fmt: skip
    enough: float = param(
        1.0, unit="share of loan", ge=0, le=100, source="A: a fully secured loan needs nobody",
        meaning="collateral over the loan from which no guarantor is needed",
    )  # fmt: skip
    covers: float = param(
        1.0, unit="share of loan", ge=0, le=3, source="A: joint liability for the whole loan",
        meaning="what the guarantors of a loan are liable for together, in equal parts",
    )  # fmt: skip
    pairs: float = param(
        0.63, unit="share of firms", ge=0, le=1, source="C: share of firms in components of 2",
        meaning="share of firms that only pair",
    )  # fmt: skip
    joins: float = param(
        0.95, unit="probability", ge=0, le=1, source="C: firms in components of 10 and 20",
        meaning="probability that another firm's guarantor belongs to a circle already",
    )  # fmt: skip
    chain: float = param(
        0.15, unit="weight", ge=0, le=1, source="C: with `fan`, swept",
        meaning="weight of chains among the patterns that are no pairs",
    )  # fmt: skip
    fan: float = param(
        0.25, unit="weight", ge=0, le=1, source="C: firms in components of 10 and 20",
        meaning="weight of one firm for many",
    )  # fmt: skip
    circle: float = param(
        0.6, unit="weight", ge=0, le=1, source="D: 1.24 guarantees a firm outside the pairs",
        meaning="weight of circles",
    )  # fmt: skip
    most: int = param(
        6, unit="count", ge=1, le=1000, source="A: a bank counts what a firm has signed",
        meaning="guarantees that a firm may give at a time",
    )  # fmt: skip
    borrowers: float = param(
        0.9, unit="probability", ge=0, le=1, source="A: banks ask for a firm that they know",
        meaning="probability that a firm looks for a new partner among borrowers of the market",
    )  # fmt: skip

    @checked
    def _some_pattern_has_weight(self) -> Guarantees:
        if self.chain + self.fan + self.circle == 0.0:
            raise ClashError("one of chain, fan and circle must be above 0", "chain")
        return self


class Guaranteed(NamedTuple):
    """Guarantors of new loans."""

    rows: Rows  # (n,) slots of the loans
    firm: Int32s  # (2, n) slot of each guarantor in its run, from 1; 0 is none
    liable: Floats  # (2, n) CNY


def promised(market: Market, rows: Rows, collateral: Floats, rule: Guarantees) -> Bools:
    """Return which firms bring a guarantor for a loan of this month, (n,).

    `collateral` (n,) is what they pledge over the loan.
    """
    drawn = salt(Purpose.GUARANTEED, market.month)
    return np.asarray(_all_promised(market.firms.key, rows, collateral, drawn, rule.record()))


@compiled
def _brings(key, collateral, drawn, rule):  # type: ignore[no-untyped-def]
    """Tell whether a firm with this `collateral` over its loan brings a guarantor."""
    return (collateral < rule.enough) & (uniform(key, drawn) < rule.share)


@compiled
def _all_promised(keys, rows, collateral, drawn, rule):  # type: ignore[no-untyped-def]
    """Return which of `rows` (n,) bring a guarantor, (n,); `drawn` is a salt."""
    brings = np.empty(rows.size, np.bool_)
    for k in range(rows.size):
        brings[k] = _brings(keys[unsigned(rows[k])], collateral[k], drawn, rule)
    return brings


@compiled
def _granted_now(live, month, rival, drawn, firms, loans, rule):  # type: ignore[no-untyped-def]
    """Return the loans of `live` that banks granted this month, and which need guarantors, (n,)."""
    rows, n = np.empty_like(live), 0
    for k in range(live.size):
        i = unsigned(live[k])
        rows[unsigned(n)] = live[k]
        n += (loans.granted[i] == month) & (loans.lender[i] < rival)
    rows = rows[:n].copy()
    needs = np.empty(n, np.bool_)
    for k in range(n):
        i = unsigned(rows[k])
        needs[k] = _brings(
            firms.key[i], loans.collateral[i] / loans.principal[i], drawn, rule
        )  # fmt: skip
    return rows, needs


def bring_guarantors(month: Month) -> Guaranteed | None:
    """Find the firms that guarantee the loans which banks made this month."""
    rule = month.params(Guarantees)
    if rule.share == 0.0:
        return None
    market, loans, live = month.market, month.market.loans, month.market.live
    drawn, record = salt(Purpose.GUARANTEED, month.number), rule.record()
    rows, needs = _granted_now(
        live, month.number, market.rival, drawn, market.firms, loans, record
    )  # fmt: skip
    if not rows.size:
        return None
    salts = np.array([salt(purpose, month.number) for purpose in DRAWN], np.uint64)
    firm, liable = guarantors_found(
        rows, needs, market.firms_per_run, salts, salt(Purpose.GUARANTEE_HABIT, 0),
        network_of(market), live, market.firms, loans, market.table(GUARANTORS), record,
    )  # fmt: skip
    return Guaranteed(rows, firm, liable)


@posting(writes=(GUARANTORS,))
def post_guarantors(to: Written, brought: Guaranteed) -> None:
    """Post who guarantees each new loan, and for how much."""
    _write(brought.rows, brought.firm, brought.liable, to.table(GUARANTORS))


@compiled
def _write(rows, firm, liable, guarantors):  # type: ignore[no-untyped-def]
    for place in range(PLACES):
        for k in range(rows.size):
            i = unsigned(rows[k])
            if firm[place, k] > 0 or guarantors.firm[place, i] > 0:  # else it stays without
                guarantors.firm[place, i] = firm[place, k]
                guarantors.liable[place, i] = liable[place, k]
