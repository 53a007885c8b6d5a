"""The base of the capital policies: what every member declares and answers."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sim.core.arrays import Floats
from sim.core.errors import ClashError
from sim.core.params import checked, param
from sim.policies.policy import Policy


class Capital(Policy):
    """Risk weights, the dividend rule, and when a bank or branch may not lend."""

    process: ClassVar[str] = "equity mean_rate"  # what another kind moves

    minimum: float = param(
        0.105, unit="share of risk-weighted assets", ge=0, le=1, source="R: 10.5 % in China",
        meaning="lowest capital ratio; below it no new loan is approved",
        no_lever="rule",
    )  # fmt: skip
    target: float = param(
        0.125, unit="share of risk-weighted assets", ge=0, le=1, source="A: two points above",
        meaning="capital above this is paid out as dividends; head office injects capital up to it"
        " before month 1, and in a new bank's first `young_months`",
        cost="lending forgone where it is raised: rates carry the return on capital, so less"
        " is disbursed",
        extremes=(0.105, 0.2), process="capital_ratio mean_rate",
    )  # fmt: skip

    young_months: int = param(
        36, unit="months", ge=0, le=1200, source="A: three years, as for de novo banks",
        meaning="age up to which head office injects capital into a new bank",
        no_lever="rule",
    )  # fmt: skip

    npl_tolerance: float = param(
        1.0, unit="share of gross loans", ge=0, le=1, source="A: 1: none; the bank's + .03",
        meaning="non-performing share of gross loans above which a branch loses its authority to"
        " lend; 1: never",
        cost="lending forgone where it is lowered: less is disbursed",
        extremes=(0.03, 1.0), process="barred",
    )  # fmt: skip
    tolerance_above: float = param(
        0.03, unit="share of gross loans", ge=0, le=1, source="R: three points",
        meaning="how far `npl_tolerance` is above the usual ratio of the bank's kind",
        no_lever="rule",
    )  # fmt: skip
    tolerance_usual: float = param(
        0.06, unit="share of gross loans", gt=0, le=1, source="D: see `true_excess`",
        meaning="`npl_tolerance` under which `tolerance_above` shrinks with its square",
        no_lever="rule",
    )  # fmt: skip
    tolerance_errors: float = param(
        0.0, unit="standard errors", ge=0, le=10, source="D: 0: none; 2: about one in twenty",
        meaning="sampling errors of the usual ratio, in a book of that many loans, that head office"
        " does not hold against a branch",
        no_lever="rule",
    )  # fmt: skip
    tolerance_months: int = param(
        6, unit="months", ge=1, le=600, source="A: two quarters",
        meaning="months in a row within `npl_tolerance` after which the authority returns",
        no_lever="rule",
    )  # fmt: skip
    backed: bool = param(
        False, unit="switch", source="D: a branch has no capital of its own",
        meaning="head office fills the branch's capital up to `minimum` at each month's end, so its"
        " own results never stop its lending",
        no_lever="rule",
    )  # fmt: skip
    legal_entity: bool = param(
        False, unit="switch", source="R: a branch cannot fail, a bank can",
        meaning="the bank is a legal entity: with negative equity it fails, takes no application,"
        " does not lend and pays no dividend again, and its loans run off",
        no_lever="rule",
    )  # fmt: skip

    @checked
    def _the_target_meets_the_minimum(self) -> Capital:
        if self.target < self.minimum:
            raise ClashError(
                f"capital above target {self.target:g} is paid out, which is below the minimum "
                f"{self.minimum:g} for new loans: raise target or lower minimum",
                "target",
            )
        return self

    @checked
    def _a_legal_entity_stands_alone(self) -> Capital:
        if self.backed and self.legal_entity:
            raise ClashError(
                "a bank that is a legal entity has no head office that fills up its capital: set"
                " backed or legal_entity to false",
                "backed",
            )
        return self

    def tolerated(self, loans: Floats) -> Floats:
        """Return the NPL ratio up to which a branch with so many equal `loans` (n,) may lend, (n,).

        u + sqrt(a^2 + z^2 u (1-u)/n), z = `tolerance_errors`, a = `true_excess` and u the usual
        ratio, `npl_tolerance` less a.  Excess and chance are independent, so their squares add: the
        limit of a large book is `npl_tolerance`, and a small one passes its own as seldom.
        """
        above = self.true_excess
        usual = self.npl_tolerance - above
        chance = self.tolerance_errors**2 * usual * (1.0 - usual) / np.maximum(loans, 1.0)
        limit: Floats = usual + np.sqrt(above**2 + chance)
        return limit

    @property
    def true_excess(self) -> float:
        """How far the tolerance is above the usual ratio, as a share of gross loans.

        `tolerance_above`, or that times (t/t_0)^2 where the tolerance t is below `tolerance_usual`,
        t_0.  n loans at a share f of their tolerance stand (1 - f) sqrt(n t/f) sampling errors
        below it, fewer the lower it is; so that chance stops them no more often, true excess gets
        less of it.
        """
        share = min(self.npl_tolerance / self.tolerance_usual, 1.0)
        return min(self.tolerance_above * share**2, self.npl_tolerance)

    def risk_weight(self, pd: Floats) -> Floats:
        """Return risk-weighted assets over gross loans, from each book's mean PD `pd`, (runs,)."""
        raise NotImplementedError(f"{type(self).__name__} must weigh risk")
