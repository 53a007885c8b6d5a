"""What pay and plans do is measured as stated: on common seeds, with the right counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments.pay import (
    FIXED,
    NEVER,
    VOLUME,
    Asked,
    Moment,
    changed,
    growth_moments,
    just_missed,
    last_band,
    main,
    pay_moments,
    pooled,
)

SMALL = {"firms.count": 600, "burn_in.months": 24, "burn_in.nature_months": 12}
CUT_OFF = 0.05


@pytest.fixture(scope="module")
def asked() -> Asked:
    return Asked((1, 2, 3, 4), SMALL)


def table(**columns: object) -> pd.DataFrame:
    usual = {
        "seed": 1, "pd": CUT_OFF, "decision": "approved", "caught": False,
        "granted": 1, "default_month": pd.NA,
    }  # fmt: skip
    made = pd.DataFrame(usual | columns)
    months = {"granted": "Int64", "default_month": "Int64", "caught": "boolean"}
    return made.astype(months)


@pytest.mark.thorough
def test_pay_on_volume_makes_near_misses_pass_and_loans_larger(asked: Asked) -> None:
    found = {moment.what: moment for moment in pay_moments(asked)}
    assert found["loans"].value > 0.0
    assert found["size of loans"].value > 0.0
    name = "{}: files that just miss, of those near the cut-off"
    assert found[name.format(VOLUME)].value < found[name.format(FIXED)].value


def test_arms_differ_in_pay_alone(asked: Asked) -> None:
    limits = {"bank.capital.npl_tolerance": NEVER}
    one, other = (asked.scenario({"bank.staffing.bonus": bonus}, limits) for bonus in (0.0, 1.0))
    assert one.with_({"banks.main.staffing.bonus": 1.0}) == other
    before = one.burn_in.banks or {}
    assert before["main"].capital.npl_tolerance == NEVER


@pytest.mark.thorough
def test_a_book_grows_more_under_a_larger_plan(asked: Asked) -> None:
    none, *_, most = growth_moments(asked)
    assert none.value < most.value


def test_files_near_the_cut_off_are_counted_on_both_sides(asked: Asked) -> None:
    files = table(
        pd=[0.0499, 0.0501, 0.0501, 0.0501, 0.07],
        decision=["approved", "refused", "open", "refused", "refused"],
        caught=[False, False, False, True, False],
    )
    missed, near = just_missed(files, CUT_OFF, asked)
    assert missed.tolist() == [1.0, 0.0, 0.0, 0.0]
    assert near.tolist() == [2.0, 0.0, 0.0, 0.0]


def test_the_last_band_holds_loans_seen_for_as_long_as_the_window(asked: Asked) -> None:
    loans = table(
        pd=[0.049, 0.049, 0.03, 0.051, 0.049, 0.049],
        granted=[1, 1, 1, 1, 19, pd.NA],
        default_month=[19, 20, 2, 2, 20, 2],
        seed=[1, 2, 1, 1, 1, 1],
    )
    failed, booked = last_band(loans, CUT_OFF, asked)
    assert failed.tolist() == [1.0, 0.0, 0.0, 0.0]  # at 18 months, not at 19
    assert booked.tolist() == [1.0, 1.0, 0.0, 0.0]


def test_a_pooled_share_is_that_of_all_seeds() -> None:
    part, whole = np.array([1.0, 3.0]), np.array([10.0, 20.0])
    assert pooled(part, whole).mean() == pytest.approx(4.0 / 30.0)


def test_a_change_is_in_percent_and_says_whether_it_is_wanted() -> None:
    moment = changed("loans", [100.0, 102.0], [130.0, 132.6], (25.0, 37.0))
    assert moment.value == pytest.approx(30.0)
    assert moment.row.endswith("| +25 to +37 | in |")
    assert Moment("x", 1.0, 0.0, 2.0, (5.0, 6.0)).row.endswith("| out |")
    assert Moment("x", 1.0, 0.0, 2.0).row.endswith("| | |")


@pytest.mark.thorough
def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    settings = [part for key, value in SMALL.items() for part in ("--set", f"{key}={value}")]
    main(["--seeds", "1..2", "--only", "growth", *settings])
    assert "| growth a year planned at 25% |" in capsys.readouterr().out
