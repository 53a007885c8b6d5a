"""What causes default, found by switching causes off one at a time on common seeds.

A default in the books has one tag only, so tags add up to one by construction and do not show
what would have happened otherwise.  Here each cause is switched off, burn-in
included, and the share of the default rate that vanishes is its weight.  These shares do not add
up: a default that needs two causes vanishes with either, and one that has a substitute cause does
not vanish with either.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.analysis.ratio import fieller
from sim.core.errors import RequestError
from sim.runs.carrying import CarryOut, carried
from sim.runs.plan import Plan
from sim.scenario.schema import FAMILIES, Scenario

if TYPE_CHECKING:
    import pandas as pd

BASE, WIDTH = "base", 100
TAGS = ("defaults_diverting", "defaults_lying")  # monthly counts that are in no outcome
AT_90_DAYS = "defaults"  # monthly count of loans first past due by more than 90 days: those tagged
PERFECT = 100.0  # 1/sd^2: the noise that is left is a tenth of a standard deviation
FREE = {"precision": PERFECT, "cost": 0.0, "days": 0.0, "hours": 0.0}  # so only knowledge changes
JUDGED = {
    "screening.statements.precision": PERFECT,
    "screening.statements.reference": PERFECT,  # at the same price as before
    "screening.site_visit.precision": PERFECT,
    "screening.site_visit.reference": PERFECT,
    "staffing.execution_base": 1.0,
} | {
    f"screening.{signal}.{key}": value
    for signal in ("bureau", "owner_visit", "partners")
    for key, value in FREE.items()
}

OFF: dict[str, dict[str, Any]] = {
    "heavy losses": {"firms.earnings.ruin_chance": 0.0},
    "economy": {
        "economy.macro.months": 0, "economy.macro.cycle_sd": 0.0, "economy.macro.sector_sd": 0.0,
    },
    "cash-flow shocks": {"firms.volatility": 0.0},
    "moral hazard": {"firms.temptation.omega": 0.0},
    "misjudged": JUDGED,
    "falsified": {"firms.demand.liars": 0.0},
    "product misfit": {"products.fit": 1.0},
}  # fmt: skip
OFF["shock"] = OFF["heavy losses"] | OFF["economy"]
MEANING = {
    "heavy losses": "no sudden loss of two months of receipts",
    "economy": "no worsening, no cycle, no sector shocks",
    "shock": "heavy losses and economy together",
    "cash-flow shocks": "no monthly swings of a firm's own cash flow",
    "moral hazard": "no borrower is tempted to divert a loan",
    "misjudged": "every dimension of quality is read almost perfectly and every step is done",
    "falsified": "no firm inflates its statements",
    "product misfit": "instalments always follow the season",
}
TAGGED = {"moral hazard": "defaults_diverting", "falsified": "defaults_lying"}


def causes(
    scenario: Scenario,
    seeds: Sequence[int],
    off: Mapping[str, Mapping[str, Any]] = OFF,
    workers: int | None = None,
    carry_out: CarryOut | None = None,
) -> pd.DataFrame:
    """Return what vanishes of the first bank's defaults when each cause is switched off.

    One row per cause: `base` and `off` (annual default rates, means over seeds), `share` of the
    rate that vanishes with its Fieller interval `low`, `high` (negative: default rises), `loans`
    (change in the number of loans granted, as a share), `tagged` (share of the base's defaults
    with the cause's exclusive tag, NaN where there is none), `n` seeds and `meaning`.
    Keys of `off` that begin with a policy's family belong to the first bank; all hold throughout,
    burn-in included.  Raises `RequestError` for an unknown key or fewer than two seeds.
    """
    import pandas as pd

    if len(seeds) < 2:
        raise RequestError(f"causes needs at least 2 seeds for an interval; found {len(seeds)}")
    bank = next(iter(scenario.banks))
    arms = {BASE: scenario}
    for name, settings in off.items():
        keys = _whole(settings, bank)
        arms[name] = scenario.with_(keys, throughout=keys)
    with carried(carry_out, workers) as carry:
        runs, months = carry(Plan(arms, tuple(seeds)), "causes")
    runs, months = (frame[frame["bank"] == bank] for frame in (runs, months))
    rate = runs.pivot(index="seed", columns="arm", values="default_rate").dropna()
    runs, months = (frame[frame["seed"].isin(rate.index)] for frame in (runs, months))
    total = runs.groupby("arm")[["loans_granted"]].sum()
    counts = [*TAGS, AT_90_DAYS]
    total[counts] = months.groupby("arm")[counts].sum()
    loans = total["loans_granted"]
    rows = []
    for name in off:
        found = fieller(rate[BASE] - rate[name], rate[BASE])
        tagged = total[TAGGED[name]][BASE] if name in TAGGED else np.nan
        rows.append(
            {
                "cause": name,
                "base": rate[BASE].mean(),
                "off": rate[name].mean(),
                "share": found.ratio,
                "low": found.low,
                "high": found.high,
                "loans": _part(loans[name], loans[BASE]) - 1.0,
                "tagged": _part(tagged, total[AT_90_DAYS][BASE]),
                "n": found.n,
                "meaning": MEANING.get(name, ""),
            }
        )
    return pd.DataFrame(rows)


def _part(some: float, whole: float) -> float:
    return some / whole if whole > 0 else np.nan


def _whole(settings: Mapping[str, Any], bank: str) -> dict[str, Any]:
    """Return the settings with keys of policies written as those of one bank."""
    return {
        f"banks.{bank}.{key}" if key.split(".")[0] in FAMILIES else key: value
        for key, value in settings.items()
    }


def causes_page(table: pd.DataFrame) -> str:
    """Return the table in Markdown, with what its shares mean."""
    lines = [
        "## Causes of default, by switching off",
        "",
        *textwrap.wrap(
            f"Annual default rate of the base case {table['base'].iloc[0]:.4f}, "
            f"{table['n'].iloc[0]} common seeds; each cause is absent throughout, burn-in "
            "included. Share: of the default rate that vanishes, with Fieller's 95 % interval; "
            "below zero, default rises. The shares do not add up to one: a default that needs two "
            "causes vanishes with either, and one that has a substitute cause with neither. Tags "
            "in the books are exclusive (diverting goes before falsified), so they describe a "
            "default and do not show what would have prevented it.",
            WIDTH,
        ),
        "",
        "| Switched off | Meaning | Default rate | Share that vanishes | Loans granted | Tagged |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for _, row in table.iterrows():
        tagged = "" if np.isnan(row["tagged"]) else f"{row['tagged']:.2f}"
        lines.append(
            f"| {row['cause']} | {row['meaning']} | {row['off']:.4f} | "
            f"{row['share']:+.2f} [{row['low']:.2f}, {row['high']:.2f}] | "
            f"{row['loans']:+.1%} | {tagged} |"
        )
    return "\n".join([*lines, ""])
