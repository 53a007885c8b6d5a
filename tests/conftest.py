"""What holds for all tests."""

import gc
from pathlib import Path

import pytest

REPORT = Path(__file__).parent / "report"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file on one worker, and those of the report, which share its folders."""
    for item in items:
        group = REPORT if REPORT in item.path.parents else item.path
        item.add_marker(pytest.mark.xdist_group(str(group)))


@pytest.fixture(scope="module", autouse=True)
def _settled_heap() -> None:
    """Keep Python from looking through modules and collected tests for garbage again and again.

    statsmodels asks for that in each adjustment of p-values.
    """
    gc.freeze()
