"""`smelend rerun`: repeat a run folder from its manifest and compare every number."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from sim.apps.ending import FAILED
from sim.apps.options import Dask, Plugins, Quiet, Workers
from sim.core.errors import RequestError


def rerun(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A run folder; it is not changed.")],
    workers: Workers = None,
    dask: Dask = None,
    quiet: Quiet = False,
    plugin: Plugins = None,
) -> None:
    """Repeat the runs of a folder and compare.

    Run its plan again from the manifest and compare every number; exit status 1 if one differs.
    """
    from sim.runs.rerun import rerun as repeat
    from sim.scenario.checking import check
    from sim.scenario.schema import Scenario

    def rebuild(content: dict[str, Any]) -> Scenario:
        try:
            return check(Scenario, content, {})
        except RequestError as fault:
            raise RequestError(
                f"{folder}: this version cannot read a scenario recorded there ({fault}); "
                "install the version that ran it to repeat it"
            ) from fault

    found = repeat(folder, workers=workers, dask=dask, revive=rebuild, quiet=quiet)
    print(found)
    if not found.equal:
        raise typer.Exit(FAILED)
