"""The profile of a month as a table: its steps in order, and the computing time of each."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, cast

from sim.apps.layout import Row, TextColumn, laid_out

if TYPE_CHECKING:
    from sim.model.profile import Profile
    from sim.runs.plan import Plan
    from sim.scenario.schema import Scenario

COLUMNS = (
    TextColumn("Step"),
    TextColumn("What happens", prose=True),
    TextColumn("us a\nmonth", number=True),
    TextColumn("ns a\nfirm", number=True),
    TextColumn("share,\n%", number=True),
)
REST = "Recording, and overhead between calls"


def show_profiles(plan: Plan, check: bool, width: int) -> None:
    """Profile each arm with the first seeds of a plan, as many as one process runs at a time."""
    from sim.model.profile import profile
    from sim.runs import chunks

    for arm, scenario in plan.arms.items():
        seeds = plan.seeds[: chunks.width(scenario, plan.runs)]
        found, _ = profile(cast("Scenario", scenario), seeds, check)
        which = f"seed {seeds[0]}"
        if found.seeds > 1:
            which = f"the first {found.seeds:,} of {len(plan.seeds):,} seeds, side by side"
        lines = [f"{arm}: {which}; {found.firms:,} firms", *profile_text(found, check, width)]
        print("\n".join(lines), end="\n\n")


def profile_text(found: Profile, check: bool, width: int) -> list[str]:
    """Return the lines of the table and a note on how it was measured."""
    medians, total = found.medians, found.total

    def cells(name: str, does: str, seconds: float) -> Row:
        each = seconds / found.firms
        return [name, does, f"{seconds * 1e6:,.1f}", f"{each * 1e9:,.2f}",
                f"{100 * seconds / total:.1f}"]  # fmt: skip

    timed = list(zip(found.phases, medians[:-1], strict=True))
    rows: list[Row] = []
    for heading, part in groupby(timed, key=lambda each: each[0].heading):
        phases = list(part)
        share = sum(seconds for _, seconds in phases) / total
        rows.append(_title(heading, share, width))
        rows += [cells(phase.step, phase.does, seconds) for phase, seconds in phases]
    rows.append("Altogether")
    rows.append(cells("", "All of the above", medians[:-1].sum()))
    rows.append(cells("", REST, medians[-1]))
    rows.append(cells("", "A month", total))
    note = (
        f"Each line is the median wall-clock time over the {len(found.seconds)} months from month "
        "1 on, so that other load on the machine has little effect; the month is their sum. The "
        f"books' check is {'on' if check else 'off'}. Starting and stopping the clock takes about "
        "a quarter of a microsecond per line, counted in the last line but one. Nothing was "
        "written."
    )
    return [*laid_out(COLUMNS, rows, width), "", *textwrap.wrap(note, width)]


def _title(heading: str, share: float, width: int) -> str:
    text = f"{heading[:1].upper()}{heading[1:]} ({share:.0%})"
    return "\n".join(textwrap.wrap(text, width))
