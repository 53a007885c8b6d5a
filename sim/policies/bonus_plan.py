"""A bonus plan: what officers are paid for in addition to their salary, and when.

It is not a member of the family of staffing policies, since it does not say how many officers a
bank has.
"""

from __future__ import annotations

from functools import cached_property

from sim.core.params import param
from sim.policies.staffing.base import Staffing
from sim.state.pay import Pay


class BonusPlan(Staffing):
    """Pay part of the bonus for volume, the rest for quality, and defer some of it."""

    volume_bonus: float = param(
        0.8, unit="share of bonus", ge=0, le=1, source="A: .8 base, .3 optimised",
        meaning="lambda_v: weight of volume in officers' bonus",
        cost="bonus: officers require `quality_premium` on the part paid for quality",
        extremes=(0.0, 1.0), process="inflated applications loan_size effort",
    )  # fmt: skip
    quality_premium: float = param(
        0.15, unit="share", ge=0, le=5, source="A: quality shows late and by chance",
        meaning="premium on a bonus for quality, relative to one for volume",
        no_lever="price",
    )  # fmt: skip
    deferral: float = param(
        0.0, unit="share of bonus", ge=0, le=1, source="A: 0 base, .4 optimised",
        meaning="share of the bonus deferred by `deferral_months`",
        cost="bonus: officers require `deferral_premium` on the deferred part",
        extremes=(0.0, 1.0), process="inflated deferred_bonus effort",
    )  # fmt: skip
    deferral_months: float = param(
        24.0, unit="months", ge=1, le=240, source="A: two years",
        meaning="mean time after which a deferred bonus is paid out",
        no_lever="rule",
    )  # fmt: skip
    deferral_premium: float = param(
        0.15, unit="share", ge=0, le=5, source="A: impatience",
        meaning="premium on a deferred bonus",
        no_lever="price",
    )  # fmt: skip
    bonus: float = param(
        0.003, unit="share of new loans", ge=0, le=1, source="A: a fifth of salary",
        meaning="bonus pool over new loans",
        cost="bonus: in proportion",
        extremes=(0.0, 0.005), process="inflated applications loan_size",
        acts_with={"economy.labour.choice.chooses": True},
    )  # fmt: skip

    @property
    def bonus_rate(self) -> float:
        quality = (1.0 - self.volume_bonus) * self.quality_premium
        return self.bonus * (1.0 + quality + self.deferral * self.deferral_premium)

    @property
    def deferred(self) -> float:
        return self.deferral

    @property
    def bonus_months(self) -> float:
        return self.deferral_months

    @property
    def time_pressure(self) -> float:
        return self.volume_bonus * (1.0 - self.deferral)

    def pay(self) -> Pay:
        return self._pay

    @cached_property
    def _pay(self) -> Pay:
        return Pay(self.bonus, self.volume_bonus, self.deferral)
