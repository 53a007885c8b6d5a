"""Conduct: how officers actually work: effort, learning, turnover, compliance with rules.

effort = diligence sqrt(min(1, H / H_req)) (1 - e_p lambda_v (1 - deferral) VP), e_p = .5
soft precision = tau effort skill (1 - exp(-(e + e_0) / tau_e)), e_0 = 6 months
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled, elementwise
from sim.core.draws import salt
from sim.core.params import Params, group, param
from sim.core.random_numbers import pair_uniforms_at, uniforms_at
from sim.state import teams
from sim.state.market import Market
from sim.state.pair_draws import pair_draws
from sim.state.purposes import Purpose
from sim.world.officers_choice import Choice


class Labour(Params):
    """The officers whom a bank can hire."""

    slack: float = param(
        0.3, unit="share of effort", ge=0, le=1, source="A: uneven diligence",
        meaning="shortfall from full effort of the least diligent officer",
    )  # fmt: skip
    diligence_log_sd: float = param(
        0.0, unit="log", ge=0, le=5, source="A: .25 where on, 0-.6; 0: as `slack` says",
        meaning="standard deviation of the log of diligence over officers, whose median is 1; it"
        " enters effort, the steps and visits that are carried out, and scruples about reports",
    )  # fmt: skip
    skill_log_sd: float = param(
        0.2, unit="log", ge=0, le=5, source="A: uneven skill",
        meaning="standard deviation of the log of skill; the median is 1",
    )  # fmt: skip
    skilled_reading: bool = param(
        False, unit="switch", source="A: IPC officers make a firm's accounts themselves",
        meaning="effort, skill and experience scale the precision of all that an officer reads, not"
        " of soft information alone, and what cross-checks, visits and checks of papers find; only"
        " a bureau's report and account data are as precise for all",
    )  # fmt: skip
    usual_power: float = param(
        0.41, unit="share of full power", gt=0, le=1,
        source="D: median over officers and months of the base case, 24 seeds",
        meaning="power of the officer who finds lies and misuse as often as the bank's steps say;"
        " counts if all that an officer reads follows effort, skill and experience",
    )  # fmt: skip
    experience: float = param(
        40.0, unit="months", ge=0, le=600, source="D: what a turnover of .025 a month leaves",
        meaning="mean experience of officers when the burn-in begins",
    )  # fmt: skip
    open_to_favours: float = param(
        0.0, unit="share of officers", ge=0, le=1, source="A: swept; 0 is honest staff",
        meaning="officers with so little integrity that they break rules for firms; 0: none",
    )  # fmt: skip
    favour: float = param(
        0.5, unit="probability", ge=0, le=1, source="A: swept",
        meaning="probability that such an officer breaks a rule for a firm, given an opportunity",
    )  # fmt: skip
    report_inflation: float = param(
        0.5, unit="sd", ge=0, le=10, source="A: swept",
        meaning="how much such a favour inflates the officer's report of a visit to a firm that the"
        " officer knows",
    )  # fmt: skip
    trace: float = param(
        0.5, unit="probability", ge=0, le=1, source="A: swept",
        meaning="probability that an audit of a file detects a favour done in it",
    )  # fmt: skip
    head_start: float = param(
        6.0, unit="months", ge=0, le=600, source="A: no published value",
        meaning="experience that a new officer brings from elsewhere",
    )  # fmt: skip
    queue_days: float = param(
        3.0, unit="days", ge=0, le=365, source="A: no published value",
        meaning="days that a file waits for an officer with half a full workload; in proportion to"
        " u / (1 - u), with u the workload",
    )  # fmt: skip
    full_load: float = param(
        0.9, unit="share of hours", ge=0, lt=1, source="A: a queue cannot grow without bound",
        meaning="workload from which on the queue does not grow further",
    )  # fmt: skip
    pressure_effect: float = param(
        0.5, unit="share of effort", ge=0, le=1, source="A: swept",
        meaning="effort lost to the highest volume pressure where all pay depends on volume",
    )  # fmt: skip
    kept_at_handover: float = param(
        0.5, unit="share", ge=0, le=1, source="A: half is lost when the officer leaves",
        meaning="share of the soft information on a borrower that passes to a new officer",
    )  # fmt: skip
    choice: Choice = group(Choice, "what officers choose, and what they weigh")


@compiled
def spent(done, price):  # type: ignore[no-untyped-def]
    """Return what the completed steps took: cost (CNY), hours and days, (3, n).

    `done` (steps, n) says which steps were completed, `price` (steps, 3) what each step takes.
    """
    took = np.zeros((price.shape[1], done.shape[1]))
    for step in range(done.shape[0]):  # in this order, whatever other files there are
        for what in range(price.shape[1]):
            for k in range(done.shape[1]):
                took[what, k] += price[step, what] * done[step, k]
    return took


def soft_power(market: Market, officers: Rows, learning_time: float, head_start: float) -> Floats:
    """Return the share of full precision that these officers reach, shape (n,).

    `head_start`, months, is the experience that each of them brought.
    """
    table = market.officers
    if officers.size > table.key.size:  # fewer people than files: each is asked once
        everyone = np.arange(table.key.size)
        return soft_power(market, everyone, learning_time, head_start)[officers]
    learned = -np.expm1(-(table.experience[officers] + head_start) / learning_time)
    return table.effort[officers] * table.skill[officers] * learned


def diligence(market: Market, officers: Rows) -> Floats:
    """Return the diligence of officers, (n,); under supervision it is at least the usual one."""
    table = market.officers
    return np.asarray(_diligence(table.diligence[officers], table.supervised[officers]))


@elementwise
def _diligence(own, supervised):  # type: ignore[no-untyped-def]
    return max(own, 1.0) if supervised else own


def by_diligence(market: Market, officers: Rows, rate: Floats, labour: Labour) -> Floats:
    """Return the chance that these officers carry out a step, (n,), if `rate` (n,) is usual."""
    if labour.diligence_log_sd == 0.0:
        return rate
    table = market.officers
    return np.asarray(_chance(rate, table.diligence[officers], table.supervised[officers]))


@elementwise
def _chance(rate, diligence, supervised):  # type: ignore[no-untyped-def]
    return min(rate * _diligence(diligence, supervised), 1.0)


@elementwise
def effort(diligence, workload, time_pressure, pressure_effect):  # type: ignore[no-untyped-def]
    """Return the share of full effort given, (n,); `time_pressure` = lambda_v (1 - deferral) VP."""
    time = math.sqrt(min(1.0, 1.0 / max(workload, 1e-9)))
    return diligence * time * (1.0 - pressure_effect * time_pressure)


@elementwise
def days_in_queue(workload, queue_days, full_load):  # type: ignore[no-untyped-def]
    """Return the days that a file waits for an officer with this workload."""
    load = min(workload, full_load)
    return queue_days * load / (1.0 - load)


def leaves(market: Market, officers: Rows, chance: float) -> Bools:
    """Return which of these officers' seats fall vacant this month, shape (n,)."""
    if chance == 0.0:
        return np.zeros(officers.size, bool)
    return uniforms_at(market.officers.key, officers, salt(Purpose.TURNOVER, market.month)) < chance


def overridden(market: Market, rows: Rows, lender: int, chance: Floats) -> Bools:
    """Return which refusals officers override, shape (n,); `chance` (n,) is the probability."""
    if not chance.any():
        return np.zeros(rows.size, bool)
    return pair_draws(market, rows, lender, Purpose.OVERRIDE) < chance


def rolled_over(market: Market, rows: Rows, lender: int, chance: float) -> Bools:
    """Return which loans in arrears are renewed to hide the arrears, shape (n,)."""
    return pair_draws(market, rows, lender, Purpose.EVERGREENING) < chance


def seat_of(
    market: Market, rows: Rows, lender: int, full_time: Floats | float
) -> NDArray[np.int32]:
    """Return the seat (officer's position) responsible for each firm at a bank, shape (n,).

    The bank has `full_time` (n,) officers where each firm is; a part-time one gets as many firms
    fewer.
    """
    if np.all(np.less_equal(full_time, 1.0)):
        return np.zeros(rows.size, np.int32)
    drawn = (seat_draws(market, rows, lender) * full_time).astype(np.int32)
    return np.minimum(drawn, teams.seats(full_time) - 1, dtype=np.int32)


def seat_draws(market: Market, rows: Rows, lender: int) -> Floats:
    """Return the random number by which each firm is given an officer at a bank, (n,)."""
    keys, bank = market.firms.key, market.bank_keys[lender]
    draws: Floats = pair_uniforms_at(keys, rows, bank, salt(Purpose.SEAT))
    return draws


def dues_miss_the_peak(market: Market, rows: Rows, fit: Floats) -> Bools:
    """Return for which loans the product does not fit the firm's season, shape (n,)."""
    if (fit >= 1.0).all():
        return np.zeros(rows.size, bool)
    return uniforms_at(market.firms.key, rows, salt(Purpose.PRODUCT_FIT, market.month)) >= fit
