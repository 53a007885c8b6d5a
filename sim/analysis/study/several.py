"""A study over several banks: the same measures on the same seeds in each, in one table.

Each bank is an ordinary study; here all banks use the same seeds, the findings are put side by
side, and claims are judged together, so that five banks give no more false findings than one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.experiments.kinds.banks import Several
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.judging import judge_evidence
from sim.analysis.multiplicity import holm
from sim.analysis.study.arms import scenario_of
from sim.analysis.study.claiming import claims_of
from sim.analysis.study.conduct import all_arms, conduct, seeds_needed
from sim.analysis.study.findings import Findings
from sim.analysis.study.robustness import labelled
from sim.core.names import BASE, OWN, PACKAGE
from sim.runs.carrying import CarryOut, within

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class SeveralFindings:
    """The findings of each bank, and the tables over all; banks in the order of the file."""

    several: Several
    banks: Mapping[str, Findings]
    seeds: int
    stopped: str

    @property
    def metrics(self) -> list[str]:
        """The outcomes reported, the one that ranks packages first."""
        return self.several.content.metrics

    @property
    def rows(self) -> list[str]:
        """The rows of the table: each measure alone, all together, the bank's own package."""
        return [*next(iter(self.banks.values())).single, PACKAGE, OWN]

    @cached_property
    def effects(self) -> DataFrame:
        """One row per (bank, arm, metric): the paired difference to the bank's base.

        Columns: bank, arm, metric, base, other (means), difference, low, high, p, n, and p_holm
        over all rows of a metric.
        """
        table = self._joined("effects")
        table = table[table["arm"].isin([*self._arms, PACKAGE, OWN])].copy()
        table["p_holm"] = np.nan
        for metric in table["metric"].unique():
            of = table["metric"] == metric
            table.loc[of, "p_holm"] = holm(table.loc[of, "p"])
        columns = ["base", "other", "difference", "low", "high", "p", "p_holm", "n"]
        return table[["bank", "arm", "metric", *columns]].reset_index(drop=True)

    @cached_property
    def prices(self) -> DataFrame:
        """One row per (bank, arm, kind): CNY per avoided default with Fieller's interval."""
        import pandas as pd

        from sim.analysis.study.prices import prices

        arms = [*self._arms, PACKAGE, OWN]
        tables = [
            prices(found.runs, BASE, arms, found.bank).assign(bank=bank)
            for bank, found in self.banks.items()
        ]
        table = pd.concat(tables, ignore_index=True)
        return table[["bank", *table.columns.drop("bank")]]

    @cached_property
    def attribution(self) -> DataFrame | None:
        """One row per (bank, metric, package): its share of the effect; None if not requested."""
        if "attribution" not in self.several.content.questions:
            return None
        return self._joined("attribution")

    @cached_property
    def verdicts(self) -> DataFrame:
        """One row per (bank, claim), all adjusted together."""
        claims = {
            (bank, name): claim
            for bank, found in self.banks.items()
            for name, claim in found.claims.items()
        }
        pieces = {
            (bank, name): claim.evidence(self.banks[bank].frames)
            for (bank, name), claim in claims.items()
        }
        flat = {f"{bank}/{name}": claim for (bank, name), claim in claims.items()}
        table = judge_evidence(flat, {f"{b}/{n}": found for (b, n), found in pieces.items()})
        table["claim"] = [name for _, name in claims]
        table.insert(0, "bank", [bank for bank, _ in claims])
        return table

    @cached_property
    def robust(self) -> DataFrame | None:
        """One row per (bank, claim): whether its verdict stands under what nobody knows."""
        import pandas as pd

        every = self.verdicts
        tables = [
            labelled(one.robust, every[every["bank"] == bank]).assign(bank=bank)
            for bank, one in self.banks.items()
            if one.robust is not None
        ]
        if not tables:
            return None
        table = pd.concat(tables, ignore_index=True)
        return table[["bank", *table.columns.drop("bank")]]

    @property
    def _arms(self) -> list[str]:
        return list(next(iter(self.banks.values())).single.values())

    def _joined(self, name: str) -> DataFrame:
        import pandas as pd

        tables = [getattr(found, name).assign(bank=bank) for bank, found in self.banks.items()]
        table = pd.concat(tables, ignore_index=True)
        return table[["bank", *table.columns.drop("bank")]]


def conduct_several(
    several: Several, carry_out: CarryOut, *, quick: bool = False, seeds: int | None = None
) -> SeveralFindings:
    """Run every bank's arms on the same seeds and return the findings.

    `carry_out` gets the bank as the name of a folder.  `seeds` fixes their number, `quick` uses
    the few seeds of a first look and one question; otherwise the bank that needs most sets it for
    all.  Raises `RequestError` for any error in any bank, before anything is run.
    """
    if quick:
        several = several.first_look()
    for study in several.studies.values():
        for arm in all_arms(study, claims_of(study)).values():
            scenario_of(study, arm)
    runners = {bank: within(carry_out, bank) for bank in several.studies}
    fixed = seeds or (several.content.seeds.quick if quick else None)
    stopped = "fixed"
    if fixed is None:
        fixed, stopped = _most_needed(several.studies, runners)
    found = {
        bank: conduct(study, runners[bank], seeds=fixed) for bank, study in several.studies.items()
    }
    return SeveralFindings(several, found, fixed, stopped)


def _most_needed(
    studies: Mapping[str, Study], runners: Mapping[str, CarryOut]
) -> tuple[int, str]:  # fmt: skip
    """Return the seeds that the least precise bank needs, and `cap` if some bank needs more."""
    needs = [seeds_needed(study, runners[bank]) for bank, study in studies.items()]
    short = any(reason == "cap" for _, reason in needs)
    return max(count for count, _ in needs), "cap" if short else "precision"
