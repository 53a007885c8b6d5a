"""The archive: each bank's beliefs about loans to its applicants, and which loans defaulted.

Kept only if some bank learns from it.  A loan is identified by its slot and month of grant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Bools, Floats, Floats32, Rows
from sim.state.market import Market

MONTHS = 1_000_000  # more than any simulation has
BY_MONTH = ("bank", "own", "month")  # what all loans of one entry share
BY_LOAN = ("slot", "run", "features")


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

    def before(self, month: int, first: int) -> Archive:
        """Return the archive as it was when a month began, if its own first month was `first`."""
        then = Archive()
        then.granted = [loans for loans in self.granted if loans.month < month]
        then.defaults = self.defaults[: month - first]
        return then

    def forget(self, bank: int) -> None:
        """Leave nothing of a bank's applicants: it enters with nothing learnt."""
        self.granted = [loans for loans in self.granted if loans.bank != bank]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all as plain arrays by name."""
        sizes = [loans.slot.size for loans in self.granted]
        whole = {name: [getattr(loans, name) for loans in self.granted] for name in BY_MONTH}
        listed = {name: [getattr(loans, name) for loans in self.granted] for name in BY_LOAN}
        return {
            **{f"Archive.{name}": np.array(values, np.int64) for name, values in whole.items()},
            **{f"Archive.{name}": _joined(values, name) for name, values in listed.items()},
            "Archive.sizes": np.array(sizes, np.int64),
            "Archive.defaults": _joined(self.defaults, "defaults"),
            "Archive.months": np.array([rows.size for rows in self.defaults], np.int64),
        }

    @staticmethod
    def of_arrays(arrays: Mapping[str, NDArray[Any]]) -> Archive:
        """Return the archive of which these are the arrays."""
        archive = Archive()
        parts = {
            name: np.split(arrays[f"Archive.{name}"], np.cumsum(arrays["Archive.sizes"])[:-1])
            for name in BY_LOAN
        }
        for k in range(arrays["Archive.sizes"].size):
            bank, own, month = (int(arrays[f"Archive.{name}"][k]) for name in BY_MONTH)
            loans = (parts[name][k].copy() for name in BY_LOAN)
            archive.granted.append(ArchivedLoans(bank, bool(own), month, *loans))
        edges = np.cumsum(arrays["Archive.months"])[:-1]
        if arrays["Archive.months"].size:
            archive.defaults = [rows.copy() for rows in np.split(arrays["Archive.defaults"], edges)]
        return archive

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


def _joined(parts: Sequence[NDArray[Any]], name: str) -> NDArray[Any]:
    """Return the parts of one column one after the other."""
    blank = np.zeros((0, 5), np.float32) if name == "features" else np.zeros(0, np.int64)
    return np.concatenate(parts) if parts else blank


def file_month(archive: Archive, market: Market) -> None:
    """Store the month's new loans of every bank: its own and those lost to the rival."""
    archive.note_defaults(market)
    new = market.live[market.loans.granted[market.live] == market.month]
    lender, asked = market.loans.lender[new], market.loans.asked[new]
    for bank in range(len(market.banks)):
        archive.keep(market, bank, new[lender == bank], own=True)
        archive.keep(market, bank, new[(lender == market.rival) & (asked == bank)], own=False)
