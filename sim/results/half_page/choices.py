"""What to do, as numbers and names: parts to take or leave, the best step, the best combination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.analysis.study.decisions import ALONE, LAST
from sim.core.names import BASE
from sim.results.folder import Results
from sim.results.tables.best_combinations import short_name_of
from sim.results.wording import lower_first

if TYPE_CHECKING:
    import pandas as pd

CREDIT = "credit_to_good"
WAYS = (ALONE, LAST)  # how a part was tried


class Change(NamedTuple):
    """One difference: metric, mean, interval (stored units), and how it was found."""

    metric: str
    value: float
    low: float
    high: float
    verdict: str  # better, worse, higher, lower or undecided


class Choice(NamedTuple):
    """An arm that was chosen on one half of the seeds, as the other half judges it."""

    name: str
    changes: Sequence[Change]
    overstated: float  # profit: how much better it looked where it was chosen, CNY
    seeds: int  # that judge it

    @property
    def pays(self) -> bool:
        """Whether the interval of its profit, on the half that judges it, lies above 0."""
        return any(one.metric == "profit" and one.low > 0.0 for one in self.changes)


class Part(NamedTuple):
    """One part of the package: what it changes alone, and what was decided by what."""

    name: str
    changes: Sequence[Change]  # alone, on the base
    reasons: Sequence[tuple[str, str, list[str]]]  # better or worse; alone or not; in which metrics


def change_of(row: Any, names: tuple[str, str, str] = ("difference", "low", "high")) -> Change:
    """Return the change in a row whose columns `names` are its mean and interval."""
    value, low, high = (float(row[name]) for name in names)
    return Change(str(row["metric"]), value, low, high, str(row.get("verdict", "")))


def decided(results: Results) -> dict[str, list[Part]]:
    """Return the parts to take, to leave, and undecided."""
    rows = results.known("decisions")
    if rows is None:
        return {}
    return {
        word: [
            _part(results, str(part), mine)
            for part, mine in rows[rows["decision"] == word].groupby("package", sort=False)
        ]
        for word in ("take", "leave", "undecided")
    }


def _part(results: Results, part: str, rows: pd.DataFrame) -> Part:
    alone = rows[rows["kind"] == ALONE].to_dict("records")
    changes = [change_of(row) for row in (*alone, *_cost_of(results, part))]
    reasons = []
    for way in WAYS:
        for verdict in ("better", "worse"):
            mine = rows[(rows["kind"] == way) & (rows["verdict"] == verdict)]
            if len(mine):
                reasons.append((verdict, way, [str(one) for one in mine["metric"]]))
    return Part(named(results, part), changes, reasons)


def _cost_of(results: Results, part: str) -> list[Any]:
    """Return the effect of a part on cost, if one measure is the whole part."""
    members = results.study.get("parts", {}).get(part, [])
    if results.effects is None or len(members) != 1:
        return []
    rows = results.effects
    mine = (rows["arm"] == members[0]) & (rows["metric"] == "cost") & (rows["bank"] == results.bank)
    return rows[mine].to_dict("records")


def step(results: Results) -> Choice | None:
    """Return the best single step from the base, if a study has one."""
    rows = results.known("best_step")
    if rows is None:
        return None
    name = short_name_of(results, rows["package"].iloc[0])
    return _chosen(name, rows, ("judged", "low", "high"))


def best(results: Results) -> Choice | None:
    """Return the most profitable combination; None where it is the base itself."""
    rows = results.known("best_combinations")
    if rows is None:
        return None
    mine = rows[rows["chosen"] > 0]
    if (mine["arm"] == BASE).all():
        return None
    halves = mine.assign(n=mine["n"] // 2)  # every second seed, the first among those that choose
    name = short_name_of(results, mine["parts"].iloc[0])
    return _chosen(name, halves, ("judged", "judged_low", "judged_high"))


def _chosen(name: str, rows: pd.DataFrame, names: tuple[str, str, str]) -> Choice:
    by_metric = rows.set_index("metric")
    wanted = dict.fromkeys([str(rows["metric"].iloc[0]), "profit", CREDIT])
    changes = [
        change_of({"metric": metric, **by_metric.loc[metric].to_dict(), "verdict": ""}, names)
        for metric in wanted
        if metric in by_metric.index
    ]
    profit: Any = by_metric.loc["profit"]
    return Choice(name, changes, float(profit["overstated"]), int(profit["n"]))


def named(results: Results, part: str) -> str:
    """Return a part's short name with its title behind, so that both can be used."""
    short, title = results.short_titles.get(part, part), results.title_of(part)
    return short if short == title else f"{short} ({lower_first(title)})"
