"""The event log: an observer that records every application, loan and event of reported months.

It knows the truth that no bank sees, so that a reader can compare a bank's belief with it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Rows
from sim.credit.belief import default_probability
from sim.mechanisms.acting import Acted
from sim.mechanisms.catching import Proven
from sim.mechanisms.looking import Looked
from sim.mechanisms.maturity import Renewed
from sim.mechanisms.repayment import Repaid
from sim.model.bank_month import BankMonth
from sim.model.detail.columns import EFFECTS, EVENTS, KINDS, LOANS
from sim.model.detail.growing import GrowingTable
from sim.model.good_firms import pay_their_way
from sim.model.plan import Step
from sim.scenario.schema import FirmParams
from sim.state.choices import Elsewhere
from sim.state.facts import Decided, Investigated, WorkoutTerms
from sim.state.market import NEVER, NO_LENDER, Market
from sim.state.post import classes

OPEN, WALKED, REFUSED, APPROVED, BEFORE, WITHDRAWN, RENEWED = range(7)  # decisions
NONE, TAKEN, DECLINED, LOST, OUTBID = range(5)  # answers
LIVE, REPAID, DEFAULT = 1, 2, 3  # outcomes
KIND = {name: number for number, name in enumerate(KINDS)}


class EventLog:
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

    def opens(self, month: BankMonth) -> None:
        """Take over, as month 1 begins, what is open from before."""
        self.month, market = month, month.market
        if month.number != 1:
            return
        self.begun = True
        own = range(len(market.banks))
        for lender in own:
            rows = market.live_at(lender)
            self._take_over(market, lender, rows)
            applied = np.flatnonzero(market.requests[lender].lender == lender)
            self._register(market, lender, applied)

    def __call__(self, step: Step[Any], fact: object) -> None:
        """Record what was just posted."""
        if not self.begun:
            return
        market = self.month.market
        match fact:
            case Repaid():
                self._ended(market, KIND["repaid"], REPAID)
            case Renewed():
                self._take_over(market, fact.lender, fact.rows, RENEWED)
            case Looked():
                self._warned(market, fact.warned)
            case Acted():
                self._acted(market, fact)
            case Proven():
                new = fact.rows[market.loans.proven[fact.rows] == market.month]
                self._event(market, new, KIND["misuse proven"])
                self._ended(market, KIND["repaid"], REPAID)
            case WorkoutTerms():
                self._ended(market, KIND["worked out"], DEFAULT)
            case Investigated():
                self._investigated(market, fact)
            case Elsewhere():
                self._elsewhere(market, fact)
            case Decided():
                self._decided(market, fact)
            case _ if step.post is classes:
                self._classed(market)

    def _classed(self, market: Market) -> None:
        """Note moves between classes, and defaults."""
        live, loans = self._live(), market.loans
        was, now = self.grade[live], loans.grade[live]
        moved = was != now
        self._event(market, live[moved], KIND["class"], was=was[moved], now=now[moved])
        self.grade[live] = now
        new = live[loans.default_month[live] == market.month]
        self._event(market, new, KIND["default"], now=loans.grade[new])
        self.loans.set(self.loan_at[new], default_month=market.month, outcome=DEFAULT)
        forgotten = new[loans.first_alarm[new] == NEVER]
        self.loans.set(self.loan_at[forgotten], first_warning=NEVER)

    def _warned(self, market: Market, rows: Rows) -> None:
        """Note each warning, and whether the firm diverted its loan or was past due."""
        true = market.firms.diverting[rows] | (market.loans.dpd[rows] > 0)
        self._event(market, rows, KIND["warning"], true=true, now=market.loans.grade[rows])
        self.loans.set(self.loan_at[rows], first_warning=market.loans.first_alarm[rows])

    def _acted(self, market: Market, done: Acted) -> None:
        """Note what was done about each warning."""
        effect = np.full(done.rows.size, EFFECTS.index("none"))
        effect[done.proven] = EFFECTS.index("diversion stopped")
        effect[done.called > 0.0] = EFFECTS.index("called in part")
        effect[done.rescheduled] = EFFECTS.index("rescheduled")
        effect[done.eased] = EFFECTS.index("eased")
        self._event(market, done.rows, KIND["intervention"], now=effect)

    def _investigated(self, market: Market, found: Investigated) -> None:
        """Open a row for each new applicant, with what the bank believes and what is true."""
        numbers = self._register(market, found.lender, found.rows)
        officers = market.officer_rows(found.rows, found.lender, found.seat)
        self.loans.set(
            numbers,
            workload=market.officers.workload[officers],
            effort=market.officers.effort[officers],
        )

    def _elsewhere(self, market: Market, elsewhere: Elsewhere) -> None:
        """Close the rows of requests withdrawn, and remember whose offers another bank beat."""
        self.outbid = elsewhere.declined
        numbers = self.request_at[elsewhere.lender, elsewhere.withdrawn]
        decision = np.where(elsewhere.walked, WALKED, WITHDRAWN)
        self.loans.set(numbers, decided=market.month, decision=decision)
        self.request_at[elsewhere.lender, elsewhere.withdrawn] = -1

    def _decided(self, market: Market, decided: Decided) -> None:
        """Fill in the decision, and the terms of loans that were paid out."""
        month, rows = self.month, decided.rows
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
            good=pay_their_way(
                month.bank, market, rows, decided.rate, month.firm_params, month.economy
            ),
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

    def _take_over(self, market: Market, lender: int, rows: Rows, decision: int = BEFORE) -> None:
        """Add a row for each loan without an application since month 1: made before, or renewed."""
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
            decision=decision,
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
        """Close the rows of loans that have left the book; a default stays one."""
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
