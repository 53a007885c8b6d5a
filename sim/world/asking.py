"""Asking: which banks a firm asks that asks several at once, or that prefers a quick one.

Who asks one bank and does not mind waiting draws it evenly (`sim.world.demand`).
"""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled
from sim.core.random_numbers import uniform

HARDLY = 1e-290  # a weight that is not zero: who asks all banks asks this one too
LAST = 1.0 - 2.0**-53  # the largest number below one


@compiled
def ask_several(needs, waiting, usual_days, rule, taste, firms, relations, places, when):  # type: ignore[no-untyped-def]
    """Return pairs of slot and bank asked, firm by firm, and the strictest bank that each asks.

    Banks are drawn one after another without putting back, with weights exp(-c d / taste): c
    `waiting` (slots,) what a day costs, d `usual_days` (books,).  The first draw is that of
    `ask_a_bank` where no day costs anything, so a firm that asks more asks that bank as well.
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
            weight[bank] = max(np.exp(-waiting[i] * later / taste), HARDLY)
        draws = uniform(firms.key[i], bank_salt)
        for _ in range(asked):
            left = draws * weight.sum()
            chosen = -1
            for bank in range(banks):
                if weight[bank] > 0.0 and (chosen < 0 or left >= weight[chosen]):
                    if chosen >= 0:
                        left -= weight[chosen]
                    chosen = bank
            draws = min(left / weight[chosen], LAST)  # what is left of one draw is the next
            weight[chosen] = 0.0
            if relations.listed_until[chosen * needs.size + i] <= month:
                rows[n], lender[n] = i, chosen
                n += 1
    return rows[:n].copy(), lender[:n].copy()


@compiled
def strictest(rows, lender, verification):  # type: ignore[no-untyped-def]
    """Return, for each pair of a firm and a bank, the bank most to be feared of the firm's."""
    feared = lender.copy()
    first = 0
    for k in range(rows.size):
        if rows[k] != rows[first]:
            first = k
        if verification[lender[k]] > verification[feared[first]]:
            feared[first : k + 1] = lender[k]
        else:
            feared[k] = feared[first]
    return feared
