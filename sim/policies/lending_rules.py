"""Rules that hold wherever a bank cuts off, whichever way it sets the cut-off.

They stand beside the family of approvals, not in it, since they say nothing about how risky a loan
may be.  A refused file is overruled iff u < o_v (.5 + VP) and the officer's own impression is
favourable, so overrides grow when volume falls behind plan; a few more may be approved to learn
from them.
"""

from __future__ import annotations

import numpy as np

from sim.core.params import param
from sim.core.view import View
from sim.policies.approval import Approval, Bools, Floats

ROUNDING = 1e-9  # a share of the book may exceed its limit by this much


class LendingRules(Approval):
    """Firms caught lying are refused, and so are those that break a rule on income or sector."""

    override: float = param(
        0.15, unit="probability", ge=0, le=1, source="A: .15 base, .05 optimised",
        meaning="o_v: chance that a refusal is overruled at half pressure",
        cost="lending forgone where it is lowered: less is disbursed",
    )  # fmt: skip
    exploration: float = param(
        0.0, unit="probability", ge=0, le=1, source="P: 2-5 % where used",
        meaning="chance that a refused file is approved to learn from it",
        cost="provision_charge on the loans so made",
    )  # fmt: skip

    dscr_min: float = param(
        0.0, unit="ratio", ge=0, le=20, source="A: 0 is no rule; 1.2 where used",
        meaning="lowest stated income over debt service that is approved",
        cost="lending forgone: less is disbursed",
    )  # fmt: skip
    assumed_margin: float = param(
        0.08, unit="share of turnover", ge=0, le=1, source="A: the market's mean margin",
        meaning="income that the bank credits to stated turnover",
        cost="lending forgone where it is lowered: less is disbursed",
    )  # fmt: skip
    self_financing: float = param(
        0.7, unit="share of debt service", ge=0, lt=1, source="A: share put into working capital",
        meaning="part of debt service that the bank expects the loan's own use to bring",
        cost="lending forgone where it is lowered: less is disbursed",
    )  # fmt: skip
    sector_limit: float = param(
        1.0, unit="share of gross loans", gt=0, le=1, source="A: 1 is no limit; .25 optimised",
        meaning="no loan to a sector that already has more than this of the book",
        cost="lending forgone: less is disbursed",
    )  # fmt: skip

    @property
    def limits_sectors(self) -> bool:
        return self.sector_limit < 1.0

    def kept(self, files: View, sector_share: Floats) -> Bools:
        """Return which applications break no rule, shape (n,)."""
        passed = ~files.caught
        if self.dscr_min > 0.0:
            service = files.amount / files.tenor
            income = self.assumed_margin * files.stated_turnover / 12.0
            passed &= income + self.self_financing * service >= self.dscr_min * service
        return passed & (sector_share <= self.sector_limit + ROUNDING)

    def override_chance(self, files: View, pressure: Floats) -> Floats:
        if self.override == 0.0 and self.exploration == 0.0:
            return np.zeros(len(files))
        favourable = (files.soft_mean > 0.0) & ~files.caught
        insisted = favourable * (self.override * (0.5 + pressure))
        return np.maximum(insisted, self.exploration * ~files.caught)
