"""What each mechanism costs: switched on alone, over the core month that has none of them.

All variants are filled first and then timed in turn, so that other load on the machine affects all
equally; the cost is the difference from the core month of the same round.  The place of a
simulation in memory changes its speed by some per cent, so all are built several times, and the
spread over builds is the error.  A cost includes what follows from the mechanism, such as more or
fewer loans to process.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.benchmark.timing import Month, filled, in_turn, month_of

BUILDS = 5
SETTLED = 13  # the month after which the mechanism has acted for a year
SCREENING = "banks.main.screening"
SECTORS = {
    "a": {"share": 0.2, "margin": 0.01, "season": 0.06, "peak": 12},
    "b": {"share": 0.2, "margin": 0.01, "season": 0.03, "peak": 6},
    "c": {"share": 0.2, "margin": 0.0, "season": 0.05, "peak": 10},
    "d": {"share": 0.2, "margin": -0.01, "season": 0.10, "peak": 1},
    "e": {"share": 0.2, "margin": -0.01, "season": 0.04, "peak": 8},
}
MECHANISMS: Mapping[str, Mapping[str, Any]] = {
    "sectors with margins and seasons of their own": {"firms.sectors": SECTORS},
    "informal lenders": {"firms.informal_access": 0.5},
    "borrowers who may divert the loan": {"firms.temptation.omega": 2.0},
    "firms that inflate their statements": {"firms.demand.liars": 0.3},
    "a cross-check of statements": {f"{SCREENING}.cross_check.detection": 0.25},
    "three more signals": {
        f"{SCREENING}.bureau.precision": 2,
        f"{SCREENING}.owner_visit.precision": 3,
        f"{SCREENING}.partners.precision": 2,
    },
    "memory of earlier applications": {f"{SCREENING}.memory": 0.5},
    "beliefs that follow payments": {f"{SCREENING}.learns_from_behaviour": True},
    "a second review": {"banks.main.approval.review_precision": 1},
    "refusals overridden": {"banks.main.approval.override": 0.15},
    "applicants who wait, and walk away": {
        f"{SCREENING}.site_visit.days": 14,
        "firms.take_up.walk_away_daily": 0.004,
    },
    "a rival bank": {"firms.take_up.rival_available": 0.4},
    "rates that follow risk": {"banks.main.pricing": {"kind": "risk_based"}},
    "a menu of products": {"banks.main.products": {"kind": "menu"}},
    "pledges and their prices": {"banks.main.collateral": {"kind": "pledge"}},
    "inspections, warnings, stepping in": {"banks.main.monitoring": {"kind": "care"}},
    "officers with workload and effort": {"banks.main.staffing": {"kind": "officers"}},
    "expected-loss provisions": {"banks.main.provisioning": {"kind": "expected_loss"}},
    "capital by internal ratings": {"banks.main.capital": {"kind": "irb"}},
    "shadow loans of a tenth of applicants": {"firms.yardstick.sample": 0.1},
    "short loans at once, renewed once repaid": {
        "firms.demand.bullet_share": 0.6,
        "banks.main.renewal": {"kind": "repay_first"},
    },
    "firms that guarantee each other's loans": {"mechanisms.guarantees.share": 0.6},
    "and circles whose loans are recalled": {
        "mechanisms.guarantees.share": 0.6,
        "banks.main.recall": {"kind": "call"},
    },
}
CORE, UNCHECKED, FULL = "the core month", "without the books' check", "the full calibrated month"


def rivals(firms: int) -> dict[str, Month]:
    """Return the month of every variant, its book full."""
    built: dict[str, Month] = {
        CORE: month_of(filled("core", firms, until=SETTLED)),
        UNCHECKED: month_of(filled("core", firms, check=False, until=SETTLED)),
    }
    for name, settings in MECHANISMS.items():
        built[name] = month_of(filled("core", firms, set=settings, until=SETTLED))
    built[FULL] = month_of(filled("full", firms, until=SETTLED))
    return built


def costs(firms: int, rounds: int) -> dict[str, tuple[float, float]]:
    """Return ns a firm-month that each adds to the core month, and the standard error of that.

    The first entry is the core month itself; `rounds` are those of each build.
    """
    times = [in_turn(rivals(firms), rounds) for _ in range(BUILDS)]
    found = {}
    for name in times[0].names:
        each = [one.of(CORE) if name == CORE else one.more(name, CORE) for one in times]
        in_ns = np.array(each) * 1e9 / firms
        found[name] = float(in_ns.mean()), float(in_ns.std(ddof=1) / math.sqrt(BUILDS))
    return found


def print_costs(firms: int, rounds: int) -> None:
    """Print the table."""
    found = costs(firms, rounds)
    core, error = found.pop(CORE)
    print(f"\nCost of each mechanism, {firms:,} firms             ns a firm-month       +-   %")
    print(f"  {CORE:<44}{core:>18.1f}{2 * error:>9.1f}")
    for name, (cost, se) in found.items():
        print(f"  {'+ ' + name:<44}{cost:>+18.1f}{2 * se:>9.1f}{100 * cost / core:>+5.0f}")
    single = sum(found[name][0] for name in MECHANISMS)
    print(f"  {'all of the single ones together':<44}{single:>+18.1f}")
    print("  +-: twice the standard error over builds; costs within it are not different from zero")
