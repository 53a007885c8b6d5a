"""The words of a study on a user's own bank: it is no thesis, and a cost has a level."""

from __future__ import annotations

import html
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pandas as pd

from sim.report.document import laid_out
from sim.report.page import page_of
from sim.results.folder import read_results
from sim.results.mechanism_tables import TITLES
from sim.results.tables.prices import break_even
from sim.results.tables.regimes import regimes


def test_a_users_own_study_is_no_thesis(idled: Path) -> None:
    page = html.unescape(laid_out(page_of(read_results(idled), [])))
    assert re.findall(r"(?i)(?:of|that) the thesis|thesis's", page) == []


def test_tables_of_a_study_say_the_study_and_the_order_given() -> None:
    assert TITLES["ladders"] == "Step when added in the order given"
    one = {"claim": "up", "statement": "up", "share": 0.5, "low": 0.2, "high": 0.8, "n": 10,
           "p_holm": 1.0, "first": "strength", "second": "cost_multiple",
           "explained": 0.1}  # fmt: skip
    spans = {"quantities": {"strength": {"low": 0.5, "high": 1.0}}, "points": 10, "seeds": 2}
    known = {"regimes": pd.DataFrame([one])}
    table = regimes(cast(Any, SimpleNamespace(known=known.get, study={"regimes": spans})))
    assert table is not None
    assert "assumptions that the study leaves open: " in table.note
    even = pd.DataFrame([{"why": "", "multiple": 1.2, "low": 0.8, "high": 1.9}])
    said = break_even(cast(Any, SimpleNamespace(known={"break_even": even}.get)))
    assert "1.20 times (95 % interval [0.80, 1.90]) its present level" in said
