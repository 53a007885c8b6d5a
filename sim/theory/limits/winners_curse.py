"""The winner's curse among production banks that assess a firm one after the other.

Mapping as in `sim.theory.bench.two_points`.  Two readings of one signal share seven
tenths of their noise here, since most of it belongs to the firm.  So each bank reads a different
signal, whose noise is independent of the others', and good firms are d' better in each dimension.
A firm without a loan applies to one bank at random; only the first assessment by each bank counts,
as in the theory.  Every project succeeds, so that all firms survive to apply again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.core.arrays import Floats
from sim.state.market import NEVER
from sim.theory import winners_curse
from sim.theory.bench.estimate import Measured, ratio
from sim.theory.bench.frictionless import READS
from sim.theory.bench.trial import Trial, quiet_bank
from sim.theory.bench.two_points import is_bad, mixed, one_signal, set_types
from sim.theory.rows import Answer

OFF = "all but one signal per bank and a cut-off; it runs until all have applied to every bank"
PRODUCTION = (
    "sim.world.demand.apply_for_credit",
    "sim.world.signals.read",
    "sim.policies.approval.cut_off.CutOff.approve",
    "sim.state.post.deciding.decisions",
)
CASE = dict(winners_curse.EXAMPLES[0].parameters) | {"banks": 3}
SIGNALS = ("statements", "bureau", "partners")
RUNS, FIRMS, MOST_MONTHS = 50, 200, 120


def answers(case: Mapping[str, Any]) -> Answer:
    """Return the funded shares and the booked bad rate of one bank, and of all of them."""
    one = winners_curse.closed_form(**{**case, "banks": 1})
    several = winners_curse.closed_form(**case)
    return {
        "booked bad rate, one bank": one["booked_bad_rate"],
        "good firms that some bank funds": several["funded_good"],
        "bad firms that some bank funds": several["funded_bad"],
        "booked bad rate, several banks": several["booked_bad_rate"],
    }


def simulated(seed: int, case: Mapping[str, Any]) -> dict[str, Measured]:
    """Return the same from the first assessments of production banks."""
    approved, bad = first_looks(seed, case)
    one, some = approved[0], np.any(approved, axis=0)

    def count(mask: Any) -> Floats:
        return mask.reshape(RUNS, -1).sum(axis=1).astype(float)

    return {
        "booked bad rate, one bank": ratio(count(one & bad), count(one)),
        "good firms that some bank funds": ratio(count(some & ~bad), count(~bad)),
        "bad firms that some bank funds": ratio(count(some & bad), count(bad)),
        "booked bad rate, several banks": ratio(count(some & bad), count(some)),
    }


def first_looks(seed: int, case: Mapping[str, Any]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return who was approved at each bank's first assessment, (banks, slots), and who is bad.

    Every approved firm takes the offer, so a loan shows approval.
    """
    banks = {signal: quiet_bank() | one_signal(signal, case["cut_off"]) for signal in SIGNALS}
    names = ("main", *SIGNALS[1 : case["banks"]])  # the quiet bank reads statements
    trial = Trial(
        {
            "firms.count": FIRMS,
            **mixed(case["share_bad"]),
            **{f"banks.{name}": banks[sig] for name, sig in zip(names, SIGNALS, strict=False)},
        },
        seed,
        RUNS,
    )
    set_types(trial, {READS[signal]: case["separation"] for signal in SIGNALS})
    market = trial.market
    approved = np.zeros((len(names), market.slots), bool)
    for _ in range(MOST_MONTHS):
        trial.run_months()
        complete = True
        for bank, first in enumerate(approved):
            since = market.file_of(bank).known_since
            new = (market.loans.lender == bank) & (market.loans.granted == market.month)
            first |= new & (since == market.month)
            complete = complete and bool((since != NEVER).all())
        if complete:
            return approved, is_bad(trial)
    raise RuntimeError(f"after {MOST_MONTHS} months some firm has not applied to every bank")
