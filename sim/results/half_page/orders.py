"""In which order to take measures, and which measure other orders of the report put first."""

from __future__ import annotations

from typing import NamedTuple

from sim.analysis.study.decisions import ALONE, PROFIT
from sim.results.folder import Results
from sim.results.tables.best_combinations import short_name_of
from sim.results.unchanged import idle_parts

AVERAGE, LADDER, STEP = "average", "ladder", "step"


class Order(NamedTuple):
    """What is recommended, first to last, and the first of every order that names another one."""

    recommended: list[str]  # names of the parts to take, by profit alone; empty for none
    others: list[tuple[str, str]]  # kind of order (`AVERAGE`, `LADDER` or `STEP`), its first part
    ranks: str  # the outcome by which averages and the ladder rank

    @property
    def by_name(self) -> dict[str, list[str]]:
        """The kinds of order that each other measure comes first in."""
        found: dict[str, list[str]] = {}
        for kind, name in self.others:
            found.setdefault(name, []).append(kind)
        return found


def order_of(results: Results) -> Order | None:
    """Return the recommended order; None for fewer than two parts that change anything."""
    rows, idle = results.known("decisions"), idle_parts(results)
    if rows is None or rows["package"].nunique() - len(idle) < 2:
        return None
    profit = rows[(rows["metric"] == PROFIT) & (rows["kind"] == ALONE)].set_index("package")
    take = [str(one) for one in dict.fromkeys(rows.loc[rows["decision"] == "take", "package"])]
    if len(profit):
        take.sort(key=lambda part: -float(profit["difference"].get(part, float("-inf"))))
    step = results.known("best_step")
    firsts = {
        AVERAGE: _leader(results),
        LADDER: next(iter(results.account.get("best_order") or []), ""),
        STEP: "" if step is None else str(step["package"].iloc[0]),
    }
    known = set(map(str, rows["package"])) - set(idle)
    others = [
        (kind, short_name_of(results, part))
        for kind, part in firsts.items()
        if part in known and part != next(iter(take), "")
    ]
    names = [short_name_of(results, part) for part in take]
    return Order(names, others, str(results.study["metrics"][0]))


def _leader(results: Results) -> str:
    """Return the part that contributes most, averaged over all orders; '' where not averaged."""
    if results.known("attribution") is None:
        return ""
    return str((results.account.get("leader") or [""])[0])
