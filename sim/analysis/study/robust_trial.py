"""Whether every scenario of a block `robust` can be built, asked before anything runs.

A point is wrong where its values clash with each other or with a measure, which no range shows by
itself.  The diverted share's omega is known only after runs; here it is the lowest and highest
that may be used, at every second point each.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from sim.analysis.claims import Claim
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.study.open_space import arms_for, tried_claims
from sim.analysis.study.other_fit import other_plan
from sim.analysis.study.robust_base import check_names, checked_base
from sim.analysis.study.robust_points import (
    Curve,
    gradients_at,
    plan_at,
    probe_plan,
    settings_of,
)
from sim.core.errors import RequestError
from sim.core.names import BASE, PACKAGE
from sim.scenario.unknowns import DIVERTED, GRADIENTS, OMEGA, UNIT_COSTS, Robust

Settings = dict[str, float]


def check_robust(study: Study, claims: Mapping[str, Claim], *, named: bool = False) -> None:
    """Build every scenario that the block `robust` asks for; nothing without such a block.

    With `named`, only base, package and arms that the file names, without other combinations of
    measures.  Raises `RequestError` at the line of the quantity that is wrong.
    """
    spec = study.content.robust
    if spec is None:
        return
    check_names(study, spec, claims)
    checked_base(study, spec)
    names = arms_for(study, tried_claims(claims).values())
    if not names:
        raise study.refuse(("robust",), "no claim of this study is tried at other numbers")
    if named:
        names = [BASE, PACKAGE, *(one for one in names if one in study.content.arms)]
    _try(study, spec, names, _settings(study, spec), spec.seeds)
    if GRADIENTS in spec.quantities:
        _try(study, spec, names, gradients_at(study, spec), spec.ruin_seeds)
    if spec.chinese_seeds:
        try:
            other_plan(study, names, spec.chinese_seeds)
        except RequestError as fault:
            raise study.refuse(("robust", "chinese_seeds"), str(fault)) from fault


def _settings(study: Study, spec: Robust) -> list[Settings]:
    """Return the settings of every point, omega at its lowest and highest in turn."""
    probe = probe_plan(study, spec)
    if probe is None:
        return settings_of(study, spec, None)
    omegas = [arm.firms.temptation.omega for arm in probe.arms.values()]  # type: ignore[attr-defined]
    ends = min(omegas), max(omegas)
    middle = Curve(np.log(np.array(ends)), np.array([-1.0, 1.0]), 0.5)  # any will do
    found = settings_of(study, spec, middle)
    return [{**one, OMEGA: ends[k % 2]} for k, one in enumerate(found)]


def _try(
    study: Study, spec: Robust, names: Collection[str], settings: list[Settings], seeds: int
) -> None:
    """Build the arms at every point; raise `RequestError` at the quantity of the first fault."""
    try:
        plan_at(study, names, settings, seeds)
    except RequestError as fault:
        for under in settings:
            found = _fault(study, names, under)
            if found is not None:
                raise _explained(study, spec, names, under, found) from fault
        raise study.refuse(("robust",), str(fault)) from fault  # too many runs


def _fault(study: Study, names: Collection[str], under: Settings) -> RequestError | None:
    """Return why some arm cannot be built under settings, None if all can."""
    try:
        plan_at(study, names, [under], 1)
    except RequestError as fault:
        return fault
    return None


def _explained(
    study: Study, spec: Robust, names: Collection[str], under: Settings, fault: RequestError
) -> RequestError:
    """Return the error at the quantity that is wrong by itself, or at all of them together."""
    for name, one in spec.quantities.items():
        keys = [OMEGA] if name == DIVERTED else one.keys or [UNIT_COSTS]
        alone = {key: under[key] for key in keys if key in under}
        found = _fault(study, names, alone) if alone else None
        if found is not None:
            said = f"at {_shown(alone)}: {_bare(found)}"
            return study.refuse(("robust", "quantities", name), said)
    said = f"together, at {_shown(under)}: {_bare(fault)}"
    return study.refuse(("robust", "quantities"), said)


def _shown(under: Settings) -> str:
    return ", ".join(f"{key} {value:.6g}" for key, value in under.items())


def _bare(fault: RequestError) -> str:
    return str(fault).removeprefix("with_: ")
