"""Frames made by hand, shaped like what a study leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pytest

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
