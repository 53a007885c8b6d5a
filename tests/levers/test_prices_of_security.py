"""What further kinds of security cost, and what a bank counts of them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sim.policies.collateral.mixed import Mixed
from sim.policies.products.menu import Menu
from sim.state.loans import Security


@pytest.mark.parametrize("part", ["real_estate", "movables", "guarantor"])
def test_twice_the_cover_is_twice_the_paper(part: str) -> None:
    once = Mixed.model_validate({part: {"cover": 0.5, "cost": 900.0}})
    twice = Mixed.model_validate({part: {"cover": 1.0, "cost": 900.0}})
    assert getattr(once, part).price == pytest.approx(450.0)
    assert getattr(twice, part).price == pytest.approx(900.0)


def test_new_kinds_count_for_half_and_real_estate_for_seven_tenths() -> None:
    counted = Mixed().counted()
    assert counted[Security.PROPERTY] == pytest.approx(0.7)
    assert counted[Security.MOVABLES] == pytest.approx(0.5)
    assert counted[Security.GUARANTOR] == pytest.approx(0.5)
    assert Menu().invoices_counted == pytest.approx(0.5)


def test_more_invoices_are_more_to_check() -> None:
    assert Menu(invoice_cover=1.0).assignment_cost == pytest.approx(1_000.0)
    assert Menu(invoice_cover=2.0).assignment_cost == pytest.approx(2_000.0)


def test_loans_against_invoices_are_a_kind_more_to_design() -> None:
    # 30,000 a year per 1,000 firms for three kinds at a fit of one half
    assert Menu(receivables_up_to=12).yearly_cost(1000, 1) == pytest.approx(40_000.0)


def test_a_least_cover_that_nobody_can_reach_is_refused() -> None:
    bare = {"real_estate": {"cover": 0.5, "haircut": 0.3}, "movables": {"cover": 0.0},
            "guarantor": {"cover": 0.0}}  # fmt: skip
    assert Mixed.model_validate(bare | {"least": 0.35}).least == 0.35
    with pytest.raises(ValidationError, match=r"least 0\.36 is above the highest .* \(0\.35\)"):
        Mixed.model_validate(bare | {"least": 0.36})


def test_what_counts_is_real_estate_or_movables_and_a_guarantor_for_what_is_left() -> None:
    # .7 of the loan at .7, and a guarantor for .3 of it at .5: .49 + .15
    assert Mixed(least=0.64).least == 0.64
    with pytest.raises(ValidationError, match=r"least 0\.65 is above the highest .* \(0\.64\)"):
        Mixed(least=0.65)
    # where a guarantor counts in full, and a pledge for half, it is best to pledge nothing
    person = {"cover": 1.0, "haircut": 0.0}
    half = {"cover": 0.7, "haircut": 0.5}
    rules = {"real_estate": half, "movables": half, "guarantor": person}
    assert Mixed.model_validate(rules | {"least": 1.0}).least == 1.0


def test_a_least_cover_may_be_all_that_can_count() -> None:
    # .7 times .7 is a little less than .49 in floating point
    nothing = {"cover": 0.0}
    assert Mixed.model_validate({"movables": nothing, "guarantor": nothing, "least": 0.49}).least
