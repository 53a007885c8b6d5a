"""What the workout of the loan of one followed firm brings, and what comes after the write-off."""

from __future__ import annotations

from sim.model.bank_month import BankMonth
from sim.model.detail.life import Following
from sim.state.books import WORKOUT_MONTHS
from sim.state.facts import WorkoutTerms
from sim.state.market import NO_LENDER


class Workout:
    """Compares the loan before and after the month's workouts."""

    def __init__(self, log: Following):
        self.log, self.market = log, log.market
        self.loan: dict[str, float] = {}  # before the workouts
        self.later: list[tuple[int, float, float]] = []  # month, receipt and its cost, CNY

    def look(self, month: BankMonth) -> None:
        """Read the loan before the month's workouts."""
        loans, i = self.market.loans, self.log.slot
        names = ("lender", "balance", "recovery", "recovery_due")
        self.loan = {name: float(getattr(loans, name)[i]) for name in names}

    def ended(self, terms: WorkoutTerms) -> None:
        """Tell what a workout brought when the loan left the book, and what is still to come."""
        if not self.log.live or self.market.loans.lender[self.log.slot] != NO_LENDER:
            return
        month, loan = self.market.month, self.loan
        balance, share, due = loan["balance"], loan["recovery"], int(loan["recovery_due"])
        sold = terms.sale_price[int(loan["lender"])] * balance
        if month >= due:
            got = min(share * balance, balance)
            how = {"received": got, "cost": terms.cost * share * balance, "sold": 0.0}
        elif sold > 0.0:
            how = {"received": 0.0, "cost": 0.0, "sold": float(sold)}
        else:
            ahead = min(due - month, WORKOUT_MONTHS - 1)
            self.later.append((month + ahead, share * balance, terms.cost * share * balance))
            how = {"received": 0.0, "cost": 0.0, "sold": 0.0}
        lost = balance - how["received"]
        self.log.ended("worked out", balance=balance, lost=lost, later=list(self.later), **how)

    def receipts(self) -> None:
        """Tell what comes in this month on a loan that was written off before."""
        for month, amount, cost in self.later:
            if month == self.market.month:
                self.log.note("receipt", amount=amount, cost=cost)
