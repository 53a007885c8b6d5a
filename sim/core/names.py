"""What may be the name of a scenario, a bank, a measure, an arm or a claim; and its file name.

Names become keys of results, words of sentences, cells of tables and parts of file names, so one
rule makes them safe in all of these.
"""

from __future__ import annotations

import hashlib
import re

LONGEST = 80  # characters
LONGEST_FILE = 60  # bytes of a name in a file name
RESERVED = ("base", "package", "own")  # arms that every study has
BASE, PACKAGE, OWN = RESERVED  # OWN: the measures of a bank's own study, in a study of several
JOINERS = (" + ", " - ")  # what joins names of measures into the name of an arm
SPREADSHEET = ("=", "+", "-", "@")  # a spreadsheet reads a cell that starts so as a formula


def name_fault(name: str, reserved: tuple[str, ...] = RESERVED) -> str:
    """Return what is wrong with a name, or an empty text."""
    return plain_fault(name) or (
        f"'{name}' is reserved for an arm of every study; choose another name"
        if name in reserved
        else next(
            (
                f"a name must not contain '{sign}', which joins names of measures"
                for sign in JOINERS
                if sign in name
            ),
            "",
        )
    )


def plain_fault(name: str) -> str:
    """Return why a text cannot be a name at all, or an empty text."""
    if not name.strip():
        return "a name must not be empty"
    if not name.isprintable():
        return "a name must be printable text in one line"
    if name != name.strip():
        return "a name must not start or end with a space"
    if len(name) > LONGEST:
        return f"a name must have at most {LONGEST} characters, this one has {len(name):,}"
    if name.startswith(SPREADSHEET):
        return f"a name must not start with {name[0]}, which a spreadsheet reads as a formula"
    return ""


def arm_fault(name: str) -> str:
    """Return what is wrong with the name of an arm that may join several names, or nothing."""
    parts = re.split("|".join(map(re.escape, JOINERS)), name)
    return next((fault for part in parts if (fault := plain_fault(part))), "")


def printable(text: str) -> str:
    """Return `text` with control characters, line breaks and lone surrogates escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def as_given(value: object) -> str:
    """Return what a caller gave as it is written in code, on one line and short enough to read."""
    text = printable(repr(value))
    return text if len(text) <= 60 else text[:57] + "..."


def file_name(name: str, capitals: bool = False) -> str:
    """Return a name as a part of a file name; two names never get the same one.

    Characters that file systems dislike become a dash; where anything was changed, six digits of a
    hash are added.  So they are to a name with capital letters, which some disks take for small
    ones, unless `capitals` are kept.
    """
    text = re.sub(r"[^\w.+-]+", "-", name).strip(".-")
    while len(text.encode()) > LONGEST_FILE:
        text = text[:-1]
    if text and text == name and (capitals or name == name.lower()):
        return text
    digits = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{text}-{digits}" if text else digits


def neutral(text: str) -> str:
    """Return a cell of CSV that a spreadsheet shows as text: a formula gets an apostrophe.

    A number is no formula, nor is a sign alone.
    """
    if not text.startswith((*SPREADSHEET, "\t", "\r")) or len(text) == 1:
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def original(text: str) -> str:
    """Return the text of a neutral cell; the reverse of `neutral`."""
    return text[1:] if text[:1] == "'" and neutral(text[1:]) == text else text
