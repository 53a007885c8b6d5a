"""The machine's limit: draw the random numbers of a core month and touch its columns once.

Counted, at the rates of a simulation that has just run until its book was full:

- every firm: one keyed normal (cash flow) and two keyed uniforms (heavy loss, need for credit);
  one read of the twelve columns that a month without events reads, one write of the three that it
  changes;
- every live loan, about a third of firms: one read of the fourteen columns that an instalment and
  the grading after it read, one write of the nine that they change;
- every applicant, about a twentieth of firms: five keyed normals (statements and site visit, each
  with a lasting part and a new one; amount) and three keyed uniforms (bank, term, day).

Draws are the library's own, block by block so that they stay in the cache.  Not counted:
arithmetic, the books and their check, what requests and files hold, workouts, firms that enter.  No
model with these draws and columns can be faster.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from sim.core.compiled import compiled
from sim.core.draws import named_salt
from sim.core.random_numbers import BLOCK, normals, normals_at, uniforms, uniforms_at

NORMALS, UNIFORMS = 5, 3  # of an applicant
TINY = 1e-12  # values written hardly differ from values read


@compiled
def bare_firms(firms: Any, loans: Any, applications: Any, salts: Any) -> Any:
    """Draw, read and write for every firm; return how many need credit."""
    in_need = 0
    for start in range(0, firms.key.size, BLOCK):
        keys = firms.key[start : start + BLOCK]
        flow = normals(keys, salts[0])
        loss = uniforms(keys, salts[1])
        need = uniforms(keys, salts[2])
        for k in range(keys.size):
            i = start + k
            codes = firms.run[i] + firms.sector[i] + firms.diverting[i] + firms.alive[i]
            codes += loans.lender[i] + applications.lender[i]
            rates = firms.theta[i] + firms.volatility[i] * (flow[k] + loss[k]) + codes
            earned = TINY * (firms.turnover[i] * rates + loans.project_income[i])
            firms.cash[i] += earned
            loans.project_left[i] -= loans.project_left[i] > 30_000
            firms.low_months[i] += firms.cash[i] < -TINY * firms.costs[i] - 1e15
            in_need += need[k] < 0.06
    return in_need


@compiled
def bare_loans(live: Any, loans: Any) -> Any:
    """Read and write for every live loan; return a sum that is not used."""
    total = 0.0
    for k in range(live.size):
        i = live[k]
        total += loans.lender[i] + loans.schedule[i] + loans.season_shift[i] + loans.defaulted[i]
        due = TINY * (loans.rate[i] + loans.instalment[i])
        loans.balance[i] -= due
        loans.overdue_principal[i] += due
        loans.accrued[i] += due
        loans.suspended[i] += due
        loans.behind[i] += due
        late = due > 1e15
        loans.remaining[i] -= late
        loans.dpd[i] += late
        loans.grade[i] += late
        loans.npl_months[i] += late
    return total


@compiled
def bare_applicants(rows: Any, keys: Any, normal_salts: Any, uniform_salts: Any) -> Any:
    """Draw for every applicant; return a sum that is not used."""
    total = 0.0
    for salt in normal_salts:
        total += normals_at(keys, rows, salt)[-1]
    for salt in uniform_salts:
        total += uniforms_at(keys, rows, salt)[-1]
    return total


class Bare(NamedTuple):
    """A bare month, and the rates at which it counts."""

    run_month: Callable[[], None]
    applying: float  # share of firms in a month
    borrowing: float  # share of firms with a live loan


def bare_month(simulation: Any) -> Bare:
    """Return the bare month of a core simulation whose book is full; it destroys the figures.

    The simulation must have run past month 0, which is the month of unused applications.
    """
    market = simulation.market
    tables, live = market.tables, market.live
    rows = np.flatnonzero(market.applications.made == market.month)
    salts = np.array([named_salt(name) for name in ("flow", "loss", "need")])
    normal_salts = np.array([named_salt(f"normal {k}") for k in range(NORMALS)])
    uniform_salts = np.array([named_salt(f"uniform {k}") for k in range(UNIFORMS)])

    def run_month() -> None:
        bare_firms(tables.firms, tables.loans, tables.applications, salts)
        bare_loans(live, tables.loans)
        if rows.size:
            bare_applicants(rows, market.firms.key, normal_salts, uniform_salts)

    return Bare(run_month, rows.size / market.slots, live.size / market.slots)
