"""The starter of `smelend init`: a bank like the shipped one, and a study that is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.analysis.experiments.kinds.study import load_study
from sim.scenario.loading import load_scenario
from smelend import simulate
from tests.apps.command import PLAIN, Smelend


@pytest.fixture
def mine(tmp_path: Path, smelend: Smelend) -> Path:
    assert smelend("init", str(tmp_path / "mine")).status == 0
    return tmp_path / "mine"


def test_its_bank_has_the_kinds_of_policies_of_the_shipped_one(mine: Path) -> None:
    ours, shipped = load_scenario(mine / "baseline.yaml"), load_scenario(PLAIN)
    for part in ("screening", "approval", "pricing", "monitoring", "staffing", "capital"):
        own = getattr(ours.banks["main"], part)
        assert own.kind == getattr(shipped.banks["main"], part).kind, part
    assert ours.burn_in is not None
    assert shipped.burn_in is not None
    assert ours.burn_in.months == shipped.burn_in.months


def test_what_its_comments_offer_is_allowed(mine: Path) -> None:
    text = (mine / "baseline.yaml").read_text("utf-8")
    offered = [f"    {line.strip()[2:]}" for line in text.splitlines() if line.endswith("}")
               and line.startswith("    # ")]  # fmt: skip
    assert len(offered) == 2
    (mine / "offered.yaml").write_text(f"{text}" + "\n".join(offered) + "\n", "utf-8")
    read = load_scenario(mine / "offered.yaml").banks["main"]
    assert read.capital.legal_entity
    assert read.staffing.officers == 14


def test_few_of_its_loans_are_diverted(mine: Path) -> None:
    months = simulate(load_scenario(mine / "baseline.yaml"), seeds=[1, 2]).months
    shares = months.groupby("seed")[["diverting", "loans"]].sum()
    share = shares["diverting"].sum() / shares["loans"].sum()
    assert 0.01 < share < 0.2  # published: 5 to 8 %


def test_its_study_judges_what_its_hypothesis_says(mine: Path) -> None:
    claims = load_study(mine / "study.yaml").content.claims
    assert {claim.metric for claim in claims.values()} == {"default_rate", "profit"}


def test_a_measure_given_as_a_scenario_is_named_as_what_it_is(mine: Path, smelend: Smelend) -> None:
    measure = mine / "measures/pricing.yaml"
    said = smelend("compare", str(mine / "baseline.yaml"), str(measure))
    assert said.status == 2
    assert said.complaint.startswith(f"{measure}:8:1: this is a measure, not a scenario")
