"""The last table on the screen: bad loans, the effect of all measures, the largest contribution.

Nothing is computed here; each row repeats numbers of other tables, with the same interval.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import (
    EMPTY,
    Block,
    Cell,
    Column,
    Row,
    Table,
    decided,
    ends,
    estimates,
    stored,
    words,
)
from sim.results.tables.verdicts import described, statement
from sim.results.units import decimals, scale_of, titled, written
from sim.results.wording import lower_first
from sim.scenario.study import PACKAGE

BRIEF = ("npl_ratio", "default_rate", "credit_to_good", "profit")


@table("short")
def in_short(results: Results) -> Table | None:
    """Return a row for each main result of a study of one bank; None for other folders."""
    if results.kind != "study" or not results.judged or results.bank_folders or not results.done:
        return None
    rows = [*_claims(results, "trend"), *_package(results), *_claims(results, "all-of")]
    rows += [*_most(results), *_cheapest(results)]
    interval = "Interval that decides"
    columns = [Column("In short"), Column("Found"), *estimates("Change", interval=interval)]
    return Table(
        "in-short",
        "In short",
        [*columns, Column("Verdict", "verdict")],
        [Block("", rows)],
        f"{results.seeds:,} seeds; changes of percentages in percentage points. Intervals that "
        "decide a verdict are paired t, adjusted for the number of claims or of outcomes (Holm); "
        "that of the largest contribution is the 95 % interval, that of a price is Fieller's.",
    )


def _claims(results: Results, kind: str) -> Iterator[Row]:
    """Yield a row per claim of a kind, with the levels that a trend is about."""
    rows = results.known("verdicts")
    for _, one in [] if rows is None else rows[rows["kind"] == kind].iterrows():
        unit, what = described(results, one["what"])
        known = one["low"] < one["high"]
        cells = stored(one, "difference", scale_of(unit).factor, sign=True) if known else EMPTY
        found = results.account.get("trends", {}).get(one["claim"])
        said = f"decided by {lower_first(what.partition(':')[0])}" if found is None else ""
        if found is not None:
            scale = scale_of(METRICS[found["metric"]].unit)
            levels = ", ".join(written(scale.factor * mean, 1) for mean in found["means"])
            said = f"{levels} {scale.level} in months {', '.join(map(str, found['months']))}"
        yield [words(statement(one)), words(said), *cells, words(one["verdict"])]


def _package(results: Results) -> Iterator[Row]:
    """Yield the effect of all measures together on the main outcomes."""
    rows = results.effects
    assert rows is not None  # a finished study has them
    mine = rows[(rows["arm"] == PACKAGE) & (rows["bank"] == results.bank)].set_index("metric")
    for name in (one for one in BRIEF if one in mine.index):
        one: Any = mine.loc[name]
        scale = scale_of(one["unit"])
        half = scale.factor * float(one["high"] - one["low"]) / 2
        digits = decimals(half, scale.factor * one["base"])
        levels = [written(scale.factor * float(one[key]), digits) for key in ("base", "other")]
        yield [
            words(f"All measures: {lower_first(one['title'])}"),
            words(f"{levels[0]} to {levels[1]} {scale.level}"),
            *decided(one, scale.factor),
            words(one["verdict"]),
        ]


def _most(results: Results) -> Iterator[Row]:
    """Yield the part with the largest contribution to the first outcome, and its significance."""
    first, second, apart = results.account.get("leader", ("", "", False))
    rows = results.known("attribution")
    if not first or rows is None:
        return
    metric = METRICS[results.study["metrics"][0]]
    mine = rows[(rows["metric"] == metric.name) & (rows["bank"] == results.bank)]
    one = mine[mine["package"] == first].iloc[0]
    share = "" if one["share"] != one["share"] else f", {100 * one['share']:.0f} % of the total"
    yield [
        words(f"Contributes most: {lower_first(titled(metric.title, metric.unit))}"),
        words(f"{results.title_of(first)}{share}; next: {results.title_of(second)}"),
        *stored(one, "contribution", scale_of(metric.unit).factor, sign=True),
        words("significant" if apart else "not significant"),
    ]


def _cheapest(results: Results) -> Iterator[Row]:
    """Yield the measure with the lowest operating cost per avoided default, if any has a price."""
    rows = results.known("prices")
    if rows is None:
        return
    priced = rows[(rows["kind"] == "operating cost") & (rows["why"] == "")]
    priced = priced[priced["arm"] != PACKAGE].sort_values("price")
    if len(priced):
        one = priced.iloc[0]
        price, low, high = (float(one[key]) / 1e3 for key in ("price", "low", "high"))
        found = f"{results.title_of(one['arm'])}, CNY {written(price, 0)} thousand each"
        label = "Cheapest defaults avoided, by operating cost"
        yield [words(label), words(found), Cell(""), ends(low, high, 0), Cell("")]
