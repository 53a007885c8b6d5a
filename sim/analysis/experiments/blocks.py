"""The block of an arm, which every kind of experiment has: how the arm varies its base."""

from __future__ import annotations

from typing import Any

from sim.core.params import Params, param

AUTHOR = "A: set by the author of the study before its run"


class ArmBlock(Params):
    """How an arm varies the base; the same as the arguments of `Scenario.with_`."""

    why: str = param("", unit="text", meaning="what the arm is for", source=AUTHOR)
    measures: list[str] = param(
        [], unit="names", source=AUTHOR,
        meaning="measures of the experiment that it has; `package` means all",
    )  # fmt: skip
    set: dict[str, Any] = param(
        {}, unit="of the key", meaning="dotted keys set in this arm", source=AUTHOR
    )
    throughout: bool = param(
        False, unit="yes or no", source=AUTHOR,
        meaning="`set` holds in the burn-in too; else from month 1",
    )  # fmt: skip
    twins: list[str] = param(
        [], unit="names", source=AUTHOR,
        meaning="further banks, from the burn-in on, with the policies of the first",
    )  # fmt: skip
