"""Firms: five hidden dimensions of quality, the cash that depends on them, and what is on file."""

from __future__ import annotations

from typing import Any, NamedTuple

from sim.core.arrays import Bools, Floats, Floats32, Int8s, Int32s, Keys
from sim.core.columns import Schema, column
from sim.core.distributions import Category, Chance, Constant, Derived, Lognormal, Normal, Uniform
from sim.core.sight import Sight

DIMENSIONS = ("operations", "finance", "owner", "market", "debts")
NOT_RUINED = -(10**6)  # `last_ruin` of a firm that had none: a month before all months
WOUND_UP = 100  # `low_months` of a firm whose loan was written off: it leaves for good


def overall_quality(born: Any, params: Any) -> Any:
    """theta = sum_k w_k q_k, with squared weights that add up to one, so theta ~ N(0, 1)"""
    return (params.weights[:, None] * born["quality"]).sum(axis=0)


def volatility_by_size(born: Any, params: Any) -> Any:
    """sigma_i = sigma (Y / 4e6)^-0.1: small firms are more volatile"""
    size = born["turnover"] / params.volatility_at
    return params.volatility * size**params.volatility_by_size


def monthly_costs(born: Any, params: Any) -> Any:
    """(1 - mu) Y / 12"""
    return (1.0 - params.margin) * born["turnover"] / 12.0


def cash_at_start(born: Any, params: Any) -> Any:
    """A buffer of some months of costs"""
    return params.starting_buffer * born["costs"]


class Firms(NamedTuple):
    """One row per slot, (slots,), for the firm that is in it now; `quality` (5, slots)."""

    key: Keys = column("u8", "key", "root of the firm's random numbers", Sight.HIDDEN)
    run: Int32s = column("i4", "index", "run (seed) that the firm belongs to", Sight.FILE)
    generation: Int32s = column("i4", "count", "how many firms had this slot before", Sight.FILE)
    born: Int32s = column("i4", "month", "month of entry", Sight.FILE)
    sector: Int8s = column(
        "i1", "index", "sector of business", Sight.FILE, Category("sector_shares")
    )
    quality: Floats = column(
        "f8", "sd", "quality in " + ", ".join(DIMENSIONS), Sight.HIDDEN, Normal(width=5), width=5
    )
    theta: Floats = column("f8", "sd", "overall quality", Sight.HIDDEN, Derived(overall_quality))
    turnover: Floats = column(
        "f8",
        "CNY/year",
        "true turnover",
        Sight.HIDDEN,
        Lognormal("turnover_median", "turnover_log_sd"),
    )
    volatility: Floats = column(
        "f8",
        "1/year^.5",
        "sd of yearly cash flow over turnover",
        Sight.HIDDEN,
        Derived(volatility_by_size),
    )
    costs: Floats = column("f8", "CNY/month", "usual costs", Sight.HIDDEN, Derived(monthly_costs))
    cash: Floats = column(
        "f8", "CNY", "cash; below zero it owes its suppliers", Sight.HIDDEN, Derived(cash_at_start)
    )
    opportunism: Floats32 = column(
        "f4",
        "ratio",
        "resistance to diverting: low diverts soon",
        Sight.HIDDEN,
        Lognormal(1.0, "opportunism_log_sd"),
    )
    honesty: Floats32 = column(
        "f4",
        "quantile",
        "rank by honesty: the lowest inflate first",
        Sight.HIDDEN,
        Uniform(),
        salt=0x2923536174357815,
    )
    diverting: Bools = column("?", "flag", "uses its loan for private ends", Sight.HIDDEN)
    informal_access: Bools = column(
        "?", "flag", "can borrow informally", Sight.HIDDEN, Chance("informal_access")
    )
    informal_debt: Floats = column("f8", "CNY", "owed to informal lenders", Sight.HIDDEN)
    alive: Bools = column("?", "flag", "in business", Sight.FILE, Constant(True))
    low_months: Int8s = column("i1", "months", "months in a row with cash near ruin", Sight.HIDDEN)
    paid_after: Int8s = column(
        "i1",
        "months",
        "customers pay this long after delivery",
        Sight.REPORTED,
        Category("payment_shares"),
    )
    last_ruin: Int32s = column(
        "i4", "month", "month of its last ruin", Sight.HIDDEN, Constant(NOT_RUINED)
    )


FIRMS = Schema(Firms)
