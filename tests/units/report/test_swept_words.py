"""Arms of a sweep are shown in words and units, never as a dotted key."""

from __future__ import annotations

from sim.results.swept_words import swept_titles


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
        "Baseline: point 3",
        "Baseline + small: rating kind machine learned",
        "Baseline: officers are trained: yes",
    ]
