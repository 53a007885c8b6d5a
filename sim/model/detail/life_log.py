"""One firm's life: what happened to it month by month, with the truth beside what its bank saw.

An observer of the steps of a simulation, as the event log is one; it writes nothing to the market,
so a run that is watched gives the same bits as one that is not.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.core.errors import RequestError
from sim.credit.belief import default_probability
from sim.mechanisms.acting import Acted
from sim.mechanisms.catching import Proven
from sim.mechanisms.ceilings import Cared
from sim.mechanisms.diversion import Tempted
from sim.mechanisms.earnings import Earned
from sim.mechanisms.looking import Looked
from sim.mechanisms.repayment import Repaid
from sim.model.detail.life import Life, LifeEvent
from sim.model.detail.life_before import Before
from sim.model.detail.life_belief import belief
from sim.model.detail.life_workout import Workout
from sim.model.plan import Step
from sim.model.simulation import Simulation
from sim.state.choices import Elsewhere
from sim.state.facts import (
    Decided,
    Demanded,
    Investigated,
    Resolved,
    RolledOver,
    Settled,
    WorkoutTerms,
)
from sim.state.market import NEVER, NO_LENDER
from sim.state.post import classes


class LifeLog:
    """Records one firm's life while a simulation of one seed goes on from month 1."""

    def __init__(self, simulation: Simulation, slot: int, generation: int):
        self.simulation, self.market = simulation, simulation.market
        if self.market.runs != 1:
            raise RequestError(f"a life is followed in one seed; found {self.market.runs}")
        self.slot, self.generation = slot, generation
        self.rows = np.array([slot])
        self.params = simulation.scenario.firms
        self.life: Life | None = None
        self.before, self.workout = Before(self), Workout(self)
        self.grade, self.gone = 0, False
        self.live = False  # a loan was live when last looked at
        simulation.plan = self.before.watching(simulation.plan)
        simulation.observer = self

    @property
    def here(self) -> bool:
        """Whether the firm is in the market, in a month that is recorded."""
        there = int(self.market.firms.generation[self.slot]) == self.generation
        if there and self.life is None and self.market.month >= 1:
            self.life = self._begun()
        return there and self.life is not None and not self.gone

    def _begun(self) -> Life:
        market, i = self.market, self.slot
        lender = int(market.loans.lender[i])
        self.live, self.grade = lender != NO_LENDER, int(market.loans.grade[i])
        facts = {
            "sector": list(self.params.sectors)[int(market.firms.sector[i])],
            "born": int(market.firms.born[i]),
            "informal_access": bool(market.firms.informal_access[i]),
            "lender": lender,  # of the loan that it has when the life begins
            "granted": int(market.loans.granted[i]),
        }
        seed = int(market.seeds[0])
        return Life(f"{i}.{self.generation}", seed, tuple(market.banks), facts)

    def note(self, kind: str, **facts: Any) -> None:
        """Add an event of this month."""
        assert self.life is not None
        self.life.events.append(LifeEvent(self.market.month, kind, facts))

    def __call__(self, step: Step[Any], fact: Any) -> None:
        """Record what was just posted, where it concerns the firm."""
        if not self.here:
            return
        match fact:
            case Demanded():
                self._applied(fact)
            case Investigated():
                self.before.investigated(fact)
            case Decided() | Elsewhere():
                self.before.decided(fact)
            case Earned():
                if self.at(fact.ruined) is not None:
                    self.note("ruin", lost=-float(fact.operating[self.slot]))
            case Tempted() if self.at(fact.rows) is not None:
                self.note("diverted", **self.before.temptation(fact))
            case Repaid():
                self._paid(fact)
            case RolledOver():
                if (k := self.at(fact.rows)) is not None:
                    self.note("renewed", months=fact.extra_months, hidden=self.slot in fact.hidden)
            case Looked():
                self._looked(fact)
            case Acted():
                self._acted(fact)
            case Cared():
                if self.at(fact.proven) is not None or self.at(fact.rows) is not None:
                    self.note("perfect care")
            case Proven():
                self._proven(fact)
            case Resolved():
                if (k := self.at(fact.rows)) is not None:
                    self.note("workout begins", due=int(fact.due[k]), share=float(fact.share[k]))
            case WorkoutTerms():
                self.workout.ended(fact)
            case Settled():
                self._closed(fact)
            case _ if step.post is classes:
                self._classed()

    def at(self, rows: Any) -> int | None:
        """Return the place of the firm among the rows of a fact, None where it is not there."""
        (found,) = np.nonzero(np.asarray(rows) == self.slot)
        return int(found[0]) if found.size else None

    def _applied(self, fact: Demanded) -> None:
        for k in np.flatnonzero(fact.rows == self.slot):
            self.note(
                "applied",
                bank=int(fact.lender[k]), amount=float(fact.amount[k]), tenor=int(fact.tenor[k]),
                stated=float(fact.stated_turnover[k]),
                turnover=float(self.market.firms.turnover[self.slot]),
                lying=bool(fact.lying[k]),
            )  # fmt: skip

    def _paid(self, fact: Repaid) -> None:
        if (k := self.at(fact.rows)) is None:
            return
        loans, paid = self.market.loans, float(fact.paid[k])
        repaid = bool(loans.lender[self.slot] == NO_LENDER)
        owed = 0.0 if repaid else self.arrears
        self.note(
            "instalment", due=paid + owed, paid=paid, dpd=0 if repaid else int(loans.dpd[self.slot])
        )
        self.ended("repaid")

    @property
    def arrears(self) -> float:
        """CNY due and not paid."""
        loans, i = self.market.loans, self.slot
        return float(loans.accrued[i] + loans.suspended[i] + loans.overdue_principal[i])

    def ended(self, kind: str, **facts: Any) -> bool:
        """Note once that the loan has left its lender's book."""
        over = self.live and self.market.loans.lender[self.slot] == NO_LENDER
        if over:
            self.live = False
            self.note(kind, **facts)
        return bool(over)

    def _classed(self) -> None:
        market, i = self.market, self.slot
        loans = market.loans
        if loans.lender[i] == NO_LENDER:
            return
        now = int(loans.grade[i])
        if now != self.grade:
            self.note("class", was=self.grade, now=now)
        self.grade = now
        if loans.defaulted[i] and loans.default_month[i] == market.month:
            self.note(
                "default",
                balance=float(loans.balance[i]), dpd=int(loans.dpd[i]),
                diverted=bool(market.firms.diverting[i] or loans.diverted[i] != NEVER),
                ruined=int(market.firms.last_ruin[i]), lying=self.before.lying,
                warned=int(loans.first_alarm[i]),
            )  # fmt: skip

    def _looked(self, fact: Looked) -> None:
        if self.at(fact.visited) is not None:
            self.note("visit")
        if self.at(fact.checked) is not None:
            self.note("papers checked")
        if self.at(fact.warned) is not None:
            firms, loans = self.market.firms, self.market.loans
            self.note(
                "warning",
                diverting=bool(firms.diverting[self.slot]), dpd=int(loans.dpd[self.slot]),
            )  # fmt: skip

    def _acted(self, fact: Acted) -> None:
        if (k := self.at(fact.rows)) is None:
            return
        done = ("rescheduled",) if fact.rescheduled[k] else ("eased",) if fact.eased[k] else ()
        self.note(
            "action",
            done=done, called=float(fact.called[k]),
            added=float(fact.added[k]), stopped=bool(fact.proven[k]), months=fact.extra_months,
        )  # fmt: skip

    def _proven(self, fact: Proven) -> None:
        if self.at(fact.rows) is not None and self.live:
            first = bool(self.market.loans.proven[self.slot] == self.market.month)
            self.note("misuse proven", called=fact.called and first)
            self.ended("repaid")

    def _closed(self, fact: Settled) -> None:
        """Keep the state at the month's end, and see whether the firm goes."""
        assert self.life is not None
        self.workout.receipts()
        market, i = self.market, self.slot
        firms, loans, month = market.firms, market.loans, market.month
        lender = int(loans.lender[i])
        self.live, self.grade = lender != NO_LENDER, int(loans.grade[i])
        theta, truth = float(firms.theta[i]), self.params.yardstick
        pd = default_probability(firms.theta[self.rows], 0.0, truth.true_level, truth.true_slope)
        self.life.months.append(
            {
                "month": month, "lender": lender, "cash": float(firms.cash[i]),
                "informal_debt": float(firms.informal_debt[i]),
                "owner_draw": float(fact.owner_draw[i]),
                "balance": float(loans.balance[i]) if self.live else 0.0,
                "instalment": float(loans.instalment[i]) if self.live else math.nan,
                "arrears": self.arrears if self.live else 0.0,
                "dpd": int(loans.dpd[i]) if self.live else 0,
                "grade": self.grade if self.live else -1,
                "diverting": bool(firms.diverting[i]),
                "quality": theta, "true_pd": float(pd[0]),
                **belief(self.simulation, i),
            }
        )  # fmt: skip
