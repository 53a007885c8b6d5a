"""Money: the amount below which there is none, so that rounding leaves no debt behind."""

from __future__ import annotations

PENNY = 0.005  # CNY: half of the smallest coin
