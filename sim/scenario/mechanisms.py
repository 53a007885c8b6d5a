"""The block `mechanisms:` of a scenario: the parameters that each mechanism's file declares."""

from __future__ import annotations

from typing import Any

from pydantic import create_model

from sim.core.params import Params, group
from sim.mechanisms.base import declared


def _block() -> type[Params]:
    fields: dict[str, Any] = {
        name: (kind, group(kind, (kind.__doc__ or name).partition("\n")[0].rstrip(".")))
        for name, kind in declared().items()
    }
    return create_model(
        "Mechanisms", __base__=Params, __module__=__name__,
        __doc__="Parameters of mechanisms, by the name of their file.", **fields,
    )  # fmt: skip


Mechanisms = _block()
