"""The end of a study's text: a short summary.

Nothing is computed here; each line repeats a number of the tables above, with its interval.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim.apps.layout import Row, TextColumn, laid_out
from sim.apps.study_cells import difference_cells, way_of, words_of, wrapped
from sim.core.names import PACKAGE
from sim.report.units import decimals, interval, scale_of, titled, written
from sim.report.wording import lower_first

if TYPE_CHECKING:
    from sim.analysis.claims.trend import Trend
    from sim.analysis.study.findings import Findings

BRIEF = ("npl_ratio", "default_rate", "credit_to_good", "profit")
TOGETHER = ("trend", "all-of")  # kinds of claim about the whole package


def in_short(findings: Findings, width: int) -> list[str]:
    """Return the last table: bad loans, what the package does, and who contributes most."""
    columns = [
        TextColumn("In short", prose=True),
        TextColumn("found", prose=True),
        TextColumn("change", number=True),
        TextColumn("interval", number=True),
        TextColumn("verdict"),
    ]
    rows = [*_claims(findings, "trend"), *_package(findings), *_claims(findings, "all-of")]
    rows += [*_most(findings), *_cheapest(findings)]
    if not rows:
        return []
    lines = laid_out(columns, rows, width)
    return lines + wrapped(
        f"{findings.seeds:,} seeds; 95 % intervals, changes of percentages in percentage points. "
        "Verdicts are corrected for the number of claims and of outcomes (Holm), so an outcome "
        "whose interval only just excludes 0 may still be undecided; more seeds may decide it.",
        width,
    )


def _claims(findings: Findings, kind: str) -> list[Row]:
    """Return a row per claim of a kind, with the path that a trend is about."""
    from sim.apps.study_verdicts import piece_of

    table = findings.verdicts
    rows: list[Row] = []
    if table is None:
        return rows
    for _, row in table[table["kind"] == kind].iterrows():
        unit, what = piece_of(str(row["what"]))
        known = row["low"] < row["high"]
        cells = difference_cells(row, unit) if known else ["-", "-"]
        claim: Any = findings.claims[str(row["claim"])]
        decider = what.partition(",")[0].partition(":")[0]
        by = f"decided by {lower_first(decider)}"
        found = _levels(findings, claim) if kind == "trend" else by
        rows.append([str(row["statement"] or row["claim"]), found, *cells, str(row["verdict"])])
    return rows


def _levels(findings: Findings, claim: Trend) -> str:
    """Return the mean of a trend's series at its dates."""
    unit = words_of(claim.metric)[1]
    months = findings.months
    series = months[(months["arm"] == claim.arm) & (months["bank"] == findings.bank)]
    means = series.groupby("month")[claim.metric].mean() * scale_of(unit).factor
    levels = ", ".join(written(float(means[month]), 1) for month in claim.months)
    return f"{levels} {scale_of(unit).level} in months {', '.join(map(str, claim.months))}"


def _package(findings: Findings) -> list[Row]:
    """Return the effect of all measures together on the main outcomes."""
    table = findings.effects
    mine = table[(table["arm"] == PACKAGE) & (table["bank"] == findings.bank)].set_index("metric")
    rows: list[Row] = []
    for metric in BRIEF:
        if metric not in mine.index:
            continue
        row: Any = mine.loc[metric]
        title, unit = words_of(metric)
        scale = scale_of(unit)
        digits = decimals(scale.factor * (row["high"] - row["low"]) / 2, scale.factor * row["base"])
        ends = [written(scale.factor * float(row[k]), digits) for k in ("base", "other")]
        found = f"{ends[0]} to {ends[1]} {scale.level}"
        label = f"All measures: {lower_first(title)}"
        rows.append([label, found, *difference_cells(row, unit), way_of(row)])
    return rows


def _most(findings: Findings) -> list[Row]:
    """Return the part with the largest contribution to the first outcome, and its significance."""
    first, second, apart = findings.leader
    shares = findings.attribution
    if not first or shares is None:
        return []
    metric = findings.metrics[0]
    chosen = (shares["metric"] == metric) & (shares["bank"] == findings.bank)
    row = shares[chosen & (shares["package"] == first)].iloc[0]
    share = "" if row["share"] != row["share"] else f", {100 * row['share']:.0f} % of the total"
    title, unit = words_of(metric)
    cells = difference_cells(row.rename({"contribution": "difference"}), unit)
    label = f"Contributes most: {lower_first(titled(title, unit))}"
    sure = "significant" if apart else "not significant"
    leading, following = titled_part(findings, first), titled_part(findings, second)
    return [[label, f"{leading}{share}; next: {following}", *cells, sure]]


def titled_part(findings: Findings, name: str) -> str:
    """Return the title of a part or a measure, or the name where it has none."""
    words = findings.words.drop_duplicates("name", keep="last").set_index("name")["title"]
    return str(words.get(name, name))


def _cheapest(findings: Findings) -> list[Row]:
    """Return the measure with the lowest operating cost per avoided default, if any has a price."""
    table = findings.prices
    priced = table[(table["kind"] == "operating cost") & (table["why"] == "")]
    priced = priced[priced["arm"] != PACKAGE]
    if not len(priced):
        return []
    row = priced.sort_values("price").iloc[0]
    price, low, high = (float(row[k]) / 1e3 for k in ("price", "low", "high"))
    arm = titled_part(findings, str(row["arm"]))
    found = f"{arm}, CNY {written(price, 0)} thousand each"
    return [["Cheapest defaults avoided, by operating cost", found, "", interval(low, high, 0), ""]]
