"""Officers' choices: how far they inflate a report, how much they propose, how they use their time.

v = B w (1 + VP) (1 - e d), q = B ((1-w) (1 - e d) + k_d d w): the pulls of volume and of quality,
B the bonus over a usual one, w its share for volume, d the share deferred, VP volume pressure.

inflation  x = (G(PD) - G(PD_max)) sqrt(1 + b^2 var)/b, the least that makes a file pass; it is done
           iff 0 < x <= x_1 and v a > k q PD LGD a + chi (x/x_1)^2, a the amount over the mean one
size       proposed = requested x (s_0 + (1 - s_0) v/(v + s_1))
hours      prospecting : screening and care = 1 + v : p_2 + q, of the share p_1 that is free;
           care : screening = g p_2 + g_q q : (1-g) p_2 + (1-g_q) q

The effects on numbers, sizes and defaults of loans follow from which files pass.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.core.arrays import Bools, Floats, Rows
from sim.core.compiled import compiled
from sim.core.params import Params, param
from sim.core.random_numbers import normal_quantile, normal_quantiles
from sim.state.market import Market
from sim.state.pair_draws import pair_draws
from sim.state.pay import Pay
from sim.state.purposes import Purpose

SMALLEST = 1e-12  # a probability below this counts as this one


class Choice(Params):
    """What officers weigh when they choose how to handle a file and how to use their hours."""

    chooses: bool = param(
        False, unit="switch", source="A: Berg, Puri & Rocholl 2019; Agarwal & Ben-David 2018",
        meaning="officers choose reports, sizes and hours by their pay; if not, volume pressure"
        " lowers effort and refusals are overridden by chance",
    )  # fmt: skip
    usual_bonus: float = param(
        0.001, unit="share of new loans", gt=0, le=1, source="A: cost over income .30-.45",
        meaning="bonus pool over new loans at which the pull of pay is 1",
    )  # fmt: skip
    deferral_discount: float = param(
        0.5, unit="share", ge=0, le=1, source="A: impatience; an officer may have left by then",
        meaning="e: share of its pull that a bonus loses when all of it is deferred",
    )  # fmt: skip
    clawback: float = param(
        1.0, unit="ratio", ge=0, le=10, source="A: swept",
        meaning="k_d: pull of quality from a bonus for volume that is deferred and can be lost",
    )  # fmt: skip
    most_inflation: float = param(
        0.6, unit="sd", gt=0, le=10, source="A: swept",
        meaning="x_1: the most by which an officer inflates a report",
    )  # fmt: skip
    margin: float = param(
        0.02, unit="sd", ge=0, le=10, source="A: a file should pass safely",
        meaning="inflation beyond what a file needs to pass",
    )  # fmt: skip
    scruple: float = param(
        5.5, unit="bonus for a mean loan", ge=0, le=1e6,
        source="C: loans +31 % under pay on volume, Agarwal & Ben-David 2018",
        meaning="chi: what the median officer would forgo rather than inflate a report by x_1",
    )  # fmt: skip
    scruple_log_sd: float = param(
        1.0, unit="log", ge=0, le=5, source="A: swept",
        meaning="standard deviation of the log of chi over officers, by their integrity",
    )  # fmt: skip
    stake: float = param(
        5.0, unit="ratio", ge=0, le=100, source="A: 1-60; no published value",
        meaning="k: weight of the expected loss of a loan for an officer paid for quality",
    )  # fmt: skip
    felt_loss: float = param(
        0.5, unit="share of loan", ge=0, le=1, source="A: half of a loan is secured",
        meaning="loss given default that the officer expects",
    )  # fmt: skip
    least_size: float = param(
        0.85, unit="share of request", ge=0, le=1,
        source="C: size +15 % under pay on volume, Agarwal & Ben-David 2018",
        meaning="s_0: share of the amount requested that an officer without a bonus proposes",
    )  # fmt: skip
    half_size: float = param(
        0.5, unit="pull of volume", gt=0, le=100, source="A: swept",
        meaning="s_1: pull of volume at which half of the rest is proposed as well",
    )  # fmt: skip
    free_hours: float = param(
        0.5, unit="share of hours", ge=0, le=1, source="A: swept",
        meaning="p_1: share of their hours that officers use as they like",
    )  # fmt: skip
    quality_hours: float = param(
        1.0, unit="ratio", gt=0, le=100, source="A: swept",
        meaning="p_2: hours assigned to screening and care over those assigned to prospecting",
    )  # fmt: skip
    usual_prospecting: float = param(
        0.3, unit="share of hours", gt=0, lt=1, source="D: a usual bonus, .8 of it for volume",
        meaning="hours of prospecting at which checks of loans granted are carried out as risk"
        " culture says, and at which applications are as `firms.demand.need_monthly` says",
    )  # fmt: skip
    care_hours: float = param(
        0.5, unit="share", gt=0, lt=1, source="A: swept",
        meaning="g: share of care for loans granted in the hours assigned to screening and care",
    )  # fmt: skip
    care_pull: float = param(
        0.5, unit="share", ge=0, le=1, source="A: swept",
        meaning="g_q: share of the pull of quality that goes to care for loans granted",
    )  # fmt: skip
    saved_in_number: float = param(
        0.5, unit="share of log", ge=0, le=1, source="A: as much is saved in number as in effort",
        meaning="checks that officers short of time carry out: the share of the hours needed that"
        " they have, to this power; 0: all, hurriedly",
    )  # fmt: skip
    blame: float = param(
        0.0, unit="bonus for a mean loan", ge=0, le=1e6, source="A: switch; 20 where on, swept",
        meaning="B: what it costs an officer to report trouble at a loan that it granted; 0: all"
        " is reported",
    )  # fmt: skip
    foresight: float = param(
        12.0, unit="months", gt=0, le=600, source="P: reports change in the year before a rotation",
        meaning="time before its rotation from which an officer fears what the successor reports",
    )  # fmt: skip
    struck_by_review: float = param(
        0.6, unit="probability", ge=0, le=1, source="A: swept",
        meaning="probability that a second review of precision one undoes an inflated report",
    )  # fmt: skip


class Pulls(NamedTuple):
    """How strongly pay pulls officers; 1 is a usual bonus for nothing else."""

    volume: Floats  # (runs,)
    quality: float  # in every run


class Hours(NamedTuple):
    """How officers use their hours, (runs,) each."""

    prospecting: Floats  # share of all hours
    screening: Floats  # over what screening takes if nothing goes to prospecting
    care: Floats  # over what care for loans granted takes at the usual prospecting


def pulls(pay: Pay, choice: Choice, pressure: Floats) -> Pulls:
    """Return the pulls of volume and of quality; `pressure` (runs,) is volume pressure, 0 to 1."""
    size, kept = pay.bonus / choice.usual_bonus, 1.0 - choice.deferral_discount * pay.deferred
    quality = (1.0 - pay.volume) * kept + choice.clawback * pay.deferred * pay.volume
    return Pulls(size * pay.volume * kept * (1.0 + pressure), size * quality)


def size_proposed(pull: Pulls, choice: Choice) -> Floats:
    """Return the share of the request that officers propose, (runs,)."""
    more = pull.volume / (pull.volume + choice.half_size)
    return choice.least_size + (1.0 - choice.least_size) * more


def hours(pull: Pulls, choice: Choice) -> Hours:
    """Return how officers use their hours."""
    volume, quality = 1.0 + pull.volume, choice.quality_hours + pull.quality
    prospecting = choice.free_hours * volume / (volume + quality)
    for_care = choice.care_hours * choice.quality_hours + choice.care_pull * pull.quality
    care = for_care / quality
    rest = 1.0 - prospecting
    return Hours(
        prospecting,
        rest * (1.0 - care) / (1.0 - choice.care_hours),
        rest * care / choice.care_hours / (1.0 - choice.usual_prospecting),
    )


def scruples(integrity: Floats, choice: Choice) -> Floats:
    """Return chi of officers with this rank by integrity, (n,)."""
    rank = normal_quantiles(integrity)
    chi: Floats = choice.scruple * np.exp(choice.scruple_log_sd * rank)
    return chi


@compiled
def steepness(pd, better_pd, step):  # type: ignore[no-untyped-def]
    """Return the fall of G(PD) by sd of quality between two estimates `step` sd apart, all (n,)."""
    fall = np.empty(pd.size)
    for k in range(pd.size):
        fall[k] = (_quantile(pd[k]) - _quantile(better_pd[k])) / step
    return fall


@compiled
def inflation(pd, highest_pd, steep, amount, volume, quality, chi, rule):  # type: ignore[no-untyped-def]
    """Return by how much officers inflate each report, in sd of quality, (n,).

    All are (n,) but `quality` and `rule`: `pd` and the `highest_pd` approved, `steep` from
    `steepness`, `amount` over the mean one, the pulls of `volume` and `quality`, and the officers'
    `chi`.
    """
    done = np.zeros(pd.size)
    for k in range(pd.size):
        if not (steep[k] > 0.0 and highest_pd[k] > 0.0 and pd[k] > highest_pd[k]):
            continue
        needed = (_quantile(pd[k]) - _quantile(highest_pd[k])) / steep[k]
        loss = rule.stake * quality * pd[k] * rule.felt_loss * amount[k]
        qualms = chi[k] * (needed / rule.most_inflation) ** 2
        if needed <= rule.most_inflation and volume[k] * amount[k] > loss + qualms:
            done[k] = needed + rule.margin
    return done


@compiled
def _quantile(p):  # type: ignore[no-untyped-def]
    return normal_quantile(min(max(p, SMALLEST), 1.0 - SMALLEST))


def struck(market: Market, rows: Rows, lender: int, precision: Floats, choice: Choice) -> Bools:
    """Return in which files a second review of this precision, (n,), would undo inflation, (n,)."""
    chance = 1.0 - (1.0 - choice.struck_by_review) ** precision
    return pair_draws(market, rows, lender, Purpose.INFLATION_STRUCK) < chance


def found_by_supervisor(market: Market, rows: Rows, lender: int, choice: Choice) -> Bools:
    """Return in which files a supervisor who reads them would undo inflation, (n,)."""
    return pair_draws(market, rows, lender, Purpose.SUPERVISOR_READS) < choice.struck_by_review
