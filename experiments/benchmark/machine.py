"""What this machine can do at best: the numbers that a core month needs, and its columns once.

One pass over the firms draws a keyed normal (cash flow) and two keyed uniforms (heavy loss, need
for credit), reads every column that the month of a firm without events reads, and writes the three
that it changes.  No model with these draws and columns can be faster than this loop.
"""

from __future__ import annotations

import time
from typing import Any

from experiments.benchmark.agreement import LIMIT
from sim.core.compiled import compiled
from sim.core.draws import named_salt
from sim.core.luck import normal, uniform

SECONDS = 0.5  # that the measurement takes at least


@compiled
def bare_month(firms: Any, loans: Any, applications: Any, flow: Any, loss: Any, need: Any) -> Any:
    """Draw, read and write for every firm, with hardly any arithmetic; return how many need."""
    needy = 0
    for i in range(firms.key.size):
        key = firms.key[i]
        draws = normal(key, flow) + uniform(key, loss)
        codes = firms.run[i] + firms.sector[i] + firms.diverting[i] + firms.alive[i]
        codes += loans.lender[i] + applications.lender[i]
        rates = firms.theta[i] + firms.volatility[i] * draws + codes
        firms.cash[i] += 1e-9 * (firms.turnover[i] * rates + loans.project_income[i])
        loans.project_left[i] = max(loans.project_left[i] - 1, 0)
        firms.low_months[i] = firms.low_months[i] + 1 if firms.cash[i] < firms.costs[i] else 0
        needy += uniform(key, need) < 0.06
    return needy


def limit(firms: int) -> float:
    """Return firm-months per second of the bare month."""
    from sim import load_scenario
    from sim.model.simulation import Simulation

    tables = Simulation(load_scenario(LIMIT, {"firms.count": firms}), [1]).market.tables
    salts = [named_salt(name) for name in ("flow", "loss", "need")]

    def live() -> None:
        bare_month(tables.firms, tables.loans, tables.applications, *salts)

    live()  # compiles
    begun, months = time.process_time(), 0
    while time.process_time() - begun < SECONDS:
        live()
        months += 1
    return months * firms / (time.process_time() - begun)
