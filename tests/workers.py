"""Which worker gets which tests, where several share a run.

The tests of a file stay together, since each worker would make again what they share.  What takes
long comes first, so that no worker waits at the end for another; of files below 3 s the order
does not matter.  A group named by a mark would do
too, but xdist 3.8 does not find it in the tests of pytest 9.2.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

REPORT = "tests/report"
COMPARED = "tests/apps/compared"
FOLDERS = (REPORT, COMPARED)  # the files of each share folders of results
# these compile nothing: one worker is at them while another compiles the month for both
UNCOMPILED = (
    "tests/architecture/test_rooms.py",
    "tests/architecture/test_layers.py",
    "tests/architecture/test_words.py",
    "tests/architecture/test_constants.py",
    "tests/units/analysis/test_tipping.py",
    "tests/units/analysis/test_claims.py",
    "tests/units/analysis/test_claims_together.py",
    "tests/units/core/test_frozen_dict.py",
    "tests/apps/test_fuzzed_files.py",
)
LONG = (
    "tests/levers/test_every_lever.py",
    *UNCOMPILED,
    REPORT,
    "tests/theory/test_limits.py",
    "tests/runs/test_batch_kills.py",
    "tests/apps/test_run.py",
    "tests/studies/test_several.py",
    "tests/levers/test_worlds.py",
    "tests/apps/test_stopping.py",
    "tests/model/test_mesa_running.py",
    "tests/levers/test_lever_report.py",
    "tests/twin/test_twin_agrees.py",
    "tests/studies/test_other_numbers.py",
    "tests/apps/test_trace.py",
    "tests/studies/test_robust_faults.py",
    "tests/model/test_one_decision.py",
    "tests/apps/test_explain.py",
    COMPARED,
    "tests/studies/test_conduct.py",
    "tests/packaging/test_installed.py",
    "tests/contracts/test_policies.py",
    "tests/contracts/test_facts_write_nothing.py",
    "tests/apps/test_plugins.py",
    "tests/runs/test_detail_tables.py",
    "tests/apps/test_validate.py",
    "tests/studies/test_chinese_rows.py",
    "tests/runs/test_shared_burn_in.py",
    "tests/runs/test_simulating.py",
    "tests/calibration/test_base_case.py",
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
