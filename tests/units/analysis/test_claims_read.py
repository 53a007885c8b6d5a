"""Claims read from plain data, and the impossible ones that are refused."""

import pytest

from sim.analysis.claims import CLAIMS
from sim.analysis.claims.difference import Difference
from sim.analysis.claims.ranking import Ranking


def test_a_claim_is_read_from_plain_data():
    found = CLAIMS.get("all-of").model_validate(
        {
            "kind": "all-of",
            "statement": "Better assets and more profit together",
            "parts": [
                {
                    "kind": "difference",
                    "metric": "npl",
                    "base": "base",
                    "other": "good",
                    "expect": "lower",
                },
                {
                    "kind": "ranking",
                    "metric": "profit",
                    "order": ["good", "base"],
                    "better": "higher",
                },
            ],
        }
    )
    assert [type(part) for part in found.parts] == [Difference, Ranking]


@pytest.mark.parametrize(
    ("kind", "data", "word"),
    [
        ("difference", {"metric": "x", "base": "a", "other": "a", "expect": "lower"}, "both 'a'"),
        ("ranking", {"metric": "x", "order": ["a"], "better": "lower"}, "at least two"),
        ("ranking", {"metric": "x", "order": ["a", "a"], "better": "lower"}, "once"),
        ("trend", {"metric": "x", "arm": "a", "months": [12, 12], "expect": "lower"}, "ascending"),
        ("all-of", {"parts": []}, "at least one"),
        ("all-of", {"parts": [{"kind": "regime", "column": "x", "at_least": 0.5}]}, "regime"),
        ("regime", {"column": "x", "at_least": 1.0}, "at_least"),
        (
            "interaction",
            {"metric": "x", "base": "a", "parts": ["b"], "together": "c", "expect": "lower"},
            "two parts",
        ),
        ("difference", {"metric": "x", "base": "a", "other": "b", "expect": "down"}, "expect"),
    ],
)
def test_an_impossible_claim_is_refused_when_read(kind, data, word):
    with pytest.raises(ValueError, match=word):
        CLAIMS.get(kind).model_validate({"kind": kind, **data})
