"""One month, in order: the table of contents of the model.

Nature acts, a bank decides, the books are posted.  Each step names a rule, which finds a fact and
changes nothing, and the posting that writes it down; `smelend describe month` prints the plan.
"""

from __future__ import annotations

from sim.mechanisms import (
    acting,
    bridges,
    by_diligence,
    calling,
    catching,
    diversion,
    earnings,
    followed_calls,
    guarantees,
    looking,
    maturity,
    quality,
    recalling,
    renewals,
    repayment,
    searching,
)
from sim.mechanisms.ceilings import post_care
from sim.model import (
    applying,
    book_check,
    care,
    ceilings,
    circles,
    closing,
    investigation,
    learning,
    nature,
    planned_search,
    pricing,
    prospects,
    quotes,
    renewing,
    rolling_over,
    standing,
    team,
    yardstick,
)
from sim.model.plan import Part, Plan, Step, each_bank, for_later, this_month
from sim.state import post

PLAN: Plan = (
    Part("the month opens", (
        Step("opening balances", book_check.opening, for_later),
        Step("blank ledger", this_month, post.open_month),
    )),
    Part("the economy moves, firms earn, some borrowers begin to divert their loan", (
        Step("economy", nature.move_economy, post.economy),
        Step("collateral values", nature.reprice_collateral, post.collateral),
        Step("quality", quality.move, quality.post_quality),
        each_bank(
            Step("fading files", learning.forget, quality.post_fading),
        ),
        Step("earnings", earnings.earn, earnings.post_earnings),
        Step("shadow loans", nature.move_shadow_loans, post.shadows),
        Step("diversion", ceilings.divert, diversion.post_diversion),
    )),
    Part("instalments fall due, loans are classified and monitored, bad ones worked out", (
        Step("perfect care", ceilings.care, post_care),
        each_bank(
            Step("maturities", renewing.mature, maturity.post_matured),
        ),
        Step("instalments", repayment.repay, repayment.post_instalments),
        each_bank(
            Step("renewed loans", renewing.disburse, maturity.post_renewed),
        ),
        Step("bridge loans", bridges.dues, bridges.post_dues),
        each_bank(
            Step("hidden renewals", rolling_over.roll_over, post.rolled_over),
        ),
        Step("loan classes", this_month, post.classes),
        Step("observation", renewing.observe, renewals.post_observed),
        Step("defaults at maturity", renewing.fail, renewals.post_not_renewed),
        Step("defaults by officer", by_diligence.early_defaults, by_diligence.post_early_defaults),
        Step(
            "called firms' defaults", circles.defaults_of_called,
            followed_calls.post_followed_calls,
        ),
        each_bank(
            Step("looks at loans", care.look, looking.post_looks),
            Step("actions", care.act, acting.post_actions),
            Step("misuse proven", care.proven, catching.post_proven),
            Step("beliefs", learning.follow_payments, post.beliefs),
        ),
        each_bank(
            Step(
                "guaranteed defaults", circles.guaranteed_defaults,
                calling.post_guaranteed_defaults,
            ),
            Step("guarantors called", circles.call_guarantors, calling.post_calls),
            Step("circles recalled", circles.recall, recalling.post_recalls),
        ),
        Step("new workouts", ceilings.open_workouts, post.resolutions),
        Step("workouts", nature.workout_terms, post.workout),
    )),
    Part("firms in need apply; banks investigate, decide and lend", (
        Step("cost of waiting", nature.cost_of_waiting, for_later),
        Step("prospecting", prospects.reach, for_later),
        Step("applications", applying.apply_for_credit, post.applications),
        each_bank(
            Step("investigations", investigation.investigate, post.investigations),
        ),
        each_bank(
            Step("renewals asked", renewing.ask, renewals.post_asked),
            Step("files of renewals", renewing.read, renewals.post_files),
            Step("renewals answered", renewing.answer, renewals.post_answers),
        ),
        Step("answers awaited", nature.wait_for_answers, post.answers_awaited),
        Step("offers", quotes.offers, for_later),
        each_bank(
            Step("new shadow loans", yardstick.follow_applicants, post.shadows_begun),
        ),
        each_bank(
            Step("offers of others", quotes.elsewhere, post.elsewhere),
            Step("decisions", quotes.decisions, post.decisions),
        ),
        each_bank(
            Step("what search brought", planned_search.brought, searching.post_searched),
        ),
        Step("loans by officer", by_diligence.new_loans, by_diligence.post_new_loans),
        Step("guarantors", guarantees.bring_guarantors, guarantees.post_guarantors),
    )),
    Part("firms settle with owners and informal lenders; banks close their month", (
        Step("settlement", nature.settle, post.settlement),
        Step("loan count", closing.count_terms, post.census),
        Step("provisions", closing.required_provisions, post.provisions),
        each_bank(
            Step("running costs", team.running_costs, post.running_costs),
            Step("costs in the price", pricing.costs_in_price, post.costs_in_price),
        ),
        Step("result", closing.close, post.month_result),
        Step("dividends", closing.dividends, post.dividends),
        Step("standing", standing.standing, post.standing),
        each_bank(
            Step("staff", team.staff, post.staff),
        ),
        Step("balance sheet", this_month, post.balance_sheet),
    )),
    Part("the books are checked; new firms take the place of those that left", (
        Step("bridge loans left behind", bridges.left_behind, bridges.post_left_behind),
        Step("book check", book_check.closing, for_later),
        Step("entry and exit", nature.entrants, post.firms_replaced),
    )),
)  # fmt: skip
