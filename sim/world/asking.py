"""Asking: which banks a firm applies to if it applies to several at once or prefers a fast one.

A firm that applies to one bank and for which waiting costs nothing chooses the bank at random, with
equal chances (`sim.world.demand`).
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled
from sim.core.random_numbers import uniform
from sim.state.firms_view import all_views
from sim.state.market import Market

MIN_WEIGHT = 1e-290  # smallest weight, above zero: a firm that asks all banks asks this one too
BELOW_ONE = 1.0 - 2.0**-53  # the largest number below one


@compiled
def ask_several(  # type: ignore[no-untyped-def]
    needs, waiting, usual_days, weights, rule, taste, firms, relations, places, when
):
    """Return pairs of slot and bank asked, both (n,), ordered by firm; `needs` (slots,) are flags.

    Banks are drawn one after another without replacement, with weights exp(-c d / taste): c is
    `waiting` (slots,), the cost of a day, 1/year, and d is `usual_days` (books,), days.  If waiting
    costs nothing, the first draw equals that of `ask_a_bank`, so a firm that asks more banks asks
    that bank as well.  A bank's weight is multiplied by `weights` (banks, slots), or (banks, 1) for
    all firms alike.
    """
    lenders, banks, _ = places
    month, bank_salt = when
    asked = np.int64(rule.banks_asked)
    most = needs.sum() * asked
    rows, lender = np.empty(most, np.int64), np.empty(most, np.int8)
    weight = np.empty(banks)
    n = 0
    for i in range(needs.size):
        if not needs[i]:
            continue
        book = firms.run[i] * lenders
        earliest = usual_days[book : book + banks].min()
        for bank in range(banks):
            later = usual_days[book + bank] - earliest
            weight[bank] = max(np.exp(-waiting[i] * later / taste), MIN_WEIGHT)
            weight[bank] *= weights[bank, i % weights.shape[1]]
        draws = uniform(firms.key[i], bank_salt)
        for _ in range(asked):
            left = draws * weight.sum()
            chosen = -1
            for bank in range(banks):
                if weight[bank] > 0.0 and (chosen < 0 or left >= weight[chosen]):
                    if chosen >= 0:
                        left -= weight[chosen]
                    chosen = bank
            draws = min(left / weight[chosen], BELOW_ONE)  # the rest of a draw is the next draw
            weight[chosen] = 0.0
            if relations.listed_until[chosen * needs.size + i] <= month:
                rows[n], lender[n] = i, chosen
                n += 1
    return rows[:n].copy(), lender[:n].copy()


@compiled
def strictest(rows, lender, run, verification):  # type: ignore[no-untyped-def]
    """Return, per pair of firm and bank, the firm's bank that checks statements most, (n,).

    The pairs `rows` and `lender` are (n,) each, `run` (slots,), and `verification` (runs, lenders)
    is a probability.
    """
    strictest_bank = lender.copy()
    first = 0
    for k in range(rows.size):
        if rows[k] != rows[first]:
            first = k
        expected = verification[run[rows[k]]]
        if expected[lender[k]] > expected[strictest_bank[first]]:
            strictest_bank[first : k + 1] = lender[k]
        else:
            strictest_bank[k] = strictest_bank[first]
    return strictest_bank


def expected_detection(market: Market) -> Floats:
    """Return how likely firms expect a false statement to be found, (runs, lenders).

    It is what happened to others at each bank.
    """
    views = all_views(market.books.lie_chances, market.books.statements_made)
    return views.reshape(market.runs, market.lenders)
