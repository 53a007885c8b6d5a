"""The titles of a study's measures, parts and arms of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.analysis.experiments.kinds.study import Study

if TYPE_CHECKING:
    from pandas import DataFrame


def titles_of(study: Study) -> DataFrame:
    """Return one row per measure, part and arm of the study's own: its kind, name and title."""
    import pandas as pd

    rows = [("measure", name, one.content.title) for name, one in study.measures.items()]
    for part, inside in study.parts.items():
        alone = study.measures[inside[0]].content.title if len(inside) == 1 else ""
        joined = " and ".join(inside) if part == "_".join(inside) else part
        rows.append(("part", part, alone or joined.replace("_", " ").capitalize()))
    rows += [("arm", arm, arm.replace("_", " ").capitalize()) for arm in study.content.arms]
    return pd.DataFrame(rows, columns=["kind", "name", "title"])
