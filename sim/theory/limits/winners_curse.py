"""The winner's curse among production banks that look at a firm one after the other.

Mapping as in `sim.theory.bench.two_points`.  Two looks of one kind share seven tenths of their
noise here, since most of it is the firm's own; so each bank reads a signal of its own kind, whose
noise is independent of the others', and good firms are d' better in each dimension.  A firm asks
one bank, at random, whenever it has no loan; only its first look at each bank counts, which is the
question that the theory asks.  Every project succeeds, so that all live on to ask again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.state.market import NEVER
from sim.theory import winners_curse
from sim.theory.bench.estimate import Measured, ratio
from sim.theory.bench.frictionless import READS
from sim.theory.bench.trial import Floats, Trial, quiet_bank
from sim.theory.bench.two_points import is_bad, mixed, one_signal, set_types
from sim.theory.rows import Answer

OFF = "all but one signal per bank and a cut-off; months go by until all have asked every bank"
PRODUCTION = (
    "sim.world.demand.apply_for_credit",
    "sim.world.signals.read",
    "sim.policies.approval.cut_off.CutOff.approve",
    "sim.state.post.deciding.decisions",
)
CASE = dict(winners_curse.EXAMPLES[0].parameters) | {"banks": 3}
SIGNALS = ("statements", "bureau", "partners")
RUNS, FIRMS, PATIENCE = 50, 200, 120


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
    """Return the same from first looks of production banks."""
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
    """Return who was approved at the first look of each bank, (banks, slots), and who is bad.

    Every approved firm takes the offer, so approval shows as a loan.
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
    for _ in range(PATIENCE):
        trial.live()
        asked = True
        for bank, looks in enumerate(approved):
            since = market.file_of(bank).known_since
            new = (market.loans.lender == bank) & (market.loans.granted == market.month)
            looks |= new & (since == market.month)
            asked = asked and bool((since != NEVER).all())
        if asked:
            return approved, is_bad(trial)
    raise RuntimeError(f"after {PATIENCE} months some firm has not asked every bank")
