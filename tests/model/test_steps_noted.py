"""What is noted of the steps of an investigation is what its bank knew after each of them."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from sim.model.due_diligence import StepTaken
from sim.model.investigation import investigate
from sim.model.simulation import Simulation
from sim.state import post
from sim.state.facts import Investigated
from sim.state.market import Market
from tests.model.worlds import advanced, scenario
from tests.steps import replace_posting, replace_rule


def test_a_step_is_noted_as_its_bank_knew_the_files_then(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lie that the cross-check finds is not known when the statements before it are read."""
    notes: list[StepTaken] = []
    facts: list[Investigated] = []
    book = post.investigations

    def investigations(market: Market, made: Investigated) -> None:
        facts.append(made)
        book(market, made)

    replace_rule(monkeypatch, investigate, partial(investigate, notes=notes))
    replace_posting(monkeypatch, post.investigations, investigations)
    screening = {"kind": "investigation", "cross_check": {"detection": 0.9}}
    bank = {"screening": screening, "staffing": {"kind": "none"}}
    demand = {"need_monthly": 0.2, "liars": 0.5}
    world = scenario(bank, firms={"count": 400, "demand": demand}, burn_in={"months": 0})
    advanced(Simulation(world, [1]), 1)
    (fact,) = facts
    assert [one.name for one in notes] == ["statements", "cross_check", "site_visit"]
    statements, check, visit = notes
    assert not statements.caught.any()
    assert check.caught.any()
    assert check.reading is None
    np.testing.assert_array_equal(check.overall.mean, statements.overall.mean)
    for last, in_fact in (
        (visit.caught, fact.caught),
        (visit.overall.mean, fact.overall_mean),
        (visit.overall.variance, fact.overall_variance),
    ):
        np.testing.assert_array_equal(last, in_fact)
