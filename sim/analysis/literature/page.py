"""The page of the literature's mechanisms: prediction first, then the model's answer."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.analysis.literature.findings import Finding
from sim.outcomes import METRICS

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 100


def page(found: Sequence[Finding], command: str) -> str:
    """Return the page in Markdown; `command` is what makes it."""
    verdicts = [word for one in found for word in one.verdicts["verdict"]]
    counts = ", ".join(
        f"{verdicts.count(word)} {word}" for word in ("supported", "refuted", "undecided")
    )
    return "\n".join(
        [
            "# The literature's mechanisms",
            "",
            *_prose(
                f"Made by `{command}`. Each study states its prediction first "
                "(`experiments/literature/`), then simulates its arms on the same seeds. A verdict "
                "comes from the paired difference and its 95 % t interval, adjusted by Holm over "
                "the claims of one study; where an interval covers zero the claim is undecided, "
                "and where it lies on the wrong side it is refuted. The values of "
                "arms were chosen on seeds that are not used here."
            ),
            "",
            f"Of {len(verdicts)} claims: {counts}.",
            "",
            *_disagreements(found),
            *(line for one in found for line in _section(one)),
        ]
    )


def _disagreements(found: Sequence[Finding]) -> list[str]:
    """Return the list of all claims that the model does not support."""
    lines = ["## Where the model does not agree with the literature", ""]
    for one in found:
        for _, row in one.verdicts.iterrows():
            if row["verdict"] != "supported":
                where = f"**{row['verdict']}** ({one.mechanism.content.title})"
                lines += _item(f"{where}: {row['statement']}: {_measured(row)}")
    return [*lines, ""] if len(lines) > 2 else [*lines, "It agrees on every claim.", ""]


def _section(one: Finding) -> list[str]:
    said = one.mechanism.content
    lines = [
        f"## {said.title}",
        "",
        *_prose(f"Source: {said.source}."),
        "",
        *_prose(f"**Prediction.** {said.hypothesis}"),
        "",
        *(_prose(f"**In the model.** {said.notes}") if said.notes else []),
        "",
        "| Claim | Verdict | Difference [interval] | n |",
        "|---|---|---|---:|",
    ]
    for _, row in one.verdicts.iterrows():
        lines.append(f"| {row['statement']} | {row['verdict']} | {_measured(row)} | {row['n']} |")
    lines += ["", f"Means over {one.n} seeds:", ""]
    lines.append("| Arm | " + " | ".join(_title(name) for name in one.means.columns) + " |")
    lines.append("|---" + "|---:" * len(one.means.columns) + "|")
    for arm, values in one.means.iterrows():
        why = said.arms[str(arm)].why
        name = f"{arm} ({why})" if why else str(arm)
        lines.append(f"| {name} | " + " | ".join(f"{value:.4g}" for value in values) + " |")
    return [*lines, ""]


def _title(name: str) -> str:
    return METRICS[name].title if name in METRICS else name.replace("_", " ")


def _measured(row: pd.Series) -> str:
    if row["difference"] != row["difference"]:  # NaN: nothing to measure
        return str(row["why"])
    what = str(row["what"]).replace(" (plain)", "")
    return f"{row['difference']:+.3g} [{row['low']:.3g}, {row['high']:.3g}] in {what}"


def _prose(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_long_words=False)


def _item(text: str) -> list[str]:
    return textwrap.wrap(
        f"- {text}", WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
