"""What a study found: the frames of its runs, and every table computed from them.

Each table is tidy, in stored units, and computed when first used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sim.analysis.attribution import attribute, interactions, leave_one_out
from sim.analysis.claims import Claim, Frames
from sim.analysis.claims.regime import Regime
from sim.analysis.coalitions import Coalition
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.judging import judge_claims
from sim.analysis.ladder import ladder
from sim.analysis.paired import compare_arms
from sim.analysis.sampled import attribute_sampled
from sim.analysis.shapley import sampled_by_seed, shapley_by_seed
from sim.analysis.study.arms import is_exact, orders_of
from sim.analysis.study.best_combinations import best_combinations, lost_without
from sim.analysis.study.decisions import best_step, decisions
from sim.analysis.study.equal_money import first_places
from sim.analysis.study.leader import leader_of
from sim.analysis.study.path import path_of
from sim.analysis.study.prices import break_even_multiple, prices
from sim.analysis.study.titles import titles_of
from sim.analysis.study.where_it_holds import maps_of, shares_of
from sim.core.names import BASE, PACKAGE
from sim.outcomes import METRICS

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class Findings:
    """The runs of a study and the tables computed from them.

    `coalitions` maps sets of parts to arms, `single` measures to the arm with that measure alone;
    `best_order` is the greedy order of parts; `stopped` says why no more seeds were
    added: fixed, precision or cap.
    """

    study: Study
    claims: Mapping[str, Claim]
    runs: DataFrame
    months: DataFrame
    coalitions: Mapping[Coalition, str]
    single: Mapping[str, str]
    best_order: tuple[str, ...]
    seeds: int
    stopped: str
    money_draws: DataFrame | None = None  # draws of strengths and prices, at equal money
    same_rate: DataFrame | None = None  # package and measures at the base's mean rate
    ceilings: DataFrame | None = None  # beside the package: what could be gained at most
    design: DataFrame | None = None  # points of the open space, and where claims hold
    robust: DataFrame | None = None  # each claim under what nobody knows, and its label
    robust_points: DataFrame | None = None  # the points behind it
    missing: str = ""  # why the robust tables are missing though the file asks for them

    @property
    def metrics(self) -> list[str]:
        """The outcomes reported, the one that ranks parts first."""
        return self.study.content.metrics

    @property
    def bank(self) -> str:
        """The bank that the study is about: the first in order of name."""
        return str(sorted(self.runs["bank"].unique())[0])

    @cached_property
    def effects(self) -> DataFrame:
        """One row per (arm, bank, metric): the paired difference to the base, as `compare_arms`."""
        import pandas as pd

        others = [arm for arm in dict.fromkeys(self.runs["arm"]) if arm != BASE]
        wanted = {PACKAGE, *self.single.values(), *self.study.content.arms}
        requested = "alone" in self.study.content.questions
        found = [
            compare_arms(self.runs, BASE, arm, self.metrics, unmatched="drop").assign(arm=arm)
            for arm in others
            if arm == PACKAGE or (requested and arm in wanted)
        ]
        table = pd.concat(found, ignore_index=True)
        table["better"] = [METRICS[name].better for name in table["metric"]]
        return table[["arm", *table.columns.drop("arm")]]

    @cached_property
    def contributions(self) -> DataFrame | None:
        """Shares of the parts per seed, shaped like `runs`; None if not requested."""
        if "attribution" not in self.study.content.questions:
            return None
        if is_exact(self.study):
            return shapley_by_seed(self.runs, self.coalitions, self.metrics, "drop")
        orders = orders_of(self.study)
        return sampled_by_seed(self.runs, self.coalitions, orders, self.metrics, "drop")

    @cached_property
    def attribution(self) -> DataFrame | None:
        """One row per (bank, metric, part): its Shapley share with interval."""
        if "attribution" not in self.study.content.questions:
            return None
        if is_exact(self.study):
            return attribute(self.runs, self.coalitions, self.metrics, unmatched="drop")
        orders = orders_of(self.study)
        return attribute_sampled(self.runs, self.coalitions, orders, self.metrics, unmatched="drop")

    @cached_property
    def leave_one_out(self) -> DataFrame | None:
        """One row per (bank, metric, part): what the package loses without it."""
        if "leave-one-out" not in self.study.content.questions or len(self.study.parts) < 2:
            return None
        return leave_one_out(
            self.runs, self.coalitions, list(self.study.parts), self.metrics, unmatched="drop"
        )

    @cached_property
    def interactions(self) -> DataFrame | None:
        """One row per (bank, metric, pair of parts), probabilities on log-odds."""
        if "interactions" not in self.study.content.questions or len(self.study.parts) < 2:
            return None
        return interactions(
            self.runs, self.coalitions, list(self.study.parts), self.metrics, unmatched="drop"
        )

    @cached_property
    def ladders(self) -> DataFrame | None:
        """Ladder steps in the order given and in the best order, for every metric."""
        import pandas as pd

        if "ladder" not in self.study.content.questions or len(self.study.parts) < 2:
            return None
        orders = {"thesis": tuple(self.study.parts), "best": self.best_order}
        found = [
            ladder(self.runs, self.coalitions, order, metric, self.bank, unmatched="drop").assign(
                order=name, metric=metric
            )
            for name, order in orders.items()
            for metric in self.metrics
        ]
        table = pd.concat(found, ignore_index=True)
        return table[["order", "metric", *table.columns.drop(["order", "metric"])]]

    @cached_property
    def best_combinations(self) -> DataFrame | None:
        """One row per (combination of parts, metric); None where too few were run."""
        return best_combinations(self.runs, self.coalitions, self.metrics, self.bank)

    @cached_property
    def lost_without(self) -> DataFrame | None:
        """What each efficient combination loses without each of its parts."""
        best = self.best_combinations
        if best is None:
            return None
        return lost_without(self.runs, self.coalitions, best, self.metrics, self.bank)

    @cached_property
    def decisions(self) -> DataFrame | None:
        """Take, leave or undecided: one row per (part, alone or with all others, outcome)."""
        parts = list(self.study.parts)
        return decisions(self.runs, self.coalitions, parts, self.metrics, self.bank)

    @cached_property
    def best_step(self) -> DataFrame | None:
        """The best single step from the base, chosen on one half of the seeds."""
        parts = list(self.study.parts)
        return best_step(self.runs, self.coalitions, parts, self.metrics, self.bank)

    @cached_property
    def prices(self) -> DataFrame:
        """One row per measure and the package: money per avoided default, Fieller's interval."""
        arms = list(dict.fromkeys([*self.single.values(), PACKAGE]))
        known = set(self.runs["arm"])
        return prices(self.runs, BASE, [arm for arm in arms if arm in known], self.bank)

    @cached_property
    def break_even(self) -> DataFrame:
        """The factor on the package's extra cost at which its profit equals the base's."""
        return break_even_multiple(self.runs, self.months, BASE, PACKAGE, self.bank)

    @cached_property
    def path(self) -> DataFrame:
        """One row per (arm, month): mean and interval of the bad-loan ratio at month-ends."""
        return path_of(self.months, [BASE, PACKAGE, *self.study.content.arms], self.bank)

    @cached_property
    def words(self) -> DataFrame:
        """One row per measure, part and arm of the study's own: its kind and its title."""
        return titles_of(self.study)

    @property
    def judged(self) -> dict[str, Claim]:
        """The claims that this run can judge; those about regimes need the design."""
        known = self.design is not None
        every = self.claims.items()
        return {name: one for name, one in every if known or not isinstance(one, Regime)}

    @cached_property
    def verdicts(self) -> DataFrame | None:
        """One row per claim judged, adjusted for their number; None where there is none."""
        if not self.judged:
            return None
        return judge_claims(self.judged, self.frames)

    @property
    def frames(self) -> Frames:
        """What claims are judged by."""
        return Frames(
            self.runs, self.months, self.contributions, design=self.design, unmatched="drop"
        )

    @cached_property
    def equal_money(self) -> DataFrame | None:
        """One row per part: how often it comes first when all spend the same amount."""
        if self.money_draws is None:
            return None
        return first_places(self.study, self.money_draws)

    @cached_property
    def regimes(self) -> DataFrame | None:
        """One row per claim: the share of the open space where it holds, and what governs it."""
        spec = self.study.content.regimes
        if self.design is None or spec is None:
            return None
        return shares_of(spec, self.design, self.claims)

    @cached_property
    def regime_maps(self) -> DataFrame | None:
        """Each claim's share over the two quantities that govern it."""
        if self.design is None or self.regimes is None:
            return None
        return maps_of(self.regimes, self.design)

    @cached_property
    def leader(self) -> tuple[str, str, bool]:
        """Part that contributes most to the first metric, the second, and whether they differ.

        By Shapley share; if shares were not requested, by the effect of each measure alone.
        """
        frame, names = self.contributions, list(self.study.parts)
        if frame is None:
            frame, names = self.runs, list(self.single.values())
        return leader_of(frame, names, self.metrics[0], self.bank)
