"""Which iteration of Mesa's `batch_run` a model belongs to.

`batch_run(iterations=n)` makes n models from the same arguments and expects them to differ, as
models with random seeds do.  The number of the iteration is known to the calling function of Mesa
alone, so it is read there; each iteration then has a seed of its own that can be repeated.
"""

from __future__ import annotations

import sys
from types import FrameType

RUNNER = ("mesa.batchrunner", "_model_run_func")


def iteration() -> int:
    """Return the number of the iteration, from 0; 0 outside `batch_run`."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if (frame.f_globals.get("__name__"), frame.f_code.co_name) == RUNNER:
            number = frame.f_locals.get("iteration", 0)
            return number if isinstance(number, int) else 0
        frame = frame.f_back
    return 0
