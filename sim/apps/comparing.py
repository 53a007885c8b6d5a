"""The comparison of scenarios on common seeds, used from Python and from the command line.

Each other arm is compared with the base seed by seed.  The verdict on an outcome says which
direction is better, corrected for all outcomes of a table together (Holm).
"""

from __future__ import annotations

import html
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.schema import Scenario


@dataclass(frozen=True)
class Comparison:
    """The differences of other arms from a base.

    `table` has one row per (arm, bank, metric): group, title, unit and better direction of the
    metric; base and other (means over the seeds); difference (other - base, seed by seed), its
    95 % interval `low`, `high` and BCa interval `boot_low`, `boot_high`; p, p_holm; verdict:
    better, worse, higher, lower (where neither is better) or undecided; n and dropped seeds;
    variance_reduction.  `runs` and `months` are the source frames, with the column `arm`.
    """

    base: str
    others: tuple[str, ...]
    table: pd.DataFrame
    runs: pd.DataFrame
    months: pd.DataFrame

    def __str__(self) -> str:
        from sim.analysis.decisive import decisive_intervals
        from sim.apps.layout import screen_width
        from sim.apps.results_text import text_of_comparison

        rows = decisive_intervals(self.table, "arm")
        return text_of_comparison(rows, self.base, int(self.months["month"].max()), screen_width())

    def __repr__(self) -> str:
        others = ", ".join(map(repr, self.others))
        seeds = self.runs["seed"].nunique()
        return (
            f"<Comparison of {others} with {self.base!r}: {seeds:,} seeds, {len(self.table)} rows>"
        )

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(str(self))}</pre>"

    def save(self, folder: str | Path) -> list[Path]:
        """Write the table (CSV) and the figure of each other arm; return the paths.

        Raises `RequestError` when the folder cannot be written.
        """
        from sim.apps.comparison_files import save_comparison
        from sim.core.paths import path_of

        return save_comparison(self.table, self.months, self.base, path_of(folder, "folder"))


def compare(
    base: Scenario | str | Path,
    others: Scenario | str | Path | Iterable[Scenario | str | Path],
    seeds: int | str | Sequence[int] = 30,
    workers: int | None = None,
) -> Comparison:
    """Simulate scenarios on the same seeds and compare each of the others with the base.

    Each is a scenario, a path, or a name such as ``zhengzhou/baseline``.  `seeds` is a number n
    (seeds 1 to n; also as text), text such as ``31..60``, or a list.  Runs in this process unless
    `workers` is given.  An arm that was compared before on the same seeds is not simulated again.
    Raises `RequestError` when two scenarios share a name, when their runs could not be
    compared, or no run can be completed.
    """
    from sim.scenario.arguments import read_seeds, scenario_of, scenarios_of, workers_of
    from sim.scenario.comparable import refuse_incomparable

    chosen, processes = read_seeds(seeds), workers_of(workers)
    arms: dict[str, Scenario] = {}
    for scenario in [scenario_of(base), *scenarios_of(others)]:
        if scenario.name in arms:
            raise RequestError(
                f"two scenarios are called '{scenario.name}'; give one of them another `name`"
            )
        arms[scenario.name] = scenario
    refuse_incomparable(arms, totals=True)
    runs, months = _frames(arms, chosen, processes or 0)
    return comparison_of(runs, months, list(arms))


def _frames(
    arms: dict[str, Scenario], seeds: Sequence[int], workers: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the runs and months of arms; a seed that fails is left out of its arm."""
    from sim.runs.arms import simulate_arms

    try:
        return simulate_arms(arms, seeds, workers)
    except RequestError:
        raise
    except Exception:  # whatever a run raises, a folder keeps the others
        return _frames_of_folder(arms, seeds, workers)


def _frames_of_folder(
    arms: dict[str, Scenario], seeds: Sequence[int], workers: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the same by way of a run folder, which finds the seeds that fail."""
    from sim.runs.execute import execute
    from sim.runs.plan import Plan
    from sim.runs.reading import read_failed, read_months, read_runs

    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        outcome = execute(Plan(arms, tuple(seeds)), folder, workers=workers, quiet=True)
        if not outcome.done:
            first = read_failed(folder)["error"].iloc[0]
            raise RequestError(f"all runs failed; the first: {first}")
        return read_runs(folder), read_months(folder)


def comparison_of(runs: pd.DataFrame, months: pd.DataFrame, arms: Sequence[str]) -> Comparison:
    """Return the comparison of the first arm with each of the others, from stored frames.

    Seeds that are missing in one arm because a run failed are left out of the pair and counted as
    dropped.  Raises `RequestError` for fewer than two arms or an arm without runs.
    """
    from sim.results.comparison import compared

    if len(arms) < 2:
        raise RequestError("a comparison needs a base and at least one other scenario")
    base, *others = arms
    table = compared(runs, base, others)
    return Comparison(base, tuple(others), table, runs, months)


def different_start(arms: Mapping[str, Any]) -> str:
    """Return how an arm's start differs from that of the first arm; empty if all start alike.

    Arms with other firms, another burn-in or another economy before month 1 do not begin with the
    same books, so their difference is not the effect of the measures alone.
    """
    from sim.runs.growth import differences

    (base, first), *others = ((name, _start(scenario)) for name, scenario in arms.items())
    for other, start in others:
        for key, was, now in differences(first, start):
            return (
                f"note: the arms do not start from the same books: {key} is {was} in {base} and "
                f"{now} in {other}"
            )
    return ""


def _start(scenario: Scenario) -> dict[str, Any]:
    """Return the settings that apply before month 1."""
    banks = {name: bank.model_dump(mode="json") for name, bank in scenario.banks_in(0).items()}
    return {
        "firms": scenario.firms.model_dump(mode="json"),
        "burn_in.months": scenario.burn_in.months,
        "burn_in.nature_months": scenario.burn_in.nature_months,
        "burn_in.economy": scenario.economy_in(0).model_dump(mode="json"),
        "burn_in.banks": banks,
    }
