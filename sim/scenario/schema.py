"""The structure of a scenario file: the market, the economy, the banks, and the months simulated.

Each package declares its own parameters; this file only says where in a scenario they belong.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import cached_property

from sim.core.frozen_dict import FrozenDict
from sim.core.params import checked, group, param
from sim.core.plugins import used_in
from sim.policies.approval import APPROVAL
from sim.policies.approval.base import Approval
from sim.policies.approval.cut_off import CutOff
from sim.policies.capital import CAPITAL
from sim.policies.capital.base import Capital
from sim.policies.capital.standardised import Standardised
from sim.policies.collateral import COLLATERAL
from sim.policies.collateral.base import Collateral
from sim.policies.collateral.pledge import Pledge
from sim.policies.monitoring import MONITORING
from sim.policies.monitoring.base import Monitoring
from sim.policies.monitoring.care import Care
from sim.policies.pricing import PRICING
from sim.policies.pricing.base import Pricing
from sim.policies.pricing.risk_based import RiskBased
from sim.policies.products import PRODUCTS
from sim.policies.products.base import Products
from sim.policies.products.menu import Menu
from sim.policies.provisioning import PROVISIONING
from sim.policies.provisioning.base import Provisioning
from sim.policies.provisioning.five_class import FiveClass
from sim.policies.rating import RATING
from sim.policies.rating.base import Rating
from sim.policies.rating.expert import Expert
from sim.policies.recall import RECALL
from sim.policies.recall.base import Recall
from sim.policies.recall.hold import Hold
from sim.policies.renewal import RENEWAL
from sim.policies.renewal.base import Renewal
from sim.policies.renewal.none import NoRenewal
from sim.policies.screening import SCREENING
from sim.policies.screening.base import Screening
from sim.policies.screening.investigation import Investigation
from sim.policies.staffing import STAFFING
from sim.policies.staffing.base import Staffing
from sim.policies.staffing.officers import Officers
from sim.policies.workout import WORKOUT
from sim.policies.workout.base import Workout
from sim.policies.workout.write_off import WriteOff
from sim.scenario import combinations, newcomer
from sim.scenario.before_month_one import BeforeMonthOne
from sim.scenario.conditioned import Conditioned
from sim.scenario.hashing import digest
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.surroundings import EconomyParams, FirmParams
from sim.scenario.varying import Varied

FAMILIES = {
    "screening": SCREENING,
    "rating": RATING,
    "approval": APPROVAL,
    "pricing": PRICING,
    "products": PRODUCTS,
    "collateral": COLLATERAL,
    "monitoring": MONITORING,
    "renewal": RENEWAL,
    "recall": RECALL,
    "workout": WORKOUT,
    "provisioning": PROVISIONING,
    "staffing": STAFFING,
    "capital": CAPITAL,
}


class BankParams(Conditioned):
    """One bank: a policy of each family, and its branch's costs and targets."""

    screening: SCREENING.annotation() = group(Investigation)  # type: ignore[valid-type]
    rating: RATING.annotation() = group(Expert)  # type: ignore[valid-type]
    approval: APPROVAL.annotation() = group(CutOff)  # type: ignore[valid-type]
    pricing: PRICING.annotation() = group(RiskBased)  # type: ignore[valid-type]
    products: PRODUCTS.annotation() = group(Menu)  # type: ignore[valid-type]
    collateral: COLLATERAL.annotation() = group(Pledge)  # type: ignore[valid-type]
    monitoring: MONITORING.annotation() = group(Care)  # type: ignore[valid-type]
    renewal: RENEWAL.annotation() = group(NoRenewal)  # type: ignore[valid-type]
    recall: RECALL.annotation() = group(Hold)  # type: ignore[valid-type]
    workout: WORKOUT.annotation() = group(WriteOff)  # type: ignore[valid-type]
    provisioning: PROVISIONING.annotation() = group(FiveClass)  # type: ignore[valid-type]
    staffing: STAFFING.annotation() = group(Officers)  # type: ignore[valid-type]
    capital: CAPITAL.annotation() = group(Standardised)  # type: ignore[valid-type]
    branch_cost: float = param(
        600.0, unit="CNY a year per firm of the market", ge=0, le=1e6, source="C: cost/income",
        meaning="rent, systems and management of the branch",
        no_lever="price",
    )  # fmt: skip
    cost_per_loan: float = param(
        5_000.0, unit="CNY a year", ge=0, le=1e6, source="A: the bank's own cost accounting",
        meaning="cost of servicing a loan that the bank assumes when it sets a rate",
        cost="lending lost where it is raised: at higher rates less is disbursed",
        extremes=(0.0, 20_000.0), process="mean_rate",
        acts_with={"pricing.pass_through": 0.0},
    )  # fmt: skip
    return_aim: float = param(
        0.10, unit="1/year", ge=0, le=1, source="A: ROE 8-12 %",
        meaning="return on capital that the bank assumes when it sets a rate",
        cost="lending lost where it is raised: at higher rates less is disbursed",
        extremes=(0.0, 0.3), process="mean_rate",
    )  # fmt: skip
    growth_target: float = param(
        0.10, unit="1/year", ge=-1, le=5, source="A: policy call of 2018-19",
        meaning="planned growth of gross loans from month 1 (-1: no plan); missing it brings volume"
        " pressure, as missing the usual volume does before month 1",
        cost="lending lost where it is lowered: less is disbursed",
        extremes=(-0.5, 0.5), process="pressure applications",
    )  # fmt: skip
    pressure_width: float = param(
        0.10, unit="share of target", gt=0, le=10, source="A: design notes, section 4",
        meaning="shortfall from plan at which volume pressure reaches its maximum",
        no_lever="nature",
    )  # fmt: skip
    reserve: float = param(
        0.02, unit="share of gross loans", ge=0, le=1, source="A: liquidity",
        meaning="cash held",
        cost="funding_cost of the cash held",
        extremes=(0.0, 0.2), process="cash",
    )  # fmt: skip
    new_to_product: int | None = newcomer.NEW_TO_PRODUCT

    @checked
    def _check_combinations(self) -> BankParams:
        combinations.something_to_learn_from(self.screening, self.rating)
        return self


class BurnIn(BeforeMonthOne):
    """Months simulated before month 1; they are the same in every arm and are not reported.

    Without banks or economy of its own, the burn-in uses those of the file that states it.  A file
    that extends that file inherits them unchanged.
    """

    economy: EconomyParams | None = None
    banks: FrozenDict[str, BankParams] | None = None


class Scenario(Varied):
    """A market of firms, the economy, the banks, and the months to simulate."""

    name: str = "scenario"
    why: str = ""
    horizon: int = param(
        36, unit="months", ge=1, le=1200, source="A: three years, as in the theses",
        meaning="months that are reported",
    )  # fmt: skip
    burn_in: BurnIn = group(BurnIn, "months before month 1")
    firms: FirmParams = group(FirmParams, "the market")
    economy: EconomyParams = group(EconomyParams, "what no firm and no bank decides")
    mechanisms: Mechanisms = group(Mechanisms, "numbers of single mechanisms")  # type: ignore[valid-type]
    banks: FrozenDict[str, BankParams] = group(
        lambda: FrozenDict({"main": BankParams()}), "banks by name"
    )

    @checked
    def _check_banks_in_both_phases(self) -> Scenario:
        if not 1 <= len(self.banks) <= 16:
            raise ValueError(f"name 1 to 16 banks, found {len(self.banks)}")
        before = self.burn_in.banks
        if before is not None:
            combinations.banks_are_there_before(before, self.banks)
        combinations.names_are_good(self.name, self.banks)
        newcomer.entries_are_past(self.banks_in(0), self.banks)
        combinations.no_more_are_asked_than_there_are(self.firms.demand, self.banks)
        for month, phase in ((1, ()), (0, ("burn_in",))):
            funding_rate = self.economy_in(month).funding_rate
            for name, bank in self.banks_in(month).items():
                for variant in bank.variants:
                    prices = {name: variant.pricing}
                    combinations.loans_can_pay_their_funding(prices, funding_rate, *phase)
                if bank.conditions is not None:
                    at = (*phase, "banks", name)
                    combinations.rules_name_sectors(bank.conditions.levers, self.firms.sectors, *at)
        return self

    @cached_property
    def hash(self) -> str:
        """Digest of everything that can change a result; `name` and `why` are left out."""
        content = self.model_dump(mode="json", exclude={"name", "why"})
        content["order of banks"] = list(self.banks)
        if used := used_in(self):
            content["plug-ins"] = sorted(plugin.digest for plugin in used)
        return digest(content)

    @cached_property
    def start_hash(self) -> str:
        """Digest of all that can change the months before month 1, and so the books then."""
        banks = self.banks_in(0)
        later = {"mechanisms": {"ceilings": True}}  # from month 1 on
        nature = self.model_dump(mode="json", include={"firms", "mechanisms"}, exclude=later)
        return digest(
            {
                "burn_in": self.burn_in.numbers,
                **nature,
                "economy": self.economy_in(0).model_dump(mode="json"),
                "banks": {name: bank.model_dump(mode="json") for name, bank in banks.items()},
                "order of banks": list(self.banks),
            }
        )

    def __repr__(self) -> str:
        return (
            f"<Scenario {self.name!r}: {self.firms.count:,} firms, {self.horizon:,} months after "
            f"{self.burn_in.months:,}, banks: {', '.join(self.banks)}{self.rules_shown}>"
        )

    @property
    def rules_shown(self) -> str:
        """Which levers depend on what a bank knows, as ``; with rules: ...``; empty if none."""
        keys = [
            f"{name}.{key}"
            for name, bank in self.banks.items()
            if bank.conditions is not None
            for key in bank.conditions.keys
        ]
        return f"; with rules: {', '.join(keys)}" if keys else ""

    def _repr_html_(self) -> str:
        why = html.escape(" ".join(self.why.split()))
        return f"<p>{html.escape(repr(self))}</p><p>{why}</p>"

    def banks_in(self, month: int) -> Mapping[str, BankParams]:
        """Return the banks, with the policies that apply in a month."""
        return self.banks if month >= 1 else self.burn_in.banks or self.banks

    def economy_in(self, month: int) -> EconomyParams:
        """Return the economy that applies in a month."""
        return self.economy if month >= 1 else self.burn_in.economy or self.economy


__all__ = [
    "FAMILIES", "Approval", "BankParams", "BurnIn", "Capital", "Collateral", "EconomyParams",
    "FirmParams", "Monitoring", "Pricing", "Products", "Provisioning", "Rating", "Recall",
    "Renewal", "Scenario", "Screening", "Staffing", "Workout",
]  # fmt: skip
