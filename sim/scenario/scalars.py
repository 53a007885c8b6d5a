"""What a plain scalar of YAML means: the 1.2 core schema.

YAML 1.1, which PyYAML follows, reads ``NO`` as false, ``1:30`` as 90, ``010`` as 8 and ``1e-3`` as
text; the author of a scenario does not mean any of these.
"""

from __future__ import annotations

import re

LONGEST_NUMBER = 400  # characters

_BOOLEANS = dict.fromkeys(("true", "True", "TRUE"), True)
_BOOLEANS |= dict.fromkeys(("false", "False", "FALSE"), False)
_NOTHING = {"", "~", "null", "Null", "NULL"}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def plain(text: str) -> str | int | float | bool | None:
    """Return the value of an unquoted scalar.

    A whole number written with an exponent, such as 1e6, is an integer, so that it can be used as
    a count.  Raises `ValueError` for a number of more than `LONGEST_NUMBER` characters.
    """
    if text in _NOTHING:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _NOT_FINITE.fullmatch(text):
        return float(text.replace(".", ""))
    whole = _INTEGER.fullmatch(text)
    if not (whole or _FLOAT.fullmatch(text)):
        return text
    if len(text) > LONGEST_NUMBER:
        raise ValueError(f"a number of more than {LONGEST_NUMBER} characters")
    if whole:
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    number = float(text)
    exact = abs(number) < 2**53 and number.is_integer()
    return int(number) if exact and "e" in text.lower() else number
