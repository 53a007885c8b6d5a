"""Firms that ask several banks and lose by waiting, and a bank that keeps them waiting."""

from __future__ import annotations

from typing import Any

BUSY = {"count": 200, "volatility": 0.2, "demand": {"need_monthly": 0.15}}
SLOW = {"approval": {"kind": "cut_off", "days": 40.0}}


def asking(banks: int, daily: float = 0.0, **more: Any) -> dict[str, Any]:
    """Return firms that ask so many banks and lose so much by a day's waiting."""
    urgency = {"daily": daily} | more
    return BUSY | {"demand": {"need_monthly": 0.15, "banks_asked": banks}, "urgency": urgency}
