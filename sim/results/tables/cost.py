"""The cost, profit and credit of each measure alone and of all, against the base."""

from __future__ import annotations

from sim.core.names import PACKAGE
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import EMPTY, Block, Column, Row, Table, estimates, stored, words
from sim.results.units import scale_of
from sim.results.wording import plain

PRICED = {
    "cost": "Operating cost, CNY million",
    "profit": "Profit after tax, CNY million",
    "credit_to_good": "Credit to good firms, CNY million",
}


@table("cost")
def cost(results: Results) -> Table | None:
    """Return a row for each arm, all measures first; a block for each bank."""
    rows = results.effects
    if rows is None:
        return None
    rows = rows[rows["metric"].isin(PRICED)]
    arms = list(dict.fromkeys(rows["arm"]))
    if results.kind == "study":
        single = list(results.account.get("single", {}).values())
        arms = list(dict.fromkeys([PACKAGE, *(single or arms)]))
    blocks = []
    several = rows["bank"].nunique() > 1
    for bank, part in rows.groupby("bank", sort=False):
        found: list[Row] = []
        for arm in arms:
            mine = part[part["arm"] == arm].set_index("metric")
            cells = [words(results.title_of(arm))]
            for metric in PRICED:
                one = mine.loc[metric] if metric in mine.index else None
                cells += EMPTY if one is None else stored(
                    one, "difference", scale_of(one["unit"]).factor, sign=True
                )  # fmt: skip
            if len(mine):
                found.append(cells)
        blocks.append(Block(plain(str(bank)) if several else "", found))
    if not blocks:
        return None
    return Table(
        "cost",
        f"Cost and profit over {results.horizon:,} months, against {results.base_words}",
        [
            Column("Measure" if results.kind == "study" else "Scenario"),
            *estimates(*PRICED.values()),
        ],
        blocks,
        "The costs of the measures (staff, visits, checks, files) are booked in the accounts.",
    )
