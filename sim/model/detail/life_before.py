"""What must be read before a step of the month changes it, for the life of one firm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.mechanisms.diversion import Tempted
from sim.model import ceilings, judging
from sim.model.bank import BankAtWork
from sim.model.bank_month import BankMonth
from sim.model.detail.life import Following
from sim.model.due_diligence import SIGNALS, StepTaken
from sim.model.investigation import investigate
from sim.model.plan import Plan, Step
from sim.model.plan_edits import map_steps
from sim.model.pricing import highest_pd
from sim.model.segments import by_segment
from sim.policies.known_facts import Moment
from sim.scenario.schema import EconomyParams, FirmParams
from sim.state.choices import Elsewhere
from sim.state.facts import Decided, Investigated
from sim.state.firms import DIMENSIONS
from sim.state.firms_view import view_of
from sim.state.open_requests import requests_due
from sim.world import take_up
from sim.world.signals import DIMENSION

Facts = dict[str, Any]


class Held(NamedTuple):
    """What a bank's rule and limits say of a request, (n,) each."""

    passed: Bools
    covered: Bools
    room: Bools
    below_cap: Bools
    most_pd: Floats  # highest estimate that the rule passes


class Before:
    """Reads what a step is about to change, and tells it together with what came of it."""

    def __init__(self, log: Following):
        self.log, self.market = log, log.market
        self.notes: list[StepTaken] = []
        self.judged: dict[int, Facts] = {}  # by bank, of the request that is due
        self.view = 0.0  # the chance of proof as firms saw it before this month's diversion
        self.lying = False  # the statements with which the loan was got

    def watching(self, plan: Plan) -> Plan:
        """Return the plan with looks at what its steps are about to change."""
        first: dict[str, Callable[[BankMonth], None]] = {
            "diversion": self._before_diversion,
            "workouts": self.log.workout.look,
            "offers": self._before_offers,
        }

        def change(step: Step[Any]) -> Step[Any]:
            if step.rule is investigate:
                return replace(step, rule=partial(investigate, notes=self.notes))
            if step.name in first:
                return replace(step, rule=_after(first[step.name], step.rule))
            return step

        return map_steps(plan, change)

    def _before_diversion(self, month: BankMonth) -> None:
        lender, books = int(self.market.loans.lender[self.log.slot]), self.market.books
        book = max(lender, 0)
        self.view = float(view_of(books.proof_chances[book], books.loan_months[book]))

    def temptation(self, fact: Tempted) -> Facts:
        """Return what made the owner divert the loan."""
        patience = float(self.market.firms.opportunism[self.log.slot])
        return {"taken": fact.taken, "view": self.view, "patience": patience}

    def _before_offers(self, month: BankMonth) -> None:
        """Hold the firm's request against each bank's rule, and see its alternatives."""
        self.judged = {}
        if not self.log.here:
            return
        rows, given = self.log.rows, (month.firm_params, month.economy)
        for bank in month.banks:
            if self.log.slot not in requests_due(self.market, bank.lender):
                continue
            own, rival = take_up.alternatives(
                self.market, rows, month.firm_params.projects, month.firm_params.take_up,
                month.firm_params.treasury.informal_rate, month.economy.funding_rate,
            )  # fmt: skip
            perfect = ceilings.of(month).perfect_screening
            held = partial(self._held, given=given, perfect=perfect)
            one = by_segment(bank, self.market, rows, Moment.DECISION, held)
            request = self.market.requests[bank.lender]
            self.judged[bank.lender] = {
                "passed": bool(one.passed[0]), "covered": bool(one.covered[0]),
                "room": bool(one.room[0]), "below_cap": bool(one.below_cap[0]),
                "most_pd": float(one.most_pd[0]), "own": float(own[0]), "rival": float(rival[0]),
                "pd": float(request.pd[self.log.slot]),
                "caught": bool(request.caught[self.log.slot]),
                "lying": bool(request.lying[self.log.slot]),
            }  # fmt: skip

    def _held(
        self,
        bank: BankAtWork,
        rows: Rows,
        places: object,
        given: tuple[FirmParams, EconomyParams],
        perfect: bool,
    ) -> Held:
        files = bank.view(self.market, rows)
        judged = judging.judge(bank, self.market, files, *given, perfect)
        most = highest_pd(bank, self.market, files, files.applications_pd, *given)
        return Held(
            judged.passed, judged.covered, judged.room, judged.below_cap, np.zeros(rows.size) + most
        )

    def investigated(self, fact: Investigated) -> None:
        """Tell how the bank read the firm: officer, signals, belief and the truth beside them."""
        notes, self.notes[:] = list(self.notes), []
        if (k := self.log.at(fact.rows)) is None:
            return
        market, i = self.market, self.log.slot
        officer = int(market.officer_rows(self.log.rows, fact.lender, fact.seat[k : k + 1])[0])
        names = ("experience", "workload", "caseload", "skill", "diligence", "integrity")
        self.log.note(
            "investigated",
            bank=fact.lender,
            seat=int(fact.seat[k]),
            generation=int(market.officers.generation[officer]),
            officer={name: float(getattr(market.officers, name)[officer]) for name in names},
            known_since=int(market.file_of(fact.lender).known_since[i]),
            steps=[step for one in notes if (step := self._step(one)) is not None],
            mean=float(fact.overall_mean[k]),
            sd=float(np.sqrt(fact.overall_variance[k])),
            pd=float(fact.pd[k]),
            quality=float(market.firms.theta[i]),
            caught=bool(fact.caught[k]),
            reviewed=bool(fact.reviewed[k]),
            inflated=bool(fact.inflated[k]),
            favoured=i in fact.favoured,
            days=float(fact.days[k]),
            cost=float(fact.cost[k]),
            hours=float(fact.hours[k] + fact.second_hours[k]),
        )

    def _step(self, one: StepTaken) -> dict[str, Any] | None:
        if (k := self.log.at(one.rows)) is None:
            return None
        found: dict[str, Any] = {
            "step": one.name, "done": bool(one.done[k]), "caught": bool(one.caught[k]),
            "mean": float(one.overall.mean[k]), "sd": float(np.sqrt(one.overall.variance[k])),
        }  # fmt: skip
        if one.reading is not None:
            dimension = DIMENSION[SIGNALS[one.name]]
            found |= {
                "reading": float(one.reading[k]),
                "dimension": DIMENSIONS[dimension],
                "truth": float(self.market.firms.quality[dimension][self.log.slot]),
            }
        return found

    def decided(self, fact: Decided | Elsewhere) -> None:
        """Tell a decision with its reason, and the firm's answer."""
        if isinstance(fact, Elsewhere):
            if (k := self.log.at(fact.withdrawn)) is not None:
                self.log.note("withdrawn", bank=fact.lender, walked=bool(fact.walked[k]))
            if self.log.at(fact.declined) is not None:
                self.judged.get(fact.lender, {})["outbid"] = True
            return
        if (k := self.log.at(fact.rows)) is None:
            return
        judged = self.judged.get(fact.lender, {})
        facts = judged | {
            "bank": fact.lender, "walked": bool(fact.walked[k]), "approved": bool(fact.approved[k]),
            "overridden": bool(fact.overridden[k]), "rate": float(fact.rate[k]),
            "taken": bool(fact.taken[k]), "lost": self.log.at(fact.lost.rows) is not None,
        }  # fmt: skip
        self.log.note("decided", **facts)
        if (k := self.log.at(fact.own.rows)) is not None:
            loans, i = self.market.loans, self.log.slot
            self.log.live, self.lying = True, bool(judged.get("lying"))
            self.log.note(
                "granted",
                bank=fact.lender, amount=float(fact.own.amount[k]), rate=float(fact.own.rate[k]),
                months=int(loans.remaining[i]), instalment=float(loans.instalment[i]),
                schedule=int(fact.own.schedule[k]), collateral=float(fact.own.collateral[k]),
                guaranteed=float(fact.own.guaranteed[k]),
                project_yield=float(fact.own.project_yield[k]),
            )  # fmt: skip


def _after(look: Callable[[BankMonth], None], rule: Callable[[BankMonth], Any]) -> Any:
    """Return a rule that looks first."""

    def both(month: BankMonth) -> Any:
        look(month)
        return rule(month)

    return both
