"""Truth and belief, two by two: good and bad firms, accepted and refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.intervals import share_interval
from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import Block, Cell, Column, Row, Table, estimate, estimates, words

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.intervals import Interval

COLUMNS = ["arm", "bank", "seed", "decision", "good"]
TRUTH = {True: "Good in truth", False: "Bad in truth"}
BELIEF = {"approved": "Accepted", "refused": "Refused"}


@table("beside", 10)
def truth_and_belief(results: Results) -> Table | None:
    """Return the share of decided applications in each of the four cells, a block for each arm."""
    if not results.has("loans"):
        return None
    loans = results.one_bank("loans")
    judged = loans[loans["decision"].isin(list(BELIEF)) & loans["good"].notna()]
    judged = judged[COLUMNS].assign(good=judged["good"].astype(bool))
    blocks, seeds = [], 0
    for arm in results.compared:
        mine = judged[judged["arm"] == arm]
        if len(mine):
            seeds = max(seeds, mine["seed"].nunique())
            blocks.append(Block(results.title_of(arm), _rows(mine)))
    if not blocks:
        return None
    columns = estimates(*(f"{title}, %" for title in (*BELIEF.values(), "Refused of these")))
    return Table(
        "truth-and-belief",
        "Truth and belief: what the bank did with good and with bad firms",
        [Column("Applicant"), *columns],
        blocks,
        "In per cent of all decided applications, so the four cells of an arm sum to 100; the last "
        "column is per cent of the row. A firm is good if the rate quoted to it covers the cost of "
        "its true chance of default, which no bank sees. Mean and 95 % interval over "
        f"{seeds:,} seeds with loan records (t on log-odds).",
    )


def _rows(mine: pd.DataFrame) -> list[Row]:
    rows: list[Row] = []
    every = mine.groupby("seed").size()
    for good, title in TRUTH.items():
        of = mine[mine["good"] == good]
        number = of.groupby("seed").size().reindex(every.index, fill_value=0)
        cells: list[Cell] = []
        for decision in BELIEF:
            count = of[of["decision"] == decision].groupby("seed").size()
            share = count.reindex(every.index, fill_value=0) / every
            cells += _cells(share_interval(share.to_numpy(float)))
        refused = of[of["decision"] == "refused"].groupby("seed").size()
        rate = refused.reindex(every.index, fill_value=0) / number.where(number > 0, np.nan)
        rows.append([words(title), *cells, *_cells(share_interval(rate.to_numpy(float)))])
    return rows


def _cells(found: Interval) -> Row:
    return estimate(100.0 * found.mean, 100.0 * found.low, 100.0 * found.high)
