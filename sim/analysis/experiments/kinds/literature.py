"""A mechanism of the literature: a paper's prediction, the arms that test it, and the claims.

The prediction is in the file before any run; the program only says whether it came true.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from sim.analysis.claims import Claim
from sim.analysis.claims.all_of import AllOf
from sim.analysis.claims.difference import Difference
from sim.analysis.claims.interaction import Interaction
from sim.analysis.experiments.blocks import AUTHOR, ArmBlock, TwoLooks
from sim.analysis.experiments.experiment import ClaimingFile, Experiment
from sim.analysis.experiments.loading import load_as
from sim.analysis.experiments.named_files import find, measures_of
from sim.core.errors import RequestError, nearest
from sim.core.names import name_fault
from sim.core.params import group, param
from sim.outcomes import METRICS
from sim.scenario.loading import load_scenario
from sim.scenario.positions import Document
from sim.scenario.schema import Scenario


class LiteratureFile(ClaimingFile):
    """The keys of a mechanism's file."""

    kind: Literal["literature"] = "literature"
    source: str = param(unit="text", meaning="where the literature says so", source=AUTHOR)
    hypothesis: str = param(unit="text", meaning="what is expected, before the run", source=AUTHOR)
    notes: str = param(
        "", unit="text", source=AUTHOR,
        meaning="which parts of it the model's equations contain and which they lack",
    )  # fmt: skip
    base: str = param(unit="path", meaning="scenario of all arms", source=AUTHOR)
    arms: dict[str, ArmBlock] = param(unit="arms", meaning="the scenarios compared", source=AUTHOR)
    ratios: dict[str, list[str]] = param(
        {}, unit="of both", source=AUTHOR,
        meaning="outcomes of this study alone: one metric over another",
    )  # fmt: skip
    metrics: list[str] = param(unit="names", meaning="outcomes shown for each arm", source=AUTHOR)
    seeds: TwoLooks = group(TwoLooks, "how many seeds")

    def read(self, path: Path, document: Document) -> Mechanism:
        """Return the mechanism of this file."""
        base = load_scenario(find(document, ("base",), self.base, path, "scenario"))
        measures = measures_of(self.measures, path, document)
        bare = Mechanism(path.stem, path, self, document, measures, {})
        bare.check_arms(reserved=())
        _check_outcomes(bare)
        _check_claims(bare)
        arms = {
            name: bare.varied(base, arm, ("arms", name)) for name, arm in self.arms.items()
        }  # fmt: skip
        return Mechanism(path.stem, path, self, document, measures, arms)


@dataclass(frozen=True)
class Mechanism(Experiment[LiteratureFile]):
    """A mechanism as it was read, with the scenario of each arm."""

    needed: ClassVar[str] = "a mechanism of the literature"
    arms: dict[str, Scenario]

    def seeds(self, quick: bool) -> range:
        """Return the seeds to simulate; those of a first look are not used again."""
        return self.content.seeds.listed(quick)


def load_mechanism(path: str | os.PathLike[str]) -> Mechanism:
    """Read a mechanism's file; raises `RequestError` as `load_experiment`."""
    return load_as(path, Mechanism)


def compared(claim: Claim) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each metric that a claim is about, with the arms that it compares."""
    if isinstance(claim, AllOf):
        for part in claim.parts:
            yield from compared(part)
    elif isinstance(claim, Difference):
        yield claim.metric, (claim.base, claim.other)
    elif isinstance(claim, Interaction):
        yield claim.metric, (claim.base, *claim.parts, claim.together)
    else:
        raise RequestError("claims here are of the kinds difference, interaction and all-of")


def _check_outcomes(found: Mechanism) -> None:
    said = found.content
    for key, names in (("claims", said.claims), ("ratios", said.ratios)):
        for name in names:
            if fault := name_fault(name, ()):
                raise found.refuse((key, name), fault)
    for name, parts in said.ratios.items():
        if len(parts) != 2 or not set(parts) <= set(METRICS):
            raise found.refuse(("ratios", name), "name two metrics: what is divided, and by what")
    known = {*METRICS, *said.ratios}
    for number, metric in enumerate(said.metrics):
        if metric not in known:
            raise found.refuse(("metrics", number), f"no metric '{metric}'{nearest(metric, known)}")


def _check_claims(found: Mechanism) -> None:
    said = found.content
    known = {*METRICS, *said.ratios}
    for name, claim in said.claims.items():
        try:
            for metric, arms in compared(claim):
                if metric not in known:
                    raise RequestError(f"no metric '{metric}'{nearest(metric, known)}")
                for arm in arms:
                    if arm not in said.arms:
                        raise RequestError(f"no arm '{arm}'{nearest(arm, said.arms)}")
        except RequestError as fault:
            raise found.refuse(("claims", name), str(fault)) from fault
