"""What the half page says, as numbers and names, before it is put in words of a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sim.core.names import BASE, PACKAGE
from sim.results.folder import Results
from sim.results.half_page.choices import (
    CREDIT,
    Change,
    Choice,
    Part,
    beside,
    best,
    change_of,
    counted,
    decided,
    step,
    unused,
)
from sim.results.half_page.orders import Order, order_of
from sim.results.half_page.stands import Stands, stands_of
from sim.results.half_page.whose import bank_of, is_shipped, own_bank_of
from sim.results.values import values_of
from sim.results.wording import without_number

if TYPE_CHECKING:
    import pandas as pd

PACKAGE_SAYS = ("default_rate", "npl_formation", "net_credit_loss", "profit")
LEVELS = ("mean_rate", "workload", "default_rate", "npl_ratio_mean", "profit")  # of the base
PART_SAYS = ("default_rate", "cost", "profit", CREDIT)
COSTS = ("cost", "net_credit_loss", "profit")
CAP = "cap"  # why seeds were no longer added
GRADES = {"A": "assumed", "P": "published", "R": "published", "C": "data", "D": "derived"}


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
    counted: Sequence[str]  # outcomes that decide this
    beside: Sequence[str]  # outcomes that do not, but are told where they are worse
    unused: Sequence[str]  # titles of parts and measures that change nothing at this bank
    order: Order | None
    step: Choice | None
    best: Choice | None
    grades: Counter[str]  # values of the base: assumed, published, data, derived, own (its files')
    changed: int  # values that the measures change
    chinese: Counter[str]  # decided verdicts from Chinese rows alone: holds, changes, undecided
    stands: Stands | None  # decided verdicts under other numbers; None where none were tried
    imprecise: bool  # whether seeds ran out before the precision that the file wants was reached


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
        graded=is_shipped(results),
        measures=len(measures),
        firms=int(base["firms"]["count"]),
        months=results.horizon,
        seeds=results.seeds,
        levels=_levels(results),
        claims=Counter() if verdicts is None else Counter(map(str, verdicts["verdict"])),
        joint=_joint(results, verdicts),
        refuted=_refuted(results, verdicts),
        package=[change_of(row) for row in package.to_dict("records")],
        decided=decided(results),
        counted=counted(results),
        beside=beside(results),
        unused=unused(results),
        order=order_of(results),
        step=step(results),
        best=best(results),
        grades=_grades(results),
        changed=len({key for one in measures.values() for key in one["keys"]}),
        chinese=_chinese(results),
        stands=stands_of(results),
        imprecise=results.account.get("stopped") == CAP,
    )


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


def _grades(results: Results) -> Counter[str]:
    """Count values by grade; one that the scenario sets itself has none here."""
    found = values_of(results.manifest.arms[BASE].scenario) or []
    words = ("own" if one.is_own else GRADES.get(one.grade, "assumed") for one in found)
    return Counter(words)
