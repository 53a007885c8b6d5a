"""No retired word is in code or documents, and every term of the glossary is complete."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.apps.listings.params import rows
from tests.architecture.glossary import GLOSSARY, entries, glossary_faults
from tests.architecture.words import retired_words

ROOT = Path(__file__).parents[2]
HEAD = "| Term | Chinese | Meaning | Place in the code |\n|---|---|---|---|\n"
GOOD = "| default | 违约 | The loan is more than 90 days past due. | `sim/a.py`, `firms.count` |\n"


def plant(root: Path, file: str, text: str) -> Path:
    """Write one file of any kind below `root`, and return the root."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return root


def test_no_retired_word_is_left() -> None:
    found = retired_words(ROOT)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("the same luck", "luck"),
        ("SAME_LUCK = 1", "LUCK"),
        ("def same_luck(): ...", "luck"),
        ("class SameLuck: ...", "Luck"),
        ("class EventWitness: ...", "Witness"),
        ("reckoned anew", "reckoned"),
        ("counted anew", "anew"),
        ("from then till now", "till"),
        ("it is not told\n# apart", "told # apart"),
        ("it lives a seed", "lives a seed"),
        ("which lives one more month", "lives one more month"),
        ("let them live a month", "live a month"),
        ("a month is lived twice", "lived"),
        ("on twelve worlds", "worlds"),
        ("a dearer loan", "dearer"),
    ],
)
@pytest.mark.parametrize(
    "file",
    [
        "README.md",
        "docs/odd.md",
        "sim/core/a.py",
        "sim/report/templates/page.html",
        "scenarios/qn/measures/a.yaml",
        "experiments/plans/a.yaml",
    ],
)
def test_a_planted_word_is_caught_with_its_place(
    tmp_path: Path, file: str, text: str, word: str
) -> None:
    (first, *_) = retired_words(plant(tmp_path, file, f"plain\n{text}\n"))
    assert first.startswith(f"{file}:2: {word!r}: write ")


def test_the_plain_word_is_named(tmp_path: Path) -> None:
    plant(tmp_path, "sim/a.py", "luck\n\nthe diary\n")
    assert retired_words(tmp_path) == [
        "sim/a.py:1: 'luck': write random numbers, chance, shocks",
        "sim/a.py:3: 'diary': write event log",
    ]


def test_a_retired_file_name_is_caught(tmp_path: Path) -> None:
    plant(tmp_path, "sim/core/keyed_luck.py", "")
    (said,) = retired_words(tmp_path)
    assert said.startswith("sim/core/keyed_luck.py: rename the file: 'luck'")


@pytest.mark.parametrize(
    "text",
    [
        "800 live loans; loans that live on the book, and their lifetimes",
        "sim.world and `world`; a long-lived process",
        "still, recommend, clearest, shelter, crewel, cluck, amendment, lifeless",
        "a file that was told to be read; apart from that",
    ],
)
def test_plain_text_has_no_complaint(tmp_path: Path, text: str) -> None:
    assert retired_words(plant(tmp_path, "sim/a.py", text)) == []


def test_other_places_are_not_read(tmp_path: Path) -> None:
    plant(tmp_path, "tests/a.py", "luck")
    plant(tmp_path, "sim/__pycache__/a.py", "luck")
    assert retired_words(tmp_path) == []


def test_the_glossary_is_complete() -> None:
    faults = glossary_faults(ROOT, {row[0] for row in rows()})
    assert not faults, "\n".join(faults)
    assert 90 <= len(entries(ROOT)) <= 150


def test_a_good_entry_has_no_complaint(tmp_path: Path) -> None:
    plant(tmp_path, "sim/a.py", "")
    plant(tmp_path, GLOSSARY.as_posix(), HEAD + GOOD)
    assert glossary_faults(tmp_path, {"firms.count"}) == []
    assert [number for number, _ in entries(tmp_path)] == [3]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("sim/a.py", "sim/b.py", "no file, folder or YAML key 'sim/b.py'"),
        ("firms.count", "firms.coun", "no file, folder or YAML key 'firms.coun'"),
        ("`sim/a.py`, `firms.count`", "", "'default' has no place in the code"),
        ("违约", "", "'default' has no Chinese term"),
        ("违约", "default", "'default' has no Chinese term"),
        ("| default", "| ", "no English term"),
        ("past due.", "past due", "'default' has no sentence of meaning"),
        ("违约 |", "违约", "3 cells, not 4"),
        (GOOD, GOOD + GOOD, "'default' is there twice"),
    ],
)
def test_a_faulty_entry_is_caught(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    plant(tmp_path, "sim/a.py", "")
    plant(tmp_path, GLOSSARY.as_posix(), HEAD + GOOD.replace(old, new))
    (said,) = glossary_faults(tmp_path, {"firms.count"})
    assert said.startswith("docs/glossary.md:")
    assert said.endswith(fault)
