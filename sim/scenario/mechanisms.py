"""The block `mechanisms:` of a scenario: the parameters that each mechanism's file declares."""

from __future__ import annotations

from typing import Any

from pydantic import SerializerFunctionWrapHandler, create_model, model_serializer

from sim.core.params import Params, group
from sim.mechanisms.base import declared


class Block(Params):
    """A block that leaves out the mechanisms of plug-ins that a scenario does not use.

    So a scenario is the same, whatever plug-ins have been loaded.
    """

    @model_serializer(mode="wrap")
    def _only_used(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in write(self).items() if value is not None}


def _block() -> type[Params]:
    fields: dict[str, Any] = {
        name: (kind, group(kind, (kind.__doc__ or name).partition("\n")[0].rstrip(".")))
        for name, kind in declared().items()
    }
    return create_model(
        "Mechanisms", __base__=Block, __module__=__name__,
        __doc__="Parameters of mechanisms, by the name of their file.", **fields,
    )  # fmt: skip


Mechanisms = _block()
