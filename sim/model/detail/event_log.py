"""The event log: an observer that records every application, loan and event from month 1 on.

It also records the truth that no bank sees, so that a reader can compare a bank's belief with it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.credit.belief import default_probability
from sim.model.bank import BankAtWork
from sim.model.detail.columns import EFFECTS, EVENTS, KINDS, LOANS
from sim.model.detail.growing import GrowingTable
from sim.model.detail.observer import Observer
from sim.model.yardstick import pay_their_way
from sim.scenario.schema import EconomyParams, FirmParams
from sim.state.choices import Elsewhere
from sim.state.facts import Decided, Intervened, Investigated, Rows, Watched
from sim.state.market import NEVER, NO_LENDER, Market

OPEN, WALKED, REFUSED, APPROVED, BEFORE, WITHDRAWN = range(6)  # decisions
NONE, TAKEN, DECLINED, LOST, OUTBID = range(5)  # answers
LIVE, REPAID, DEFAULT = 1, 2, 3  # outcomes
KIND = {name: number for number, name in enumerate(KINDS)}


class EventLog(Observer):
    """Tables `loans` and `events` of all runs of one market, from month 1 on."""

    def __init__(self, market: Market, firm_params: FirmParams):
        self.truth = firm_params.yardstick
        self.loans = GrowingTable(LOANS)
        self.events = GrowingTable(EVENTS)
        # row of the open request of a slot at a bank
        self.request_at = np.full((len(market.banks), market.slots), -1, np.int64)
        self.loan_at: Rows = np.full(market.slots, -1, np.int64)  # row of the live loan
        self.grade: NDArray[np.int8] = np.zeros(market.slots, np.int8)
        self.outbid: Rows = np.empty(0, np.int64)  # slots that have just taken another bank's offer
        self.begun = False

    def opens(self, market: Market, month: int) -> None:
        """Add, at the start of month 1, the loans and applications that are already open."""
        if month != 1:
            return
        self.begun = True
        own = range(len(market.banks))
        for lender in own:
            rows = market.live_at(lender)
            self._take_over(market, lender, rows)
            applied = np.flatnonzero(market.requests[lender].lender == lender)
            self._register(market, lender, applied)

    def paid_off(self, market: Market) -> None:
        """Record the loans that were paid off."""
        self._ended(market, KIND["repaid"], REPAID)

    def worked_out(self, market: Market) -> None:
        """Record the loans that were collected, sold or written off."""
        self._ended(market, KIND["worked out"], DEFAULT)

    def classed(self, market: Market) -> None:
        """Record moves between classes, and defaults."""
        if not self.begun:
            return
        live, loans = self._live(), market.loans
        was, now = self.grade[live], loans.grade[live]
        moved = was != now
        self._event(market, live[moved], KIND["class"], was=was[moved], now=now[moved])
        self.grade[live] = now
        new = live[loans.default_month[live] == market.month]
        self._event(market, new, KIND["default"], now=loans.grade[new])
        self.loans.set(self.loan_at[new], default_month=market.month, outcome=DEFAULT)

    def warned(self, market: Market, watched: Watched) -> None:
        """Record each warning, and whether the firm diverted its loan or was past due."""
        if not self.begun:
            return
        rows = np.union1d(watched.inspected[watched.alarmed], watched.checked[watched.misused])
        true = market.firms.diverting[rows] | (market.loans.dpd[rows] > 0)
        self._event(market, rows, KIND["warning"], true=true, now=market.loans.grade[rows])
        self.loans.set(self.loan_at[rows], first_warning=market.loans.first_alarm[rows])

    def acted(self, market: Market, done: Intervened) -> None:
        """Record the action taken on each warning."""
        if not self.begun:
            return
        effect = np.full(done.rows.size, EFFECTS.index("none"))
        effect[done.stopped] = EFFECTS.index("diversion stopped")
        effect[done.called > 0.0] = EFFECTS.index("called in part")
        effect[done.rescheduled] = EFFECTS.index("rescheduled")
        self._event(market, done.rows, KIND["intervention"], now=effect)

    def investigated(self, market: Market, found: Investigated) -> None:
        """Add a row for each new applicant, with what the bank believes and what is true."""
        if not self.begun:
            return
        numbers = self._register(market, found.lender, found.rows)
        officers = market.officer_rows(found.rows, found.lender, found.seat)
        self.loans.set(
            numbers,
            workload=market.officers.workload[officers],
            effort=market.officers.effort[officers],
        )

    def elsewhere(self, market: Market, elsewhere: Elsewhere) -> None:
        """Close the rows of withdrawn requests; remember firms that took another bank's offer."""
        self.outbid = elsewhere.declined
        if not self.begun:
            return
        numbers = self.request_at[elsewhere.lender, elsewhere.withdrawn]
        decision = np.where(elsewhere.walked, WALKED, WITHDRAWN)
        self.loans.set(numbers, decided=market.month, decision=decision)
        self.request_at[elsewhere.lender, elsewhere.withdrawn] = -1

    def decided(
        self,
        bank: BankAtWork,
        market: Market,
        decided: Decided,
        firm_params: FirmParams,
        economy: EconomyParams,
    ) -> None:
        """Fill in the decision, and the terms of loans that were disbursed."""
        if not self.begun:
            return
        rows = decided.rows
        numbers = self.request_at[decided.lender, rows]
        decision = np.where(decided.approved, APPROVED, np.where(decided.walked, WALKED, REFUSED))
        answer = np.where(decided.taken, TAKEN, np.where(decided.approved, DECLINED, NONE))
        answer[np.isin(rows, decided.lost.rows)] = LOST
        answer[np.isin(rows, self.outbid)] = OUTBID
        self.loans.set(
            numbers,
            decided=market.month,
            decision=decision,
            overridden=decided.overridden,
            answer=answer,
            rate=decided.rate,
            good=pay_their_way(bank, market, rows, decided.rate, firm_params, economy),
        )
        self.request_at[decided.lender, rows] = -1
        new = decided.own.rows
        self.loans.set(
            numbers[np.searchsorted(rows, new)],
            granted=market.month,
            outcome=LIVE,
            first_class=0,
            schedule=decided.own.schedule,
            collateral=decided.own.collateral,
        )
        self.loan_at[new] = numbers[np.searchsorted(rows, new)]
        self.grade[new] = 0

    def _register(self, market: Market, lender: int, rows: Rows) -> Rows:
        """Add a row for each application as it is on file; return the rows' numbers, (n,)."""
        requests = market.requests[lender]
        numbers = self.loans.add(
            rows.size,
            **self._firm(market, lender, rows),
            applied=requests.made[rows],
            amount=requests.amount[rows],
            tenor=requests.tenor[rows],
            pd=requests.pd[rows],
            belief=requests.mean[rows],
            belief_sd=np.sqrt(requests.variance[rows]),
            caught=requests.caught[rows],
            officer=requests.seat[rows],
        )
        self.request_at[lender, rows] = numbers
        return numbers

    def _take_over(self, market: Market, lender: int, rows: Rows) -> None:
        """Add a row for each loan that is on the book before month 1."""
        loans = market.loans
        bad = loans.defaulted[rows]
        self.loan_at[rows] = self.loans.add(
            rows.size,
            **self._firm(market, lender, rows),
            granted=loans.granted[rows],
            amount=loans.principal[rows],
            schedule=loans.schedule[rows],
            collateral=loans.collateral[rows],
            rate=loans.rate[rows],
            pd=loans.pd[rows],
            officer=loans.seat[rows],
            decision=BEFORE,
            answer=TAKEN,
            outcome=np.where(bad, DEFAULT, LIVE),
            first_class=loans.grade[rows],
            first_warning=loans.first_alarm[rows],
            default_month=np.where(bad, loans.default_month[rows], NEVER),
        )
        self.grade[rows] = loans.grade[rows]

    def _firm(self, market: Market, lender: int, rows: Rows) -> dict[str, object]:
        """Return true values of firms, (n,) each, whether a bank knows them or not."""
        firms, truth = market.firms, self.truth
        theta = firms.theta[rows]
        return {
            "slot": rows,
            "lender": lender,
            "generation": firms.generation[rows],
            "sector": firms.sector[rows],
            "quality": theta,
            "true_pd": default_probability(theta, 0.0, truth.true_level, truth.true_slope),
            "falsified": market.requests[lender].lying[rows],
        }

    def _live(self) -> Rows:
        return np.flatnonzero(self.loan_at >= 0)

    def _ended(self, market: Market, kind: int, outcome: int) -> None:
        """Close the rows of loans that have left the book; a defaulted loan stays defaulted."""
        if not self.begun:
            return
        live = self._live()
        gone = live[market.loans.lender[live] == NO_LENDER]
        numbers = self.loan_at[gone]
        self._event(market, gone, kind, was=self.grade[gone])
        before = self.loans.column("outcome")[numbers]
        self.loans.set(
            numbers, ended=market.month, outcome=np.where(before == DEFAULT, DEFAULT, outcome)
        )
        self.loan_at[gone] = -1

    def _event(self, market: Market, rows: Rows, kind: int, **values: object) -> None:
        self.events.add(rows.size, loan=self.loan_at[rows], month=market.month, kind=kind, **values)
