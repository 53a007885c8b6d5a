"""`smelend schema`: the JSON Schema of a kind of file, for completion in an editor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.apps.options import Plugins
from sim.core.errors import RequestError, nearest

if TYPE_CHECKING:
    from sim.core.params import Params

SCENARIO = "scenario"


def schema(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            help="scenario, measure, targets, or a kind of experiment: plan, study, factorial, "
            "banks, literature, field, calibration.",
        ),
    ] = SCENARIO,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write to this file instead of printing."),
    ] = None,
    plugin: Plugins = None,
) -> None:
    """Print the JSON Schema of a kind of file.

    Editors use it to complete, explain and check a file.
    """
    text = json.dumps(schema_of(kind), indent=2)
    if out is None:
        print(text)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as fault:
        raise RequestError(f"cannot write {out}: {fault.strerror}; choose another file") from fault
    print(out)
    print(f"First line of a {kind} in the same folder: # yaml-language-server: $schema={out.name}")


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file; raises `RequestError` for an unknown one."""
    from sim.analysis.experiments.loading import EXPERIMENTS
    from sim.analysis.experiments.targets import Targets
    from sim.scenario.json_schema import json_schema
    from sim.scenario.measure import MeasureFile
    from sim.scenario.schema import Scenario

    models: dict[str, type[Params]] = {
        SCENARIO: Scenario, "measure": MeasureFile, "targets": Targets, **EXPERIMENTS.members
    }  # fmt: skip
    if kind not in models:
        raise RequestError(f"no kind '{kind}'{nearest(kind, models)}; known: {', '.join(models)}")
    return json_schema(models[kind], extends=kind == SCENARIO)
