"""Which applicants are good by their true quality, which no bank knows."""

from __future__ import annotations

from sim.core.arrays import Bools, Floats, Rows
from sim.model.bank import BankAtWork
from sim.model.security import security_required
from sim.scenario.schema import EconomyParams, FirmParams
from sim.state.market import Market
from sim.world import shadow
from sim.world.resolution import true_loss_share


def pay_their_way(
    bank: BankAtWork,
    market: Market,
    rows: Rows,
    rate: Floats,
    firm_params: FirmParams,
    economy: EconomyParams,
) -> Bools:
    """Return which applicants are good, shape (n,): their rate covers their true default risk."""
    security = security_required(bank, market, rows, firm_params)
    mean_pd = market.books.mean_pd[market.books_at(bank.lender)]
    return shadow.pays_its_way(
        market,
        rows,
        firm_params.yardstick,
        rate=rate,
        lgd=true_loss_share(
            security.value, security.kind, security.guaranteed,
            economy.resolution, economy.discount_rate,
        ),
        charges=bank.capital_charge(mean_pd, economy.tax_rate)[market.firms.run[rows]],
        funding_rate=economy.funding_rate,
    )  # fmt: skip
