"""The statements of every bank, put together again from its recorded flows, agree with its stocks.

Profit and loss, cash flow and balance sheet are built here from the columns of `months` alone, so
an entry that the run's own check does not know of shows as well.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from sim.model.simulate import simulate
from sim.scenario.schema import Scenario
from sim.state.ledger import LEDGER
from tests.accounting.pulled_levers import everything, with_everything
from tests.accounting.random_worlds import quick, scenarios, seeds

COSTS = (
    "file_cost", "salaries", "training_cost", "bonus", "monitoring_cost", "fund_fees", "fixed_cost",
)  # fmt: skip
NEVER_NEGATIVE = [c.name for c in LEDGER if c.unit == "count"] + [
    "gross_loans", "accrued", "fund_claims", "provisions", "cash", "deferred_bonus", "disbursed",
    "interest_accrued", "interest_received", "principal_repaid", "paid_by_firms", "suspended",
    "collateral_receipts", "recoveries", "fund_receipts", "written_off", "sold", "sale_price",
    "defaulted_exposure", "npl", "ever_90", *COSTS,
]  # fmt: skip


@pytest.mark.thorough
@quick
@with_everything
@given(scenario=scenarios(), chosen=seeds)
def test_every_statement_agrees_with_the_stocks(scenario: Scenario, chosen: list[int]) -> None:
    months = simulate(scenario, seeds=chosen).months  # the run's own check is on
    assert len(months) == scenario.horizon * len(chosen) * len(scenario.banks)
    assert np.isfinite(months.drop(columns=["bank", "npl_ratio"]).to_numpy(float)).all()
    for (_, name), book in months.groupby(["seed", "bank"]):
        statements_agree(book.drop(columns="bank").set_index("month"), scenario, str(name))


def statements_agree(m: pd.DataFrame, scenario: Scenario, bank: str) -> None:
    """Assert every identity of one book; all but the first month have an opening stock."""
    largest = (m.gross_loans + m.paid_by_firms).max()
    size = 1e-9 * max(largest, m[[*COSTS]].to_numpy().max(), 1e5)

    def equal(left: pd.Series, right: pd.Series) -> None:
        gap = (left - right).abs().dropna()
        assert (gap <= size).all(), f"{bank}: {gap.idxmax()} {gap.max()}"

    change = m.diff()
    spent = m[list(COSTS)].sum(axis=1)
    equal(
        m.cash + m.gross_loans + m.accrued + m.fund_claims - m.provisions,
        m.funding + m.deferred_bonus + m.tax_payable + m.equity,
    )
    equal(change.gross_loans, m.disbursed - m.principal_repaid - m.written_off - m.sold)
    equal(
        m.gross_normal + m.gross_special + m.gross_substandard + m.gross_doubtful + m.gross_loss,
        m.gross_loans,
    )
    equal(m.npl, m.gross_substandard + m.gross_doubtful + m.gross_loss)
    equal(m.paid_by_firms + m.collateral_receipts, m.interest_received + m.principal_repaid)
    equal(
        change.accrued + change.suspended,
        m.interest_accrued - m.interest_received - m.interest_forgone,
    )
    # profit and loss
    equal(
        m.profit_before_tax,
        m.interest_income - m.funding_cost - spent - m.workout_cost - m.provision_charge,
    )
    equal(m.tax, scenario.economy.tax_rate * m.profit_before_tax)
    equal(m.profit, m.profit_before_tax - m.tax)
    equal(change.equity, m.profit - m.dividends)
    equal(m.funding_cost, m.funding.shift() * scenario.economy.funding_rate / 12)
    # interest is income when it is received or becomes receivable, and no other
    equal(m.interest_income, m.interest_received + change.accrued)
    equal(
        change.provisions,
        m.provision_charge - m.written_off - m.sold + m.claimed + m.recoveries + m.sale_price,
    )
    equal(change.fund_claims, m.claimed - m.fund_receipts)
    # cash flow
    equal(
        change.cash,
        m.paid_by_firms + m.collateral_receipts + m.recoveries + m.fund_receipts + m.sale_price
        - m.disbursed - m.funding_cost - m.workout_cost - (spent - change.deferred_bonus)
        - (m.tax - change.tax_payable) - m.dividends + change.funding,
    )  # fmt: skip
    equal(m.cash, scenario.banks[bank].reserve * m.gross_loans)
    # order
    for name in NEVER_NEGATIVE:
        assert (m[name] >= -size).all(), name
    assert (m.caught_lying <= m.applications + m.renewals_asked).all()
    for part, whole in PARTS:
        assert (m[part] <= m[whole] + size).all(), (part, whole)


@pytest.mark.parametrize("turn", range(4))
def test_where_every_lever_is_pulled_all_is_at_work(turn: int) -> None:
    flows = simulate(everything(turn), seeds=[turn, 99]).months
    total = flows[flows["bank"] == "one"].drop(columns=["bank"]).sum()
    for name in ("taken", "defaults", "principal_repaid", "collateral_receipts", "fund_fees"):
        assert total[name] > 0, name


PARTS = [
    ("approved", "decided"), ("overridden", "approved"), ("taken", "approved"),
    ("lost_to_rival", "approved"), ("lost_to_bank", "approved"),
    ("booked_lying", "taken"), ("refinanced", "renewals"), ("defaults_not_renewed", "defaults"),
    ("alarms_true", "alarms"), ("diverting", "loans"), ("defaults", "performing"),
    ("defaults_diverting", "defaults"), ("defaults_lying", "defaults"), ("npl", "gross_loans"),
    ("disbursed_good", "disbursed"), ("recovered_share_exposure", "closed_exposure"),
]  # fmt: skip
