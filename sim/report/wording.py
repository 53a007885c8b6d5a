"""Names as a reader meets them: no underscores, no paths, no names of columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

FOLDERS = re.compile(r"^([\w.-]+/)+(?=[^/]+$)")  # not every name with a stroke is a path
USUAL = {"base": "As it is", "package": "All measures"}


def arm_words(arms: Sequence[str]) -> dict[str, str]:
    """Return words for arms, without their folders where that leaves them apart."""
    names = [FOLDERS.sub("", arm) for arm in arms]
    short = dict(zip(arms, names if len(set(names)) == len(arms) else arms, strict=True))
    return {arm: USUAL.get(arm, plain(name)) for arm, name in short.items()}


def plain(name: str) -> str:
    """Return a name as words: ``post_loan`` is Post loan."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def spelled(name: str, titles: Mapping[str, str]) -> str:
    """Return the words for an arm of several measures, ``a + b`` or ``package - c``."""
    for sign, said in ((" + ", " + "), (" - ", " \N{MINUS SIGN} ")):
        if sign in name:
            return said.join(titles.get(part) or plain(part) for part in name.split(sign))
    return titles.get(name) or plain(name)


def said(statement: str) -> str:
    """Return a claim without the number that it has in its thesis."""
    text = re.sub(r"^[\d.,\s\-\u2013]+:\s*", "", statement).strip()
    return text[:1].upper() + text[1:]


def bank_words(bank: object) -> str:
    """Return how a bank is told from others: ``bank L branch``."""
    return f"bank {plain(str(bank))}"
