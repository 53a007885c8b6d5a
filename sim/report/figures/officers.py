"""Officers' workload: the error of their beliefs, and the share of applications, by load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.report.figures.arms_by_seed import chosen_arms, over_seeds
from sim.report.figures.binned_lines import draw_lines
from sim.report.figures.canvas import interval_words, new_figure, note
from sim.report.figures.style import house_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

STEP = 20.0  # width of a class of load, per cent of an officer's hours
FEWEST = 60  # fewest applications of an arm in a class that is drawn
TOP = 160.0  # per cent; higher loads are counted in the last class


def load_and_error(
    loans: pd.DataFrame, arms: Sequence[str], titles: Mapping[str, str]
) -> tuple[Figure, pd.DataFrame]:
    """Draw the error of beliefs, and the share of applications, against the officer's load.

    `loans` has arm, seed, `workload` (hours required over hours in a month), `belief` and `quality`
    (standard deviations).  Raises `RequestError` when no investigation is known.
    """
    import pandas as pd

    seen = loans[loans["workload"].notna() & loans["belief"].notna()]
    shown = chosen_arms(seen, arms)
    seen = seen[seen["arm"].isin(shown)].copy()
    load = (100.0 * seen["workload"]).clip(upper=TOP - 1e-6)
    seen["load"] = STEP * np.floor(load / STEP) + STEP / 2
    seen["squared"] = (seen["belief"] - seen["quality"]) ** 2
    by = ["arm", "load"]
    error = over_seeds(seen, by, lambda part: np.sqrt(part["squared"].mean()))
    size = seen.groupby(by).size()
    error = error[[size[arm, at] >= FEWEST for arm, at in error[by].itertuples(index=False)]]
    error = error[error["seeds"] >= min(3, error["seeds"].max())]
    every = seen.groupby(["arm", "seed"]).size()
    share = over_seeds(
        seen,
        by,
        lambda part: 100.0 * len(part) / every[part["arm"].iloc[0], part["seed"].iloc[0]],
        100.0,
    )
    numbers = pd.concat(
        [
            error.assign(what="typical error", unit="standard deviations of quality"),
            share.assign(what="share of applications", unit="%"),
        ],
        ignore_index=True,
    )
    with house_style():
        figure, (left, right) = new_figure(4.0, 1, 2)
        draw_lines(left, error, shown, titles, "load")
        draw_lines(right, share, shown, titles, "load")
        for axes in (left, right):
            axes.set_xlabel("Officer's load, % of working hours, month before")
            axes.axvline(100.0, color="#888888", linestyle=":", linewidth=1.2)
        left.set_title("Typical error in judging a firm, standard deviations")
        right.set_title("Applications investigated at that load, %")
        left.set_ylim(bottom=0)
        right.set_ylim(bottom=0)
        left.legend(frameon=False, loc="lower left")
        note(
            figure,
            "Error: root mean square of the bank's belief about a firm's quality less the true "
            "quality; 1 means no information. Right of the dotted line the work exceeds the hours "
            f"of a month. Classes with fewer than {FEWEST} applications are left out on the left. "
            + interval_words(int(numbers["seeds"].max()), "Bars"),
        )
    return figure, numbers[["arm", "what", "load", "mean", "low", "high", "seeds", "unit"]]
