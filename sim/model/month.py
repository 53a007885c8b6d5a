"""One month, in order: the table of contents of the model.

The environment changes, banks decide, the books are posted.  The argument of `post.…( )` is a fact
that has changed nothing yet; what `post` does with it is recorded and can be audited.
"""

from __future__ import annotations

from sim.model import investigation, learning, oversight, quotes, team, yardstick
from sim.model.banks import Banks
from sim.model.detail.observer import NULL_OBSERVER, Observer
from sim.scenario.schema import EconomyParams, FirmParams
from sim.state import balance, post
from sim.state.market import Market
from sim.world import (
    collateral,
    demand,
    earnings,
    effort,
    macro,
    repayment,
    resolution,
    shadow,
    treasury,
    urgency,
)  # fmt: skip


def live(
    market: Market,
    firm_params: FirmParams,
    economy: EconomyParams,
    banks: Banks,
    month: int,
    check: bool = True,
    observer: Observer = NULL_OBSERVER,
) -> None:
    """Run one month; with `check`, raise `BooksError` unless the books balance at its end.

    The `observer` is notified of what was posted; the null observer records nothing.
    """
    opening = balance.opening(market) if check else None
    post.open_month(market, month)

    # the economy moves, firms earn, some borrowers begin to divert their loan
    post.economy(market, macro.move(market, economy.macro, month))
    post.collateral(market, collateral.reprice(market, economy.collateral_prices, month))
    earned = earnings.earn(market, firm_params, firm_params.earnings, month)
    buffer, peaks = firm_params.treasury.owner_buffer, firm_params.by_sector("peak")
    post.shadows(market, shadow.live_on(market, earned, firm_params.yardstick, buffer, peaks))
    post.earnings(market, earned)
    post.diversion(market, effort.choose(market, firm_params.temptation, month))

    # instalments fall due, loans are graded, banks monitor them, bad ones are worked out
    post.instalments(market, repayment.repay(market, peaks, month))
    observer.paid_off(market)
    for bank in banks:
        post.renewals(market, oversight.roll_over(bank, market, economy.labour))
    to_work_out = post.classes(market)
    observer.classed(market)
    for bank in banks:
        watched = oversight.watch(bank, market)
        post.warnings(market, watched)
        observer.warned(market, watched)
        done = oversight.step_in(bank, market)
        post.interventions(market, done)
        observer.acted(market, done)
        post.beliefs(market, learning.follow_payments(bank, market))
    post.resolutions(
        market, resolution.open_workouts(market, to_work_out, economy.resolution, month)
    )
    post.workout(market, banks.workout_terms, economy.resolution.cost)
    observer.worked_out(market)

    # firms in need of credit apply; banks investigate, decide and lend
    waiting = None  # cost of waiting, if it decides where a firm applies and which offer it takes
    if firm_params.choose:
        waiting = urgency.cost_of_waiting(market, firm_params.urgency, peaks)
    demanded = demand.apply_for_credit(
        market, firm_params.demand, banks.detection, month, waiting, firm_params.urgency.taste
    )
    post.applications(market, demanded)
    for bank in banks:
        found = investigation.investigate(bank, market, demanded, firm_params, economy)
        post.investigations(market, found)
        observer.investigated(market, found)
    if waiting is not None:
        post.answers_awaited(
            market, urgency.wait_for_others(market, demanded, waiting, firm_params.urgency)
        )
    weighed = quotes.weigh(banks, market, firm_params, economy, waiting)
    for bank, decided, _ in weighed:
        post.shadows_begun(
            market, yardstick.begin_shadows(bank, market, decided, firm_params, economy)
        )
    for bank, decided, elsewhere in weighed:
        if elsewhere is not None:
            post.elsewhere(market, elsewhere)
            observer.elsewhere(market, elsewhere)
        post.decisions(market, decided)
        observer.decided(bank, market, decided, firm_params, economy)

    # firms settle with owners and informal lenders; banks close their month
    post.settlement(market, treasury.settle(market, firm_params.treasury))
    post.census(market)
    post.provisions(market, banks.required_provisions(market))
    for bank in banks:
        post.running_costs(market, team.running_costs(bank, market, economy.labour))
    post.month_result(market, economy.funding_rate, economy.tax_rate, banks.reserves(market))
    post.dividends(market, banks.dividends(market))
    for bank in banks:
        post.staff(market, team.staff(bank, market, economy.labour), economy.labour)

    post.balance_sheet(market)
    if opening is not None:
        balance.check(market, opening)
    post.firms_replaced(market, firm_params)
