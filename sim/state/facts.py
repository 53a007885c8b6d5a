"""Facts: what happened in the world and what banks decided, as immutable records of arrays.

Code that makes a fact writes nothing; `sim.state.post` does.  In shapes, `slots` is all firm slots
and `n` the rows of the fact.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Int8s, Int16s, Int32s, Rows
from sim.state.relations import Looks

NO_ROWS: Rows = np.empty(0, np.int64)
NO_FLAGS: Bools = np.empty(0, np.bool_)


class EconomyMoved(NamedTuple):
    """The month's factors."""

    cycle: Floats  # (runs,) sd
    macro: Floats  # (runs,) sd
    sector: Floats  # (SECTORS, runs) sd


class Settled(NamedTuple):
    """Payments between firms, their owners and informal lenders at the month's end."""

    owner_draw: Floats  # (slots,) CNY
    informal_net: Floats  # (slots,) CNY, new informal debt less repaid
    informal_rate: float  # 1/month, on informal debt before this month's change
    ruin_debt: float  # months of turnover: a firm that owes more is near ruin


class Priced(NamedTuple):
    """New market values of collateral on live loans."""

    rows: Rows  # (n,)
    value: Floats  # (n,) CNY


class RolledOver(NamedTuple):
    """Loans that a bank renewed so that they would not fall into arrears."""

    lender: int
    rows: Rows  # (n,)
    extra_months: int
    hidden: Rows  # (m,) of these: renewed by officers without the bank's knowledge


class Resolved(NamedTuple):
    """Workouts opened on loans that defaulted this month."""

    rows: Rows  # (n,)
    due: Int32s  # (n,) month of receipt
    share: Floats  # (n,) of exposure


class WorkoutTerms(NamedTuple):
    """How each lender deals with non-performing loans."""

    months: Floats  # (lenders,) months as non-performing after which a loan leaves the book
    sale_price: Floats  # (lenders,) share of exposure that a sale brings; 0: kept for collection
    fund_cap: Floats  # (lenders,) times the fees paid so far that it bears in all
    cost: float  # of collection, share of receipts
    fund_pays: float  # share of open claims that a guarantee fund settles this month


class Demanded(NamedTuple):
    """New applications."""

    rows: Rows  # (n,)
    lender: Int8s  # (n,)
    amount: Floats  # (n,) CNY
    tenor: Int16s  # (n,) months
    stated_turnover: Floats  # (n,) CNY/year
    lying: Bools  # (n,)
    arrival_day: Floats  # (n,) day of the month


class Investigated(NamedTuple):
    """What one bank learned about its new applicants, and the time and cost of it."""

    lender: int
    rows: Rows  # (n,)
    seat: Int32s  # (n,)
    mean: Floats  # (5, n) sd, belief per dimension
    variance: Floats  # (5, n) sd^2
    overall_mean: Floats  # (n,) sd
    overall_variance: Floats  # (n,) sd^2
    soft_mean: Floats  # (n,) sd
    pd: Floats  # (n,)
    caught: Bools  # (n,)
    finds_lie: Floats  # (n,) chance that a lie is found by checks carried out, reported and refused
    fading: float  # share of what firms saw of this bank's finds that still counts a month later
    reviewed: Bools  # (n,) a second reader has read the file
    inflated: Bools  # (n,) the officer inflated the report so that it passes
    heard: Looks | None  # (n,) each, other banks' checks in the bureau so far; None: nothing new
    favoured: Rows  # (m,) of these: the officer bent a rule for them
    days: Floats  # (n,) from application to decision
    due: Int32s  # (n,) month of decision
    cost: Floats  # (n,) CNY
    hours: Floats  # (n,) of the officer who wrote the file
    second_seat: Int32s  # (n,) of the second reader; the first officer's where nobody else reads
    second_hours: Floats  # (n,) of the second reader


class Learned(NamedTuple):
    """What one bank saw of its borrowers' payments, and its updated beliefs about them."""

    lender: int
    rows: Rows  # (n,)
    mean: Floats  # (5, n) sd
    variance: Floats  # (5, n) sd^2
    late: Bools  # (n,) past due


class Granted(NamedTuple):
    """New loans of one lender."""

    lender: int
    rows: Rows  # (m,)
    amount: Floats  # (m,) CNY
    rate: Floats  # (m,) 1/year
    schedule: Int8s  # (m,)
    season_shift: Int8s  # (m,) months
    collateral: Floats  # (m,) CNY pledged
    security: Int8s  # (m,) what is pledged
    guaranteed: Floats  # (m,) CNY for which a guarantor is liable
    project_yield: Floats  # (m,) 1/year while the term runs
    invested: float  # share of the loan put into the project
    fund_share: float  # share of each loan's loss that a guarantee fund bears
    fund_fee: Floats  # (m,) CNY paid to it for that


class Decided(NamedTuple):
    """What became of the applications that one bank decided this month."""

    lender: int
    rows: Rows  # (n,)
    walked: Bools  # (n,) left before the decision
    approved: Bools  # (n,)
    overridden: Bools  # (n,) approved although refused at first
    rate: Floats  # (n,) 1/year, offered or computed
    taken: Bools  # (n,)
    own: Granted  # offers taken
    lost: Granted  # loans that a rival granted instead
    listed_until: int  # month until which firms caught with inflated statements are refused
    cost: Floats  # (n,) CNY
    hours: float  # each


class RunningCosts(NamedTuple):
    """A bank's monthly costs that are not caused by a single loan."""

    lender: int
    salaries: Floats  # (runs,) CNY
    training: Floats  # (runs,) CNY
    bonus: Floats  # (runs,) CNY earned
    bonus_deferred: Floats  # (runs,) CNY of it deferred
    bonus_released: Floats  # (runs,) CNY of earlier ones paid out
    monitoring: Floats  # (runs,) CNY, warning systems
    fixed: Floats  # (runs,) CNY


class CostsInPrice(NamedTuple):
    """A bank's own cost of a loan, planned and spent, toward which its rates move."""

    lender: int
    planned: float  # CNY a year per loan
    spent: Floats  # (runs,) CNY a year per loan: this month's spending beyond the plan, over loans
    weight: float  # of this month in the mean of what is spent
    step: float  # CNY a year per loan: the most that its rates move in a month


class MonthClosed(NamedTuple):
    """What closes a month's profit and loss."""

    funding_rate: float  # 1/year
    tax_rate: float  # of profit
    reserves: Floats  # (books,) CNY of cash to hold


class CountTerms(NamedTuple):
    """What the count of live loans at the month's end depends on besides the books."""

    reputation_weight: float  # of the latest month in what firms expect of a bank
    unknown_pd: float  # that a lender expects on average before it has a loan
    npl_loss: Floats  # (books,) CNY, loss expected on the non-performing balance


class Standing(NamedTuple):
    """Which books may lend from the next month on."""

    barred: Floats  # (books,) months until the branch may lend again
    measured_on: Floats  # (books,) CNY, loans on which its NPL ratio is taken until then; else 0
    failed: Bools  # (books,)


class Staffed(NamedTuple):
    """One bank's officers, culture and volume pressure at the close of the month."""

    lender: int
    officers: Rows  # (m,) rows of the bank's officers
    caseload: Floats  # (m,) live loans managed
    workload: Floats  # (m,) hours of work required over hours in a month
    effort: Floats  # (m,) share of full effort
    care: Floats  # (m,) care for loans granted over the usual
    record_months: Floats  # (m,) loan-months near the cut-off that the officer granted
    record_defaults: Floats  # (m,) defaults of these loans
    supervised: Bools  # (m,) in the next month
    supervised_hours: float  # that supervision takes each of them
    leaving: Rows  # rows of officers who leave, by their own decision or not
    exposed: Rows  # rows of those of them who must leave, since an audit found a favour
    rotated: Rows  # rows of officers who change places with a colleague from another branch
    takeover_hours: float  # for each loan that is handed over by rotation
    culture: Floats  # (runs,)
    pressure: Floats  # (runs,)
    labour: Any  # parameters with which successors are born, and what is passed on to them
    probation: int  # months that a hidden renewal stays non-performing once it is found
