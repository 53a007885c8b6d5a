"""One rule for names, and names in file names and in cells of CSV."""

from __future__ import annotations

import pytest

from sim.core.names import LONGEST_FILE, arm_fault, file_name, name_fault, neutral, original

GOOD = [
    "a", "郑州分行", "a_b & 50% <i>", "None", "1e5", "2020-01-02", "$\\foo$", "zhengzhou/baseline",
    "x" * 80, "a-b", "a +b",
]  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_name_may_have_letters_of_any_script(name: str) -> None:
    assert name_fault(name) == ""


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "not be empty"), ("  ", "not be empty"), (" a", "start or end with a space"),
        ("a\x1b[2J", "printable"), ("a\nb", "printable"), ("\ud800", "printable"),
        ("x" * 81, "at most 80 characters, this one has 81"), ("=1+1", "formula"),
        ("+a", "formula"), ("-a", "formula"), ("@a", "formula"), ("a + b", "joins names"),
        ("a - b", "joins names"), ("base", "reserved"), ("package", "reserved"),
        ("own", "reserved"),
    ],
)  # fmt: skip
def test_what_is_no_name_says_why(name: str, why: str) -> None:
    assert why in name_fault(name)


def test_an_arm_may_join_names() -> None:
    assert arm_fault("package - team") == arm_fault("a + b + c") == arm_fault("base") == ""
    assert "printable" in arm_fault("a + b\x07")


def test_two_names_never_have_one_file_name() -> None:
    names = ["a b", "a-b", "a_b", "a/b", "A-b", "a.b", "a b ", "郑州", "", "..", ".", "x" * 300,
             "x" * 301, "郑" * 80, "郑" * 79]  # fmt: skip
    files = [file_name(name) for name in names]
    assert len({file.lower() for file in files}) == len(names)
    assert all(0 < len(file.encode()) <= LONGEST_FILE + 7 for file in files)
    assert not any(set(file) & set('/\\:*?"<>| ') or file.startswith(".") for file in files)
    assert (file_name("a-b"), file_name("QN", capitals=True)) == ("a-b", "QN")


@pytest.mark.parametrize("text", ["=1+1", "+a", "-a - b", "@x", "\tx", "-1.5", "-", "'a", "x", ""])
def test_a_cell_is_neutral_and_can_be_read_back(text: str) -> None:
    assert original(neutral(text)) == text
    formula = neutral(text).startswith(("=", "+", "-", "@", "\t"))
    assert not formula or text in ("-1.5", "-")
