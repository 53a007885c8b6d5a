"""The archive: each bank's beliefs about loans to its applicants, and which loans defaulted.

Kept only if some bank learns from it.  A loan is identified by its slot and month of grant.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np

from sim.core.arrays import Bools, Floats, Floats32, Rows
from sim.state.market import Market

MONTHS = 1_000_000  # more than any simulation has


class ArchivedLoans(NamedTuple):
    """Loans granted in a month to applicants of one bank, by it or by a rival."""

    bank: int
    own: bool
    month: int
    slot: Rows  # (n,)
    run: Rows  # (n,)
    features: Floats32  # (n, 5) means of the bank's belief per dimension


class Archive:
    """Old loans of one market."""

    def __init__(self) -> None:
        self.granted: list[ArchivedLoans] = []
        self.defaults: list[Rows] = []

    def keep(self, market: Market, bank: int, rows: Rows, own: bool) -> None:
        """Store the loans in `rows`, granted this month to applicants of a bank."""
        run = market.firms.run[rows].astype(np.int64)
        features = market.file_of(bank).belief_mean[:, rows].T.copy()
        self.granted.append(ArchivedLoans(bank, own, market.month, rows, run, features))

    def note_defaults(self, market: Market) -> None:
        """Record the loans that defaulted this month."""
        live = market.live
        rows = live[market.loans.default_month[live] == market.month]
        self.defaults.append(rows * MONTHS + market.loans.granted[rows])

    def experience(self, bank: int, run: int, before: int, bureau: bool) -> tuple[Floats, Bools]:
        """Return beliefs (loans, 5) and defaults (loans,) of loans granted before a month."""
        chosen = [
            loans
            for loans in self.granted
            if loans.bank == bank and loans.month < before and (loans.own or bureau)
        ]
        if not chosen:
            return np.zeros((0, 5)), np.zeros(0, bool)
        mine = [loans.run == run for loans in chosen]
        features = np.concatenate([x.features[m] for x, m in zip(chosen, mine, strict=True)])
        key = np.concatenate(
            [x.slot[m] * MONTHS + x.month for x, m in zip(chosen, mine, strict=True)]
        )
        bad = np.concatenate(self.defaults) if self.defaults else np.zeros(0, np.int64)
        return cast(Floats, features), np.isin(key, bad)  # of single precision, as they are kept


def file_month(archive: Archive, market: Market) -> None:
    """Store the month's new loans of every bank: its own and those lost to the rival."""
    archive.note_defaults(market)
    new = market.live[market.loans.granted[market.live] == market.month]
    lender, asked = market.loans.lender[new], market.loans.asked[new]
    for bank in range(len(market.banks)):
        archive.keep(market, bank, new[lender == bank], own=True)
        archive.keep(market, bank, new[(lender == market.rival) & (asked == bank)], own=False)
