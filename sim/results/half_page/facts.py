"""What the half page says, as numbers and names, before it is put in words of a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.core.names import BASE, PACKAGE
from sim.core.shipped import root
from sim.results.folder import Results
from sim.results.tables.best_combinations import short_name_of
from sim.results.unchanged import unchanged
from sim.results.values import values_of
from sim.results.wording import lower_first, without_number

if TYPE_CHECKING:
    import pandas as pd

PACKAGE_SAYS = ("default_rate", "npl_formation", "net_credit_loss", "profit")
LEVELS = ("mean_rate", "workload", "default_rate", "npl_ratio_mean", "profit")  # of the base
PART_SAYS = ("default_rate", "cost", "profit", "credit_to_good")
COSTS = ("cost", "net_credit_loss", "profit")
UNNAMED = "my bank"  # what the starter's files call a bank that has no name yet
NAMELESS = (UNNAMED, "scenario", "common")  # also a scenario's name where its file gives none
CREDIT = "credit_to_good"
ALONE, WITH_ALL = WAYS = "alone", "with all others"  # how a part was tried
GRADES = {"A": "assumed", "P": "published", "R": "published", "C": "data", "D": "derived"}


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


class Facts(NamedTuple):
    """Everything that the half page says; parts that the folder does not hold are empty."""

    asked: str
    bank: str  # that the thesis is on; empty where there is none, or several
    own: str  # the user's own bank, where the measures name no thesis
    quick: bool  # the first look, without what the full study adds
    graded: bool  # whether comments in the base's files grade its values, as the shipped ones do
    measures: int
    firms: int
    months: int
    seeds: int
    levels: Sequence[tuple[str, float]]  # outcomes of the base: metric, mean in stored units
    claims: Counter[str]  # by verdict
    joint: Sequence[tuple[str, str]]  # statement and verdict of claims on several outcomes at once
    refuted: Sequence[str]  # statements of other claims that are refuted
    package: Sequence[Change]
    decided: dict[str, list[Part]]  # take, leave, undecided
    unused: Sequence[str]  # titles of measures that change nothing at this bank
    step: Choice | None
    best: Choice | None
    grades: Counter[str]  # values of the base: assumed, published, data, derived, own (its files')
    changed: int  # values that the measures change
    chinese: Counter[str]  # decided verdicts from Chinese rows alone: holds, changes, undecided


def facts_of(results: Results) -> Facts | None:
    """Return the facts of a finished study of one bank; None for any other folder."""
    if results.kind != "study" or results.bank_folders or not results.recorded:
        return None
    if not results.done or not results.judged or results.effects is None:
        return None
    study, base = results.study, results.manifest.arms[BASE].scenario
    effects = results.effects
    package = effects[(effects["arm"] == PACKAGE) & (effects["bank"] == results.bank)]
    verdicts = results.known("verdicts")
    measures = study.get("measures", {})
    return Facts(
        asked=" ".join(str(study.get("title", "")).split()),
        bank=bank_of(results),
        own=own_bank_of(results),
        quick=not results.has("ceilings"),  # each full study has them
        graded=_is_shipped(results),
        measures=len(measures),
        firms=int(base["firms"]["count"]),
        months=results.horizon,
        seeds=results.seeds,
        levels=_levels(results),
        claims=Counter() if verdicts is None else Counter(map(str, verdicts["verdict"])),
        joint=_joint(results, verdicts),
        refuted=_refuted(results, verdicts),
        package=[_change(row) for row in package.to_dict("records")],
        decided=_decided(results),
        unused=[named(results, arm) for arm in unchanged(effects) if arm in measures],
        step=_step(results),
        best=_best(results),
        grades=_grades(results),
        changed=len({key for one in measures.values() for key in one["keys"]}),
        chinese=_chinese(results),
    )


def bank_of(results: Results) -> str:
    """Return the bank of a shipped thesis, as all measures name it; empty for any other study."""
    named = _theses(results)
    shipped = _is_shipped(results) and len(named) == 1 and "common" not in named
    return named.pop() if shipped else ""


def own_bank_of(results: Results) -> str:
    """Return the user's own bank, as all measures name it; otherwise the name of the base."""
    if _is_shipped(results):
        return ""
    named = _theses(results)
    names = [*(named if len(named) == 1 else ()), str(results.study.get("base_name", ""))]
    return next((name for name in names if name and name not in NAMELESS), "")


def _is_shipped(results: Results) -> bool:
    """Return whether a study comes with the program, and not from a user."""
    return Path(str(results.study.get("file", ""))).is_relative_to(root() / "experiments")


def _theses(results: Results) -> set[str]:
    return {str(one.get("thesis", "")) for one in results.study.get("measures", {}).values()}


def _change(row: Any, names: tuple[str, str, str] = ("difference", "low", "high")) -> Change:
    value, low, high = (float(row[name]) for name in names)
    return Change(str(row["metric"]), value, low, high, str(row.get("verdict", "")))


def _levels(results: Results) -> list[tuple[str, float]]:
    runs = results.one_bank("runs")
    base = runs[runs["arm"] == BASE]
    return [(name, float(base[name].mean())) for name in LEVELS if name in base]


def _joint(results: Results, verdicts: pd.DataFrame | None) -> list[tuple[str, str]]:
    if verdicts is None:
        return []
    mine = verdicts[verdicts["claim"].isin(results.study.get("joint", []))]
    return list(zip(_statements(mine), map(str, mine["verdict"]), strict=True))


def _refuted(results: Results, verdicts: pd.DataFrame | None) -> list[str]:
    if verdicts is None:
        return []
    others = ~verdicts["claim"].isin(results.study.get("joint", []))
    return _statements(verdicts[others & (verdicts["verdict"] == "refuted")])


def _statements(rows: pd.DataFrame) -> list[str]:
    """Return the statement of each claim without its number; its name where it has none."""
    pairs = zip(rows["claim"], rows["statement"], strict=True)
    return [without_number(str(text or claim)) for claim, text in pairs]


def _chinese(results: Results) -> Counter[str]:
    rows = results.known("robust")
    if rows is None or "chinese" not in rows:
        return Counter()
    decided = rows.loc[rows["verdict"].isin(["supported", "refuted"]), "chinese"].dropna()
    return Counter(word for word in map(str, decided) if word)


def _decided(results: Results) -> dict[str, list[Part]]:
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
    changes = [_change(row) for row in (*alone, *_cost_of(results, part))]
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


def _step(results: Results) -> Choice | None:
    rows = results.known("best_step")
    if rows is None:
        return None
    name = short_name_of(results, rows["package"].iloc[0])
    return _chosen(name, rows, ("judged", "low", "high"))


def _best(results: Results) -> Choice | None:
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
        _change({"metric": metric, **by_metric.loc[metric].to_dict(), "verdict": ""}, names)
        for metric in wanted
        if metric in by_metric.index
    ]
    profit: Any = by_metric.loc["profit"]
    return Choice(name, changes, float(profit["overstated"]), int(profit["n"]))


def _grades(results: Results) -> Counter[str]:
    """Count values by grade; one that the scenario sets itself has none here."""
    found = values_of(results.manifest.arms[BASE].scenario) or []
    words = ("own" if one.is_own else GRADES.get(one.grade, "assumed") for one in found)
    return Counter(words)


def named(results: Results, part: str) -> str:
    """Return a part's short name with its title behind, so that both can be used."""
    short, title = results.short_titles.get(part, part), results.title_of(part)
    return short if short == title else f"{short} ({lower_first(title)})"
