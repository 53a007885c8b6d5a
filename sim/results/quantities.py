"""A parameter's value as readable text: with its unit, shares as percentages."""

from __future__ import annotations

import re
from typing import Any

from sim.results.rule_words import is_rule, rule_words

SHARES = ("share", "probability")
RATES = {"1/year": "% a year", "1/month": "% a month", "1/day": "% a day"}
UNITLESS = ("", "-", "1", "ratio", "index", "text", "name", "names", "shares", "kind")
SPECIAL = {"1/year^.5": "per square root of a year"}


def quantity(value: Any, unit: str) -> str:
    """Return a value and its unit: ``5 % of loan``, ``CNY 2,000``, ``18 months``, ``yes``."""
    if value is None:
        return "none"
    if is_rule(value):
        return rule_words(value, unit, quantity)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(quantity(item, unit) for item in value) or "none"
    if not isinstance(value, int | float):
        return str(value)
    first, _, rest = unit.partition(" ")
    if first in SHARES:
        return f"{_plain(100 * value)} % {rest}".strip()
    if first in RATES:
        return f"{_plain(100 * value)} {RATES[first]} {rest}".strip()
    money, slash, per = first.partition("/")
    if money == "CNY":
        return " ".join(filter(None, [f"CNY {_plain(value)}", f"a {per}" if slash else "", rest]))
    if unit in UNITLESS:
        return _plain(value)
    if value == 1 and first.endswith("s"):
        unit = " ".join(filter(None, [first.removesuffix("s"), rest]))
    squared = re.fullmatch(r"1/(\w+)\^2", unit)
    shown = f"per squared {squared[1]}" if squared else SPECIAL.get(unit, unit)
    return f"{_plain(value)} {shown}"


def _plain(value: float) -> str:
    """Return up to five digits, with thousands separators and without trailing zeros."""
    text = f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.5g}"
    if "e" not in text and abs(value) >= 1_000 and "," not in text:
        text = f"{float(text):,}".removesuffix(".0")
    return text.replace("-", "\N{MINUS SIGN}")
