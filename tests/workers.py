"""Which worker gets which tests, where several share a run.

The tests of a file stay together, since each worker would make again what they share.  What takes
long comes first, so that no worker waits at the end for another.  A group named by a mark would do
too, but xdist 3.8 does not find it in the tests of pytest 9.2.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

REPORT = "tests/report"
COMPARED = "tests/apps/compared"
FOLDERS = (REPORT, COMPARED)  # the files of each share folders of results
LONG = (
    "tests/levers/test_every_lever.py",
    REPORT,
    COMPARED,
    "tests/apps/test_compare.py",
    "tests/apps/test_explain.py",
    "tests/apps/test_plugins.py",
    "tests/apps/test_readme.py",
    "tests/apps/test_run.py",
    "tests/apps/test_stopping.py",
    "tests/calibration/test_base_case.py",
    "tests/contracts/test_policies.py",
    "tests/levers/test_lever_report.py",
    "tests/model/test_branch.py",
    "tests/runs/test_batch_dask.py",
    "tests/runs/test_batch_execute.py",
    "tests/runs/test_batch_kills.py",
    "tests/runs/test_simulating.py",
    "tests/studies/test_conduct.py",
    "tests/studies/test_honesty.py",
    "tests/twin/test_twin_agrees.py",
)


def by_file(config: Any, log: Any) -> object:
    """Return what hands out the groups, one after the other in the order of the collection."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    config.option.loadscopereorder = False
    return ByFile(config, log)


def group_of(nodeid: str) -> str:
    """Return what names the group of a test."""
    file = Path(nodeid.split("::")[0]).as_posix()
    return next((one for one in FOLDERS if file.startswith(f"{one}/")), file)


def rank(nodeid: str) -> int:
    """Return the place of a test's group: what takes long before all others."""
    group = group_of(nodeid)
    return LONG.index(group) if group in LONG else len(LONG)
