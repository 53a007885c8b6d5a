"""`smelend schema`: the JSON Schema of a scenario, for completion in an editor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from sim.apps.options import Plugins
from sim.core.errors import RequestError


def schema(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write to this file instead of printing."),
    ] = None,
    plugin: Plugins = None,
) -> None:
    """Print the JSON Schema of scenarios.

    Editors use it to complete, explain and check a scenario.
    """
    from sim.scenario.json_schema import json_schema
    from sim.scenario.schema import Scenario

    text = json.dumps(json_schema(Scenario), indent=2)
    if out is None:
        print(text)
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as fault:
        raise RequestError(f"cannot write {out}: {fault.strerror}; choose another file") from fault
    print(out)
    print(
        f"First line of a scenario in the same folder: # yaml-language-server: $schema={out.name}"
    )
