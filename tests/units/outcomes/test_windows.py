"""Every outcome says over which months it is counted."""

from __future__ import annotations

import re

import pytest

from sim.outcomes import METRICS

WINDOW = r"reported month|end of the last month|months at least 18 months before the end"


@pytest.mark.parametrize("name", METRICS)
def test_it_names_its_window(name: str) -> None:
    assert re.search(WINDOW, METRICS[name].meaning), METRICS[name].meaning
