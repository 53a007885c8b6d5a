"""Lending rules that apply with every cut-off, however the cut-off is set.

They are not a member of the family of approvals, since they do not say how risky a loan may be.  A
refusal is overridden iff u < o_v (.5 + VP) and the officer's own assessment is favourable, so there
are more overrides when volume is below plan.  The chance may fall with the distance from the
cut-off, and overrides may have a quota (`sim.model.overrides`).  Some further refused applications
may be approved to learn from them.
"""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Bools, Floats
from sim.core.params import param
from sim.core.view import View
from sim.policies.approval.base import Approval

ROUNDING = 1e-9  # a share of the book may exceed its limit by this much
BY_CHANCE = {"economy.labour.choice.chooses": False}  # who chooses inflates reports instead


class LendingRules(Approval):
    """Refuse firms with detected inflated statements, too little income or a full sector."""

    override: float = param(
        0.15, unit="probability", ge=0, le=1, source="A: .15 base, .05 optimised",
        meaning="o_v: probability that a refusal is overridden at half volume pressure",
        cost="lending forgone where it is lowered: less is disbursed",
        extremes=(0.0, 0.8), process="override_rate",
        acts_with=BY_CHANCE,
    )  # fmt: skip
    override_distance: float = param(
        0.0, unit="share of cut-off", ge=0, le=100, source="A: 0: no limit; .25 where used",
        meaning="estimated probability of default above the cut-off, over the cut-off, at which the"
        " chance of an override has fallen to 1/e; 0: it does not fall",
        cost="lending forgone where it is lowered: less is disbursed",
        extremes=(0.02, 2.0), process="override_rate",
        acts_with=BY_CHANCE,
    )  # fmt: skip
    override_quota: float = param(
        1.0, unit="share of approvals", ge=0, le=1, source="A: 1: no quota; .1 where used",
        meaning="most overrides in a month over the applications that pass, nearest to the cut-off"
        " first, exploration included; 1: no quota",
        cost="lending forgone where it is lowered: less is disbursed",
        extremes=(0.0, 1.0), process="override_rate",
        acts_with=BY_CHANCE,
    )  # fmt: skip
    exploration: float = param(
        0.0, unit="probability", ge=0, le=1, source="P: 2-5 % where used",
        meaning="probability that a refused application is approved to learn from it",
        cost="provision_charge on these loans",
        extremes=(0.0, 0.3), process="override_rate",
    )  # fmt: skip

    dscr_min: float = param(
        0.0, unit="ratio", ge=0, le=20, source="A: 0: no limit; 1.2 where used",
        meaning="minimum debt service coverage ratio: stated income over debt service",
        cost="lending forgone: less is disbursed",
        extremes=(0.0, 2.0), process="approval_rate",
    )  # fmt: skip
    assumed_margin: float = param(
        0.08, unit="share of turnover", ge=0, le=1, source="A: the market's mean margin",
        meaning="margin that the bank assumes on stated turnover",
        cost="lending forgone where it is lowered: less is disbursed",
        extremes=(0.02, 0.2), process="approval_rate",
        acts_with={"approval.dscr_min": 1.2},
    )  # fmt: skip
    self_financing: float = param(
        0.7, unit="share of debt service", ge=0, lt=1, source="A: share put into working capital",
        meaning="share of debt service that the bank expects the financed project to earn",
        cost="lending forgone where it is lowered: less is disbursed",
        extremes=(0.1, 0.9), process="approval_rate",
        acts_with={"approval.dscr_min": 1.2},
    )  # fmt: skip
    sector_limit: float = param(
        1.0, unit="share of gross loans", gt=0, le=1, source="A: 1 is no limit; .25 optimised",
        meaning="no loan to a sector whose share of the book is above this limit",
        cost="lending forgone: less is disbursed",
        extremes=(0.15, 1.0), process="approval_rate sector_concentration",
    )  # fmt: skip

    @property
    def punishes_lies(self) -> bool:
        return True

    @property
    def limits_sectors(self) -> bool:
        return self.sector_limit < 1.0

    def kept(self, files: View, sector_share: Floats) -> Bools:
        """Return which applications pass all rules, shape (n,)."""
        passed = ~files.caught
        if self.dscr_min > 0.0:
            service = files.amount / files.tenor
            income = self.assumed_margin * files.stated_turnover / 12.0
            passed &= income + self.self_financing * service >= self.dscr_min * service
        return passed & (sector_share <= self.sector_limit + ROUNDING)

    @property
    def limits_overrides(self) -> bool:
        return self.override_distance > 0.0 or self.override_quota < 1.0

    @property
    def quota(self) -> float:
        return self.override_quota

    def override_chance_at(self, files: View, chance: Floats, distance: Floats) -> Floats:
        if self.override_distance == 0.0:
            return chance
        near = np.exp(-distance / self.override_distance)
        return np.maximum(chance * near, np.minimum(chance, self.exploration))

    def exploration_chance(self, files: View) -> Floats:
        return np.asarray(self.exploration * ~files.caught, float)

    def override_chance(self, files: View, pressure: Floats) -> Floats:
        if self.override == 0.0 and self.exploration == 0.0:
            return np.zeros(len(files))
        favourable = (files.soft_mean > 0.0) & ~files.caught & ~files.reviewed
        insisted = favourable * (self.override * (0.5 + pressure))
        return np.maximum(insisted, self.exploration_chance(files))
