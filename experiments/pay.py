"""Measure what officers' pay and plans of growth do, beside the field's figures.

Run as `python -m experiments.pay --seeds A..B`; two tables with 95 % intervals.
Pay: the same bank with fixed pay (no bonus) and with pay on volume (a usual bonus, all of it for
volume) from month 1 on, in a calm economy, with as many officers in both, no plan, and no loss of
the authority to lend after losses, which in some seeds stops one of the two banks and not the other
(`--tolerance .07` lets it).  With `--plan 0` both plan not to grow: the plan then works against
what pay does to the number of loans.  Growth: the calm base case at several plans, with officers
hired as planned.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from experiments.steady_state import setting
from sim.analysis.intervals import t_interval
from sim.analysis.ratio import fieller
from sim.apps.options import read_seeds
from sim.core.arrays import Bools, Floats
from sim.core.random_numbers import normal_quantiles
from sim.runs.simulating import simulate
from sim.scenario.arguments import chosen_seeds
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario
from sim.state.ages import EARLY

if TYPE_CHECKING:
    import pandas as pd

    from sim.model.result import Result

CALM = {"economy.macro.months": 0}
NO_PLAN = -1.0  # the growth target of a bank that plans nothing
NEVER = 1.0  # the bad-loan ratio above which lending stops
FIXED, VOLUME = "fixed pay", "pay on volume"
PAY = {FIXED: {"bank.staffing.bonus": 0.0}, VOLUME: {"bank.staffing.volume_bonus": 1.0}}
GROWTH_WANTED = {0.0: (-3.0, 3.0), 0.10: (7.0, 13.0), 0.15: (12.0, 18.0), 0.25: (16.0, np.inf)}
NEAR = 0.05  # of Phi^-1(PD): files so close to the cut-off, on each side of it
LAST_BAND = 0.8  # of the cut-off: loans booked with a PD from there up to it
YEAR = 12
PERCENT = 100.0


class Moment(NamedTuple):
    """One figure in percent, with its 95 % interval and where it is wanted."""

    what: str
    value: float
    low: float
    high: float
    wanted: tuple[float, float] | None = None

    @property
    def row(self) -> str:
        """The figure as a line of a table."""
        said = f"| {self.what} | {self.value:+.1f} [{self.low:+.1f}, {self.high:+.1f}] |"
        if self.wanted is None:
            return f"{said} | |"
        least, most = self.wanted
        inside = "in" if least <= self.value <= most else "out"
        return f"{said} {least:+.0f} to {most:+.0f} | {inside} |"


class Asked(NamedTuple):
    """On which seeds it is measured, with which further settings, on how many processes."""

    seeds: Sequence[int]
    more: dict[str, float]
    workers: int = 0

    def scenario(self, settings: dict[str, Any], before: dict[str, Any] | None = None) -> Scenario:
        """Return the calm base case with settings from month 1; keys of its bank begin `bank.`.

        Those of `before`, and the further settings, hold in the burn-in too.
        """
        base = load_scenario("baseline")
        bank = next(iter(base.banks))
        always = whole(before or {}, bank) | self.more
        return base.with_(CALM | always, throughout=set(always)).with_(whole(settings, bank))

    def run(self, scenario: Scenario, detail: bool = False) -> Result:
        """Simulate the scenario."""
        return simulate(scenario, seeds=self.seeds, workers=self.workers, detail=detail)


def whole(settings: dict[str, Any], bank: str) -> dict[str, Any]:
    """Return settings with their keys as they stand in a scenario."""
    return {
        f"banks.{bank}.{key.removeprefix('bank.')}" if key.startswith("bank.") else key: value
        for key, value in settings.items()
    }


def pay_moments(asked: Asked, plan: float = NO_PLAN, tolerance: float = NEVER) -> Iterator[Moment]:
    """Yield what pay on volume does, mostly as a change in percent of what fixed pay gives."""
    limits = {"bank.capital.npl_tolerance": tolerance}
    same = {"bank.growth_target": plan, "bank.staffing.follows_plan": False}
    arms = {name: asked.scenario(same | pay, limits) for name, pay in PAY.items()}
    found = {name: asked.run(one, detail=True) for name, one in arms.items()}
    fixed, volume = (by_seed(found[name]) for name in PAY)
    fitted = {"loans": (25.0, 37.0), "size of loans": (10.0, 20.0),
              "default of cohorts within 18 months": (12.0, 36.0)}  # fmt: skip
    for name in fixed:
        yield changed(name, fixed[name], volume[name], fitted.get(str(name)))
    cut_off = next(iter(arms[FIXED].banks.values())).approval.cut_off
    last = {name: last_band(one.loans, cut_off, asked) for name, one in found.items()}
    for name, one in found.items():
        failed, booked = last[name]
        missed = just_missed(one.loans, cut_off, asked)
        yield share(f"{name}: files that just miss, of those near the cut-off", *missed)
        yield share(f"{name}: default within 18 months in the last band", failed, booked)
    yield changed("default in the last band", *(pooled(*last[name]) for name in PAY))


def by_seed(found: Result) -> pd.DataFrame:
    """Return what is compared, one row per seed."""
    import pandas as pd

    outcomes = found.summary.set_index("seed")
    return pd.DataFrame(
        {
            "loans": outcomes["loans_granted"],
            "size of loans": outcomes["credit_granted"] / outcomes["loans_granted"],
            "default of cohorts within 18 months": outcomes["cohort_default_18"],
            "default a year": outcomes["default_rate"],
            "approvals": outcomes["approval_rate"],
            "applications": found.months.groupby("seed")["applications"].sum(),
            "days to decision": outcomes["days_to_decision"],
            "AUC": outcomes["auc"],
        }
    )


def just_missed(loans: Any, cut_off: float, asked: Asked) -> tuple[Floats, Floats]:
    """Return files just above the cut-off, and on both sides of it, per seed."""
    distance = normal_quantiles(loans["pd"].to_numpy(float)) - normal_quantiles(np.array([cut_off]))
    files = loans["decision"].isin(["approved", "refused"]).to_numpy()
    near = files & ~loans["caught"].fillna(False).to_numpy(bool) & (np.abs(distance) <= NEAR)
    return per_seed(loans, near & (distance > 0.0), asked), per_seed(loans, near, asked)


def last_band(loans: Any, cut_off: float, asked: Asked) -> tuple[Floats, Floats]:
    """Return loans in the last band that default within the window, and all of them, per seed."""
    granted = loans["granted"].to_numpy(float, na_value=np.nan)
    age = loans["default_month"].to_numpy(float, na_value=np.inf) - granted
    pd = loans["pd"].to_numpy(float)
    horizon = asked.scenario({}).horizon
    seen = (granted >= 1) & (granted <= horizon - EARLY)
    booked = seen & (pd > LAST_BAND * cut_off) & (pd <= cut_off)
    return per_seed(loans, booked & (age <= EARLY), asked), per_seed(loans, booked, asked)


def per_seed(loans: Any, chosen: Bools, asked: Asked) -> Floats:
    """Return how many of the chosen rows each seed has."""
    counts = loans.loc[chosen].groupby("seed").size()
    return counts.reindex(list(asked.seeds), fill_value=0).to_numpy(float)


def pooled(part: Floats, whole: Floats) -> Floats:
    """Return values per seed whose mean is the share over all seeds, linear in the counts."""
    rate = part.sum() / whole.sum()
    return np.asarray(rate + (part - rate * whole) / whole.mean())


def share(what: str, part: Floats, whole: Floats) -> Moment:
    """Return a share over all seeds, in percent."""
    found = fieller(part, whole)
    return Moment(what, PERCENT * found.ratio, PERCENT * found.low, PERCENT * found.high)


def changed(
    what: object, base: Any, other: Any, wanted: tuple[float, float] | None = None
) -> Moment:
    """Return the change of a mean, in percent of what it was, on common seeds."""
    found = fieller(np.asarray(other, float), np.asarray(base, float))
    value, low, high = (PERCENT * (number - 1.0) for number in (found.ratio, found.low, found.high))
    return Moment(str(what), value, low, high, wanted)


def growth_moments(asked: Asked) -> Iterator[Moment]:
    """Yield how much the book grows a year at each plan."""
    for plan, wanted in GROWTH_WANTED.items():
        months = asked.run(asked.scenario({"bank.growth_target": plan})).months
        book = months.pivot(index="seed", columns="month", values="gross_loans")
        first, last = book.columns.min(), book.columns.max()
        yearly = np.log(book[last] / book[first]) * YEAR / (last - first)
        found = t_interval(yearly)
        value, low, high = PERCENT * np.expm1([found.mean, found.low, found.high])
        yield Moment(f"growth a year planned at {plan:.0%}", value, low, high, wanted)


def main(arguments: Sequence[str] | None = None) -> None:
    """Simulate the arms and print the tables."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--seeds", default="401..424", metavar="A..B")
    asked.add_argument("--set", type=setting, action="append", default=[], metavar="KEY=NUMBER")
    asked.add_argument("--plan", type=float, default=NO_PLAN, help="growth planned in both arms")
    asked.add_argument("--tolerance", type=float, default=NEVER, help="bad-loan ratio, both arms")
    asked.add_argument("--only", choices=("pay", "growth"))
    asked.add_argument("--workers", type=int, default=0)
    given = asked.parse_args(arguments)
    seeds = chosen_seeds(None, read_seeds(given.seeds))
    here = Asked(seeds, dict(given.set), given.workers)
    print(f"| Seeds {given.seeds} | %, 95 % interval | Wanted | |\n|---|---:|---:|---|")
    if given.only != "growth":
        for moment in pay_moments(here, given.plan, given.tolerance):
            print(moment.row, flush=True)
    if given.only != "pay":
        for moment in growth_moments(here):
            print(moment.row, flush=True)


if __name__ == "__main__":
    main()
