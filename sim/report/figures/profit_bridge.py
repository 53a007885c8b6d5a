"""From the profit of one arm to that of another, line by line of the profit and loss account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sim.analysis.frames import of_shared_banks
from sim.analysis.intervals import t_interval
from sim.core.errors import RequestError
from sim.report.figures.canvas import across_only, broken, new_figure, note
from sim.report.figures.steps import WaterfallStep, waterfall
from sim.report.figures.style import house_style
from sim.report.rows import rows_of
from sim.results.units import decimals

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

MILLION = 1e-6
LETTERS = 26  # characters in a line of a label
LINES = {  # of the account: title, columns, and sign of its effect on profit
    "Interest income": (("interest_income",), 1),
    "Cost of funding": (("funding_cost",), -1),
    "Charge for loan losses": (("provision_charge",), -1),
    "Investigating applications": (("file_cost",), -1),
    "Officers' pay and bonus": (("salaries", "bonus"), -1),
    "Training": (("training_cost",), -1),
    "Inspections and warnings": (("monitoring_cost",), -1),
    "Collecting bad loans": (("workout_cost",), -1),
    "Guarantee fees": (("fund_fees",), -1),
    "Teams, systems, audit, finding applicants": (("fixed_cost",), -1),
    "Tax": (("tax",), -1),
}


def profit_bridge(
    months: pd.DataFrame, base: str, other: str, titles: Mapping[str, str]
) -> tuple[Figure, pd.DataFrame]:
    """Draw the contribution of each line of the account to the change of profit from `base`.

    `months` has arm, seed, month, `profit` and every line in CNY a month; banks that both arms
    have are taken together.  Raises `RequestError` for a missing column or arm, or when the arms
    share no seed or bank.
    """
    import pandas as pd

    columns = [*{name for names, _ in LINES.values() for name in names}, "profit"]
    missing = [name for name in columns if name not in months]
    if missing:
        raise RequestError(f"the monthly series lack '{missing[0]}'")
    months = of_shared_banks(months, [base, other])
    total = months.groupby(["arm", "seed"])[columns].sum() * MILLION
    first, second = total.loc[base], total.loc[other]
    seeds = first.index.intersection(second.index)
    if not len(seeds):
        raise RequestError(f"the arms '{base}' and '{other}' share no seed")
    first, second = first.loc[seeds], second.loc[seeds]
    rows = []
    for name, (names, sign) in LINES.items():
        gaps = (second[list(names)] - first[list(names)]).to_numpy(dtype=float)
        found = t_interval(sign * gaps.sum(axis=1))
        rows.append((name, found.mean, found.low, found.high, found.n))
    numbers = pd.DataFrame(rows, columns=["line", "change", "low", "high", "seeds"])
    shown = numbers[numbers["change"].abs() > 0.0]
    levels = float(first["profit"].mean()), float(second["profit"].mean())
    digits = decimals(float((shown["high"] - shown["low"]).median()) / 2, levels[0])
    with house_style():
        figure, (axes,) = new_figure(1.5 + 0.4 * (len(shown) + 2))
        steps = [
            WaterfallStep(broken(row.line, LETTERS), row.change, row.low, row.high, row.change > 0)
            for row in rows_of(shown)
        ]
        start, end = (broken(titles.get(arm, arm), LETTERS) for arm in (base, other))
        waterfall(axes, (start, levels[0]), steps, (end, levels[1]), digits)
        across_only(axes)
        alone = months.loc[months["arm"] == base, "bank"].nunique() == 1
        whose = "of the bank" if alone else "of all banks"
        axes.set_xlabel(f"Profit after tax {whose}, all months, CNY million (mean over seeds)")
        note(
            figure,
            "Each bar: how much that line adds to profit (solid) or subtracts from it (hatched), "
            f"mean difference within each of {len(seeds)} seeds. Whiskers: 95 % interval. "
            "A loss lowers the bank's tax, so the tax line can be positive. Finding applicants: "
            "what a plan of growth buys of it; what officers do themselves is in their pay.",
        )
    ends = pd.DataFrame(
        {"line": [f"profit: {arm}" for arm in (base, other)], "change": levels, "seeds": len(seeds)}
    )
    return figure, pd.concat([numbers, ends], ignore_index=True).assign(unit="CNY million")
