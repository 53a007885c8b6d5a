"""How often each measure ranks first when all spend the same."""

from __future__ import annotations

from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Block, Column, Table, ends, estimates, number, words
from sim.results.units import scale_of, titled


@table("details", 80)
def equal_money(results: Results) -> Table | None:
    """Return the ranking over the draws of strengths and prices."""
    rows, setup = results.known("equal_money"), results.study.get("equal_money")
    if rows is None or not setup:
        return None
    metric = METRICS[results.study["metrics"][0]]
    scale = scale_of(metric.unit)
    lines = [
        [
            words(results.title_of(one["arm"])),
            number(100 * float(one["probability"]), 0),
            ends(100 * float(one["low"]), 100 * float(one["high"]), 0),
            number(float(one["mean_rank"]), 1),
            number(scale.factor * float(one[metric.name]), 2, sign=True),
            number(100 * float(one["capped"]), 0),
        ]
        for _, one in rows.iterrows()
    ]
    change = f"Change, {scale.difference}" if scale.difference else "Change"
    titles = ("Mean rank", change, "Budget not used, % of draws")
    return Table(
        "equal-money",
        "Ranking of measures at equal cost",
        [
            Column("Measure"),
            *estimates("Ranks first, % of draws"),
            *(Column(title, "number") for title in titles),
        ],
        [Block("", lines)],
        f"{setup['draws']:,} draws of strengths and prices within \N{PLUS-MINUS SIGN}"
        f"{100 * setup['spread']:.0f} %, {setup['seeds']:,} seeds each; the budget of each measure "
        f"is {100 * setup['money']:.0f} % of the base's operating cost. Ranked by: "
        f"{titled(metric.title, metric.unit)}. A measure that cannot use the whole budget is set "
        "to its maximum strength.",
    )
