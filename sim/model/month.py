"""One month, in order: the table of contents of the model.

Nature acts, a bank decides, the books are posted.  What stands inside `post.…( )` is a fact that
has changed nothing yet; what `post` does with it is written down and can be audited.
"""

from __future__ import annotations

from sim.model import investigation, learning, oversight, quotes, team, yardstick
from sim.model.banks import Banks
from sim.model.detail.witness import NOBODY, Witness
from sim.scenario.schema import Economy, Firms
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
    firms: Firms,
    economy: Economy,
    banks: Banks,
    month: int,
    check: bool = True,
    witness: Witness = NOBODY,
) -> None:
    """Let one month pass; with `check`, raise `BooksError` unless the books balance at its end.

    The `witness` is told what was posted, where the detail of a run is asked for.
    """
    opening = balance.opening(market) if check else None
    post.new_page(market, month)

    # the economy moves, firms earn, some borrowers begin to divert their loan
    post.economy(market, macro.move(market, economy.macro, month))
    post.collateral(market, collateral.reprice(market, economy.collateral_prices, month))
    earned = earnings.earn(market, firms, firms.earnings, month)
    buffer, peaks = firms.treasury.owner_buffer, firms.by_sector("peak")
    post.shadows(market, shadow.live_on(market, earned, firms.yardstick, buffer, peaks))
    post.earnings(market, earned)
    post.diversion(market, effort.choose(market, firms.temptation, month))

    # instalments fall due, loans are graded, banks look after them, bad ones are worked out
    post.instalments(market, repayment.repay(market, peaks, month))
    witness.paid_off(market)
    for bank in banks:
        post.renewals(market, oversight.roll_over(bank, market, economy.labour))
    to_work_out = post.classes(market)
    witness.classed(market)
    for bank in banks:
        watched = oversight.watch(bank, market)
        post.warnings(market, watched)
        witness.warned(market, watched)
        done = oversight.step_in(bank, market)
        post.interventions(market, done)
        witness.acted(market, done)
        post.beliefs(market, learning.follow_payments(bank, market))
    post.resolutions(
        market, resolution.open_workouts(market, to_work_out, economy.resolution, month)
    )
    post.workout(market, banks.workout_terms, economy.resolution.cost)
    witness.worked_out(market)

    # firms in need apply; banks investigate, decide and lend
    waiting = None  # what it costs a firm, where that says whom it asks and which offer it takes
    if firms.choose:
        waiting = urgency.cost_of_waiting(market, firms.urgency, peaks)
    demanded = demand.apply_for_credit(
        market, firms.demand, banks.detection, month, waiting, firms.urgency.taste
    )
    post.applications(market, demanded)
    for bank in banks:
        found = investigation.investigate(bank, market, demanded, firms, economy)
        post.investigations(market, found)
        witness.investigated(market, found)
    if waiting is not None:
        post.answers_awaited(
            market, urgency.wait_for_others(market, demanded, waiting, firms.urgency)
        )
    weighed = quotes.weigh(banks, market, firms, economy, waiting)
    for bank, decided, _ in weighed:
        post.shadows_begun(market, yardstick.begin_shadows(bank, market, decided, firms, economy))
    for bank, decided, elsewhere in weighed:
        if elsewhere is not None:
            post.elsewhere(market, elsewhere)
            witness.elsewhere(market, elsewhere)
        post.decisions(market, decided)
        witness.decided(bank, market, decided, firms, economy)

    # firms settle with owners and informal lenders; banks close their month
    post.settlement(market, treasury.settle(market, firms.treasury))
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
    post.firms_replaced(market, firms)
