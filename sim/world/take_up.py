"""Take-up: whether a firm waits, and whether one of its alternatives beats the bank's offer.

A firm accepts iff the rate is at most its reservation rate, every rival's quote and the informal
rate.
Better firms can pay higher rates because their projects return more (de Meza-Webb), but rivals that
also observe them bid them away (adverse selection); which effect dominates is a result.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled
from sim.core.draws import salt
from sim.core.indexing import unsigned
from sim.core.params import Params, param
from sim.core.random_numbers import uniforms_at
from sim.state.market import Market
from sim.state.purposes import Purpose
from sim.state.relations import listed_everywhere
from sim.world.rival import asking, margin_followed, rival_noises, undercut


class Projects(Params):
    """What the project financed by a loan returns."""

    invested: float = param(
        0.7, unit="share of loan", ge=0, le=1, source="A: the rest stays in cash",
        meaning="share of the loan invested in working capital",
    )  # fmt: skip
    yield_base: float = param(
        0.17, unit="1/year", ge=-1, le=5, source="A: reservation rates about 12 %",
        meaning="g_0: yearly return on working capital of an average firm",
    )  # fmt: skip
    yield_by_quality: float = param(
        0.045, unit="1/year per sd", ge=-1, le=5, source="A: better projects support higher rates",
        meaning="g_theta: increase in that return with quality",
    )  # fmt: skip


class TakeUp(Params):
    """How an applicant behaves while it waits and when it gets an offer."""

    walk_away_daily: float = param(
        0.01, unit="1/day", ge=0, le=1, source="A: urgency, swept",
        meaning="daily hazard of walking away while waiting for a decision",
    )  # fmt: skip
    walk_away_tilt: float = param(
        0.0, unit="log per sd", ge=-5, le=5, source="A: switch, swept",
        meaning="increase in the log of that hazard with quality",
    )  # fmt: skip
    short_premium: float = param(
        0.02, unit="1/year", ge=0, le=1, source="A: distress",
        meaning="premium over its reservation rate that a firm short of cash accepts",
    )  # fmt: skip
    goodwill_lost: float = param(
        0.0, unit="1/year per false alarm", ge=0, le=1, source="A: switch; .005 where on, swept",
        meaning="lost goodwill: how much lower a bank's rate must be for the firm to accept, per"
        " time that the bank took action although the firm had neither diverted its loan nor was"
        " past due",
    )  # fmt: skip
    rival_available: float = param(
        0.4, unit="probability", ge=0, le=1, source="A: swept; 0 switches the rival off",
        meaning="probability that a rival bank quotes a rate to an applicant with an offer",
    )  # fmt: skip
    rivals: int = param(
        1, unit="lenders", ge=1, le=8,
        source="P: three lenders asked in all, New York Fed 2014; 2 where on",
        meaning="other lenders that an applicant may ask; each reads the firm for itself, and the"
        " lowest rate counts",
    )  # fmt: skip
    rival_reads_list: bool = param(
        False, unit="switch", source="R: lenders read the bureau; off as in the first edition",
        meaning="on: the rival quotes no rate to a firm that the bureau lists at all banks",
    )  # fmt: skip
    rival_precision: float = param(
        0.5, unit="1/sd^2", gt=0, le=100, source="A: a rival knows little",
        meaning="precision of the rival's signal of overall quality",
    )  # fmt: skip
    rival_shared: float = param(
        0.0, unit="share of variance", ge=0, le=1, source="A: .5 where on, as banks' own readings",
        meaning="share of the noise in the rival's signal that belongs to the firm and misleads the"
        " banks too",
    )  # fmt: skip
    rival_cut_off: float = param(
        1.0, unit="probability", gt=0, le=1, source="A: 1 refuses nobody; .06 where on",
        meaning="estimated PD above which the rival refuses, so that whom it refused has no other"
        " offer than the banks' (winner's curse)",
    )  # fmt: skip
    rival_follows: float = param(
        0.0, unit="ratio", ge=0, le=1, source="A: switch; .5 where on",
        meaning="how far the rival's margin follows the change of the banks' usual rate since"
        " month 1",
    )  # fmt: skip
    rival_margin: float = param(
        0.025, unit="1/year", ge=-1, le=1, source="A: costs and return on capital",
        meaning="rival's margin over its cost of funding and expected losses",
    )  # fmt: skip
    rival_level: float = param(
        -1.85, unit="probit", ge=-10, le=10, source="D: lending to all",
        meaning="rival's estimated PD as a function of quality: a in Phi(a - b theta)",
    )  # fmt: skip
    rival_slope: float = param(
        0.65, unit="probit per sd", ge=0, le=10, source="D: lending to all",
        meaning="rival's estimated PD as a function of quality: b in Phi(a - b theta)",
    )  # fmt: skip
    rival_term: int = param(
        12, unit="months", ge=1, le=600, source="A: the most common term",
        meaning="term for which the rival prices a loan",
    )  # fmt: skip
    rival_limit: float = param(
        0.99, unit="probability", gt=0, lt=1, source="A: no lender quotes on certain default",
        meaning="rival's highest estimated PD; it prices a riskier firm like this one",
    )  # fmt: skip
    rival_lgd: float = param(
        0.5, unit="share of exposure", ge=0, le=1, source="A: half of the loan is secured",
        meaning="loss given default that the rival assumes",
    )  # fmt: skip


class Alternatives(NamedTuple):
    """What applicants compare a bank's offer with, (n,) each, 1/year."""

    own: Floats  # the highest rate that they would take if there were no rival
    rival: Floats  # the rival's quote; infinite where it makes none


class Answered(NamedTuple):
    """Applicants' answers to offers."""

    taken: Bools  # (n,) accepted the bank's offer
    rival: Bools  # (n,) lost to the rival's quote


def walk_away(market: Market, rows: Rows, lender: int, take_up: TakeUp) -> Bools:
    """Return which applicants have left before their decision, shape (n,)."""
    if take_up.walk_away_daily == 0.0:
        return np.zeros(rows.size, bool)
    hazard = take_up.walk_away_daily * market.requests[lender].days[rows]
    if take_up.walk_away_tilt:
        hazard = hazard * np.exp(take_up.walk_away_tilt * market.firms.theta[rows])
    draws = uniforms_at(market.firms.key, rows, salt(Purpose.WALK_AWAY, market.month))
    return draws < -np.expm1(-hazard)


def project_yield(market: Market, rows: Rows, projects: Projects) -> Floats:
    """Return the yearly return on the project that the loan finances, shape (n,), 1/year."""
    return projects.yield_base + projects.yield_by_quality * market.firms.theta[rows]


def lost_goodwill(market: Market, rows: Rows, lender: int, take_up: TakeUp) -> Floats:
    """Return the lost goodwill by a bank's false alarms, as a rise of its rate, (n,), 1/year."""
    if take_up.goodwill_lost == 0.0:
        return np.zeros(rows.size)
    return take_up.goodwill_lost * market.file_of(lender).false_alarms_felt[rows].astype(np.float64)


@compiled
def reservation_rate(theta, is_short, has_informal, projects, rule, informal_rate):  # type: ignore[no-untyped-def]
    """Return the highest rate that a firm accepts without a rival, 1/year.

    All arguments are numbers, of one firm.
    """
    own = projects.invested * (projects.yield_base + projects.yield_by_quality * theta)
    own += rule.short_premium * is_short
    return min(own, informal_rate) if has_informal else own


@compiled
def all_reservations(rows, firms, projects, rule, informal_rate):  # type: ignore[no-untyped-def]
    """Return each applicant's reservation rate, (n,), 1/year."""
    own = np.empty(rows.size)
    for k in range(rows.size):
        i = unsigned(rows[k])
        own[k] = reservation_rate(
            firms.theta[i], firms.cash[i] < firms.costs[i], firms.informal_access[i],
            projects, rule, informal_rate,
        )  # fmt: skip
    return own


def alternatives(
    market: Market,
    rows: Rows,
    projects: Projects,
    take_up: TakeUp,
    informal_rate: float,
    funding_rate: float,
) -> Alternatives:
    """Return applicants' alternatives to a bank's offer; rates are 1/year.

    The rival's is the lowest quote of all `rivals`, each with its own reading.
    """
    rule = take_up.record()
    own = all_reservations(rows, market.firms, projects.record(), rule, informal_rate)
    rival, followed = np.full(rows.size, np.inf), margin_followed(market, take_up.rival_follows)
    rivals, firms = take_up.rivals, market.firms
    salts = [salt(Purpose.RIVAL_AVAILABLE, market.month, which) for which in range(rivals)]
    asked = np.array(salts, np.uint64)
    at = asking(rows, firms, take_up.rival_available, asked)
    noises = np.array([*rival_noises(market, rows[at], take_up.rival_shared, rivals)])
    undercut(rival, at, rows, firms, rule, funding_rate, noises, followed, asked)
    if take_up.rival_reads_list:
        until = market.relations.listed_until
        listed = listed_everywhere(until, market.slots, rows, market.month)
        rival = np.where(listed, np.inf, rival)
    return Alternatives(own, rival)


def answer(offer: Floats, own: Floats, rival: Floats) -> Answered:
    """Compare a bank's offer (nan where there is none) with the alternatives, all (n,)."""
    return Answered(*_answers(offer, own, rival))


@compiled
def _answers(offer, own, rival):  # type: ignore[no-untyped-def]
    taken, lost = np.empty(offer.size, np.bool_), np.empty(offer.size, np.bool_)
    for k in range(offer.size):
        taken[k] = offer[k] <= min(own[k], rival[k])
        lost[k] = (not taken[k]) & (rival[k] <= own[k]) & (not math.isnan(offer[k]))
    return taken, lost
