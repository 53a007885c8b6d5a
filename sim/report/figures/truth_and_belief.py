"""Decision errors of the bank: good firms refused, bad firms booked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from sim.report.figures.arms_by_seed import chosen_arms, over_seeds
from sim.report.figures.canvas import interval_words, new_figure, note
from sim.report.figures.style import BETTER, INK, WORSE, house_style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOTS = 900  # applications drawn per arm; more would overlap too much
SAMPLE_SEED = 7  # fixed, so that the same dots are drawn each time
LEAST, MOST = 0.002, 0.6  # chances of default on the axes
BELOW = -0.13  # place of the key, in heights of a panel
TICKS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
WRONG = {
    "good firms refused": (True, BETTER, "^"),
    "bad firms booked": (False, WORSE, "X"),
}


def truth_and_belief(
    loans: pd.DataFrame, arms: Sequence[str], titles: Mapping[str, str]
) -> tuple[Figure, pd.DataFrame]:
    """Draw the bank's estimate against the true chance of default, one panel per arm.

    `loans` has a row per application: arm, seed, `decision`, `answer`, `pd`, `true_pd`, `good`.
    Returns the figure and, per arm and kind of error, the share with its interval.
    Raises `RequestError` when no arm has a decided application.
    """
    import pandas as pd

    judged = loans[loans["decision"].isin(["approved", "refused"]) & loans["good"].notna()]
    shown = chosen_arms(judged, arms)
    judged = judged[judged["arm"].isin(shown)].assign(good=lambda x: x["good"].astype(bool))
    judged["refused"] = judged["decision"] == "refused"
    judged["booked"] = judged["answer"] == "taken"
    shares = []
    for name, (good, _, _) in WRONG.items():
        column = "refused" if good else "booked"
        of = judged[judged["good"] == good]
        found = over_seeds(of, ["arm"], _mean_of(column), 1.0)
        shares.append(found.assign(error=name))
    numbers = pd.concat(shares, ignore_index=True)
    numbers[["mean", "low", "high"]] *= 100.0
    numbers = numbers.assign(unit="%")[["arm", "error", "mean", "low", "high", "seeds", "unit"]]
    with house_style():
        down = -(-len(shown) // 2)
        across = min(len(shown), 2)
        figure, panels = new_figure(5.2 * down, down, across)
        for axes, arm in zip(panels, shown, strict=False):
            mine = numbers[numbers["arm"] == arm].set_index("error")
            _panel(axes, judged[judged["arm"] == arm], mine, titles.get(arm, arm))
        for axes in panels[len(shown) :]:
            axes.set_axis_off()
        note(
            figure,
            f"Each point is one of {DOTS} decided applications drawn at random. On the dashed line "
            "the bank's estimate is right; above it the bank is too cautious. A firm is good if "
            "the rate quoted to it covers the cost of its true chance of default. "
            + interval_words(int(numbers["seeds"].max()), "In brackets"),
        )
    return figure, numbers


def _mean_of(column: str) -> Callable[[pd.DataFrame], float]:
    return lambda part: float(part[column].mean())


def _panel(axes: Axes, judged: pd.DataFrame, shares: pd.DataFrame, title: str) -> None:
    dots = judged.sample(min(DOTS, len(judged)), random_state=SAMPLE_SEED)
    wrong = {
        name: (dots["good"] == good) & (dots["refused"] if good else dots["booked"])
        for name, (good, _, _) in WRONG.items()
    }
    right = ~(wrong["good firms refused"] | wrong["bad firms booked"])
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.plot([LEAST, MOST], [LEAST, MOST], color=INK, linestyle="--", linewidth=0.9, zorder=1)
    dots = dots.assign(true_pd=dots["true_pd"].clip(LEAST, MOST), pd=dots["pd"].clip(LEAST, MOST))
    axes.scatter(
        dots.loc[right, "true_pd"], dots.loc[right, "pd"], s=7, color="#BBBBBB", linewidth=0,
        label="correct decisions",
    )  # fmt: skip
    for name, (_, mark, shape) in WRONG.items():
        label = f"{name}: none to judge"
        if name in shares.index:
            row = shares.loc[name]
            label = f"{name}: {row['mean']:.0f} %"
            if row["low"] == row["low"]:
                label += f" [{row['low']:.0f}, {row['high']:.0f}]"
        some = dots[wrong[name]]
        axes.scatter(
            some["true_pd"], some["pd"], s=16, marker=shape,
            facecolor="none" if shape == "^" else mark.colour, edgecolor=mark.colour,
            linewidth=0.8 if shape == "^" else 0.3, label=label,
        )  # fmt: skip
    axes.set_xlim(LEAST * 0.9, MOST * 1.1)
    axes.set_ylim(LEAST * 0.9, MOST * 1.1)
    labels = [f"{100 * tick:g}" for tick in TICKS]
    labels[0] = f"\N{LESS-THAN OR EQUAL TO} {labels[0]}"
    axes.set_xticks(TICKS, labels)
    axes.set_yticks(TICKS, labels)
    axes.minorticks_off()
    axes.grid(True, axis="both")
    axes.set_title(title)
    axes.set_xlabel("True chance of default within a year, % (log scale)")
    axes.set_ylabel("Bank's estimate at the decision, % (log scale)")
    axes.legend(  # below the panel, where no point is
        loc="upper left", bbox_to_anchor=(0.0, BELOW), fontsize=8.5, frameon=False, borderpad=0.0,
    )  # fmt: skip
