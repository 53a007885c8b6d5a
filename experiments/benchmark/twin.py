"""The core month of the model as plain Mesa objects: one per firm, one for the bank.

It is written from the equations of the model and imports nothing of `sim`. So it has two uses:
its results must agree with the production model within sampling error, and its speed is what a
modeller would have without the production model. It does what a careful Mesa user does: scalar
arithmetic from `math`, one shared generator, constants of a firm computed once when it starts.

The set-up is a limit that both models share. One lender examines statements and the site, lends at
one rate, and does not monitor, take collateral or learn. Costs are zero. Money is CNY, rates are
annual fractions, random numbers are drawn in the order of the calls.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import mesa

# firms: per year and as shares of turnover, unless said
MARGIN, MARGIN_BY_QUALITY, MARGIN_BY_CYCLE, MARGIN_BY_SECTOR = 0.08, 0.06, 0.02, 0.015
VOLATILITY, VOLATILITY_BY_SIZE, TYPICAL_TURNOVER, TURNOVER_SPREAD = 0.10, -0.1, 4e6, 0.8
JUMP_LOSS, JUMP_MONTHLY = 0.15, 0.02 / 12
QUALITY_WEIGHTS = [math.sqrt(share) for share in (0.30, 0.30, 0.15, 0.15, 0.10)]
OPERATIONS, FINANCE = 0, 1  # places of what the two signals read
START_MONTHS, BUFFER_MONTHS, SHORT_MONTHS = 1.5, 3.0, 1.0  # cash, in months of costs
RUIN_MONTHS = 3
SECTORS, PERSISTENCE = 5, 0.9
# loans
NEED_MONTHLY, AMOUNT_MEAN, AMOUNT_CAP = 0.06, 5e5, 0.3
AMOUNT_LOG_SD = math.sqrt(math.log(2.0))  # coefficient of variation 1
TENORS = ((0.1, 3), (0.3, 6), (0.7, 12), (0.9, 24), (1.0, 36))  # cumulated share, months
INVESTED, YIELD, YIELD_BY_QUALITY, KEPT_YIELD, SHORT_PREMIUM = 0.7, 0.17, 0.045, 0.7, 0.02
# the bank
STATEMENTS_PRECISION, SITE_PRECISION, LASTING_NOISE = 3.0, 5.0, 0.7
PD_CONSTANT, PD_SLOPE, CUT_OFF, RATE = -1.85, 0.65, 0.06, 0.08
WRITE_OFF_MONTHS, RECEIPT_MEAN, RECEIPT_SHAPE, RECOVERY, RECEIPT_COST = 12, 24.0, 2.0, 0.30, 0.08
PROVISION_BY_CLASS, COVERAGE_MIN = (0.01, 0.02, 0.25, 0.50, 1.00), 1.2
FUNDING_RATE, TAX, RESERVE, CAPITAL = 0.025, 0.25, 0.02, 0.125 * 0.75


def annuity(principal: float, annual_rate: float, months: int) -> float:
    """Return the level monthly payment that repays a principal with interest."""
    monthly = annual_rate / 12
    if monthly == 0:
        return principal / months
    return principal * monthly / (1 - (1 + monthly) ** -months)


def normal_cdf(x: float) -> float:
    """Return the standard normal distribution function."""
    return 0.5 * math.erfc(-x / math.sqrt(2))


@dataclass(slots=True, eq=False)
class Loan:
    """A level-instalment loan, and what of it is due, late and lost."""

    balance: float  # principal not yet repaid
    remaining: int  # instalments still to fall due
    instalment: float
    overdue: float = 0.0  # principal that fell due and was not paid
    receivable: float = 0.0  # interest accrued and booked as income
    suspended: float = 0.0  # interest accrued while non-performing: income only once received
    behind: float = 0.0  # months in arrears
    defaulted: bool = False  # has ever been more than 90 days past due
    npl_since: int | None = None  # month in which it became non-performing
    receipt_month: int | None = None  # when its workout pays; None while none is open

    @property
    def dpd(self) -> int:
        """Days past due."""
        return 30 * math.ceil(self.behind)

    @property
    def grade(self) -> int:
        """Class from 0, normal, to 4, loss."""
        dpd = self.dpd
        return (dpd > 0) + (dpd > 90) + (dpd > 270) + (dpd > 360)

    def fall_due(self) -> float:
        """Make the month's principal fall due, if any is left; return all that is due now."""
        if self.remaining > 0:
            self.overdue += self.instalment * (1 + RATE / 12) ** -self.remaining
            self.remaining -= 1
        return self.receivable + self.suspended + self.overdue


class Firm(mesa.Agent):
    """A small firm that earns, borrows, repays, and may fail."""

    def __init__(self, model: Market) -> None:
        super().__init__(model)
        rng = self.rng
        self.quality = rng.standard_normal(len(QUALITY_WEIGHTS)).tolist()
        self.theta = math.fsum(w * q for w, q in zip(QUALITY_WEIGHTS, self.quality, strict=True))
        self.turnover = TYPICAL_TURNOVER * math.exp(TURNOVER_SPREAD * rng.standard_normal())
        self.sector = int(rng.integers(SECTORS))
        self.statements_noise = rng.standard_normal()  # the parts that last
        self.site_noise = rng.standard_normal()
        self.statements_year: int | None = None  # calendar year of the last statements
        self.statements_fresh = 0.0
        self.usual_earnings = self.turnover * (MARGIN + MARGIN_BY_QUALITY * self.theta) / 12
        volatility = VOLATILITY * (self.turnover / TYPICAL_TURNOVER) ** VOLATILITY_BY_SIZE
        self.earnings_sd = self.turnover * volatility * math.sqrt(1 / 12)
        self.monthly_costs = (1 - MARGIN) * self.turnover / 12
        self.cash = START_MONTHS * self.monthly_costs
        self.project_yield = YIELD + YIELD_BY_QUALITY * self.theta
        self.project_return = 0.0
        self.project_months = 0
        self.ruinous_months = 0
        self.loan: Loan | None = None
        self.gone = False

    @property
    def short_of_cash(self) -> bool:
        """Whether cash covers less than a month of costs."""
        return self.cash < SHORT_MONTHS * self.monthly_costs

    def step(self) -> None:
        """Run one month."""
        self.earn()
        if self.loan is not None:
            self.model.bank.collect(self, self.loan)
        if self.loan is None and not self.gone:
            self.seek_credit()
        self.settle()

    def earn(self) -> None:
        """Take in the month's operating cash flow and what the project returns."""
        model = self.model
        outlook = MARGIN_BY_CYCLE * model.cycle + MARGIN_BY_SECTOR * model.sectors[self.sector]
        self.cash += self.usual_earnings + self.turnover * outlook / 12
        self.cash += self.earnings_sd * model.rng.standard_normal()
        if model.rng.random() < JUMP_MONTHLY:
            self.cash -= JUMP_LOSS * self.turnover
        if self.project_months > 0:
            self.cash += self.project_return
            self.project_months -= 1

    def seek_credit(self) -> None:
        """Apply when a need arises, and take what is offered unless it is too expensive."""
        rng = self.rng
        short = self.short_of_cash
        if rng.random() >= NEED_MONTHLY * (2 if short else 1):
            return
        log_amount = AMOUNT_LOG_SD * rng.standard_normal() - AMOUNT_LOG_SD**2 / 2
        amount = min(AMOUNT_MEAN * math.exp(log_amount), AMOUNT_CAP * self.turnover)
        u = rng.random()
        tenor = next(months for share, months in TENORS if u < share)
        bearable = KEPT_YIELD * self.project_yield + (SHORT_PREMIUM if short else 0.0)
        if self.model.bank.approves(self) and bearable >= RATE:
            self.loan = self.model.bank.disburse(amount, tenor)
            self.cash += (1 - INVESTED) * amount
            self.project_return = annuity(INVESTED * amount, max(self.project_yield, 0.0), tenor)
            self.project_months = tenor

    def statements(self) -> float:
        """Return what the year's statements show of the firm's finances."""
        year = (self.model.month - 1) // 12
        if year != self.statements_year:
            self.statements_year, self.statements_fresh = year, self.rng.standard_normal()
        return self.sensed(
            FINANCE, STATEMENTS_PRECISION, self.statements_noise, self.statements_fresh
        )

    def site(self) -> float:
        """Return what a visit shows of the firm's operations."""
        return self.sensed(OPERATIONS, SITE_PRECISION, self.site_noise, self.rng.standard_normal())

    def sensed(self, dimension: int, precision: float, lasting: float, fresh: float) -> float:
        """Return a quality observed with noise of which a part lasts."""
        noise = math.sqrt(LASTING_NOISE) * lasting + math.sqrt(1 - LASTING_NOISE) * fresh
        return self.quality[dimension] + noise / math.sqrt(precision)

    def settle(self) -> None:
        """Let the owner withdraw spare cash, and count the months of ruin."""
        self.cash = min(self.cash, BUFFER_MONTHS * self.monthly_costs)
        if self.cash < -self.turnover / 12:
            self.ruinous_months += 1
        else:
            self.ruinous_months = 0
        if self.ruinous_months >= RUIN_MONTHS and self.loan is None:
            self.gone = True


class Bank:
    """The only lender, and its books."""

    def __init__(self, model: Market) -> None:
        self.model = model
        self.loans: dict[Loan, None] = {}  # in the order of booking
        self.claims: list[tuple[int, float]] = []  # month and amount still expected on lost loans
        self.provisions = self.funding = self.gross_loans = self.npl = self.profit = 0.0
        self.open_month()

    def open_month(self) -> None:
        """Set the month's totals to zero."""
        self.income = self.written_off = self.receipt_costs = 0.0
        self.performing = self.defaults = self.decided = self.approved = 0

    def approves(self, firm: Firm) -> bool:
        """Judge an applicant by two signals, each an update of a standard normal prior."""
        mean, variance = 0.0, math.fsum(w * w for w in QUALITY_WEIGHTS)
        for dimension, precision, signal in (
            (FINANCE, STATEMENTS_PRECISION, firm.statements()),
            (OPERATIONS, SITE_PRECISION, firm.site()),
        ):
            weight = QUALITY_WEIGHTS[dimension]
            mean += weight * precision * signal / (1 + precision)
            variance += weight**2 * (1 / (1 + precision) - 1)
        pd = normal_cdf((PD_CONSTANT - PD_SLOPE * mean) / math.sqrt(1 + PD_SLOPE**2 * variance))
        self.decided += 1
        self.approved += pd <= CUT_OFF
        return pd <= CUT_OFF

    def disburse(self, amount: float, tenor: int) -> Loan:
        """Book a loan."""
        loan = Loan(amount, tenor, annuity(amount, RATE, tenor))
        self.loans[loan] = None
        return loan

    def collect(self, firm: Firm, loan: Loan) -> None:
        """Take a borrower's payment, classify the loan, and work out or write off a bad one."""
        self.accrue(loan)
        due = loan.fall_due()
        paid = min(due, max(firm.cash, 0.0))
        firm.cash -= paid
        self.post(loan, paid)
        if paid == due and loan.remaining == 0:
            self.close(firm, loan)
            return
        loan.behind = (loan.behind + 1) * (1 - paid / due)
        self.classify(loan)
        if loan.receipt_month is not None:
            self.work_out(firm, loan)

    def accrue(self, loan: Loan) -> None:
        """Charge a month's interest, which is income at once only while the loan performs."""
        self.performing += not loan.defaulted  # it can still default for the first time
        interest = loan.balance * RATE / 12
        if loan.npl_since is None:
            loan.receivable += interest
            self.income += interest
        else:
            loan.suspended += interest

    def post(self, loan: Loan, paid: float) -> None:
        """Apply a payment to interest first, then to principal."""
        accrued = min(paid, loan.receivable)
        loan.receivable -= accrued
        suspended = min(paid - accrued, loan.suspended)
        loan.suspended -= suspended
        self.income += suspended
        principal = paid - accrued - suspended
        loan.overdue -= principal
        loan.balance -= principal

    def classify(self, loan: Loan) -> None:
        """Note whether a loan performs; a workout stops once nothing is past due."""
        if loan.dpd == 0:
            loan.receipt_month = None
        if loan.dpd <= 90:
            loan.npl_since = None
        elif loan.npl_since is None:
            self.turn_bad(loan)

    def turn_bad(self, loan: Loan) -> None:
        """Reverse the interest booked on a loan that is now non-performing; open a workout."""
        self.defaults += not loan.defaulted
        loan.defaulted = True
        loan.npl_since = self.model.month
        self.income -= loan.receivable
        loan.suspended += loan.receivable
        loan.receivable = 0.0
        if loan.receipt_month is None:
            wait = self.model.rng.gamma(RECEIPT_SHAPE, RECEIPT_MEAN / RECEIPT_SHAPE)
            loan.receipt_month = loan.npl_since + 1 + math.floor(wait)

    def work_out(self, firm: Firm, loan: Loan) -> None:
        """End a loan in workout when that pays, or when it has been non-performing for too long."""
        month = self.model.month
        paying = month >= loan.receipt_month
        too_long = loan.npl_since is not None and month - loan.npl_since >= WRITE_OFF_MONTHS
        if not paying and not too_long:
            return
        share = min(RECOVERY * (0.6 + 0.8 * self.model.rng.random()), 1.0)
        receipt = share * loan.balance
        if paying:
            self.written_off += loan.balance - receipt
            self.receipt_costs += RECEIPT_COST * receipt
        else:
            self.written_off += loan.balance
            self.claims.append((loan.receipt_month, receipt))
        self.close(firm, loan)
        firm.gone = True

    def close(self, firm: Firm, loan: Loan) -> None:
        """Take a loan off the books."""
        del self.loans[loan]
        firm.loan = None

    def close_month(self) -> None:
        """Close the month's books."""
        month = self.model.month
        arrived = math.fsum(receipt for due, receipt in self.claims if due == month)
        self.claims = [claim for claim in self.claims if claim[0] > month]
        self.receipt_costs += RECEIPT_COST * arrived
        by_class = [0.0] * len(PROVISION_BY_CLASS)
        receivable = 0.0
        for loan in self.loans:
            by_class[loan.grade] += loan.balance
            receivable += loan.receivable
        self.gross_loans, self.npl = math.fsum(by_class), math.fsum(by_class[2:])
        scheduled = math.fsum(p * b for p, b in zip(PROVISION_BY_CLASS, by_class, strict=True))
        needed = max(scheduled, COVERAGE_MIN * self.npl)
        charge = needed - (self.provisions - self.written_off + arrived)
        before_tax = self.income - charge - self.receipt_costs - FUNDING_RATE / 12 * self.funding
        self.profit = (1 - TAX) * before_tax
        self.provisions = needed
        self.funding = self.gross_loans * (1 + RESERVE - CAPITAL) + receivable - needed


class Market(mesa.Model):
    """A branch's market, month by month; months up to 0 start from an empty book."""

    def __init__(self, firms: int = 600, burn_in: int = 36, rng: int | None = None) -> None:
        super().__init__(rng=rng)
        self.month = -burn_in
        self.cycle = self.rng.standard_normal()
        self.sectors = self.rng.standard_normal(SECTORS).tolist()
        self.bank = Bank(self)
        Firm.create_agents(self, firms)
        names = (
            "performing", "defaults", "decided", "approved", "gross_loans", "npl", "profit"
        )  # fmt: skip
        reporters = {name: (lambda m, name=name: getattr(m.bank, name)) for name in names}
        reporters |= {"month": lambda m: m.month, "loans": lambda m: len(m.bank.loans)}
        self.datacollector = mesa.DataCollector(model_reporters=reporters)

    def step(self) -> None:
        """Run one month."""
        self.month += 1
        innovation_sd = math.sqrt(1 - PERSISTENCE**2)
        self.cycle = PERSISTENCE * self.cycle + innovation_sd * self.rng.standard_normal()
        self.sectors = [
            PERSISTENCE * s + innovation_sd * self.rng.standard_normal() for s in self.sectors
        ]
        self.bank.open_month()
        self.agents.shuffle_do("step")
        self.bank.close_month()
        for firm in list(self.agents.select(lambda firm: firm.gone)):
            firm.remove()
            Firm(self)  # a new firm takes the place
        self.datacollector.collect(self)
