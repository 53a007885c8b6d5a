"""Arms of a sweep are shown in words and units, never as a dotted key."""

from __future__ import annotations

import re

from sim.results.quantity_words import _declared
from sim.results.swept_words import starts, swept_titles, value_words


def test_a_swept_value_is_written_with_its_meaning_and_unit() -> None:
    chosen: dict[str, dict[str, object]] = {
        "zhengzhou/baseline economy.funding_rate=0.02": {"economy.funding_rate": 0.02},
        "zhengzhou/baseline economy.funding_rate=0.025": {"economy.funding_rate": 0.025},
        "zhengzhou/baseline #03": {"economy.funding_rate": 0.0241},
        "zhengzhou/baseline + small banks.main.rating.kind=machine_learned": {
            "firms.count": 60, "banks.main.rating.kind": "machine_learned"
        },
        "zhengzhou/baseline banks.main.staffing.trained=True": {
            "banks.main.staffing.trained": True
        },
        "zhengzhou/optimised": {},
    }  # fmt: skip
    titles = [title.replace("\u00a0", " ") for title in swept_titles(chosen).values()]
    assert titles == [
        "Baseline: rate on a bank's funding 2 % a year",
        "Baseline: rate on a bank's funding 2.5 % a year",
        "Baseline: point 3, rate on a bank's funding 2.41 % a year",
        "Baseline + small: rating kind machine learned",
        "Baseline: officers are trained: yes",
    ]


def test_no_symbol_of_a_formula_is_in_a_title() -> None:
    values: dict[str, object] = {
        "banks.main.monitoring.monthly": 0.1,
        "banks.main.approval.override": 0.2,
        "banks.main.pricing.sensitivity": 0.5,
        "firms.earnings.ruin_by_macro": 0.3,
        "banks.main.growth_target": 0.15,  # its meaning has parentheses of its own
        "banks.main.capital.retail": True,
        "banks.main.capital.weight": 0.75,  # a colon that belongs to the words
        "banks.main.collateral.real_estate.haircut": 0.4,
    }
    shown = [value_words(key, value).replace("\u00a0", " ") for key, value in values.items()]
    assert shown == [
        "prescribed probability that a borrower is visited in a month 10 % a month",
        "probability that a refusal is overridden at half volume pressure 0.2 probability",
        "share of a loan's own risk that is reflected in its rate 0.5",
        "decrease in the log of the chance of ruin with the common factor 0.3 log per sd",
        "planned growth of gross loans from month 1 15 % a year",
        "retail exposures: yes",
        "risk weight 0.75",
        "haircut 40 %",
    ]
    found = {key: one.words for key, one in _declared().items()}
    symbols = {key: words for key, words in found.items() if re.match(r"[^\W\d]+_\w+: ", words)}
    assert symbols == {}


def test_arms_of_one_base_are_named_by_what_they_vary_alone() -> None:
    chosen: dict[str, dict[str, object]] = {
        f"x/baseline firms.count={count}": {"firms.count": count} for count in (1000, 3000)
    }
    titles = list(swept_titles(chosen).values())
    assert all("aseline" not in title for title in titles)
    assert [title.split()[-2:] for title in titles] == [["1000", "firms"], ["3000", "firms"]]
    assert set(starts(chosen).values()) == {"x/baseline"}


def test_numbered_points_are_named_by_the_values_that_differ_between_them() -> None:
    chosen: dict[str, dict[str, object]] = {
        f"x/baseline #{number}": {
            "horizon": 6, "firms.count": 1000 * number + 234, "economy.funding_rate": rate,
        }
        for number, rate in ((1, 0.021234), (2, 0.025))
    }  # fmt: skip
    titles = [title.replace("\u00a0", " ") for title in swept_titles(chosen).values()]
    firms = "number of active firms at any time"
    assert titles == [
        f"Point 1, {firms} 1234 firms, rate on a bank's funding 2.12 % a year",
        f"Point 2, {firms} 2234 firms, rate on a bank's funding 2.5 % a year",
    ]


def test_points_of_many_keys_are_numbered_alone() -> None:
    keys = ("economy.funding_rate", "banks.main.pricing.margin", "firms.count", "horizon")
    chosen = {f"x/baseline #{n}": {key: n / 10 for key in keys} for n in (1, 2)}
    assert list(swept_titles(chosen).values()) == ["Point 1", "Point 2"]
