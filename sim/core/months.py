"""The calendar: time passes in months, and each of them has 30 days."""

from __future__ import annotations

MONTH_DAYS = 30  # days in a month
