"""What holds for all tests."""

import gc

import pytest


@pytest.fixture(scope="module", autouse=True)
def _settled_heap() -> None:
    """Keep Python from looking through modules and collected tests for garbage again and again.

    statsmodels asks for that in each adjustment of p-values.
    """
    gc.freeze()
