"""Attribution of the fall in default to the parts of the package, with their cost and profit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.core.errors import RequestError
from sim.report.figures.canvas import across_only, broken, new_figure, note, signed
from sim.report.figures.steps import WaterfallStep, waterfall
from sim.report.figures.style import BETTER, QUIET, WORSE, house_style
from sim.report.outcome_words import OutcomeLabel, label_of
from sim.report.rows import rows_of
from sim.results.units import coarse
from sim.results.wording import plain

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LETTERS = 30
SIDE_PANELS = ("cost", "profit")  # outcomes shown next to the waterfall, if the table has them


def attribution_plot(
    attribution: pd.DataFrame, effects: pd.DataFrame, bank: str, titles: Mapping[str, str]
) -> tuple[Figure, pd.DataFrame]:
    """Draw each part's share of the package's effect on the first outcome, and on cost and profit.

    `attribution` has bank, metric, package, contribution, low, high, n; `effects` the levels of
    base and package (arm, bank, metric, base, other).  Raises `RequestError` when a level is
    missing.
    """
    shares = attribution[attribution["bank"] == bank]
    metric = str(shares["metric"].iloc[0])
    text = label_of(metric)
    whole = effects[
        (effects["arm"] == "package") & (effects["bank"] == bank) & (effects["metric"] == metric)
    ]
    if whole.empty:
        raise RequestError(f"the effect of the whole package on '{text.title}' is not stored")
    main = _scaled(shares, metric, text)
    main = main.sort_values("change", ascending=text.better != "higher", kind="stable")
    names = [broken(titles.get(part, plain(part)), LETTERS) for part in main["part"]]
    side_panels = [one for one in SIDE_PANELS if one in set(shares["metric"])]
    others = {one: _scaled(shares, one, label_of(one)) for one in side_panels}
    first, last = (text.factor * float(whole[k].iloc[0]) for k in ("base", "other"))
    digits = coarse(float((main["high"] - main["low"]).median()) / 2, first)
    with house_style():
        widths = [2.6, *([1.0] * len(side_panels))]
        height = 1.5 + 0.55 * (len(main) + 2)
        figure, panels = new_figure(height, 1, 1 + len(side_panels), width_ratios=widths)
        steps = [
            WaterfallStep(name, row.change, row.low, row.high, _helps(row.change, text.better))
            for name, row in zip(names, rows_of(main), strict=True)
        ]
        base, package = (titles.get(arm, arm) for arm in ("base", "package"))
        waterfall(panels[0], (base, first), steps, (package, last), digits)
        across_only(panels[0])
        panels[0].set_title(f"{text.title}, {text.level}")
        for axes, (one, table) in zip(panels[1:], others.items(), strict=True):
            _bars(axes, table.set_index("part").loc[main["part"]], label_of(one))
        note(
            figure,
            "Shapley values: effects of adding a part, averaged over the orders in which the parts "
            "could be added, so they sum to the total effect. Whiskers: 95 % interval over "
            f"{int(main['seeds'].max())} seeds. Solid: improvement; hatched: deterioration.",
        )
    import pandas as pd

    return figure, pd.concat([main, *others.values()], ignore_index=True)


def _scaled(shares: pd.DataFrame, metric: str, text: OutcomeLabel) -> pd.DataFrame:
    """Return part, change, low, high of one outcome in the unit that is shown."""
    import pandas as pd

    mine = shares[shares["metric"] == metric]
    found = pd.DataFrame({"part": mine["package"].astype(str), "outcome": text.title})
    for new, old in (("change", "contribution"), ("low", "low"), ("high", "high")):
        found[new] = text.factor * mine[old]
    return found.assign(seeds=mine["n"], unit=text.difference)


def _helps(change: float, better: str) -> bool | None:
    return None if better == "none" or change == 0 else (change < 0) == (better == "lower")


def _bars(axes: Axes, table: pd.DataFrame, text: OutcomeLabel) -> None:
    """Draw one bar per part, in the rows of the waterfall to the left."""
    rows = len(table) + 2
    y = rows - 2 - np.arange(len(table))
    digits = coarse(float((table["high"] - table["low"]).median()) / 2, 1.0)
    for place, row in zip(y, rows_of(table), strict=True):
        mark = BETTER if _helps(row.change, text.better) else WORSE
        axes.barh(
            place, row.change, height=0.62, edgecolor=mark.colour, hatch=mark.hatch,
            color=mark.colour if mark is BETTER else "white",
        )  # fmt: skip
        if np.isfinite(row.low):
            axes.errorbar(
                row.change, place, xerr=[[row.change - row.low], [row.high - row.change]],
                color="#222222", elinewidth=1.1, capsize=3, fmt="none",
            )  # fmt: skip
        ends = (max(row.change, row.high, 0.0), 6, "left")
        axes.annotate(
            signed(row.change, digits), (ends[0], place), xytext=(ends[1], 0), fontsize=8.5,
            textcoords="offset points", va="center", ha=ends[2],
        )  # fmt: skip
    axes.axvline(0.0, color=QUIET, linewidth=0.8)
    low, high = min(0.0, table["low"].min()), max(0.0, table["high"].max())
    axes.set_xlim(low - 0.06 * (high - low), high + 0.30 * (high - low))
    axes.set_ylim(-0.6, rows - 0.4)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    across_only(axes)
    axes.set_title(broken(f"{text.title}, {text.difference}", 22))
