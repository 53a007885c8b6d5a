"""No claim is supported by construction: a placebo, or a mechanism switched off, wins nothing.

Each test has a twin in which the mechanism is on and the same claim is supported, so that
"undecided" is not merely the answer of an engine that never decides.
"""

from pathlib import Path

import pandas as pd
import pytest

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.study.conduct import conduct
from sim.model.simulate import simulate
from sim.runs.plan import Plan

BASE = Path(__file__).parents[2] / "scenarios" / "zhengzhou" / "baseline.yaml"
SEEDS = 16  # seeds whose loans hardly divert say little; the placebo is tested harder too
KEYS = {
    "placebo": "monitoring: {evergreening_below: 0.3}",  # nothing is ever rolled over in the base
    "cross_check": "screening: {cross_check: {detection: 0.9}}",
    "proceeds_check": "monitoring: {proceeds_check: 1.0, response_lag: 0, success: 1.0}",
}
OFF = {
    "cross_check": {"firms.demand.liars": 0.0},
    "proceeds_check": {"firms.temptation.omega": 0.0},
}
CLAIMS = {
    "placebo": ["default_rate", "npl_ratio", "cost"],
    "cross_check": ["falsified_booked", "default_rate"],
    "proceeds_check": ["diverting_share", "default_rate"],
}


def carried_out(plan: Plan, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    runs, months = [], []
    for arm, scenario in plan.arms.items():
        result = simulate(scenario, seeds=list(plan.seeds))  # type: ignore[arg-type]
        runs.append(result.summary.assign(arm=arm))
        months.append(result.months.assign(arm=arm))
    return pd.concat(runs), pd.concat(months)


def verdicts_of(folder: Path, name: str, on: bool) -> dict[str, str]:
    """Return the verdict on "the measure lowers it" for each outcome claimed."""
    (folder / f"{name}.yaml").write_text(
        f'title: {name}\nthesis: test\nstatements: ["0.0"]\npackage: team\n'
        f"overrides:\n  banks:\n    main:\n      {KEYS[name]}\n",
        "utf-8",
    )
    settings = {"firms.count": 700, "horizon": 18, "burn_in.months": 18}
    settings |= {} if on else OFF[name]
    claims = "".join(
        f"  {metric}: {{kind: difference, metric: {metric}, base: base, other: {name}, "
        f"expect: lower}}\n"
        for metric in CLAIMS[name]
    ).replace(f"other: {name}", "other: package")
    (folder / "study.yaml").write_text(
        f"kind: study\ntitle: t\nhypothesis: h\nbase: {BASE}\nmeasures: [{name}.yaml]\n"
        f"set: {{{', '.join(f'{key}: {value}' for key, value in settings.items())}}}\n"
        f"questions: []\nclaims:\n{claims}",
        "utf-8",
    )
    found = conduct(load_study(folder / "study.yaml"), carried_out, seeds=SEEDS).verdicts
    assert found is not None
    return dict(zip(found["claim"], found["verdict"], strict=True))


@pytest.mark.thorough
def test_a_placebo_is_undecided_on_everything(tmp_path: Path) -> None:
    verdicts = verdicts_of(tmp_path, "placebo", True)
    assert verdicts == dict.fromkeys(CLAIMS["placebo"], "undecided")


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("name", "direct"), [("cross_check", "falsified_booked"), ("proceeds_check", "diverting_share")]
)
def test_a_measure_whose_mechanism_is_off_supports_nothing(
    tmp_path: Path, name: str, direct: str
) -> None:
    assert verdicts_of(tmp_path, name, True)[direct] == "supported"
    off = verdicts_of(tmp_path, name, False)
    assert set(off) == set(CLAIMS[name])
    assert "supported" not in off.values()
    assert off[direct] == "undecided"
