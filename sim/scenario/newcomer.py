"""A bank that is new to the product: when it enters, and what a scenario may say of it.

The bank enters once, so it is the months before month 1 that decide; `sim.model.newcomers` says
what it is until then, and with what it begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.core.errors import ClashError
from sim.core.params import param

NEW_TO_PRODUCT: Any = param(
    None, unit="months", ge=0, le=600, source="A: 12 where on; thesis statement 2.2",
    meaning="months before month 1 in which the bank enters the product, with nothing learnt; null:"
    " it has been in it since the first month with banks, with officers who know it. A growth plan"
    " is measured from the loans of month 1, so a bank that enters then has none",
    no_lever="nature",
)  # fmt: skip


def entry_month(new_to_product: int | None, first_month: int) -> int:
    """Return the month in which a bank enters: the first one with banks if it is not new.

    A bank that would enter before the first month is new in that month.
    """
    return first_month if new_to_product is None else max(1 - new_to_product, first_month)


def entries_are_past(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Refuse an entry that changes in month 1; both map names of banks to their parameters."""
    for name, bank in after.items():
        was, now = before[name].new_to_product, bank.new_to_product
        if was != now:
            raise ClashError(
                f"new_to_product is {_shown(was)} before month 1 and {_shown(now)} from it, but a "
                f"bank enters once: set burn_in.banks.{name}.new_to_product to the same",
                "banks", name, "new_to_product",
            )  # fmt: skip


def _shown(months: int | None) -> str:
    return "null" if months is None else str(months)
