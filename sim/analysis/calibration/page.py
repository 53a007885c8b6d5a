"""The score as a page: a table, the misses by name, and the causes of the rise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

from sim.analysis.experiments.targets import Role

if TYPE_CHECKING:
    import pandas as pd


def text(
    score: pd.DataFrame,
    causes: pd.DataFrame | None,
    title: str,
    scenario: str,
    seeds: Sequence[int],
) -> str:
    """Return the page in Markdown; `title` is that of the calibration."""
    lines = [
        f"# {title}",
        "",
        f"Scenario {scenario}; {len(seeds)} seeds, {min(seeds)} to {max(seeds)}. A target counts as"
        " met if its band, widened by two standard errors, holds the mean over the seeds. Fitted:"
        " the parameters were moved to meet it. Designed to: the equations were made to meet it."
        " Seen before: it was known when the equations were chosen. Held out: nobody had looked.",
        "",
        _summary(score),
        "",
        "| target | band | value | 95 % interval | | role | grade: source |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in score.to_dict("records"):
        lines.append(
            f"| {row['name']} | {row['low']:g} to {row['high']:g} | {row['value']:.4g} |"
            f" {row['value_low']:.4g} to {row['value_high']:.4g} | {row['verdict']} |"
            f" {row['role']} | {row['grade']}: {row['source']} |"
        )
    lines += ["", "## What is measured", ""]
    for row in score.drop_duplicates("name").to_dict("records"):
        where = "" if row["variant"] == "base" else f" ({row['variant']})"
        lines.append(
            f"- **{row['name']}**{where}, {row['unit']}: {row['meaning']}.".replace("..", ".")
        )
    if causes is not None:
        lines += [
            "",
            "## What makes the NPL ratio rise",
            "",
            "Mean NPL ratio of the last twelve months less that of the first twelve, divided among"
            " causes by switching them off in every combination (Shapley shares, common seeds).",
            "",
            "| cause | rise, points | 95 % interval | |",
            "|---|---|---|---|",
        ]
        for row in causes.to_dict("records"):
            lines.append(
                f"| {row['cause']} | {100 * row['rise']:.2f} | {100 * row['low']:.2f} to"
                f" {100 * row['high']:.2f} | {row['why']} |"
            )
    return "\n".join(lines) + "\n"


def _summary(score: pd.DataFrame) -> str:
    sentences = []
    for role in get_args(Role):
        mine = score[score["role"] == role]
        if mine.empty:
            sentences.append(f"No target is {role}." if role == "held out" else "")
            continue
        missed = [str(name) for name in mine.loc[mine["verdict"] != "in", "name"]]
        text = f"{len(mine) - len(missed)} of {len(mine)} targets {role} are met"
        sentences.append(text + (f"; missed: {', '.join(missed)}." if missed else "."))
    return " ".join(filter(None, sentences))
