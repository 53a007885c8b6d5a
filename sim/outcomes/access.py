"""Access to credit: who got a loan, how fast, and at what rate."""

from __future__ import annotations

import numpy as np

from sim.core.arrays import Floats
from sim.outcomes.history import History, ratio
from sim.outcomes.metric import metric


@metric("CNY", "Credit granted", better="higher")
def credit_granted(history: History) -> Floats:
    """Principal of loans granted and renewed, all reported months; a loan renewed without repayment
    counts in full, although no new money goes out."""
    return history.total("disbursed")


@metric("CNY", "Credit granted to good firms", better="higher")
def credit_to_good(history: History) -> Floats:
    """Principal of loans granted and renewed to firms of above-average true quality, all reported
    months; a loan renewed without repayment counts in full, although no new money goes out."""
    return history.total("disbursed_good")


@metric("count", "Loans granted", better="higher")
def loans_granted(history: History) -> Floats:
    """Offers taken, all reported months; renewals are not counted."""
    return history.total("taken")


@metric("share", "Approval rate")
def approval_rate(history: History) -> Floats:
    """Applications approved over applications decided; applicants who walked away are not counted;
    all reported months."""
    return ratio(history.total("approved"), history.total("decided"))


@metric("share", "Take-up of offers", better="higher")
def take_up(history: History) -> Floats:
    """Offers taken over applications approved; all reported months."""
    return ratio(history.total("taken"), history.total("approved"))


@metric("share", "Applicants who walked away", better="lower")
def walk_away_rate(history: History) -> Floats:
    """Applicants who walked away before the decision, over all applications due for a decision; all
    reported months."""
    left = history.total("walked_away")
    return ratio(left, left + history.total("decided"))


@metric("days", "Days to decision", better="lower")
def days_to_decision(history: History) -> Floats:
    """Mean days from application to decision, over applications decided; all reported months."""
    return ratio(history.total("days_to_decision"), history.total("decided"))


@metric("1/year", "Mean rate of new loans")
def mean_rate(history: History) -> Floats:
    """Mean contract rate of new and renewed loans, weighted by principal; all reported months."""
    return ratio(history.total("rate_volume"), history.total("disbursed"))


@metric("1/year", "Dispersion of rates")
def rate_dispersion(history: History) -> Floats:
    """Standard deviation of the contract rates of new loans, weighted by principal; all reported
    months."""
    mean = ratio(history.total("rate_volume"), history.total("disbursed"))
    square = ratio(history.total("rate_squared_volume"), history.total("disbursed"))
    return np.sqrt(np.maximum(square - mean**2, 0.0))


@metric("share", "Good firms with a loan", better="higher")
def good_financed(history: History) -> Floats:
    """Live loans to firms of above-average quality over such firms in the market, both summed
    over all reported month-ends; true quality, which banks do not observe."""
    return ratio(history.total("good_loans"), history.total("good_firms"))


@metric("CNY", "Credit granted to weak firms")
def credit_to_weak(history: History) -> Floats:
    """Principal of loans granted and renewed to firms of below-average true quality, all reported
    months; a loan renewed without repayment counts in full, although no new money goes out."""
    return history.total("disbursed") - history.total("disbursed_good")


@metric("share", "Loans booked on inflated statements", better="lower")
def falsified_booked(history: History) -> Floats:
    """Loans granted on inflated statements over loans granted; all reported months; true values,
    which banks do not observe."""
    return ratio(history.total("booked_lying"), history.total("taken"))
