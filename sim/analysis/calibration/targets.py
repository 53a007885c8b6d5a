"""What the base case must look like: bands with their sources, and the parameters free to move."""

from __future__ import annotations

import os
from typing import Any

from sim.core.params import Params, checked, group
from sim.scenario.checking import check
from sim.scenario.reading import read_file


class Variant(Params):
    """A change of the scenario under which some targets are measured."""

    why: str
    set: dict[str, Any] = group(dict, "value by dotted key")
    throughout: bool = False  # in the burn-in too; else from month 1


class Target(Params):
    """One published or assumed band that a moment of the simulation should fall in."""

    name: str
    moment: str
    low: float
    high: float
    unit: str
    source: str
    grade: str
    fit: bool
    variant: str = "base"
    over: str = ""  # variant whose value divides

    @checked
    def _band_has_width(self) -> Target:
        if not self.low < self.high:
            raise ValueError(f"low must be below high, found {self.low:g} and {self.high:g}")
        return self


class Free(Params):
    """An assumed parameter that the fit may move, within the range that the model assumes."""

    key: str
    low: float
    high: float
    prior: float
    moment: str  # what determines it

    @checked
    def _prior_lies_inside(self) -> Free:
        if not self.low <= self.prior <= self.high or self.low == self.high:
            raise ValueError(
                f"low <= prior <= high must hold, found {self.low:g}, {self.prior:g}, {self.high:g}"
            )
        return self


class Targets(Params):
    """A targets file."""

    why: str = ""
    targets: list[Target]
    variants: dict[str, Variant] = group(dict, "changes of the scenario, by name")
    causes: dict[str, Variant] = group(dict, "how each cause of the worsening is switched off")
    parameters: list[Free] = group(list, "what the fit may move")

    @checked
    def _names_are_known(self) -> Targets:
        from sim.analysis.calibration.moments import moment_names

        names = [target.name for target in self.targets]
        if len(set(names)) < len(names):
            raise ValueError("two targets have one name")
        for target in self.targets:
            if target.moment not in moment_names():
                known = ", ".join(sorted(moment_names()))
                raise ValueError(f"{target.name}: no moment '{target.moment}'; known: {known}")
            for variant in (target.variant, target.over):
                if variant not in ("", "base", *self.variants):
                    raise ValueError(f"{target.name}: no variant '{variant}' in this file")
        return self

    @property
    def fitted(self) -> list[Target]:
        """The targets that the fit looks at; the others are held out."""
        return [target for target in self.targets if target.fit]


def read_targets(path: str | os.PathLike[str]) -> Targets:
    """Return the targets of a YAML file; raises `RequestError` for any error in it."""
    document = read_file(os.fspath(path))
    return check(Targets, document.data, document.positions)
