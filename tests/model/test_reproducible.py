"""The same seed gives the same bits: again, in another process, and under another bank's name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from sim.model.simulate import simulate
from tests.model.worlds import bundle, digest, scenario

ROOT = Path(__file__).parents[2]
PROGRAM = """
from sim.model.simulate import simulate
from tests.model.worlds import bundle, digest, scenario
result = simulate(scenario(bundle(0), {}), seeds=[3, 8])
print(digest(result.months), digest(result.summary))
"""


def elsewhere(hash_seed: str) -> list[str]:
    """Return the digests that another process gets."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


@pytest.mark.thorough
def test_two_processes_give_the_same_bits() -> None:
    result = simulate(scenario(bundle(0), {}), seeds=[3, 8])
    here = [digest(result.months), digest(result.summary)]
    assert here == elsewhere("1") == elsewhere("2")
    # the digest itself must be able to tell
    assert digest(simulate(scenario(bundle(0), {}), seeds=[3, 9]).months) != here[0]


def test_words_that_explain_a_scenario_change_nothing() -> None:
    plain = simulate(scenario({}, {}), 3)
    text = simulate(scenario({}, {}, name="other", why="to see"), 3)
    pd.testing.assert_frame_equal(plain.months, text.months, check_exact=True)


def test_a_bank_is_its_place_and_not_its_name() -> None:
    named = scenario({}, {}, banks={"north": {}, "south": {"reserve": 0.05}})
    renamed = scenario({}, {}, banks={"zeta": {}, "alpha": {"reserve": 0.05}})
    one, other = simulate(named, 3).months, simulate(renamed, 3).months
    assert other["bank"].unique().tolist() == ["zeta", "alpha"]
    pd.testing.assert_frame_equal(
        one.drop(columns="bank"), other.drop(columns="bank"), check_exact=True
    )


def test_a_lever_that_is_connected_to_nothing_changes_nothing() -> None:
    # the fee of a guarantee fund that bears no share of any loss
    base = scenario({"collateral": {"kind": "pledge"}})
    placebo = scenario({"collateral": {"kind": "pledge", "fund_fee": 0.3}})
    assert placebo.hash != base.hash
    pd.testing.assert_frame_equal(
        simulate(base, 3).months, simulate(placebo, 3).months, check_exact=True
    )
