"""Which loans of the table renew another: figures of new loans leave them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

RENEWED = "renewed"  # the decision of a loan that renews one


def renewed(loans: pd.DataFrame) -> pd.Series:
    """Return which loans were paid out, without an application, to who had repaid one."""
    return loans["decision"] == RENEWED


def new_loans(loans: pd.DataFrame) -> pd.DataFrame:
    """Return the loans granted from month 1 on, without those that renew one."""
    return loans[(loans["granted"].fillna(0) >= 1) & ~renewed(loans)]


def renewal_words(loans: pd.DataFrame) -> str:
    """Return the sentence of a figure of new loans where others were renewed, else nothing."""
    return "Renewed loans are not counted as new. " if renewed(loans).any() else ""


def repaid_and_renewed(held: pd.DataFrame) -> pd.Series:
    """Return which loans were renewed: the firm's next at the same bank renews it.

    `held` are the loans of one arm that were paid out.
    """
    order = held.sort_values("granted", kind="stable")
    firms = order.assign(new=renewed(order)).groupby(["seed", "bank", "firm"], sort=False)
    return firms["new"].shift(-1, fill_value=False).reindex(held.index)
