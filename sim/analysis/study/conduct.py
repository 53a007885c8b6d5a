"""How a study proceeds: first how many seeds, then every arm on them, then the tables.

Base and package alone determine the number of seeds, by the half-width that the file sets; verdicts
are not computed before the last run is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.analysis.claimed_arms import arms_named_by
from sim.analysis.claims import Claim
from sim.analysis.coalitions import Arms, Coalition
from sim.analysis.experiments.kinds.study import Study
from sim.analysis.frames import panels
from sim.analysis.ladder import best_next, next_steps
from sim.analysis.stopping import Precision, next_step
from sim.analysis.study.arms import (
    Arm,
    arm_named,
    arm_of_measures,
    arm_of_parts,
    arms_of,
    coalitions_of,
    has_every_coalition,
    is_arm,
    scenario_of,
)
from sim.analysis.study.ceilings import beside_package, ceiling_plan
from sim.analysis.study.claiming import claims_of
from sim.analysis.study.equal_money import at_equal_money, money_plan
from sim.analysis.study.findings import Findings
from sim.analysis.study.open_space import regime_plan
from sim.analysis.study.robust_trial import check_robust
from sim.analysis.study.robustness import labelled, robust_table, try_all
from sim.analysis.study.same_rate import at_same_rate
from sim.analysis.study.where_it_holds import design_of
from sim.core.errors import SmelendError
from sim.core.names import BASE, PACKAGE
from sim.outcomes import METRICS
from sim.runs.carrying import CarryOut
from sim.runs.plan import Plan
from sim.scenario.comparable import refuse_incomparable
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    from pandas import DataFrame

BEST_ORDER = "best order of the measures"  # a step of the study, in words


class _Runner:
    """The arms so far and their scenarios, run by `carry_out`."""

    def __init__(self, study: Study, carry_out: CarryOut, seeds: int):
        self.study = study
        self.carry_out = carry_out
        self.seeds = seeds
        self.scenarios: dict[str, Scenario] = {}
        self.runs: DataFrame
        self.months: DataFrame

    def prepare(self, arms: dict[str, Arm]) -> None:
        """Build the scenarios of arms, so that a wrong key is refused before anything is run."""
        for name, arm in arms.items():
            if name not in self.scenarios:
                self.scenarios[name] = scenario_of(self.study, arm)

    def run(self, names: list[str], stage: str, *, last: bool = False) -> None:
        """Run arms on all seeds, and keep the frames; `last` if no step of the study follows.

        `stage` names the step in the progress.
        """
        arms = {name: self.scenarios[name] for name in names}
        later = None if last else partial(is_arm, self.study)
        plan = Plan(arms, tuple(range(1, self.seeds + 1)), later=later, stage=stage)
        self.runs, self.months = self.carry_out(plan, "")


def conduct(
    study: Study, carry_out: CarryOut, *, quick: bool = False, seeds: int | None = None
) -> Findings:
    """Run what a study needs and return its findings.

    `seeds` fixes their number, `quick` uses the few seeds of a first look; otherwise seeds are
    added until the half-width or the cap that the file sets, and unless `quick` the ceilings and
    the file's equal-money draws and regimes are run as well.  Raises `RequestError` for any error
    in the file, before anything is run.
    """
    claims = claims_of(study)
    arms = all_arms(study, claims)
    fixed = seeds or (study.content.seeds.quick if quick else None)
    runner = _Runner(study, carry_out, fixed or study.content.seeds.fewest)
    runner.prepare(arms)
    refuse_incomparable({name: runner.scenarios[name] for name in arms})
    check_robust(study, claims)
    stopped = "fixed" if fixed else _settle_seeds(runner)
    ladder = "ladder" in study.content.questions
    climbs = ladder and not has_every_coalition(study)  # its best order may need further arms
    runner.run(list(arms), "measures and combinations", last=not climbs)
    coalitions: dict[Coalition, str] = {
        coalition: arm_of_parts(study, coalition).name for coalition in coalitions_of(study)
    }
    order = _best_order(runner, coalitions) if ladder else ()
    if climbs:
        runner.run(list(runner.scenarios), BEST_ORDER, last=True)
    single = {name: arm_of_measures(study, {name}).name for name in study.measures}
    findings = Findings(
        study, claims, runner.runs, runner.months, coalitions, single, order, runner.seeds, stopped
    )
    return findings if quick else _widened(findings, carry_out)


def all_arms(study: Study, claims: Mapping[str, Claim]) -> dict[str, Arm]:
    """Return every arm that questions and claims need, except those of a best order."""
    return arms_of(study, [name for claim in claims.values() for name in arms_named_by(claim)])


def seeds_needed(study: Study, carry_out: CarryOut) -> tuple[int, str]:
    """Return how many seeds the file's precision needs, and why no more are added.

    Only base and package are run; the reason is `precision` or `cap`.
    """
    runner = _Runner(study, carry_out, study.content.seeds.fewest)
    runner.prepare({name: arm_named(study, name) for name in (BASE, PACKAGE)})
    stopped = _settle_seeds(runner)
    return runner.seeds, stopped


def _widened(findings: Findings, carry_out: CarryOut) -> Findings:
    """Return the findings with ceilings, and with what else the file requests.

    That may be equal-money draws, the base's mean rate, regimes, and what nobody knows.
    """
    study, bank = findings.study, findings.bank
    base = scenario_of(study, arm_named(study, BASE))
    runs, _ = carry_out(ceiling_plan(base, range(1, findings.seeds + 1)), "ceilings")
    beside = beside_package(findings.runs, runs, PACKAGE, findings.metrics, bank)
    findings = replace(findings, ceilings=beside)
    money, regimes = study.content.equal_money, study.content.regimes
    if money is not None:
        runs, _ = carry_out(money_plan(study, money), "equal_money")
        findings = replace(findings, money_draws=at_equal_money(study, money, runs, bank))
    if study.content.same_rate is not None:
        table = at_same_rate(study, study.content.same_rate, carry_out, bank)
        findings = replace(findings, same_rate=table)
    if regimes is not None:
        runs, months = carry_out(regime_plan(study, regimes, findings.claims), "regimes")
        runs, months = (frame[frame["bank"] == bank] for frame in (runs, months))
        design = design_of(study, regimes, findings.claims, runs, months)
        findings = replace(findings, design=design)
    return _tried(findings, carry_out)


def _tried(findings: Findings, carry_out: CarryOut) -> Findings:
    """Return the findings with each claim under what nobody knows, if the file asks for it.

    It comes last and its runs are many, so a fault there costs no other table: `missing` has it.
    """
    spec = findings.study.content.robust
    if spec is None:
        return findings
    try:
        tried = try_all(findings.study, spec, findings.claims, carry_out, findings.bank)
        table = robust_table(spec, tried, findings.claims)
        table = labelled(table, findings.verdicts)
    except SmelendError as fault:
        return replace(findings, missing=str(fault))
    except (ArithmeticError, LookupError, ValueError) as fault:  # an error of the program
        return replace(findings, missing=f"{type(fault).__name__}: {fault}")
    return replace(findings, robust=table, robust_points=tried.points)


def _settle_seeds(runner: _Runner) -> str:
    """Add seeds to base and package until the half-width or the cap; return which it was."""
    spec = runner.study.content.seeds
    rule = Precision(half_width=spec.half_width, fewest=spec.fewest, cap=max(spec.cap, spec.fewest))
    while True:
        runner.run([BASE, PACKAGE], "number of seeds, from base and all measures")
        steps = []
        for one in panels(runner.runs, [BASE, PACKAGE], [spec.metric], "drop"):
            difference = one.of(PACKAGE, spec.metric) - one.of(BASE, spec.metric)
            lost = np.full(one.dropped, np.nan)  # a failed run counts towards the cap
            steps.append(next_step(np.concatenate([difference, lost]), rule))
        wanted = max(step.wanted for step in steps)
        if not wanted:
            return "precision" if all(step.reason == "precision" for step in steps) else "cap"
        runner.seeds += wanted


def _best_order(runner: _Runner, coalitions: dict[Coalition, str]) -> tuple[str, ...]:
    """Return the parts, best next step first; arms that this needs are run on the way."""
    study = runner.study
    metric = study.content.metrics[0]
    better = METRICS[metric].better
    order: tuple[str, ...] = ()
    parts = list(study.parts)
    bank = sorted(runner.runs["bank"].unique())[0]
    while len(order) < len(parts):
        steps = {one: arm_of_parts(study, one) for one in next_steps(order, parts)}
        new = {arm.name: arm for arm in steps.values() if arm.name not in runner.scenarios}
        coalitions |= {one: arm.name for one, arm in steps.items()}
        if new:
            runner.prepare(new)
            runner.run(list(runner.scenarios), BEST_ORDER)
        arms: Arms = coalitions
        order += (
            best_next(
                runner.runs, arms, order, parts, metric,
                "higher" if better == "higher" else "lower", bank, "drop",
            ),
        )  # fmt: skip
    return order
