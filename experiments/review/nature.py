"""Findings on nature, solvency and size: A1, A7, A14 to A18."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from experiments.review.asking import MILLION, PERCENT, Asked, Figure, again, level
from sim.credit.binary_regression import fit_probit
from sim.model.simulation import Simulation

CALM = {"economy.macro.shift": 0.0, "economy.macro.months": 0}
OPEN = {"bank.approval.kind": "all"}


@again("A1")
def the_base_drifts(asked: Asked) -> Iterator[Figure]:
    """In 120 calm months, years 8 to 10 less years 1 to 3."""
    found = asked.run(asked.scenario("baseline", {**CALM, "horizon": 120})).months
    found["year"] = (found["month"] - 1) // 12 + 1
    years = found.groupby(["seed", "year"]).sum(numeric_only=True)
    shares = {
        "default, points a year": (1200.0 * years["defaults"] / years["performing"], "-1.54"),
        "diverted share, points": (PERCENT * years["diverting"] / years["loans"], "-4.0"),
        "profit, million a year": (MILLION * years["profit"], "+1.0"),
    }
    for what, (values, before) in shares.items():
        table = values.unstack()
        drift = table[[8, 9, 10]].mean(axis=1) - table[[1, 2, 3]].mean(axis=1)
        yield level(f"calm, years 8-10 less 1-3: {what}", before, drift)


@again("A7")
def the_link_is_not_that_of_production(asked: Asked) -> Iterator[Figure]:
    """Lend to all in calm months without diversion: realised 12-month default by quality."""
    settings = {**CALM, **OPEN, "firms.temptation.omega": 0.0, "horizon": 36}
    scenario = asked.scenario("baseline", settings)
    loans = asked.run(scenario, detail=True).loans
    assert loans is not None
    seen = loans[(loans["granted"] >= 1) & (loans["granted"] <= 24)]
    bad = (seen["default_month"] - seen["granted"]).le(12).fillna(False).to_numpy(bool)
    a, b = fit_probit(seen[["quality"]].to_numpy(float), bad.astype(float)).coefficients
    used = scenario.firms.yardstick
    yield Figure("a in Phi(a - b theta), less the one used", "-0.45", a - used.true_level)
    yield Figure("b, less the one used", "+0.38", -b - used.true_slope)


@again("A14")
def damage_of_diversion_is_not_the_loans(asked: Asked) -> Iterator[Figure]:
    """In month 12: what diverted loans bring in less until their use ends, by what is owed."""
    scenario = asked.scenario("baseline")
    one = Simulation(scenario, range(1, asked.seeds + 1))
    while one.month < 12:
        one.advance()
    firms, loans = one.market.firms, one.market.loans
    rows = one.market.live[firms.diverting[one.market.live]]
    rows = rows[loans.project_left[rows] > 0]
    kept = 1.0 - scenario.firms.temptation.taken
    lost = loans.project_income[rows] * loans.project_left[rows] * (1.0 - kept) / kept
    owed = loans.balance[rows]
    yield Figure(
        "loss over balance, median, %", "74 a year", PERCENT * float(np.median(lost / owed))
    )
    elasticity = np.polyfit(np.log(owed), np.log(lost), 1)[0]
    yield Figure("elasticity of the loss to the balance", "0", float(elasticity))


@again("A15")
def a_failed_bank_goes_on(asked: Asked) -> Iterator[Figure]:
    """Approve all in a depression: negative equity, and lending in spite of it."""
    months = asked.run(asked.scenario("baseline", {**OPEN, "economy.macro.shift": -3.0})).months
    last = months[months["month"] == months["month"].max()]
    yield level("seeds with negative equity at the end, %", "48", last["equity"] < 0.0, PERCENT)
    failed = months[months["equity"].groupby(months["seed"]).shift(1) < 0.0]
    lent = (failed["disbursed"] > 0.0).mean() if len(failed) else 0.0
    yield Figure("months with lending after negative equity, %", "not given", PERCENT * lent)


@again("A16")
def small_branches_are_another_model(asked: Asked) -> Iterator[Figure]:
    """Approval by size of the market."""
    for firms, before in ((300, ".42"), (1000, ".49"), (3000, ".52"), (10_000, ".53")):
        if asked.firms and firms > 3 * asked.firms:
            continue
        found = Asked(asked.seeds, firms, asked.workers)
        outcomes = found.outcomes(found.scenario("baseline"))
        yield level(f"approval rate, {firms:,} firms", before, outcomes["approval_rate"])


@again("A17")
def provisions_ignore_recoveries(asked: Asked) -> Iterator[Figure]:
    """Provisions over the book, with usual and with poor recoveries."""
    poor = {"economy.resolution.secured": 0.3, "economy.resolution.unsecured": 0.05}
    for what, settings, before in (("usual", {}, "1.52"), ("poor", poor, "1.41")):
        found = asked.outcomes(asked.scenario("baseline", settings))
        charge = 12.0 * found["provision_charge"] / found["gross_loans"]
        yield level(f"charge over book, {what} recoveries, % a year", before, charge, PERCENT)


@again("A18")
def the_cycle_is_short(asked: Asked) -> Iterator[Figure]:
    """Half-life and yearly autocorrelation of the common factor."""
    monthly = asked.scenario("baseline").economy.macro.persistence
    yield Figure("half-life, months", "6.6", math.log(0.5) / math.log(monthly))
    yield Figure("autocorrelation after a year", ".28", monthly**12)
