"""The assumptions in plain words: what each measure is taken to do, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from sim.results.folder import Results
from sim.results.quantities import quantity
from sim.results.quantity_words import quantity as label
from sim.results.tables.changes import changes
from sim.results.values import Value, values_of
from sim.results.wording import lower_first

MOST = 6  # values named per measure


def plain_assumptions(results: Results) -> list[str]:
    """Return a sentence for each measure and each quantity that the study leaves open."""
    if results.kind != "study" or results.bank_folders:
        return []
    return [*_measures(results), *_open(results)]


def _measures(results: Results) -> Iterator[str]:
    """Yield what each measure is taken to change; its sizes are assumed."""
    table = changes(results)
    titles = {results.title_of(name) for name in results.study.get("measures", {})}
    for block in table.blocks if table else ():
        if block.heading in titles:
            said = [
                f"{_what(what.text)}: {after.text} instead of {before.text}"
                for what, before, after in block.rows[:MOST]
            ]
            more = len(block.rows) - MOST
            rest = f"; and {more} more, in the table below" if more > 0 else ""
            yield (
                f"\N{LEFT DOUBLE QUOTATION MARK}{block.heading}\N{RIGHT DOUBLE QUOTATION MARK} is "
                f"taken to mean {'; '.join(said)}{rest}."
            )


def _open(results: Results) -> Iterator[str]:
    """Yield what is used for each open quantity, and between which values it is varied."""
    values = {one.key: one for one in _values(results)}
    spans = (results.study.get("regimes") or {}).get("quantities", {})
    varied = results.has("regimes")
    for key, span in spans.items():
        if key not in values:
            continue  # the strength and the price of the measures, which are no values of the base
        one = values[key]
        low, high = (quantity(span[end], one.unit) for end in ("low", "high"))
        tried = f"it is varied from {low} to {high}" if varied else (
            f"the study's file varies it from {low} to {high}, this run does not"
        )  # fmt: skip
        yield (
            f"The study leaves open: {_what(label(key).words)}. Used here: "
            f"{quantity(one.value, one.unit)}; {tried}."
        )


def _values(results: Results) -> list[Value]:
    return values_of(results.manifest.arms[results.arms[0]].scenario) or []


def _what(text: str) -> str:
    """Return a meaning as it stands within a sentence, without its unit or what follows it."""
    return lower_first(text.partition(" (")[0].partition(";")[0])
