"""Names as readable text: no underscores, no paths, no column names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

FOLDERS = re.compile(r"^([\w.-]+/)+(?=[^/]+$)")  # not every name with a slash is a path
USUAL = {"base": "Base case", "package": "All measures"}


def arm_words(arms: Sequence[str]) -> dict[str, str]:
    """Return titles for arms, without their folders if the titles stay unique."""
    names = [FOLDERS.sub("", arm) for arm in arms]
    short = dict(zip(arms, names if len(set(names)) == len(arms) else arms, strict=True))
    return {arm: USUAL.get(arm, plain(name)) for arm, name in short.items()}


def plain(name: str) -> str:
    """Return a name as text: ``post_loan`` becomes ``Post loan``."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def spelled(name: str, titles: Mapping[str, str]) -> str:
    """Return the title of an arm of several measures, ``a + b`` or ``package - c``."""
    for sign, joint in ((" + ", " + "), (" - ", " \N{MINUS SIGN} ")):
        if sign in name:
            return joint.join(titles.get(part) or plain(part) for part in name.split(sign))
    return titles.get(name) or plain(name)


def without_number(statement: str) -> str:
    """Return a claim without the number of its statement in the thesis."""
    text = re.sub(r"^[\d.,\s\-\u2013]+:\s*", "", statement).strip()
    return text[:1].upper() + text[1:]


def bank_words(bank: object) -> str:
    """Return the name of a bank for titles: ``bank L branch``."""
    return f"bank {plain(str(bank))}"
