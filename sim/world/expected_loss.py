"""Expected loss: what a bank must expect to lose on loans that are non-performing now.

A loan that has been non-performing for m months is paid up in the end with the chance
`cured (1 - m / cured_months)`, 0 from `cured_months` on; otherwise what is lost is the balance less
the mean recovery that its security gives, before the cost of collection and undiscounted.  It is a
measure for the record: nothing in a run depends on it.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import compiled
from sim.core.indexing import unsigned
from sim.credit.classes import SUBSTANDARD
from sim.state.market import Market
from sim.world.resolution import Resolution, from_security


@compiled
def _add_up(live, lenders, firms, loans, rule, expected):  # type: ignore[no-untyped-def]
    for k in range(live.size):
        i = unsigned(live[k])
        if loans.grade[i] < SUBSTANDARD:
            continue
        exposure = max(loans.balance[i], 1.0)
        secured = min(loans.collateral[i] / exposure, 1.0)
        back = from_security(secured, loans.security[i], rule)
        back += rule.guarantor_pays * min(loans.guaranteed[i] / exposure, 1.0 - back)
        age = min(loans.npl_months[i] / rule.cured_months, 1.0)
        lost = (1.0 - rule.cured * (1.0 - age)) * (1.0 - back)
        expected[unsigned(firms.run[i] * lenders + loans.lender[i])] += lost * loans.balance[i]


def on_bad_loans(market: Market, resolution: Resolution) -> Floats:
    """Return the loss expected on each book's non-performing balance, (books,), CNY."""
    expected = np.zeros(market.books.cash.size)
    rule = resolution.record()
    _add_up(market.live, market.lenders, market.firms, market.loans, rule, expected)
    return expected
