"""Blocks of several kinds of experiment: how an arm varies its base, and how many seeds it gets."""

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


FIRST_FULL = 101  # values of arms were chosen on seeds from 1 on; the page uses other seeds


class TwoLooks(Params):
    """How many seeds a first look and the page have."""

    quick: int = param(
        8, unit="seeds", ge=2, le=100_000, source=AUTHOR, meaning="seeds of a first look"
    )
    full: int = param(
        24, unit="seeds", ge=2, le=100_000, source=AUTHOR, meaning="seeds of the page"
    )

    def listed(self, quick: bool) -> range:
        """Return the seeds to simulate; those of a first look are not used again."""
        if quick:
            return range(1, 1 + self.quick)
        return range(FIRST_FULL, FIRST_FULL + self.full)
