"""An experiment: the keys of every file, and the one way in which an arm varies a base.

A kind of experiment adds its own blocks; none has another name or shape for one of these.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from sim.analysis.claims import CLAIMS
from sim.analysis.experiments.blocks import AUTHOR, ArmBlock
from sim.analysis.experiments.named_files import unknown
from sim.core.errors import RequestError
from sim.core.names import PACKAGE, RESERVED, name_fault
from sim.core.params import param
from sim.core.registry import Member
from sim.outcomes import METRICS
from sim.scenario.measure import Measure, joined_keys
from sim.scenario.positions import Document, Key, Place, dotted, refusal

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario


class ExperimentFile(Member):
    """The keys of every experiment."""

    title: str = param(unit="text", meaning="the research question in a few words", source=AUTHOR)
    why: str = param("", unit="text", meaning="why the question matters", source=AUTHOR)
    set: dict[str, Any] = param(
        {}, unit="of the key", meaning="dotted keys set in every arm", source=AUTHOR
    )
    measures: list[str] = param(
        [], unit="paths", meaning="files of measures that arms may have", source=AUTHOR
    )
    arms: dict[str, ArmBlock] = param(
        {}, unit="arms", meaning="scenarios compared, by name", source=AUTHOR
    )

    def read(self, path: Path, document: Document) -> Experiment[Any]:
        """Return the experiment of this file, everything that it names read and checked."""
        raise NotImplementedError


class ClaimingFile(ExperimentFile):
    """The keys of an experiment whose claims are judged."""

    claims: dict[str, CLAIMS.annotation()] = param(  # type: ignore[valid-type]
        {}, unit="claims", meaning="statements to be judged, by name", source=AUTHOR
    )


F_co = TypeVar("F_co", bound=ExperimentFile, covariant=True)


@dataclass(frozen=True)
class Experiment(Generic[F_co]):
    """An experiment of any kind: its file, and the measures that it names, by name."""

    needed: ClassVar[str] = "an experiment"  # what its kind is called in a message
    name: str
    path: Path
    content: F_co
    document: Document
    measures: Mapping[str, Measure]

    @property
    def kind(self) -> str:
        """The kind of experiment."""
        return self.content.kind

    def place(self, key: Key) -> Place:
        """Return where the file writes the value of a key, or what is around it."""
        at = self.document.positions
        return at[next(key[:n] for n in range(len(key), -1, -1) if key[:n] in at)].value

    def refuse(self, key: Key, message: str) -> RequestError:
        """Return the error that names the place of a key of the file."""
        return refusal(self.place(key), f"{dotted(key)}: {message}")

    def check_outcomes(self, metrics: Sequence[str]) -> None:
        """Refuse unknown and repeated outcomes, and none at all; they are listed in `metrics`."""
        if not metrics:
            raise self.refuse(("metrics",), "name at least one outcome")
        for number, name in enumerate(metrics):
            if name not in METRICS:
                raise self.refuse(("metrics", number), unknown("metric", name, METRICS))
            if name in metrics[:number]:
                raise self.refuse(("metrics", number), f"'{name}' is named twice")

    def settings(self, arm: ArmBlock, key: Key = ()) -> tuple[dict[str, Any], dict[str, Place]]:
        """Return the dotted keys that measures, `set` of the file and of an arm set, and places.

        `key` leads to the block of the arm.  Raises `RequestError` for a key that two measures, or
        a measure and `set`, set to different values.
        """
        stated = {**self.content.set, **arm.set}
        keys, places = joined_keys((self.measures[one] for one in self.members(arm)), stated)
        at = self.document.positions
        written: dict[str, Key] = {name: ("set", name) for name in self.content.set}
        written |= {name: (*key, "set", name) for name in arm.set}
        found = {name: at[where].key for name, where in written.items() if where in at}
        return keys, found | places

    def members(self, arm: ArmBlock) -> list[str]:
        """Return the measures of an arm, in the order of the file."""
        return [one for one in self.measures if one in arm.measures or PACKAGE in arm.measures]

    def varied(
        self,
        base: Scenario,
        arm: ArmBlock,
        key: Key = (),
        more: Mapping[str, Any] | None = None,
        name: str | None = None,
    ) -> Scenario:
        """Return the scenario of an arm: its base, with what measures, `set` and `more` set.

        Raises `RequestError` at the line that is wrong.
        """
        keys, places = self.settings(arm, key)
        places.setdefault("", self.place(key))
        given = {**keys, **(more or {})} | ({} if name is None else {"name": name})
        return with_block(base, given, arm, places)

    def check_arms(self, reserved: Collection[str] = RESERVED) -> None:
        """Refuse a bad name of an arm, and a measure of an arm that the file does not name."""
        for name, arm in self.content.arms.items():
            fault = name_fault(name, tuple(reserved))
            if name in self.measures:
                fault = "this name is taken by a measure; choose another"
            if fault:
                raise self.refuse(("arms", name), fault)
            for number, measure in enumerate(arm.measures):
                if measure != PACKAGE and measure not in self.measures:
                    message = unknown("measure", measure, self.measures)
                    raise self.refuse(("arms", name, "measures", number), message)


def with_block(
    base: Scenario,
    settings: Mapping[str, Any],
    arm: ArmBlock,
    places: Mapping[str, Place] | None = None,
) -> Scenario:
    """Return the base with settings, of which those of the arm may hold throughout, and twins."""
    throughout = [key for key in arm.set if key in settings] if arm.throughout else []
    return base.with_(settings, throughout=throughout, twins=arm.twins, places=places)
