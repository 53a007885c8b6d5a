"""What the diagnosis puts in place of Zhengzhou's values: every key that differs, in one block."""

from __future__ import annotations

import pytest

from experiments.five_markets import flat
from experiments.npl_by_kind import BLOCKS, HOME, OTHERS, swapped
from sim.scenario.loading import load_scenario

OWN = ("name", "why", "burn_in.")


@pytest.mark.parametrize("bank", OTHERS)
def test_all_blocks_together_make_the_other_bank(bank: str) -> None:
    other = load_scenario(f"{bank}/baseline")
    assert swapped(other, BLOCKS["all of these"]).hash == other.hash


@pytest.mark.parametrize("bank", OTHERS)
def test_each_key_that_differs_is_in_one_block(bank: str) -> None:
    here = flat(load_scenario(HOME).model_dump())
    there = flat(load_scenario(f"{bank}/baseline").model_dump())
    blocks = {name: begins for name, begins in BLOCKS.items() if name != "all of these"}
    differ = [key for key in there if there[key] != here.get(key) and not key.startswith(OWN)]
    assert differ
    for key in differ:
        found = [name for name, begins in blocks.items() if key.startswith(begins)]
        assert len(found) == 1, (key, found)
