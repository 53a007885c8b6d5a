"""Monthly results small enough to check by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

MILLION = 1e6


@pytest.fixture
def months() -> pd.DataFrame:
    """Two arms, three seeds, two months, one bank; profits in CNY, ratios as fractions."""
    profit = {
        "base": [[1.0, 2.0], [2.0, 3.0], [3.0, 7.0]],
        "new": [[2.0, 2.0], [4.0, 3.0], [3.0, 9.0]],
    }
    npl = {"base": [[0.02, 0.03]] * 3, "new": [[0.02, 0.02], [0.02, 0.025], [0.02, 0.03]]}
    rows: list[dict[str, Any]] = [
        {
            "arm": arm,
            "seed": seed,
            "bank": "main",
            "month": month,
            "npl_ratio": npl[arm][place][month - 1],
            "gross_loans": 100 * MILLION,
            "profit": profit[arm][place][month - 1] * MILLION,
        }
        for arm in ("base", "new")
        for place, seed in enumerate((7, 8, 9))
        for month in (1, 2)
    ]
    return pd.DataFrame(rows)
