"""Applying: which firms ask which bank for a loan this month."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.core.arrays import Bools
from sim.model import nature
from sim.model.bank_month import BankMonth
from sim.state.bridges import BRIDGES
from sim.state.facts import Demanded


def apply_for_credit(month: BankMonth) -> Demanded:
    """Let firms in need apply to a bank.

    Left out is who awaits the new loan of a renewal and, where firms choose among banks, who would
    ask one that is not in the product yet.
    """
    demanded = nature.apply_for_credit(month)
    left_out: Bools = np.zeros(demanded.rows.size, bool)
    if BRIDGES in month.market.own:
        left_out |= month.market.table(BRIDGES).awaits[demanded.rows]
    closed = [bank.lender for bank in month.banks if bank.closed]
    if closed and month.firm_params.choose:  # then who asks a bank asks one that is there
        left_out |= np.isin(demanded.lender, closed)
    if not left_out.any():
        return demanded
    kept: Any = (column[~left_out] for column in demanded)
    return Demanded(*kept)
