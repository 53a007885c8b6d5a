"""Two-point quality: good and bad firms, and the signals and cut-offs that separate them.

The sector is the type.  A signal of precision 1 reads one dimension of quality with noise of
variance 1, so a good firm's quality there is d' and a bad firm's 0.  The bank holds a Gaussian
belief, but the reading, its belief and its PD move together, so a cut-off on the reading is one on
the PD.  A good firm's project always succeeds, a bad one's never.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.credit.belief import default_probability
from sim.state.firms import DIMENSIONS
from sim.state.population import Population
from sim.theory.bench.frictionless import READS, investigation
from sim.theory.bench.trial import Trial

LEVEL, SLOPE = -1.85, 0.65  # the rating's link; any decreasing one gives the same decisions


def one_signal(signal: str, cut_off: float | None) -> dict[str, Any]:
    """Return the policies of a bank that approves readings above `cut_off`, or all without one.

    After a reading x of precision 1 the dimension is believed to be x/2, with variance 1/2.
    """
    bank = {
        "screening": investigation({signal: 1.0}),
        "rating": {"kind": "expert", "level": LEVEL, "slope": SLOPE},
    }
    if cut_off is not None:
        weight = Population().weights[DIMENSIONS.index(READS[signal])]
        worst = default_probability(weight * cut_off / 2.0, 1.0 - weight**2 / 2.0, LEVEL, SLOPE)
        bank["approval"] = {
            "kind": "cut_off",
            "pd_max": float(worst),
            "override": 0,
            "hours": 0,
            "cost": 0,
            "days": 0,
        }
    return bank


def mixed(share_bad: float) -> dict[str, Any]:
    """Return the settings of a market with a share of bad firms."""
    return {"firms.sectors.good.share": 1.0 - share_bad, "firms.sectors.bad.share": share_bad}


def is_bad(trial: Trial) -> NDArray[np.bool_]:
    """Return which slots hold bad firms, shape (slots,)."""
    bad: NDArray[np.bool_] = trial.market.firms.sector == 1
    return bad


def set_types(trial: Trial, separation: Mapping[str, float]) -> None:
    """Give good firms the quality d' in each dimension named, and all others 0."""
    height = np.array([separation.get(name, 0.0) for name in DIMENSIONS])
    slots = np.arange(trial.market.slots)
    trial.set("firms", "quality", slots, height[:, None] * ~is_bad(trial))
