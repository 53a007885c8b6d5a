"""What a bank has on file about the quality of one firm."""

from __future__ import annotations

import numpy as np

from sim.model.simulation import Simulation
from sim.state.market import NEVER


def belief(simulation: Simulation, slot: int) -> dict[str, float]:
    """Return what the lender, or else the first bank, has on file about the firm's quality."""
    market, i = simulation.market, slot
    lender = int(market.loans.lender[i])
    lender = lender if 0 <= lender < len(market.banks) else 0
    file = market.file_of(lender)
    banks = simulation.banks_in(market.month)
    bank = next(bank for bank in banks if bank.lender == lender)
    rating = bank.policy.rating
    mean = file.belief_mean[:, i : i + 1].astype(np.float64)
    variance = file.belief_variance[:, i : i + 1].astype(np.float64)
    overall = rating.overall(mean, variance, simulation.scenario.firms.weights)
    run = market.firms.run[i : i + 1]
    pd = rating.pd(overall, mean, run, bank.lessons)
    known = bool(file.known_since[i] != NEVER)
    return {
        "known": known, "belief": float(overall.mean[0]), "pd": float(pd[0]),
        "belief_sd": float(np.sqrt(overall.variance[0])),
    }  # fmt: skip
