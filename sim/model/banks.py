"""All lenders of a market: the banks, which have policies, and the rival, which has none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np

from sim.core.arrays import Floats
from sim.core.compiled import elementwise
from sim.core.face import block_of
from sim.mechanisms.guarantees import Guarantees
from sim.model.bank import BankAtWork
from sim.scenario.newcomer import entry_month
from sim.scenario.schema import BankParams
from sim.state.facts import WorkoutTerms
from sim.state.ledger import GRADES, LEDGER
from sim.state.market import Market
from sim.world.resolution import Resolution

GRADE_ROWS = np.flatnonzero([name in GRADES for name in LEDGER.columns])


class Banks:
    """The banks in one phase of a run (burn-in or reported months), in the scenario's order."""

    def __init__(
        self,
        policies: Mapping[str, BankParams],
        firms_per_run: int,
        sectors: Sequence[str] = (),
        guarantees: Guarantees | None = None,
        closed: Collection[str] = (),
    ):
        self.guarantees = guarantees
        self.banks = [
            BankAtWork(lender, name, policy, firms_per_run, sectors, guarantees, name in closed)
            for lender, (name, policy) in enumerate(policies.items())
        ]
        bundles = [bank.policy for bank in self.banks]
        every = [*bundles, BankParams()]  # the rival keeps its books like the usual bank
        workouts = [bundle.workout for bundle in every]
        self.provisioning = [bundle.provisioning for bundle in every]
        self.capital = [bundle.capital for bundle in every]
        self.new_to_product = [bundle.new_to_product for bundle in every]
        calling = [float(bundle.monitoring.calls_misuse) for bundle in bundles]
        self.calls_misuse: Floats = np.array([*calling, 0.0])  # nobody looks after the rival's
        self._workout_terms = WorkoutTerms(
            months=np.array([workout.months for workout in workouts], float),
            sale_price=np.array([workout.sale_price for workout in workouts]),
            fund_cap=np.array([*(bundle.collateral.fund_cap for bundle in bundles), 0.0]),
            cost=0.0,
            fund_pays=0.0,
        )
        self.reserve: Floats = np.array([bundle.reserve for bundle in every])

    def __iter__(self) -> Iterator[BankAtWork]:
        return iter(self.banks)

    def workout_terms(self, resolution: Resolution) -> WorkoutTerms:
        """Return how each lender deals with bad loans, and what becomes of them by `resolution`."""
        return self._workout_terms._replace(cost=resolution.cost, fund_pays=resolution.fund_pays)

    def reserves(self, market: Market) -> Floats:
        """Return the cash that each book must hold, shape (books,), CNY."""
        by_lender = market.books.gross_loans.reshape(market.runs, -1)
        return (self.reserve * by_lender).reshape(-1)

    def required_provisions(self, market: Market) -> Floats:
        """Return the allowance that each book must carry, shape (books,), CNY."""
        by_class = block_of(market.ledger)[GRADE_ROWS]
        required = np.empty(by_class.shape[1])
        for lender, policy in enumerate(self.provisioning):
            mine = market.books_at(lender)
            required[mine] = policy.required(by_class[:, mine], market.books.mean_pd[mine])
        return required

    def dividends(self, market: Market) -> Floats:
        """Return what each book pays to its owners (negative: receives), shape (books,), CNY.

        Capital above the target is paid out.  Head office also fills capital up to the target:
        before month 1, in a book's first years, and for the rival always, and up to the minimum
        in a branch that it backs.  A failed bank pays
        and receives nothing.
        """
        paid = np.empty(market.books.equity.size)
        for lender, policy in enumerate(self.capital):
            mine = market.books_at(lender)
            weight = policy.risk_weight(market.books.mean_pd[mine])
            assets = weight * market.books.gross_loans[mine]
            began = entry_month(self.new_to_product[lender], market.first_month)
            young = market.month < max(1, began + policy.young_months)
            allotted = young or lender == market.rival
            paid[mine] = _dividend(
                market.books.equity[mine], assets, policy.target, policy.minimum, allotted,
                policy.backed, market.books.failed[mine],
            )  # fmt: skip
        return paid


@elementwise
def _dividend(equity, assets, target, minimum, allotted, backed, failed):  # type: ignore[no-untyped-def]
    if failed:
        return 0.0
    due = equity - target * assets
    if not allotted:
        due = max(due, 0.0)
    return due - max(minimum * assets - equity, 0.0) if backed and due == 0.0 else due
