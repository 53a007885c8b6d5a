"""smelend: agent-based simulation of bank lending to small firms.

The public face.  Everything is computed in the package `sim`; the names below are imported from it
when they are first used, so that the command line starts at once.  A file of your own called
`sim.py` is never taken for that package.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim import __version__ as __version__
    from sim.analysis.experiments.experiment import Experiment as Experiment
    from sim.analysis.experiments.loading import load_experiment as load_experiment
    from sim.apps.comparing import Comparison as Comparison
    from sim.apps.comparing import compare as compare
    from sim.core.errors import RequestError as RequestError
    from sim.core.errors import SmelendError as SmelendError
    from sim.mesa_adapter.lending_model import LendingModel as LendingModel
    from sim.model.result import Result as Result
    from sim.outcomes.metric import metric as metric
    from sim.runs.execute import execute as execute
    from sim.runs.outcome import Outcome as Outcome
    from sim.runs.plan import Plan as Plan
    from sim.runs.plan import make_plan as make_plan
    from sim.runs.reading import read_months as read_months
    from sim.runs.reading import read_runs as read_runs
    from sim.runs.simulating import simulate as simulate
    from sim.scenario.loading import load_scenario as load_scenario
    from sim.scenario.measure import Measure as Measure
    from sim.scenario.measure import load_measure as load_measure
    from sim.scenario.plugging import load_plugins as load_plugins
    from sim.scenario.plugging import register as register
    from sim.scenario.schema import Scenario as Scenario

_HOMES = {
    "__version__": "sim",
    "Comparison": "sim.apps.comparing",
    "Experiment": "sim.analysis.experiments.experiment",
    "LendingModel": "sim.mesa_adapter.lending_model",
    "Measure": "sim.scenario.measure",
    "Outcome": "sim.runs.outcome",
    "Plan": "sim.runs.plan",
    "RequestError": "sim.core.errors",
    "Result": "sim.model.result",
    "Scenario": "sim.scenario.schema",
    "SmelendError": "sim.core.errors",
    "compare": "sim.apps.comparing",
    "execute": "sim.runs.execute",
    "load_experiment": "sim.analysis.experiments.loading",
    "load_measure": "sim.scenario.measure",
    "load_plugins": "sim.scenario.plugging",
    "load_scenario": "sim.scenario.loading",
    "make_plan": "sim.runs.plan",
    "metric": "sim.outcomes.metric",
    "read_months": "sim.runs.reading",
    "read_runs": "sim.runs.reading",
    "register": "sim.scenario.plugging",
    "simulate": "sim.runs.simulating",
}
__all__ = [
    "Comparison", "Experiment", "LendingModel", "Measure", "Outcome", "Plan", "RequestError",
    "Result", "Scenario", "SmelendError", "__version__", "compare", "execute", "load_experiment",
    "load_measure", "load_plugins", "load_scenario", "make_plan", "metric", "read_months",
    "read_runs", "register", "simulate",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'smelend' has no attribute '{name}'")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


def _load_sim() -> None:
    """Import `sim` from beside this package, whatever else of that name the path leads to first."""
    home = Path(__file__).resolve().parents[1]
    found = sys.modules.get("sim")
    if found is None:
        spec = PathFinder.find_spec("sim", [str(home)])
        if spec is None or spec.loader is None:
            raise ImportError(f"smelend is not installed completely: no package 'sim' in {home}")
        found = module_from_spec(spec)
        sys.modules["sim"] = found
        spec.loader.exec_module(found)
    if Path(found.__file__ or "").resolve().parent != home / "sim":
        raise ImportError(
            f"the module 'sim' is {found.__file__}, not the package of smelend in {home}; "
            "rename that file"
        )


_load_sim()
