"""The compared measures or arms: the values that each changes, and its cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sim.core.names import BASE, PACKAGE
from sim.report.quantities import quantity
from sim.report.results import Results
from sim.report.sections.outcomes import Effects, difference_cells
from sim.report.tables import NONE, Block, Cell, ReportTable, TableColumn, words
from sim.report.values import Value, values_of
from sim.report.wording import plain

OWN = "the bank's own value"
PRICED = {
    "cost": "Operating cost, CNY million",
    "profit": "Profit after tax, CNY million",
    "credit_to_good": "Credit to good firms, CNY million",
}


class Item(NamedTuple):
    """One compared measure or arm: its name, its title, and its mechanism."""

    name: str
    title: str
    why: str


def items(results: Results) -> list[Item]:
    """Return the measures and further scenarios of a study, or the arms of other folders."""
    if results.kind == "study":
        together = "All measures below together." if results.study.get("measures") else ""
        found = [*_bases(results), Item(results.title_of(PACKAGE), "The package", together)]
        for name, one in results.study.get("measures", {}).items():
            shown = results.title_of(name)
            title = "" if one["title"] == shown else one["title"]
            found.append(Item(shown, title, _sentence(one["why"])))
        for name, one in results.study.get("arms", {}).items():
            found.append(Item(results.title_of(name), "Also run", _sentence(one["why"])))
        return found
    return [
        Item(results.title_of(name), "", _why(arm.scenario))
        for name, arm in results.manifest.arms.items()
    ]


def _bases(results: Results) -> list[Item]:
    """Return the base, or the base of each bank."""
    found = []
    for one in results.banks or (results,):
        where = f", bank {plain(one.folder.name)}" if results.banks else ""
        base = one.manifest.arms.get(BASE)
        why = _why(base.scenario) if base else ""
        found.append(Item(f"{results.title_of(BASE)}{where}", "The base", why))
    return found


def joined_parts(results: Results) -> str:
    """Return which measures are grouped under one name for attribution; usually empty."""
    titles = {
        results.title_of(part): ", ".join(map(results.title_of, members))
        for part, members in results.study.get("parts", {}).items()
    }
    groups = [f"{part} ({members})" for part, members in titles.items() if part != members]
    return f"Measures grouped for attribution: {'; '.join(groups)}." if groups else ""


def _why(scenario: Mapping[str, Any]) -> str:
    return _sentence(str(scenario.get("why", "")))


def _sentence(text: str) -> str:
    """Return a text with a capital first letter and a full stop."""
    text = " ".join(text.split())
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".!?" else f"{text}."


def change_table(results: Results) -> ReportTable | None:
    """Return the values that each measure or other arm changes, before and after."""
    base = results.manifest.arms.get(BASE if results.kind == "study" else results.arms[0])
    before = values_of(base.scenario) if base else None
    if before is None:
        return None
    was = {value.key: value for value in before}
    several = bool(results.banks)
    blocks = [
        Block(results.title_of(name), rows)
        for name, keys in _changes(results, was).items()
        if (rows := [_row(key, was.get(key), now, several) for key, now in keys.items()])
    ]
    if not blocks:
        return None
    return ReportTable(
        "changes",
        f"Values changed by each {'measure' if results.kind == 'study' else 'scenario'}",
        (TableColumn("Parameter"), TableColumn("Before"), TableColumn("After")),
        blocks,
        "Values are assumed unless the files of the measures say otherwise.",
    )


def cost_table(results: Results, effects: Effects) -> ReportTable | None:
    """Return cost, profit and credit of each measure alone and of all, against the base."""
    rows = effects.rows[effects.rows["metric"].isin(PRICED)]
    single = list(results.account.get("single", {}).values())
    arms = list(dict.fromkeys(rows["arm"]))
    if results.kind == "study":
        arms = [PACKAGE, *(single or [arm for arm in arms if arm != PACKAGE])]
    banks = list(dict.fromkeys(rows["bank"]))
    blocks = []
    for bank in banks:
        found = []
        for arm in arms:
            mine = rows[(rows["arm"] == arm) & (rows["bank"] == bank)].set_index("metric")
            cells: list[Cell] = [words(results.title_of(arm))]
            for metric in PRICED:
                known = metric in mine.index
                cells += difference_cells(mine.loc[metric]) if known else (Cell(NONE), Cell(NONE))
            if len(mine):
                found.append(cells)
        if found:
            blocks.append(Block(plain(bank) if len(banks) > 1 else "", found))
    if not blocks:
        return None
    columns = [TableColumn("Measure" if results.kind == "study" else "Scenario")]
    for title in PRICED.values():
        columns += [TableColumn(title, "number"), TableColumn("95 % interval", "interval")]
    return ReportTable(
        "cost",
        f"Cost and profit over {results.horizon:,} months, against {results.base_words}",
        columns,
        blocks,
        "The costs of the measures (staff, visits, checks, files) are booked in the accounts.",
    )  # fmt: skip


def _changes(results: Results, was: dict[str, Value]) -> dict[str, dict[str, Any]]:
    """Return, for each measure or arm, the dotted keys that it changes and their new values."""
    if results.kind == "study":
        measures = results.study.get("measures", {})
        arms = results.study.get("arms", {})
        found = {name: dict(one["keys"]) for name, one in measures.items()}
        return found | {name: dict(one["set"]) for name, one in arms.items() if one["set"]}
    changed: dict[str, dict[str, Any]] = {}
    for name in results.arms[1:]:
        values = values_of(results.manifest.arms[name].scenario) or []
        changed[name] = {
            value.key: value
            for value in values
            if value.key not in was or was[value.key].value != value.value
        }
    return changed


def _row(key: str, before: Value | None, now: Any, several: bool) -> list[Cell]:
    """Return the cells of one change; `now` is a value, or a plain number from a measure's file."""
    known = now if isinstance(now, Value) else before
    after = now.value if isinstance(now, Value) else now
    what = f"{known.place}: {known.meaning}" if known else key.replace("_", " ")
    unit = known.unit if known else ""
    old = quantity(before.value, unit) if before else NONE
    return [words(what), words(OWN if several else old), words(quantity(after, unit))]
