"""What the base case must look like: bands with their sources, and the parameters free to move."""

from __future__ import annotations

import os
from typing import Literal

from sim.core.errors import nearest
from sim.core.params import Params, checked, group
from sim.core.shipped import located
from sim.scenario.checking import check
from sim.scenario.reading import read_file

# what a target was for: parameters were moved to meet it; equations were made to meet it; it was
# known when the equations were chosen; nobody had looked at it
Role = Literal["fitted", "designed to", "seen before", "held out"]
# where a band was measured; nowhere: it is assumed, or derived from the equations
Origin = Literal["China", "abroad", "nowhere"]


class Target(Params):
    """One published or assumed band that a moment of the simulation should fall in."""

    name: str
    moment: str
    low: float
    high: float
    unit: str
    source: str
    grade: str = "A"
    role: Role = "fitted"
    variant: str = "base"  # arm of the calibration in which it is measured
    over: str = ""  # arm whose value divides
    measured: Origin = "nowhere"

    @checked
    def _band_has_width(self) -> Target:
        if not self.low < self.high:
            raise ValueError(f"low must be below high, found {self.low:g} and {self.high:g}")
        return self

    @checked
    def _moment_is_known(self) -> Target:
        from sim.analysis.calibration.moments import moment_names

        if self.moment not in moment_names():
            near = nearest(self.moment, moment_names())
            raise ValueError(
                f"no moment '{self.moment}'{near}; `smelend describe moments` lists them"
            )
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
    parameters: list[Free] = group(list, "what the fit may move")

    @checked
    def _names_differ(self) -> Targets:
        names = [target.name for target in self.targets]
        if len(set(names)) < len(names):
            raise ValueError("two targets have one name")
        if not names:
            raise ValueError("targets: name at least one")
        keys = [one.key for one in self.parameters]
        if twice := [key for key in dict.fromkeys(keys) if keys.count(key) > 1]:
            raise ValueError(f"the parameter {twice[0]} is given twice")
        return self

    @property
    def fitted(self) -> list[Target]:
        """The targets that the fit looks at."""
        return [target for target in self.targets if target.role == "fitted"]


def read_targets(path: str | os.PathLike[str]) -> Targets:
    """Return the targets of a YAML file; raises `RequestError` for any error in it."""
    document = read_file(located(path, "targets"))
    return check(Targets, document.data, document.positions)
