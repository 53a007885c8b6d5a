"""Names as readable text: no underscores, no paths, no column names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

FOLDERS = re.compile(r"^([\w.-]+/)+(?=[^/]+$)")  # not every name with a slash is a path
SYMBOL = re.compile(  # of a formula, before a meaning: ``tau_v: ``
    r"^(?:\w|on|alpha|beta|gamma|delta|eta|theta|kappa|lambda|mu|rho|sigma|tau|phi|chi|omega)"
    r"(?:_\w+)?: "
)
IDENTIFIER = re.compile(r"[\w.-]+")
USUAL = {"base": "Base case", "package": "All measures"}
GROUPS = {  # of measures, whose names alone are no English
    "post_loan": "Post-loan care", "incentives_culture": "Incentives and culture",
    "product_process": "Products and process", "book_structure": "Structure of the book",
    "collateral_guarantees": "Security and guarantees",
}  # fmt: skip


def arm_words(arms: Sequence[str]) -> dict[str, str]:
    """Return titles for arms, as readable as they can be while two arms never share one."""
    names = [FOLDERS.sub("", arm) for arm in arms]
    for short in ([plain(name) for name in names], names, map(plain, arms)):
        titles = {arm: USUAL.get(arm, name) for arm, name in zip(arms, short, strict=True)}
        if len(set(titles.values())) == len(titles):
            return titles
    return {arm: arm for arm in arms}


def plain(name: str) -> str:
    """Return a name as text: ``my_bank`` becomes ``My bank``; ``a_b & c`` stays as it is."""
    if name in GROUPS:
        return GROUPS[name]
    if "_" in name and not IDENTIFIER.fullmatch(name):
        return name
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


def without_symbol(meaning: str) -> str:
    """Return a declared meaning without the symbol of a formula that it begins with."""
    return SYMBOL.sub("", meaning)


def bank_words(bank: object) -> str:
    """Return the name of a bank for titles: ``bank L branch``."""
    return f"bank {plain(str(bank))}"


def lower_first(title: str) -> str:
    """Return a title as it stands within a sentence; an abbreviation such as NPL stays as it is."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"
