"""The annual loss is a quantile over a thousand seeds, or nothing."""

import numpy as np
import pandas as pd
import pytest

from sim.analysis.tail import annual_loss
from sim.core.errors import RequestError


def _runs(seeds: int) -> pd.DataFrame:
    loss = np.arange(seeds) / seeds
    rows = {"arm": "base", "seed": range(seeds), "bank": "main", "last_year_loss": loss}
    return pd.DataFrame(rows)


def test_the_quantile_of_evenly_spread_losses() -> None:
    found = annual_loss(_runs(2_000))
    assert found.loc[0, "loss"] == pytest.approx(0.99, abs=1e-3)  # 99 % of [0, 1)
    assert found.loc[0, "seeds"] == 2_000


def test_too_few_seeds_are_refused_with_the_count() -> None:
    with pytest.raises(RequestError, match=r"needs 1000 seeds; arm 'base', bank 'main' has 999"):
        annual_loss(_runs(999))
