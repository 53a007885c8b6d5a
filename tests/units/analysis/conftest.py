"""Frames made by hand, shaped like what a study leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pytest

from sim.analysis.claims import Frames
from tests.units.analysis.claimed import LUCK, noise

MakeRuns = Callable[..., pd.DataFrame]


@pytest.fixture
def make_runs() -> MakeRuns:
    """Build a `runs` frame from {arm: {metric: values per seed}}; seeds count from 1."""

    def make(arms: Mapping[str, Mapping[str, object]], bank: str = "main") -> pd.DataFrame:
        frames = []
        for arm, metrics in arms.items():
            table = pd.DataFrame(dict(metrics))
            table.insert(0, "bank", bank)
            table.insert(0, "seed", np.arange(1, len(table) + 1))
            table.insert(0, "arm", arm)
            frames.append(table)
        return pd.concat(frames, ignore_index=True)

    return make


@pytest.fixture
def shuffled() -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Put the rows of a frame in another order."""
    return lambda frame: frame.sample(frac=1.0, random_state=3)


@pytest.fixture
def frames(make_runs: MakeRuns) -> Frames:
    """Arm good lowers NPL by 1 and raises profit by 2; bad does the reverse."""
    base = {"npl": 5 + LUCK, "profit": 10 + LUCK}
    runs = make_runs(
        {
            "base": base,
            "placebo": base,
            "good": {"npl": 4 + LUCK + noise(1), "profit": 12 + LUCK + noise(2)},
            "bad": {"npl": 6 + LUCK + noise(3), "profit": 8 + LUCK + noise(4)},
            "vague": {"npl": 5 + LUCK + noise(5, 3.0), "profit": 10 + LUCK + noise(6, 3.0)},
            "both": {"npl": 2 + LUCK + noise(7), "profit": 14 + LUCK + noise(8)},
        }
    )
    return Frames(runs=runs)
