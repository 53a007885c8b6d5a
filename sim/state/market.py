"""The market: all tables of all runs, side by side.

Several seeds can share one long axis, since many small branches are the most common job.  Row
numbers: firm slot `run * firms_per_run + slot`; book `run * lenders + lender`; officer
`(run * banks + bank) * seats + seat`; relation of a bank to a firm `bank * slots + slot`; request
of a firm `slot`, or `bank * slots + slot` where it may ask several banks at once.  Nothing passes
from one run to another, and sums are taken row by row, so a run gives the same results whichever
runs share the tables.  The last lender of each run is the rival: it lends on its own books and
follows no policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Bools, Floats, Integers, Rows
from sim.core.columns import Schema
from sim.core.draws import key_of
from sim.core.errors import RequestError
from sim.core.face import face_of
from sim.core.table import Table
from sim.state.applications import APPLICATIONS, Applications
from sim.state.books import BOOKS, Books
from sim.state.cohorts import COHORTS, CohortCash, Cohorts
from sim.state.economy import ECONOMY, Economy
from sim.state.firms import FIRMS, Firms
from sim.state.ledger import LEDGER, Ledger
from sim.state.loans import LOANS, Loans
from sim.state.market_size import rows_by_table
from sim.state.officers import OFFICERS, Officers
from sim.state.purposes import Entity
from sim.state.relations import RELATIONS, Relations
from sim.state.row_numbers import lent_by, rows_of_books, rows_of_officers
from sim.state.shadows import SHADOWS, Shadows

NEVER = -(10**6)  # a month before all months
T = TypeVar("T")
NO_LENDER = -1  # the lender where there is none


class Outcomes(NamedTuple):
    """Shadow loans that ended in a month, all (n,)."""

    book: Rows
    pd: Floats
    good: Bools
    approved: Bools
    booked: Bools
    defaulted: Bools


@dataclass(frozen=True)
class WriteSides:
    """The write side of every table, which only `sim.state` uses."""

    firms: Firms
    applications: Applications
    loans: Loans
    officers: Officers
    books: Books
    ledger: Ledger
    economy: Economy
    relations: Relations
    shadows: Shadows
    cohorts: Cohorts


class Market:
    """The whole state, which all code may read and only `sim.state` writes.

    Attributes named after tables (`firms`, `loans`, ...) are their faces to read; `tables` holds
    the faces to write.  `own` are the tables of mechanisms, over the rows of others; those in
    `empty` take no rows, since their mechanism is off.
    """

    def __init__(
        self,
        seeds: list[int],
        firms_per_run: int,
        banks: list[str],
        seats: int,
        banks_asked: int = 1,
        own: Sequence[Schema[Any]] = (),
        empty: Sequence[Schema[Any]] = (),
    ):
        self.seeds = list(seeds)
        self.runs = len(seeds)
        self.firms_per_run = firms_per_run
        self.banks = list(banks)
        self.lenders = len(banks) + 1
        self.rival = len(banks)
        self.seats = seats
        self.places = (self.lenders, len(banks), seats)  # for row numbers in compiled code
        self.month = 0
        self.slots = slots = self.runs * firms_per_run
        self.sheets = len(banks) if banks_asked > 1 else 1
        rows = rows_by_table(self.runs, firms_per_run, len(banks), seats, banks_asked, own)
        firms = Table(FIRMS, rows[FIRMS])
        applications = Table(APPLICATIONS, rows[APPLICATIONS])
        loans = Table(LOANS, rows[LOANS])
        officers = Table(OFFICERS, rows[OFFICERS])
        books = Table(BOOKS, rows[BOOKS])
        ledger = Table(LEDGER, rows[LEDGER])
        economy = Table(ECONOMY, rows[ECONOMY])
        relations = Table(RELATIONS, rows[RELATIONS])
        shadows = Table(SHADOWS, rows[SHADOWS])
        tables = (
            firms, applications, loans, officers, books, ledger, economy, relations, shadows,
        )  # fmt: skip
        self.own = tuple(own)
        self._by_schema: dict[Schema[Any], Table[Any]] = {table.schema: table for table in tables}
        self._by_schema |= {one: Table(one, rows.get(one, 0)) for one in (*own, *empty)}
        self.bytes = sum(table.nbytes for table in self._by_schema.values())
        cohorts = Cohorts(self.runs * self.lenders)
        self.tables = WriteSides(
            firms.write, applications.write, loans.write, officers.write, books.write,
            ledger.write, economy.write, relations.write, shadows.write, cohorts,
        )  # fmt: skip
        self.firms = firms.read
        self.applications = applications.read
        self.loans = loans.read
        self.officers = officers.read
        self.books = books.read
        self.ledger = ledger.read
        self.economy = economy.read
        self.relations = relations.read
        self.shadows = shadows.read
        self.outcomes: list[Outcomes] = []  # shadow loans that have ended, month by month
        parts = [slice(bank * slots, (bank + 1) * slots) for bank in range(len(banks))]
        self._files = [part_of(self.relations, RELATIONS, part) for part in parts]
        # a bank's requests, one row per slot; all banks share these rows if firms ask one at most
        blocks = [parts[bank % self.sheets] for bank in range(len(banks))]
        self.requests = [part_of(self.applications, APPLICATIONS, block) for block in blocks]
        written = self.tables.applications
        self.requests_written = [part_of(written, APPLICATIONS, block) for block in blocks]
        numbers = np.arange(self.runs * self.lenders)
        self._officers = [
            np.concatenate([np.arange(seats) + (run * len(banks) + bank) * seats
                            for run in range(self.runs)])
            for bank in range(len(banks))
        ]  # fmt: skip
        self._books = [numbers[lender :: self.lenders] for lender in range(self.lenders)]
        self.roots = {
            kind: np.array([key_of(seed, kind) for seed in seeds], np.uint64)
            for kind in (Entity.FIRM, Entity.OFFICER)
        }
        self.first_month = 1  # of the banks
        self.first_of_nature = 1  # where earlier, the first of the months without banks
        self.quality_weights: Floats = np.empty(0)  # (5,) of the firms that fill it
        self.quality_kept = 1.0  # share of what sets their quality apart that a quarter keeps
        self.live: Rows = np.empty(0, np.int64)  # slots with a loan, ascending
        self.live_by_lender: dict[int, Rows] = {}
        self.scratch: dict[type, Any] = {}  # memory that steps use again; it holds no state
        self.bank_keys = np.array(
            [key_of(0, Entity.BANK) ^ (lender + 1) * 0x9E3779B9 for lender in range(self.lenders)],
            dtype=np.uint64,
        )

    def table(self, schema: Schema[T]) -> T:
        """Return a table to be read, a mechanism's own too.

        Raises `RequestError` where no posting of the plan names the table.
        """
        if schema not in self._by_schema:
            raise RequestError(
                f"there is no table {schema.name}: a posting of the plan must name it in writes="
            )
        return self._by_schema[schema].read

    def writable(self, schema: Schema[T]) -> T:
        """Return a table to be written; `sim.state` alone asks for it."""
        if schema is COHORTS:
            return cast(T, self.tables.cohorts)
        return self._by_schema[schema].write

    @property
    def schemas(self) -> tuple[Schema[Any], ...]:
        """The tables of this market, those of mechanisms last."""
        return tuple(self._by_schema)

    def own_over(self, schema: Schema[Any]) -> list[Schema[Any]]:
        """Return the tables that mechanisms keep over the rows of this one."""
        return [one for one in self.own if one.over == schema.name]

    @property
    def cohorts(self) -> CohortCash:
        """The cash of the loans granted in each month, read side."""
        return self.tables.cohorts.read

    def request_rows(self, rows: Rows) -> Rows:
        """Return the row in `applications` of each slot's open request, shape (n,).

        If several are open, it is that of the first bank; if none is, the slot's first row.
        """
        if self.sheets == 1:
            return rows
        bank = np.argmax(self.applications.lender.reshape(self.sheets, -1)[:, rows] >= 0, axis=0)
        return rows + bank * self.slots

    def file_of(self, bank: int) -> Relations:
        """Return what `bank` has on file about every firm, one row per slot."""
        return self._files[bank]

    def live_at(self, lender: int) -> Rows:
        """Return the slots with a loan from `lender`, ascending."""
        if lender not in self.live_by_lender:
            self.live_by_lender[lender] = lent_by(self.live, self.loans.lender, lender)
        return self.live_by_lender[lender]

    def books_at(self, lender: int) -> Rows:
        """Return the books of `lender` in every run, shape (runs,)."""
        return self._books[lender]

    def officers_at(self, bank: int) -> Rows:
        """Return the officers' rows of `bank` in every run, by run and seat, shape (officers,)."""
        return self._officers[bank]

    def officer_rows(self, rows: Rows, bank: int, seat: Integers) -> Rows:
        """Return the officers' rows of `bank` that have these seats in the runs of these slots."""
        return rows_of_officers(rows, self.firms.run, seat, (len(self.banks), bank, self.seats))

    def books_of(self, rows: Rows, lender: int) -> Rows:
        """Return the book of `lender` in the run of each slot in `rows`."""
        return rows_of_books(rows, self.firms.run, self.lenders, lender)


def part_of(columns: T, schema: Schema[T], part: slice) -> T:
    """Return the columns of a table for some of its rows, sharing their memory."""
    arrays = tuple(cast(Iterable[NDArray[Any]], columns))
    if (part.start, part.stop) == (0, arrays[0].shape[-1]):
        return columns
    return face_of(schema.record, [array[..., part] for array in arrays])
