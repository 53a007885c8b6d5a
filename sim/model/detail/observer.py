"""Observers of a run: by default the null observer, which records nothing.

An observer is notified of what has just been posted.  It reads and changes nothing, so a run is
the same with and without one.
"""

from __future__ import annotations

from sim.model.bank import BankAtWork
from sim.scenario.schema import EconomyParams, FirmParams
from sim.state.choices import Elsewhere
from sim.state.facts import Decided, Intervened, Investigated, Watched
from sim.state.market import Market


class Observer:
    """An observer that records nothing; each method is called after the event that it names."""

    def opens(self, market: Market, month: int) -> None:
        """A month is about to begin."""

    def paid_off(self, market: Market) -> None:
        """Instalments have been posted; loans paid off have left the book."""

    def classed(self, market: Market) -> None:
        """Loans have their class of the month, and some have defaulted."""

    def warned(self, market: Market, watched: Watched) -> None:
        """One bank's warnings have been raised."""

    def acted(self, market: Market, done: Intervened) -> None:
        """One bank has acted on warnings."""

    def worked_out(self, market: Market) -> None:
        """Loans that were collected, sold or written off have left the book."""

    def investigated(self, market: Market, found: Investigated) -> None:
        """One bank has screened its new applicants."""

    def elsewhere(self, market: Market, elsewhere: Elsewhere) -> None:
        """Applicants of one bank have withdrawn, or taken another lender's offer."""

    def decided(
        self,
        bank: BankAtWork,
        market: Market,
        decided: Decided,
        firm_params: FirmParams,
        economy: EconomyParams,
    ) -> None:
        """One bank has decided, and disbursed the loans that were taken."""


NULL_OBSERVER = Observer()
