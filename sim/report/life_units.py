"""Amounts, shares and quality in the words of a firm's life."""

from __future__ import annotations


def money(value: float) -> str:
    """Write an amount in whole CNY."""
    return f"CNY {round(value) + 0:,}".replace("CNY -", "-CNY ")


def percent(share: float) -> str:
    """Write a share or a rate in percent."""
    return f"{100 * share:.1f} %"


def sd(value: float) -> str:
    """Write quality in standard deviations, with its sign."""
    return f"{value + 0.0:+.2f}"
