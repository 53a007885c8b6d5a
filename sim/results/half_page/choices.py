"""What to do, as numbers and names: parts to take or leave, the best step, the best combination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.analysis.study.decisions import ALONE, LAST, PROFIT, criteria
from sim.core.names import BASE, PACKAGE
from sim.results.equal_arms import equal_arms
from sim.results.folder import Results
from sim.results.tables.best_combinations import chosen_of, short_name_of
from sim.results.unchanged import idle_measures, idle_parts
from sim.results.wording import lower_first

if TYPE_CHECKING:
    import pandas as pd

CREDIT = "credit_to_good"
WAYS = (ALONE, LAST)  # how a part was tried
BESIDE = {"cost": "higher", "npl_ratio_mean": "higher", "approval_rate": "lower"}
# told where worse, though they do not decide, and which way is worse


class Change(NamedTuple):
    """One difference: metric, mean, interval (stored units), and how it was found."""

    metric: str
    value: float
    low: float
    high: float
    verdict: str  # better, worse, higher, lower or undecided; empty where it was not tested


class Choice(NamedTuple):
    """An arm that was chosen for its profit on one half of the seeds.

    `changes` are those of all seeds, as everywhere on the page; `judged` is its profit on the half
    that did not choose it.
    """

    name: str
    changes: Sequence[Change]
    judged: Change
    seeds: int  # that judge it
    above: bool = False  # whether the page gives the same changes already

    @property
    def pays(self) -> bool:
        """Whether the interval of its profit, on the half that judges it, lies above 0."""
        return self.judged.low > 0.0


class Part(NamedTuple):
    """One part of the package: what it changes alone, and what was decided by what."""

    name: str
    changes: Sequence[Change]  # alone, on the base
    reasons: Sequence[tuple[str, str, list[str]]]  # better or worse; alone or not; in which metrics
    beside: Sequence[Change] = ()  # alone, worse for sure, and decides nothing

    @property
    def beside_is_tested(self) -> bool:
        """Whether these are significant after correction, and not by their interval alone."""
        return all(one.verdict for one in self.beside)

    @property
    def idle_alone(self) -> bool:
        """Whether it was tried alone and no outcome moved in any replication."""
        known = [number for one in self.changes for number in one[1:4] if number == number]
        return bool(known) and not any(known)


def change_of(row: Any, names: tuple[str, str, str] = ("difference", "low", "high")) -> Change:
    """Return the change in a row whose columns `names` are its mean and interval."""
    value, low, high = (float(row[name]) for name in names)
    return Change(str(row["metric"]), value, low, high, str(row.get("verdict", "")))


def counted(results: Results) -> list[str]:
    """Return the outcomes by which parts are taken or left; none where nothing was decided."""
    known = results.known("decisions") is not None
    return criteria(results.study["metrics"]) if known else []


def beside(results: Results) -> list[str]:
    """Return the outcomes of the study that decide nothing, but are told where they are worse."""
    deciding = counted(results)
    asked = results.study["metrics"] if deciding else []
    return [one for one in BESIDE if one in asked and one not in deciding]


def decided(results: Results) -> dict[str, list[Part]]:
    """Return the parts to take, to leave, and undecided; none of those that change nothing."""
    rows = results.known("decisions")
    if rows is None:
        return {}
    rows = rows[~rows["package"].isin(idle_parts(results))]
    return {
        word: [
            _part(results, str(part), mine)
            for part, mine in rows[rows["decision"] == word].groupby("package", sort=False)
        ]
        for word in ("take", "leave", "undecided")
    }


def unused(results: Results) -> list[str]:
    """Return the titles of the parts and measures that change nothing at this bank, each once."""
    idle, parts = idle_parts(results), results.study.get("parts", {})
    named_by = {one: part for part in idle for one in parts.get(part, [])}
    found = [named_by.get(one, one) for one in idle_measures(results)]
    return [named(results, one) for one in dict.fromkeys(found)]


def _part(results: Results, part: str, rows: pd.DataFrame) -> Part:
    deciding = [change_of(row) for row in rows[rows["kind"] == ALONE].to_dict("records")]
    others = _others_of(results, part) if deciding else []
    reasons = []
    for way in WAYS:
        for verdict in ("better", "worse"):
            mine = rows[(rows["kind"] == way) & (rows["verdict"] == verdict)]
            if len(mine):
                reasons.append((verdict, way, [str(one) for one in mine["metric"]]))
    worse = [one for one in others if _is_worse(one)]
    return Part(named(results, part), [*deciding, *others], reasons, worse)


def _is_worse(one: Change) -> bool:
    """Whether an outcome that does not decide is worse: if not tested, by its interval."""
    rises = BESIDE[one.metric] == "higher"
    sure = one.low > 0.0 if rises else one.high < 0.0
    return sure and one.verdict != "undecided"


def _others_of(results: Results, part: str) -> list[Change]:
    """Return what a part changes alone in outcomes that do not decide.

    Tested where one measure is the whole part; for a group of measures by its interval alone.
    """
    members, metrics = results.study.get("parts", {}).get(part, []), beside(results)
    if results.effects is not None and len(members) == 1:
        rows = results.effects[results.effects["arm"] == members[0]]
        rows = rows[rows["bank"] == results.bank]
    else:
        every = results.known("best_combinations")
        if every is None:
            return []
        rows = every[every["parts"] == part]
    found = {one.metric: one for one in map(change_of, rows.to_dict("records"))}
    return [found[name] for name in metrics if name in found]


def step(results: Results) -> Choice | None:
    """Return the best single step from the base, if a study has one."""
    rows, every = results.known("best_step"), results.known("decisions")
    if rows is None or every is None:
        return None
    part = str(rows["package"].iloc[0])
    return Choice(
        short_name_of(results, part),
        _alone(results, part),
        *_judged(rows, ("judged", "low", "high")),
        above=True,
    )


def best(results: Results) -> Choice | None:
    """Return the most profitable combination; None where it is the base itself."""
    rows = results.known("best_combinations")
    if rows is None:
        return None
    one = chosen_of(rows)
    if (one["arm"] == BASE).any():
        return None
    mine = rows[rows["chosen"] > 0]
    halves = mine.assign(n=mine["n"] // 2)  # every second seed, the first among those that choose
    return Choice(
        short_name_of(results, one["parts"].iloc[0]),
        _together(results, one),
        *_judged(halves, ("judged", "judged_low", "judged_high")),
    )


def _together(results: Results, rows: pd.DataFrame) -> list[Change]:
    """Return what a combination changes, with the verdicts of a part or the package that it is."""
    arm, parts = str(rows["arm"].iloc[0]), str(rows["parts"].iloc[0])
    every, effects = results.table("best_combinations"), results.effects
    alike = next(arms for arms in equal_arms(every).values() if arm in arms)
    if PACKAGE in alike and effects is not None:
        mine = effects[(effects["arm"] == PACKAGE) & (effects["bank"] == results.bank)]
        found = [change_of(row) for row in mine.to_dict("records")]
        return [one for one in found if one.metric in _shown(results)]
    if " + " not in parts and (alone := _alone(results, parts)):
        return alone
    return [change_of(row) for row in rows.to_dict("records") if row["metric"] in _shown(results)]


def _alone(results: Results, part: str) -> list[Change]:
    """Return what a part changes alone, on all seeds."""
    rows = results.known("decisions")
    if rows is None:
        return []
    mine = rows[(rows["package"] == part) & (rows["kind"] == ALONE)]
    return [change_of(row) for row in mine.to_dict("records") if row["metric"] in _shown(results)]


def _shown(results: Results) -> list[str]:
    return list(dict.fromkeys([str(results.study["metrics"][0]), PROFIT, CREDIT]))


def _judged(rows: pd.DataFrame, names: tuple[str, str, str]) -> tuple[Change, int]:
    """Return the profit on the half of the seeds that judges, and how many these are."""
    profit: Any = rows[rows["metric"] == PROFIT].iloc[0]
    found = change_of({**profit.to_dict(), "verdict": ""}, names)
    return found, int(profit["n"])


def named(results: Results, part: str) -> str:
    """Return a part's short name with its title behind, so that both can be used."""
    short, title = results.short_titles.get(part, part), results.title_of(part)
    return short if short == title else f"{short} ({lower_first(title)})"
