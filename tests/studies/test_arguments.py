"""Each study's page says what it puts to the test, by which chain, and what would refute it."""

from __future__ import annotations

from pathlib import Path

import pytest

EXPERIMENTS = Path(__file__).parents[2] / "experiments"
STUDIES = sorted(EXPERIMENTS.glob("*.yaml"))
SAID = ("**Argument put to the test.**", "**Chain of mechanism.**", "**What would refute it.**")
FEWEST_WORDS = 15


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.stem)
def test_every_study_has_a_page(study: Path) -> None:
    assert study.with_suffix(".md").is_file()


@pytest.mark.parametrize("page", sorted(EXPERIMENTS.glob("*.md")), ids=lambda path: path.stem)
@pytest.mark.parametrize("heading", SAID)
def test_a_page_says_what_it_tests_how_and_what_would_refute_it(page: Path, heading: str) -> None:
    text = page.read_text("utf-8")
    assert text.count(heading) == 1
    said = text.split(heading)[1].split("\n\n")[0]
    assert len(said.split()) >= FEWEST_WORDS
