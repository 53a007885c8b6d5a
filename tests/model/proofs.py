"""A stand-in for what a bank sees: papers checked in a loan's third month prove some misuses."""

from __future__ import annotations

from typing import NamedTuple

from sim.core.arrays import Rows
from sim.core.draws import salt
from sim.core.random_numbers import pair_uniforms_at
from sim.mechanisms import catching
from sim.mechanisms.catching import Proven
from sim.model import month as usual
from sim.model.bank_month import BankMonth
from sim.model.plan import Plan, Step
from sim.model.plan_edits import with_step
from sim.model.simulation import Simulation
from sim.scenario.schema import Scenario
from sim.state.books import BOOKS
from sim.state.firms_view import note_check
from sim.state.posting import Written, posting
from sim.state.purposes import Purpose

SALT = 1_000_000  # apart from the salts of the months
AGE = 3  # months


class Checked(NamedTuple):
    """Checks of diverted loans of one bank."""

    books: Rows  # (n,) book of each loan checked
    chance: float  # that such a check proves the misuse


def plan_with_proofs(share: float, chance: float = 0.8, called: bool = True) -> Plan:
    """Return the month with a check of a `share` of loans, as far as the bank carries it out."""

    def checked(month: BankMonth) -> Rows:
        market, bank = month.market, month.bank
        live = market.live_at(bank.lender)
        rows = live[market.loans.granted[live] == month.number - AGE]
        draws = pair_uniforms_at(
            market.firms.key, rows, market.bank_keys[bank.lender],
            salt(Purpose.PROCEEDS_CHECK, SALT + month.number),
        )  # fmt: skip
        rows = rows[draws < share * bank.execution(market, rows)]
        return rows[market.firms.diverting[rows]]

    def look(month: BankMonth) -> Checked:
        return Checked(month.market.books_of(checked(month), month.bank.lender), chance)

    def prove(month: BankMonth) -> Proven:
        rows, lender = checked(month), month.bank.lender
        draws = pair_uniforms_at(
            month.market.firms.key, rows, month.market.bank_keys[lender],
            salt(Purpose.PROCEEDS_CHECK, 2 * SALT + month.number),
        )  # fmt: skip
        return catching.proven(month, lender, rows[draws < chance], called)

    plan = with_step(usual.PLAN, Step("proofs looked for", look, _note), after="actions")
    return with_step(
        plan, Step("misuse proven", prove, catching.post_proven), after="proofs looked for"
    )


@posting(writes=(BOOKS,))
def _note(to: Written, checked: Checked) -> None:
    books = to.table(BOOKS)
    for book in checked.books:
        note_check.python(books, book, checked.chance)


def with_proofs(
    scenario: Scenario, seeds: list[int], share: float = 0.5, called: bool = True
) -> Simulation:
    """Return a simulation in which some misuses are proven."""
    simulation = Simulation(scenario, seeds, plan=plan_with_proofs(share, called=called))
    if called:
        for banks in (simulation.before, simulation.after):
            banks.calls_misuse[:-1] = 1.0
    return simulation
