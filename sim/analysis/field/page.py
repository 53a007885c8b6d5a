"""What the page of field findings says beside its table: the rule, the count, and the reasons."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

from sim.analysis.experiments.targets import Role
from sim.analysis.field.replicating import Replicated
from sim.analysis.field.verdict import RULE, Verdict

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 100
REASONS = "## Where the model disagrees, and what it cannot show"
GRADES = (
    "Grades: P published, R regulation or official statistic, D derived here, A assumed; first of "
    "the number, then of its interval. The last word says what of the source was read; a number "
    "that is read in our own notes alone is not to be cited before it is seen."
)


def introduction(found: Sequence[Replicated], command: str) -> str:
    """Return what stands before the table, as one paragraph."""
    seeds = sorted({int(n) for one in found for n in one.table["n"] if n})
    many = f"{seeds[0]} to {seeds[-1]}" if len(set(seeds)) > 1 else "".join(map(str, seeds[:1]))
    on = f" on {many} common seeds" if seeds else ""
    return f"Made by `{command}`, arms{on}. {RULE} {GRADES}"


def counts(table: pd.DataFrame) -> list[str]:
    """Return the verdicts by role, a line of Markdown each."""
    verdicts = get_args(Verdict)
    lines = ["| Role | " + " | ".join(verdicts) + " |", "|---" + "|---:" * len(verdicts) + "|"]
    for role in get_args(Role):
        mine = table.loc[table["role"] == role, "verdict"]
        numbers = " | ".join(str((mine == one).sum()) for one in verdicts)
        lines.append(f"| {role} | {numbers} |")
    return lines


def after_table(found: Sequence[Replicated]) -> str:
    """Return what stands below the table: verdicts by role, reasons, and how each was asked."""
    import pandas as pd

    whole = pd.concat([one.table for one in found], ignore_index=True)
    lines = ["## Verdicts by role", "", *counts(whole), "", REASONS, ""]
    for _, row in whole.iterrows():
        if row["why"] or row["verdict"] == "disagrees":
            said = f"**{row['verdict']}** ({row['source']}): {row['measured']}"
            lines += _item(f"{said}: {row['why']}" if row["why"] else said)
    lines += ["", "## Sources, and how the model was asked", ""]
    for one in found:
        file = one.study.content
        text = f"**{file.title}** ({one.study.name}). {file.source}. {file.setting} {file.notes}"
        lines += _item(" ".join(text.split()))
    return "\n".join([*lines, ""])


def _item(text: str) -> list[str]:
    return textwrap.wrap(
        f"- {text}", WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
