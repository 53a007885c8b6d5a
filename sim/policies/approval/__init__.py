"""Approval: who gets an offer, who may overrule a refusal, and how long a decision takes.

May import: core, credit, state.
Never: knows whether a firm is good; it sees estimates and the officer's word.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.core.errors import ClashError
from sim.core.params import checked, param
from sim.core.registry import Family
from sim.core.view import View
from sim.policies.policy import Policy
from sim.policies.pricing import PriceBasis

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
FASTEST = 0.5  # days: nothing dearer can be bought than a decision within the day


class Approval(Policy):
    """How estimates become decisions."""

    weighs_profit: ClassVar[bool] = False  # whether `highest_pd` says more than `cut_off`

    hours: float = param(
        1.0, unit="hours", ge=0, le=200, source="A: one decision",
        meaning="officer's time for a decision",
        no_lever="price",
    )  # fmt: skip
    cost: float = param(
        100.0, unit="CNY", ge=0, le=1e6, source="A: paper and registration",
        meaning="cost of deciding a file in `usual_days`",
        no_lever="price",
    )  # fmt: skip
    days: float = param(
        3.0, unit="days", ge=0, le=365, source="A: hand-offs",
        meaning="days that a decision adds",
        cost="file_cost: a quicker decision needs people who wait for files, so `cost` grows as"
        " `usual_days` over days; a slower one saves nothing",
    )  # fmt: skip
    usual_days: float = param(
        3.0, unit="days", ge=0, le=365, source="A: hand-offs",
        meaning="days in which a file is decided at `cost`",
        no_lever="price",
    )  # fmt: skip

    listing_months: int = param(
        24, unit="months", ge=0, le=600, source="A: list of dishonest applicants",
        meaning="months for which a firm caught lying is turned away",
        cost="lending forgone: fewer applications",
    )  # fmt: skip

    review_precision: float = param(
        0.0, unit="1/sd^2", ge=0, le=100, source="A: 0 is no second review",
        meaning="precision of an independent second reading of the file",
        cost="file_cost by `review_cost` and officer hours (workload) by `review_hours`, both in"
        " proportion; days_to_decision by `review_days`",
    )  # fmt: skip
    review_hours: float = param(
        1.5, unit="hours", ge=0, le=200, source="A: design notes, section 5",
        meaning="officers' time for a second review of precision one; as a committee grows",
        no_lever="price",
    )  # fmt: skip
    review_days: float = param(
        5.0, unit="days", ge=0, le=365, source="A: a committee meets weekly",
        meaning="days that a second review adds",
        no_lever="price",
    )  # fmt: skip
    review_cost: float = param(
        150.0, unit="CNY", ge=0, le=1e6, source="A: members' time",
        meaning="cost of a second review of precision one; as a committee grows",
        no_lever="price",
    )  # fmt: skip

    @checked
    def _a_committee_has_members(self) -> Approval:
        if self.review_precision > 0.0 and self.review_hours == 0.0:
            raise ClashError(
                f"a second review of precision {self.review_precision:g} has nobody to make it: "
                "give review_hours above 0, or set review_precision to 0",
                "review_hours",
            )
        return self

    @property
    def decision_cost(self) -> float:
        """CNY spent on deciding a file at this policy's pace."""
        return self.cost * max(1.0, self.usual_days / max(self.days, FASTEST))

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
        """Highest probability of default that is approved as a rule."""
        return 1.0

    @property
    def limits_sectors(self) -> bool:
        """Whether `approve` looks at the share of the book that a sector has."""
        return False

    def highest_pd(self, files: View, rate: Floats, basis: PriceBasis) -> Floats:
        """Return the highest probability of default approved at `rate` (n,) 1/year, shape (n,).

        Asked only of a policy that `weighs_profit`.  Negative where not even a loan without risk
        would be approved.
        """
        raise NotImplementedError(f"{type(self).__name__} has one cut-off for all")

    def approve(self, files: View, sector_share: Floats, rate: Floats, basis: PriceBasis) -> Bools:
        """Return which applications pass, shape (n,).

        `sector_share` (n,) is the share of the book that each applicant's sector has (0 unless the
        policy `limits_sectors`), `rate` (n,) 1/year what it would be quoted, and `basis` what the
        bank reckons with for that loan.
        """
        raise NotImplementedError(f"{type(self).__name__} must decide")

    def override_chance(self, files: View, pressure: Floats) -> Floats:
        """Return the chance that a refusal is overruled, shape (n,); `pressure` is 0 to 1."""
        return np.zeros(len(files))


APPROVAL: Family[Approval] = Family(__name__, Approval)
