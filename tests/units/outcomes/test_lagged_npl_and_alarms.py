"""Bad loans over the book of a year before, and counts of alarms, worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.outcomes import METRICS
from sim.outcomes.history import History
from sim.results.comparison import compared
from sim.scenario.schema import Scenario
from sim.state.market import Outcomes

UNJUDGED = [
    "not_renewed_share", "renewals_granted_share", "bridge_loans",
    "bank_failed", "authority_lost", "npl_ratio_lagged", "ruin_share", "true_alarms",
    "false_alarms", "caught", "eased",
    "officer_spread",
]  # fmt: skip
NONE = Outcomes(np.zeros(0, int), np.zeros(0), *(np.zeros(0, bool) for _ in range(4)))


def history(**columns: list[float]) -> History:
    """Return a history of one book from its columns by month."""
    months = len(next(iter(columns.values())))
    usual = {"disbursed": 0.0, "principal_repaid": 0.0, "written_off": 0.0, "sold": 0.0}
    given = {name: [value] * months for name, value in usual.items()} | columns
    pages = np.array(list(given.values())).T[:, :, None]
    return History(tuple(given), pages, np.zeros((months, 61, 1)), NONE)


def lagged(**columns: list[float]) -> float:
    return float(METRICS["npl_ratio_lagged"].compute(history(**columns))[0])


def test_a_book_that_doubles_in_a_year_hides_half_of_its_bad_loans() -> None:
    gross = [100.0 * (1.0 + k / 12.0) for k in range(13)]  # 100 in month 1, 200 in month 13
    npl = [4.0 + k / 2.0 for k in range(13)]  # 10 in the end
    book = history(gross_loans=gross, npl=npl)
    assert METRICS["npl_ratio"].compute(book)[0] == pytest.approx(10.0 / 200.0)
    assert METRICS["npl_ratio_lagged"].compute(book)[0] == pytest.approx(10.0 / 100.0)


def test_of_many_months_it_takes_the_one_twelve_before_the_end() -> None:
    gross = [float(month) for month in range(1, 37)]  # 24 in month 24, 36 in month 36
    assert lagged(gross_loans=gross, npl=[6.0] * 36) == pytest.approx(6.0 / 24.0)


@pytest.mark.parametrize("months", [1, 6, 12])
def test_a_short_horizon_takes_the_book_before_month_1(months: int) -> None:
    # in month 1, 30 is lent, 8 repaid, 1 written off and 1 sold: 100 stood there before
    found = lagged(
        gross_loans=[120.0] * months,
        npl=[5.0] * months,
        disbursed=[30.0] * months,
        principal_repaid=[8.0] * months,
        written_off=[1.0] * months,
        sold=[1.0] * months,
    )
    assert found == pytest.approx(5.0 / 100.0)


def test_where_there_was_no_book_there_is_no_ratio() -> None:
    start = {"gross_loans": [30.1, 50.3], "disbursed": [30.1, 20.2], "npl": [0.0, 1.0]}
    assert np.isnan(lagged(**start))


def scenario(**changes: object) -> Scenario:
    return Scenario.model_validate(
        {"horizon": 14, "burn_in": {"months": 14}, "firms": {"count": 300, "volatility": 0.2}}
        | changes
    )


@pytest.mark.parametrize("horizon", [3, 12, 14])
def test_in_a_run_it_is_the_book_that_the_bank_had_then(horizon: int) -> None:
    world = scenario(horizon=horizon)
    simulation = Simulation(world, [1])
    gross = []
    for _ in range(14 + horizon):
        simulation.advance()
        gross.append(float(simulation.market.books.gross_loans[0]))
    back = min(horizon, 12)
    result = simulate(world, seeds=[1])
    expected = result.months["npl"].to_numpy()[-1] / gross[-1 - back]
    assert result.summary["npl_ratio_lagged"][0] == pytest.approx(expected, rel=1e-9)


def test_true_and_false_alarms_are_all_alarms() -> None:
    book = history(alarms=[5.0, 7.0, 0.0], alarms_true=[2.0, 6.0, 0.0])
    assert METRICS["true_alarms"].compute(book)[0] == 8.0
    assert METRICS["false_alarms"].compute(book)[0] == 4.0
    assert METRICS["alarms_true"].compute(book)[0] == pytest.approx(8.0 / 12.0)


def test_what_is_not_judged_stays_out_of_the_table_of_all_outcomes() -> None:
    runs = pd.concat(
        [
            simulate(scenario(horizon=3, why=arm), seeds=[1, 2, 3]).summary.assign(arm=arm)
            for arm in ("one", "other")
        ]
    )
    assert set(UNJUDGED) <= set(runs)
    table = compared(runs, "one", ["other"])
    assert set(table["metric"]) == set(METRICS) - set(UNJUDGED)
    assert [name for name, one in METRICS.items() if not one.judged] == UNJUDGED
