"""Renewals of loans at maturity, and what becomes of loans that are not renewed."""

from __future__ import annotations

from sim.core.arrays import Floats
from sim.outcomes.history import History, ratio
from sim.outcomes.metric import metric


@metric("share", "Defaults at maturity, not renewed", better="lower", judged=False)
def not_renewed_share(history: History) -> Floats:
    """Defaults of loans whose borrower could not pay at maturity and was not renewed, over all
    defaults beyond 90 days; all reported months."""
    return ratio(history.total("defaults_not_renewed"), history.total("defaults"))


@metric("share", "Renewals granted", judged=False)
def renewals_granted_share(history: History) -> Floats:
    """Renewals granted over renewals asked for; all reported months."""
    return ratio(history.total("renewals_granted"), history.total("renewals_asked"))


@metric("count", "Bridge loans", better="lower", judged=False)
def bridge_loans(history: History) -> Floats:
    """Loans repaid with a bridge loan because the bank renews only what is repaid; all reported
    months."""
    return history.total("bridge_loans")
