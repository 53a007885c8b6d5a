"""A plan: bases × arms × the points of a sweep, all on the same seeds.

    kind: plan
    title: How much does the size of the market matter?
    bases: [scenarios/zhengzhou/baseline.yaml]
    seeds: 500
    measures: [measures/visits.yaml, measures/committee.yaml]
    arms:
      small: {set: {firms.count: 1000}}
      checked: {measures: [visits, committee]}
    sweep:
      kind: grid
      values: {economy.funding_rate: [0.02, 0.03]}

Each base without an arm is an arm too.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Literal

from sim.analysis.claimed_arms import arms_named_by
from sim.analysis.experiments.blocks import AUTHOR, ArmBlock
from sim.analysis.experiments.experiment import ClaimingFile, Experiment, with_block
from sim.analysis.experiments.loading import load_as
from sim.analysis.experiments.named_files import find, measures_of, unknown
from sim.core.errors import RequestError
from sim.core.params import param
from sim.runs.plan import Plan, crossed, joined
from sim.runs.seeds import read_seeds
from sim.runs.sweep import SWEEPS
from sim.scenario.arguments import size_fault
from sim.scenario.loading import load_scenario
from sim.scenario.measure import joined_keys
from sim.scenario.positions import Document, Key
from sim.scenario.schema import Scenario


class PlanFile(ClaimingFile):
    """The keys of a plan's file."""

    kind: Literal["plan"] = "plan"
    bases: list[str] = param(unit="paths", meaning="scenarios that arms vary", source=AUTHOR)
    seeds: int | str | list[int] = param(
        1, unit="seeds", meaning="a number, ranges like 1-500, or a list", source=AUTHOR
    )
    sweep: SWEEPS.annotation() | None = param(  # type: ignore[valid-type]
        None, unit="design", meaning="design whose points are each an arm", source=AUTHOR
    )

    def read(self, path: Path, document: Document) -> Planned:
        """Return the plan of this file; its arms are built when `plan` is first used."""
        bases = tuple(
            find(document, ("bases", number), file, path, "scenario")
            for number, file in enumerate(self.bases)
        )
        measures = measures_of(self.measures, path, document)
        found = Planned(path.stem, path, self, document, measures, bases)
        if not bases:
            raise found.refuse(("bases",), "name at least one scenario")
        found.check_arms()
        _check_size(found)
        return found


@dataclass(frozen=True)
class Planned(Experiment[PlanFile]):
    """A plan as read, with the paths of its bases."""

    needed: ClassVar[str] = "a plan"
    bases: tuple[Path, ...]

    @cached_property
    def plan(self) -> Plan:
        """Every arm on every seed; raises `RequestError` at the line of an arm that is wrong."""
        content = self.content
        bases = {path: load_scenario(path) for path in self.bases}
        blocks = {"": ArmBlock(), **content.arms}
        points = dict(content.sweep.labelled()) if content.sweep else {"": {}}

        def build(path: Path, arm: str, point: str) -> tuple[Scenario, Mapping[str, object]]:
            return self._arm(bases[path], arm, blocks[arm], points[point])

        arms, chosen = crossed(self.bases, blocks, points, build)
        plan = Plan(arms, read_seeds(content.seeds), chosen)
        for name, claim in content.claims.items():
            for arm in arms_named_by(claim):
                if arm not in arms:
                    raise self.refuse(("claims", name), unknown("arm", arm, arms))
        return plan

    def _arm(
        self, base: Scenario, name: str, block: ArmBlock, point: Mapping[str, object]
    ) -> tuple[Scenario, Mapping[str, object]]:
        """Return the scenario of an arm at a point, and the keys that make it this one."""
        key: Key = ("arms", name) if name else ()
        keys, places = self.settings(block, key)
        try:
            every = joined({f"arm '{name}'" if name else "`set`": keys, "the sweep": point})
        except RequestError as fault:
            raise self.refuse(("sweep",), str(fault)) from fault
        at = self.document.positions
        swept = {str(k[2]): m.key for k, m in at.items() if k[:1] == ("sweep",) and len(k) == 3}
        own, _ = joined_keys([self.measures[one] for one in self.members(block)], block.set)
        varied = with_block(base, every, block, swept | places | {"": self.place(key)})
        return varied, {**own, **point}


def load_plan(path: str | os.PathLike[str]) -> Planned:
    """Read a plan; raises `RequestError` as `load_experiment`."""
    return load_as(path, Planned)


def _check_size(found: Planned) -> None:
    """Refuse seeds that cannot be read, and too many runs, before any arm is built."""
    content = found.content
    try:
        seeds = read_seeds(content.seeds)
    except RequestError as fault:
        raise found.refuse(("seeds",), str(fault).removeprefix("seeds: ")) from fault
    points = content.sweep.size if content.sweep else 1
    arms = len(found.bases) * (1 + len(content.arms)) * points
    if too_large := size_fault(arms, len(seeds)):
        key = "sweep" if points > len(seeds) else "seeds"
        raise found.refuse((key,), f"this plan has {too_large}")
