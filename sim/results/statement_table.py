"""The statements of the theses: what carries each, what it moved, and the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from sim.analysis.statements.judged import VERDICTS, Found, Judged, Moved
from sim.outcomes import METRICS
from sim.results.table import NONE, Block, Cell, Column, Table, estimate, words
from sim.results.tables.verdicts import described
from sim.results.units import scale_of

MEASURE = "M"  # the type of a statement that proposes one
TITLE = "Statements of the five theses"
COLUMNS = (
    "Number", "Statement", "How the model puts it", "Lever", "Effect on its process",
    "Effect on the outcome", "Verdict",
)  # fmt: skip
NOTE = (
    "A statement is supported if all that decides it is, refuted if any of it is, else undecided; "
    "it is not shown where nothing carries it or no lever that it names moves its process. "
    "Claims (study/claim) are those of the full studies, at the interval that decides them "
    "(Holm-adjusted); of a claim with several parts, the weakest. A claim named as beside does not "
    "decide. A verdict on a problem, as a check that is missing, says what repairing it does: if "
    "refuted, this does not help; the problem may be there. Levers are moved to an extreme, in "
    "the base case and not in the thesis's bank; where no claim decides, they do, by their 95 % "
    "interval, which is not adjusted for the number of statements: default and the NPL ratio must "
    "both move as stated. Causes are switched off in the base case, with Fieller's 95 % interval."
)
CSV = (
    "number", "thesis", "type", "statement", "verdict", "why", "carried_by", "name", "setting",
    "moves", "value", "low", "high", "says", "decides",
)  # fmt: skip


def statement_table(judged: Sequence[Judged], origin: str) -> Table:
    """Return one row per statement, a block per thesis; `origin` says how the table is made."""
    blocks = [
        Block(f"{thesis}: {_counted(rows)}", [_row(one) for one in rows])
        for thesis, rows in _by_thesis(judged)
    ]
    measures = [one for one in judged if one.statement.type == MEASURE]
    counts = f"{len(judged)} statements: {_counted(judged)}."
    of_measures = f"Of these, {len(measures)} propose a measure: {_counted(measures)}."
    note = f"{counts} {of_measures} {origin} {NOTE}"
    return Table("statements", TITLE, [Column(title) for title in COLUMNS], blocks, note)


def statement_rows(judged: Iterable[Judged]) -> list[tuple[str | float, ...]]:
    """Return `CSV` and one row per figure, in stored units; one without figures for no carrier."""
    rows: list[tuple[str | float, ...]] = [CSV]
    for one in judged:
        said = one.statement
        head = (said.number, said.thesis, said.type, said.text, one.verdict, one.why)
        figures: list[tuple[str | float, ...]] = [
            ("process", m.pull.lever, m.setting, m.process, m.value, m.low, m.high,
             "moves" if m.moves else "does not move", "")
            for m in one.moved
        ]  # fmt: skip
        figures += [
            (f.kind, f.title, "", f.label, f.value, f.low, f.high, f.verdict,
             "yes" if f.decides else "beside")
            for f in one.found
        ]  # fmt: skip
        rows += [(*head, *figure) for figure in figures or [("",) * (len(CSV) - len(head))]]
    return rows


def _by_thesis(judged: Iterable[Judged]) -> list[tuple[str, list[Judged]]]:
    groups = groupby(judged, lambda one: one.statement.thesis)
    return [(thesis, list(rows)) for thesis, rows in groups]


def _counted(judged: Iterable[Judged]) -> str:
    counts = Counter(one.verdict for one in judged)
    return ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS)


def _row(one: Judged) -> list[Cell]:
    said = one.statement
    limits = "".join(f" (not in it: {limit})" for limit in said.where["scope"])
    deciding = [found for found in one.found if found.decides]
    return [
        words(said.number),
        words(said.text),
        words(said.mechanism + limits),
        words(_joined(_lever(moved) for moved in one.moved)),
        words(_joined(_process(moved) for moved in one.moved)),
        words(_joined(_outcome(found) for found in deciding)),
        words(_verdict(one)),
    ]


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts) or NONE


def _lever(moved: Moved) -> str:
    needs = f" with {moved.acts_with}" if moved.acts_with else ""
    kind = moved.pull.lever.endswith(f"={moved.setting}")
    setting = "" if kind else f" to {moved.setting}"
    return f"{moved.pull.lever}{setting}{needs}"


def _process(moved: Moved) -> str:
    told = "" if moved.moves else ", which does not move it"
    return f"{moved.process} {_figure(moved.value, moved.low, moved.high)}{told}"


def _outcome(found: Found) -> str:
    if found.kind == "cause":
        factor, what = 100.0, f"Defaults that vanish, %: {found.label}"
    elif found.kind == "claim":
        unit, what = described(_plain, found.label)
        factor = scale_of(unit).factor
        what = f"{what} ({found.bank})" if found.bank else what
    else:
        metric = METRICS[found.label]
        scale = scale_of(metric.unit)
        factor = scale.factor
        what = f"{metric.title.partition(',')[0]}, {scale.difference}: {found.name} less base"
    return f"{what} {_figure(factor * found.value, factor * found.low, factor * found.high)}"


def _plain(arm: str) -> str:
    return arm.replace("_", " ")


def _figure(value: float, low: float, high: float) -> str:
    shown, ends = estimate(value, low, high, sign=True)
    return f"{shown.text} {ends.text}" if low < high else shown.text


def _verdict(one: Judged) -> str:
    """Return the verdict, with what each claim says, or with the reason for none."""
    if one.why:
        return f"{one.verdict}: {one.why}"
    claims = [found for found in one.found if found.kind == "claim"]
    names = [f"{found.title} {found.verdict}" for found in claims if found.decides]
    names += [f"beside: {found.title} {found.verdict}" for found in claims if not found.decides]
    return f"{one.verdict} ({'; '.join(names)})" if names else one.verdict
