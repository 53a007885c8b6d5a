"""What holds for all tests."""

import gc
import os
import sys

import pytest

from tests.workers import rank

# commands and workers that tests start load large libraries: without bytecode on disk, each of
# them compiles these again, for seconds
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long."""
    items.sort(key=lambda item: rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Keep the tests of a file on one worker."""
    from tests.workers import by_file

    return by_file(config, log)


@pytest.fixture(scope="module", autouse=True)
def _settled_heap() -> None:
    """Keep Python from looking through modules and collected tests for garbage again and again.

    statsmodels asks for that in each adjustment of p-values, and a simulation makes many objects.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
