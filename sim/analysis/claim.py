"""What every claim has: a statement, the evidence it needs, and a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.analysis.evidence import Evidence
from sim.analysis.frames import Unmatched
from sim.analysis.verdicts import Verdict, weigh
from sim.core.errors import RequestError
from sim.core.params import param
from sim.core.registry import Member

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Frames:
    """The frames that a study produced; a claim takes the frame it needs."""

    runs: DataFrame | None = None  # arm, seed, bank, metrics
    months: DataFrame | None = None  # arm, seed, bank, month, series
    contributions: DataFrame | None = None  # package as arm, seed, bank, metrics (shapley)
    design: DataFrame | None = None  # one row per point: quantities, one column per claim
    unmatched: Unmatched = "refuse"  # what to do with seeds that some arm lacks

    def need(self, name: str) -> DataFrame:
        """Return a frame; raise `RequestError` if the study has not made it."""
        frame = getattr(self, name)
        if frame is None:
            raise RequestError(f"the claim needs the frame '{name}', which this study did not make")
        return frame


def asked(meaning: str, default: Any = ..., unit: str = "name", **bounds: Any) -> Any:
    """Declare a field that the author of a study fills in."""
    source = "A: set by the author of the study before its run"
    return param(default, unit=unit, meaning=meaning, source=source, **bounds)


class Claim(Member):
    """A statement that runs can support or refute."""

    statement: str = asked("the claim in plain words", "", "text")

    def evidence(self, frames: Frames) -> Sequence[Evidence]:
        """Return the pieces that must all hold for the claim to hold."""
        raise NotImplementedError

    def judge(self, frames: Frames, level: float = 0.95) -> Verdict:
        """Return the verdict on this claim alone, not adjusted for other claims."""
        return weigh(self.evidence(frames), 1 - level)


class SeedClaim(Claim):
    """A claim about one metric, judged on paired seeds."""

    metric: str = asked("the outcome that the claim is about")
    bank: str | None = asked("the bank, where the runs hold several", None)
    margin: float = asked("smallest difference that counts", 0.0, "the metric's", ge=0)
