"""The file of a mechanism: a paper's prediction, the arms that test it, and the claims.

The prediction is in the file before any run; the program only says whether it came true.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.analysis.claims import CLAIMS, Claim
from sim.analysis.claims.all_of import AllOf
from sim.analysis.claims.difference import Difference
from sim.analysis.claims.interaction import Interaction
from sim.core.errors import RequestError, nearest
from sim.core.names import name_fault
from sim.core.params import Params, group, param
from sim.core.shipped import located, named
from sim.outcomes import METRICS
from sim.scenario.checking import check
from sim.scenario.loading import load_scenario
from sim.scenario.positions import Document, refusal
from sim.scenario.reading import read_file
from sim.scenario.schema import Scenario

AUTHOR = "A: set by the author of the study before its run"


class MechanismArm(Params):
    """One scenario of the comparison."""

    why: str = param("", unit="text", meaning="what the arm is for", source=AUTHOR)
    set: dict[str, Any] = param({}, unit="of the key", meaning="dotted keys set", source=AUTHOR)
    twins: list[str] = param(
        [], unit="names", source=AUTHOR,
        meaning="further banks, from the burn-in on, with the policies of the first",
    )  # fmt: skip
    banks_asked: int = param(
        1, unit="banks", ge=1, le=16, source=AUTHOR,
        meaning="banks that a firm asks at the same time, twins included",
    )  # fmt: skip


FIRST_FULL = 101  # values of arms were chosen on seeds from 1 on; the page uses other seeds


class Seeds(Params):
    """How many seeds."""

    quick: int = param(
        8, unit="seeds", ge=2, le=100_000, source=AUTHOR, meaning="seeds of a first look"
    )
    full: int = param(
        24, unit="seeds", ge=2, le=100_000, source=AUTHOR, meaning="seeds of the page"
    )


class MechanismFile(Params):
    """The keys of a mechanism's file."""

    mechanism: str = param(unit="text", meaning="what is tested", source=AUTHOR)
    source: str = param(unit="text", meaning="where the literature says so", source=AUTHOR)
    prediction: str = param(unit="text", meaning="what is expected, before the run", source=AUTHOR)
    notes: str = param(
        "", unit="text", source=AUTHOR,
        meaning="which parts of it the model's equations contain and which they lack",
    )  # fmt: skip
    base: str = param(unit="path", meaning="scenario of all arms", source=AUTHOR)
    set: dict[str, Any] = param(
        {}, unit="of the key", meaning="dotted keys set in every arm", source=AUTHOR
    )
    arms: dict[str, MechanismArm] = param(
        unit="arms", meaning="the scenarios compared", source=AUTHOR
    )
    ratios: dict[str, list[str]] = param(
        {}, unit="of both", source=AUTHOR,
        meaning="outcomes of this study alone: one metric over another",
    )  # fmt: skip
    outcomes: list[str] = param(unit="names", meaning="outcomes shown for each arm", source=AUTHOR)
    claims: dict[str, CLAIMS.annotation()] = param(  # type: ignore[valid-type]
        unit="claims", meaning="the prediction in parts that can be judged", source=AUTHOR
    )
    seeds: Seeds = group(Seeds, "how many seeds")


@dataclass(frozen=True)
class Mechanism:
    """A mechanism as it was read, with the scenario of each arm."""

    name: str
    content: MechanismFile
    arms: dict[str, Scenario]

    def seeds(self, quick: bool) -> range:
        """Return the seeds to simulate; those of a first look are not used again."""
        if quick:
            return range(1, 1 + self.content.seeds.quick)
        return range(FIRST_FULL, FIRST_FULL + self.content.seeds.full)


def load_mechanism(path: str | os.PathLike[str]) -> Mechanism:
    """Read a mechanism's file; its base is read from the folder of the file.

    Raises `RequestError` with file, line and column for any error, including an arm, a metric
    or a key that does not exist.
    """
    path = located(path, "mechanism")
    document = read_file(path)
    said = check(MechanismFile, document.data, document.positions)
    _check_names(said, document)
    base = located(said.base, "scenario", beside=path.parent)
    arms = {name: _scenario(base, said, name, document) for name in said.arms}
    return Mechanism(path.stem, said, arms)


def mechanisms(names: list[str] | None = None, folder: Path | None = None) -> list[Mechanism]:
    """Return the mechanisms of a folder, else those shipped, or the named ones in the order given.

    Raises `RequestError` for a folder without any and for an unknown name.
    """
    found = named("mechanism").values() if folder is None else sorted(folder.glob("*.yaml"))
    files = {path.stem: path for path in found}
    if not files:
        raise RequestError(f"{folder} holds no mechanism")
    for name in names or []:
        if name not in files:
            known = ", ".join(files)
            raise RequestError(f"no mechanism '{name}'{nearest(name, files)}; known: {known}")
    return [load_mechanism(files[name]) for name in names or files]


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


def _check_names(said: MechanismFile, document: Document) -> None:
    at, outcomes = document.positions, {*METRICS, *said.ratios}

    def refuse(key: tuple[str, ...], message: str) -> Exception:
        return refusal(at[key].value, f"{'.'.join(key)}: {message}")

    for key, names in (("arms", said.arms), ("claims", said.claims), ("ratios", said.ratios)):
        for name in names:
            if fault := name_fault(name, ()):
                raise refuse((key, name), fault)
    for name, parts in said.ratios.items():
        if len(parts) != 2 or not set(parts) <= set(METRICS):
            raise refuse(("ratios", name), "name two metrics: what is divided, and by what")
    for metric in said.outcomes:
        if metric not in outcomes:
            raise refuse(("outcomes",), f"no metric '{metric}'{nearest(metric, outcomes)}")
    for name, claim in said.claims.items():
        try:
            for metric, arms in compared(claim):
                if metric not in outcomes:
                    raise RequestError(f"no metric '{metric}'{nearest(metric, outcomes)}")
                for arm in arms:
                    if arm not in said.arms:
                        raise RequestError(f"no arm '{arm}'{nearest(arm, said.arms)}")
        except RequestError as fault:
            raise refuse(("claims", name), str(fault)) from fault


def _scenario(base: Path, said: MechanismFile, name: str, document: Document) -> Scenario:
    arm = said.arms[name]
    try:
        scenario = load_scenario(base, set=said.set | arm.set)
        return with_twins(scenario, arm.twins, arm.banks_asked)
    except RequestError as fault:
        place = document.positions["arms", name].value
        raise refusal(place, f"arms.{name}: {fault}") from fault


def with_twins(scenario: Scenario, names: list[str], banks_asked: int = 1) -> Scenario:
    """Return the scenario with further banks that have the policies of the first, throughout.

    Firms apply to `banks_asked` of them at the same time.
    """
    settings: dict[str, Any] = {}
    for phase, banks in (("banks", scenario.banks), ("burn_in.banks", scenario.burn_in.banks)):
        if banks and names:
            settings[phase] = dict.fromkeys(names, next(iter(banks.values())))
    if banks_asked > 1:
        settings["firms.demand.banks_asked"] = banks_asked
    return scenario.with_(settings)
