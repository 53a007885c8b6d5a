"""The base of the approval policies: what every member declares and answers."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sim.core.arrays import Bools, Floats
from sim.core.errors import ClashError
from sim.core.params import checked, param
from sim.core.view import View
from sim.policies.policy import Policy
from sim.policies.pricing.base import PriceBasis


class Approval(Policy):
    """How estimates become decisions."""

    process: ClassVar[str] = "approval_rate"  # what another kind moves

    weighs_profit: ClassVar[bool] = False  # whether `highest_pd` replaces `cut_off`

    hours: float = param(
        1.0, unit="hours", ge=0, le=200, source="A: one decision",
        meaning="officer's working time for a decision",
        no_lever="scale",
    )  # fmt: skip
    cost: float = param(
        100.0, unit="CNY", ge=0, le=1e6, source="A: documents and registration",
        meaning="cost of a decision taken in `usual_days`",
        no_lever="price",
    )  # fmt: skip
    days: float = param(
        3.0, unit="days", ge=0, le=365, source="A: hand-offs",
        meaning="days that the decision takes",
        cost="file_cost: a faster decision needs spare staff, so `cost` is multiplied by"
        " `usual_days` over days; a slower one saves nothing",
        extremes=(0.5, 15.0), process="days_to_decision",
    )  # fmt: skip
    usual_days: float = param(
        3.0, unit="days", ge=0, le=365, source="A: hand-offs",
        meaning="days that a decision takes at `cost`",
        no_lever="scale",
    )  # fmt: skip
    fastest_days: float = param(
        0.5, unit="days", gt=0, le=365, source="A: half a working day",
        meaning="fastest decision that money can buy: a still shorter one costs as much",
        no_lever="scale",
    )  # fmt: skip

    listing_months: int = param(
        24, unit="months", ge=0, le=600, source="A: list of dishonest applicants",
        meaning="months for which a firm with detected inflated statements may not apply",
        cost="lending forgone: fewer applications",
        extremes=(0, 60), process="applications",
    )  # fmt: skip

    review_precision: float = param(
        0.0, unit="readers", ge=0, le=100, source="A: 0 is no second review",
        meaning="further readers of the file in a second review, which may find a lie and is not"
        " overridden; 0: no review",
        cost="file_cost by `review_cost` and officer hours (workload) by `review_hours`, both in"
        " proportion; days_to_decision by `review_days`",
        extremes=(0.0, 3.0), process="inflated belief_variance",
    )  # fmt: skip
    review_hours: float = param(
        1.5, unit="hours", ge=0, le=200, source="A: design notes, section 5",
        meaning="second reader's time for a review, by one reader; proportional to readers",
        no_lever="scale",
    )  # fmt: skip
    review_days: float = param(
        5.0, unit="days", ge=0, le=365, source="A: a committee meets weekly",
        meaning="days that a second review adds to the decision",
        no_lever="scale",
    )  # fmt: skip
    review_cost: float = param(
        150.0, unit="CNY", ge=0, le=1e6, source="A: members' time",
        meaning="cost of a second review by one reader; proportional to readers",
        no_lever="price",
    )  # fmt: skip

    @checked
    def _a_committee_has_members(self) -> Approval:
        if self.review_precision > 0.0 and self.review_hours == 0.0:
            raise ClashError(
                f"a second review of precision {self.review_precision:g} needs officers' time: "
                "set review_hours above 0, or review_precision to 0",
                "review_hours",
            )
        return self

    @property
    def decision_cost(self) -> float:
        """CNY spent on a decision at this policy's speed."""
        return self.cost * max(1.0, self.usual_days / max(self.days, self.fastest_days))

    @property
    def second_cost(self) -> float:
        """CNY spent on a second review of this policy's precision."""
        return self.review_cost * self.review_precision

    @property
    def second_hours(self) -> float:
        """Officers' hours taken by a second review of this policy's precision."""
        return self.review_hours * self.review_precision

    @property
    def cut_off(self) -> float:
        """Highest probability of default that is approved without an override."""
        return 1.0

    @property
    def punishes_lies(self) -> bool:
        """Whether a firm found with an inflated statement is refused, now or later."""
        return self.listing_months > 0

    @property
    def limits_sectors(self) -> bool:
        """Whether `approve` depends on a sector's share of the book."""
        return False

    def highest_pd(self, files: View, rate: Floats, basis: PriceBasis) -> Floats:
        """Return the highest probability of default approved at `rate` (n,) 1/year, shape (n,).

        Called only if the policy `weighs_profit`.  Negative where even a risk-free loan would be
        refused.
        """
        raise NotImplementedError(f"{type(self).__name__} has one cut-off for all")

    def approve(self, files: View, sector_share: Floats, rate: Floats, basis: PriceBasis) -> Bools:
        """Return which applications are approved, shape (n,).

        `sector_share` (n,) is the share of each applicant's sector in the book (0 unless the policy
        `limits_sectors`), `rate` (n,) 1/year the rate that it would be offered, and `basis` the
        bank's inputs to the price of that loan.
        """
        raise NotImplementedError(f"{type(self).__name__} must decide")

    @property
    def limits_overrides(self) -> bool:
        """Whether overrides depend on a file's distance from the cut-off, or have a quota."""
        return False

    @property
    def quota(self) -> float:
        """Most overrides in a month, over the applications that pass; 1: no quota."""
        return 1.0

    def override_chance_at(self, files: View, chance: Floats, distance: Floats) -> Floats:
        """Return the probability of an override at a distance from the cut-off, (n,).

        `chance` (n,) is what it would be at the cut-off, `distance` (n,) the share of the cut-off
        by which the estimate exceeds it.
        """
        return chance

    def exploration_chance(self, files: View) -> Floats:
        """Return the probability that a refusal is approved in order to learn from it, (n,)."""
        return np.zeros(len(files))

    def override_chance(self, files: View, pressure: Floats) -> Floats:
        """Return the probability that a refusal is overridden, (n,); `pressure` is 0 to 1."""
        return np.zeros(len(files))
