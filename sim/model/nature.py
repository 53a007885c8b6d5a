"""What the month asks of nature: each rule hands a part of the world its parameters.

A mechanism that has moved to a file of its own needs no rule here.
"""

from __future__ import annotations

from sim.mechanisms import diversion
from sim.mechanisms.diversion import Tempted
from sim.mechanisms.earnings import Earned
from sim.mechanisms.repayment import Repayment
from sim.model import circles
from sim.model.bank_month import BankMonth
from sim.scenario.schema import FirmParams
from sim.state.choices import Awaited, CostOfWaiting, Reached
from sim.state.facts import Demanded, EconomyMoved, Priced, Resolved, Settled, WorkoutTerms
from sim.state.shadow_facts import ShadowsMoved
from sim.world import (
    collateral,
    demand,
    macro,
    resolution,
    shadow,
    treasury,
    urgency,
)  # fmt: skip
from sim.world.prospecting import Prospected


def move_economy(month: BankMonth) -> EconomyMoved:
    """Move the common and the sector factors by a month."""
    return macro.move(month.market, month.economy.macro, month.number)


def reprice_collateral(month: BankMonth) -> Priced:
    """Move the value of pledged assets by a month."""
    return collateral.reprice(month.market, month.economy.collateral_prices, month.number)


def move_shadow_loans(month: BankMonth) -> ShadowsMoved:
    """Move every shadow loan by a month."""
    firms = month.firm_params
    buffer = firms.treasury.owner_buffer
    earned, rules = month.fact(Earned).operating, month.params(Repayment).rules
    return shadow.move_on(
        month.market, earned, firms.yardstick, buffer, month.peaks, rules,
        month.economy.regulation.overdue_penalty,
    )  # fmt: skip


def divert(month: BankMonth) -> Tempted | None:
    """Find the borrowers that begin to divert their loan."""
    return diversion.divert(month, month.banks.calls_misuse, circles.called_for_misuse(month))


def open_workouts(month: BankMonth) -> Resolved:
    """Draw when and how much the workouts of newly defaulted loans bring."""
    rows = resolution.newly_defaulted(month.market)
    return resolution.open_workouts(month.market, rows, month.economy.resolution, month.number)


def workout_terms(month: BankMonth) -> WorkoutTerms:
    """Return how each lender deals with non-performing loans this month."""
    return month.banks.workout_terms(month.economy.resolution)


def cost_of_waiting(month: BankMonth) -> CostOfWaiting | None:
    """Compute what a day of waiting costs each firm, where firms choose among banks."""
    if not month.firm_params.choose:
        return None
    return CostOfWaiting(
        urgency.cost_of_waiting(month.market, month.firm_params.urgency, month.peaks)
    )


def apply_for_credit(month: BankMonth) -> Demanded:
    """Let firms in need apply to a bank."""
    firms, waiting = month.firm_params, month.found(CostOfWaiting)
    reached = month.found(Reached)
    return demand.apply_for_credit(
        month.market, firms.demand, month.number,
        None if waiting is None else waiting.daily, firms.urgency.taste,
        None if reached is None else Prospected(
            reached.reach, firms.prospects, firms.take_up.rival_precision,
            firms.take_up.rival_shared,
        ),
    )  # fmt: skip


def wait_for_answers(month: BankMonth) -> Awaited | None:
    """Find until when each new application waits for the other banks that its firm has asked."""
    waiting = month.found(CostOfWaiting)
    if waiting is None:
        return None
    demanded, rule = month.fact(Demanded), month.firm_params.urgency
    return urgency.wait_for_others(month.market, demanded, waiting.daily, rule)


def settle(month: BankMonth) -> Settled:
    """Compute what owners draw and what firms borrow informally."""
    firms = month.firm_params
    return treasury.settle(month.market, firms.treasury, firms.ruin_debt)


def entrants(month: BankMonth) -> FirmParams:
    """Return what new firms are like, who take the slots of those that leave."""
    return month.firm_params
