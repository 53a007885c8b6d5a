"""Measures: read with the place of every fault, laid over a base, refused where they disagree."""

from pathlib import Path
from typing import Any

import pytest

from sim.core.errors import RequestError
from sim.runs.growth import differences
from sim.scenario.loading import load_scenario
from sim.scenario.measure import Measure, joined_keys, load_measure
from sim.scenario.schema import Scenario

ROOT = Path(__file__).parents[2]
ZHENGZHOU = ROOT / "scenarios" / "zhengzhou"
GOOD = """\
title: Visits
thesis: Z Bank
statements: ["1.14"]
package: post_loan
overrides:
  banks:
    main:
      monitoring: {monthly: 0.2}
"""


def applied(measures: list[Measure], set: dict[str, Any] | None = None) -> Scenario:
    keys, places = joined_keys(measures, set)
    return load_scenario(ZHENGZHOU / "baseline.yaml").with_(keys, places=places)


def written(folder: Path, text: str, name: str = "visits.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> str:
    with pytest.raises(RequestError) as error:
        load_measure(written(folder, text))
    return str(error.value).removeprefix(str(folder) + "/")


def test_a_measure_sets_final_values_by_dotted_key(tmp_path: Path) -> None:
    measure = load_measure(written(tmp_path, GOOD))
    assert measure.name == "visits"
    assert measure.package == "post_loan"
    assert measure.keys == {"banks.main.monitoring.monthly": 0.2}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("package: post_loan", "package: postloan", "visits.yaml:4:10: package: must be one of"),
        ("package: post_loan", "start: 7\npackage: team", "4:8: start: a measure starts"),
        ('["1.14"]', "[1.20]", "visits.yaml:3:14: statements.0: must be text"),
        ('["1.14"]', "[]", "visits.yaml:3:13: statements: name at least one"),
        ("title: Visits\n", "", "title: missing"),
        ("thesis:", "whyy: x\nthesis:", "visits.yaml:2:1: whyy: unknown key 'whyy'; did you mean"),
    ],
)  # fmt: skip
def test_a_wrong_measure_is_refused_at_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    assert said in refused(tmp_path, GOOD.replace(old, new))


def test_a_measure_without_values_is_refused(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("overrides")] + "overrides: {}\n"
    assert "overrides: sets no key" in refused(tmp_path, text)


def test_an_unknown_key_of_the_scenario_is_refused_at_the_line_of_the_measure(
    tmp_path: Path,
) -> None:
    measure = load_measure(written(tmp_path, GOOD.replace("monthly", "montly")))
    with pytest.raises(RequestError, match=r"visits\.yaml:8:20.*did you mean 'monthly'"):
        applied([measure])


def test_two_measures_may_agree_on_a_key_but_not_differ(tmp_path: Path) -> None:
    one = load_measure(written(tmp_path, GOOD))
    same = load_measure(written(tmp_path, GOOD, "same.yaml"))
    other = load_measure(written(tmp_path, GOOD.replace("0.2", "0.3"), "other.yaml"))
    scenario = applied([one, same])
    assert scenario.banks["main"].monitoring.monthly == 0.2
    with pytest.raises(RequestError, match=r"other\.yaml:8:20.*0\.3.*visits\.yaml:8:20.*0\.2"):
        applied([one, other])
    with pytest.raises(RequestError, match=r"visits\.yaml:8:20.*set it in one of them only"):
        applied([one], {"banks.main.monitoring.monthly": 0.5})


def test_no_measure_acts_before_month_1(tmp_path: Path) -> None:
    base = load_scenario(ZHENGZHOU / "baseline.yaml")
    measured = applied([load_measure(written(tmp_path, GOOD))])
    changed = differences(base.model_dump(mode="json"), measured.model_dump(mode="json"))
    assert list(changed) == [("banks.main.monitoring.monthly", 0.08, 0.2)]


def test_all_measures_of_zhengzhou_together_are_its_optimised_scenario() -> None:
    measures = [load_measure(path) for path in sorted((ZHENGZHOU / "measures").glob("*.yaml"))]
    together = applied(measures)
    optimised = load_scenario(ZHENGZHOU / "optimised.yaml")
    named = {"name", "why"}
    assert together.model_dump(exclude=named) == optimised.model_dump(exclude=named)
    assert together.hash == optimised.hash != load_scenario(ZHENGZHOU / "baseline.yaml").hash
