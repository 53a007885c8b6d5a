"""The blocks of a study of one bank and of several: measures, their parts, outcomes, precision.

The number of seeds depends on a precision set in the file, never on a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from sim.analysis.experiments.blocks import AUTHOR
from sim.analysis.experiments.experiment import ClaimingFile
from sim.core.params import Params, group, param
from sim.scenario.measure import Measure
from sim.scenario.unknowns import Robust

Question = Literal["alone", "leave-one-out", "interactions", "attribution", "ladder"]
USUAL = (
    "default_rate", "npl_ratio", "npl_ratio_mean", "profit", "cost", "credit_to_good",
    "approval_rate", "days_to_decision", "defaults", "auc",
)  # fmt: skip


class SeedPlan(Params):
    """Number of seeds: a small fixed number for a quick run, otherwise until a precision is met."""

    quick: int = param(
        12, unit="seeds", meaning="seeds of `--quick`", source=AUTHOR, ge=2, le=100_000
    )
    metric: str = param(
        "default_rate", unit="name", source=AUTHOR,
        meaning="outcome whose difference, package minus base, must reach the precision",
    )  # fmt: skip
    half_width: float = param(
        0.0015, unit="the metric's", source=AUTHOR, gt=0,
        meaning="half-width of its 95 % interval at which no more seeds are added",
    )  # fmt: skip
    fewest: int = param(20, unit="seeds", meaning="seeds to start with", source=AUTHOR, ge=2)
    cap: int = param(60, unit="seeds", meaning="largest number of seeds", source=AUTHOR, ge=2)


class PackageFile(ClaimingFile):
    """The keys shared by a study of one bank and of several."""

    hypothesis: str = param(unit="text", meaning="what is expected, before the run", source=AUTHOR)
    measures: list[str] = param(
        unit="paths", meaning="measures, in the order in which they are added", source=AUTHOR
    )
    parts: dict[str, list[str]] = param(
        {}, unit="names", source=AUTHOR,
        meaning="groups of measures for attribution of the package's effect; else ten packages",
    )  # fmt: skip
    metrics: list[str] = param(
        list(USUAL), unit="names", source=AUTHOR,
        meaning="outcomes reported; parts are ranked by the first",
    )  # fmt: skip
    seeds: SeedPlan = group(SeedPlan, "how many seeds")
    questions: list[Question] = param(
        list(get_args(Question)), unit="names", meaning="analyses to compute", source=AUTHOR
    )
    order_pairs: int = param(
        6, unit="pairs", ge=2, le=1000, source=AUTHOR,
        meaning="sampled orders and their reverses, if parts are too many for exact shares",
    )  # fmt: skip

    robust: Robust | None = None  # not with --quick

    def divided(self, measures: Mapping[str, Measure]) -> dict[str, tuple[str, ...]]:
        """Return the measures of each part: as the file says, else by their packages."""
        if self.parts:
            return {name: tuple(members) for name, members in self.parts.items()}
        found: dict[str, tuple[str, ...]] = {}
        for name, measure in measures.items():
            found[measure.package] = (*found.get(measure.package, ()), name)
        return found
