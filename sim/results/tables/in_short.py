"""The last table on the screen: bad loans, the effect of all measures, the largest contribution.

Nothing is computed here: its cells are those of other tables.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sim.outcomes import METRICS
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Block, Cell, Column, Row, Table, estimates, words
from sim.results.tables.cost import cost
from sim.results.tables.outcomes import outcomes
from sim.results.tables.prices import prices
from sim.results.tables.shares import shares
from sim.results.tables.verdicts import verdicts
from sim.results.units import scale_of, titled, written
from sim.results.wording import lower_first

NO_SHARE = "its own share is not significant"
NOT_MORE = "not significantly more than the next"
TWICE = (
    "One difference may have three intervals and two verdicts, since it is tested among the claims "
    "and among the outcomes, which differ in number and so in how wide an interval must be, and "
    "the sentences give the 95 % interval by itself; a verdict holds for its own question only."
)
BRIEF = ("npl_ratio", "default_rate", "credit_to_good", "profit")


@table("short")
def in_short(results: Results) -> Table | None:
    """Return a row for each main result of a study of one bank; None for other folders."""
    if results.kind != "study" or not results.judged or results.bank_folders or not results.done:
        return None
    joint = results.study.get("joint", [])
    rows = [*_claims(results, "trend"), *_package(results), *_claims(results, "all-of", joint)]
    columns = [Column("Question"), Column("Verdict", "verdict"), Column("Found")]
    return Table(
        "in-short",
        "In short",
        [*columns, *estimates("Change", interval="Interval")],
        [Block("", [*rows, *_most(results), *_cheapest(results)])],
        f"{results.seeds:,} seeds; changes of percentages in percentage points. Each interval is "
        "that of the full table: where a verdict is given, the one that decides it (paired t, "
        f"adjusted for the number of claims or of outcomes, Holm). {TWICE}",
    )


def _claims(results: Results, kind: str, named: Collection[str] | None = None) -> Iterator[Row]:
    """Yield a row per claim of a kind, or those `named`, with the levels that a trend is about."""
    full = verdicts(results)
    if full is None:
        return
    stored = results.table("verdicts")
    for name, found, row in zip(stored["claim"], stored["kind"], full.blocks[0].rows, strict=True):
        if found != kind or (named is not None and name not in named):
            continue
        claim, verdict, change, interval, what, *_ = row
        head, parts, rest = what.text.rpartition(" parts: ")
        said = f"decided by {head}{parts}{lower_first(rest.partition(':')[0])}"
        if levels := results.account.get("trends", {}).get(name):
            scale = scale_of(METRICS[levels["metric"]].unit)
            means = ", ".join(written(scale.factor * mean, 1) for mean in levels["means"])
            said = f"{means} {scale.level} in months {', '.join(map(str, levels['months']))}"
        yield [claim, verdict, words(said), change, interval]


def _package(results: Results) -> Iterator[Row]:
    """Yield the effect of all measures together on the main outcomes."""
    rows = {row[0].text: row for block in outcomes(results)[0].blocks for row in block.rows}
    for metric in (METRICS[name] for name in BRIEF):
        if row := rows.get(titled(metric.title, metric.unit)):
            _, base, other, change, interval, _, verdict = row
            label = f"All measures: {lower_first(metric.title)}"
            levels = f"{base.text} to {other.text} {scale_of(metric.unit).level}"
            yield [words(label), verdict, words(levels), change, interval]


def _most(results: Results) -> Iterator[Row]:
    """Yield the part with the largest contribution to the first outcome, and its significance."""
    first, second, apart = results.account.get("leader", ("", "", False))
    full = shares(results)
    if not first or full is None:
        return
    title, metric = results.title_of(first), METRICS[results.study["metrics"][0]]
    rows = full.blocks[0].rows
    _, change, interval, share = next(row for row in rows if row[0].text == title)
    of = f", {share.text} % of the total" if share.text[-1].isdigit() else ""
    found = "significantly more than the next" if apart else NOT_MORE
    if interval.values and not any(interval.values):
        return  # no measure improves it: the first is one without any effect
    if interval.values and interval.values[0] <= 0.0 <= interval.values[-1]:
        found = NO_SHARE
    yield [
        words(f"Contributes most: {lower_first(titled(metric.title, metric.unit))}"),
        words(found),
        words(f"{title}{of}; next: {results.title_of(second)}{_lent(title, _credit_shares(full))}"),
        change,
        interval,
    ]


def _cheapest(results: Results) -> Iterator[Row]:
    """Yield the measure with the lowest operating cost per avoided default, if any has a price.

    Where the rate of default rises, fewer defaults only mean that less was lent: left out.
    """
    full = prices(results)
    rows = [] if full is None else [row for row in full.blocks[0].rows if row[1].values]
    left_out = {results.title_of("package"), *_rate_rises(results)}
    if rows := [row for row in rows if row[0].text not in left_out]:
        name, price, interval, *_ = min(rows, key=lambda row: row[1].values)
        label = "Cheapest defaults avoided, by operating cost"
        found = (
            f"{name.text}, CNY {price.text} thousand each{_lent(name.text, _credit_alone(results))}"
        )
        yield [words(label), Cell(""), words(found), Cell(""), interval]


def _rate_rises(results: Results) -> Iterator[str]:
    """Yield the titles of arms in which the estimated default rate does not fall."""
    effects = results.effects
    if effects is not None:
        rate = effects[effects["metric"] == "default_rate"]
        yield from map(results.title_of, rate.loc[~(rate["difference"] < 0.0), "arm"].astype(str))


def _lent(title: str, rows: Iterable[Row]) -> str:
    """Return what a measure does to credit to good firms, to stand beside any praise of it.

    `rows` begin with a title and end with the change, in CNY million, and its interval.
    """
    found = next((row for row in rows if row[0].text == title and row[-2].values), None)
    if found is None:
        return "; what it does to credit to good firms is not measured here"
    return f"; credit to good firms: CNY {found[-2].text} million {found[-1].text}"


def _credit_shares(full: Table) -> Iterator[Row]:
    """Yield each part's share of the change of credit to good firms."""
    for block in full.blocks:
        if block.heading.startswith(METRICS["credit_to_good"].title):
            yield from (row[:3] for row in block.rows)


def _credit_alone(results: Results) -> Iterator[Row]:
    """Yield each measure's own change of credit to good firms, where the study reports it."""
    full = cost(results)
    for block in full.blocks if full else ():
        yield from block.rows
