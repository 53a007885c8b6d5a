"""How Python code varies checked parameters: other values by dotted key, checked like a file.

Settings mean the same as on the command line, and errors read the same; only the origin differs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Self, TypeVar

from sim.core.errors import RequestError
from sim.core.params import Params
from sim.scenario.checking import check
from sim.scenario.overriding import override
from sim.scenario.phases import widened
from sim.scenario.positions import Document, Marks, Place

P = TypeVar("P", bound=Params)

ORIGIN = "with_"


def varied(params: P, settings: Mapping[str, Any], places: Mapping[str, Place] | None = None) -> P:
    """Return `params` with each dotted key of `settings` applied, as `Scenario.with_` says.

    An error is located where `places` says that its setting was written.  An error in a value that
    was not set, such as a clash with it, is located at the first of these places.
    """
    given: object = settings
    if not isinstance(given, Mapping):
        raise RequestError(
            f"{ORIGIN}: give a mapping of dotted keys to values; found a {type(given).__name__}"
        )
    if not settings:
        return params
    whole = next(iter((places or {}).values()), Place(ORIGIN))
    stated = Document(params.model_dump(mode="json"), {(): Marks(whole, whole)})
    document = override(stated, settings, places, origin=f"{ORIGIN}:")
    return check(type(params), document.data, document.positions)


class Varied(Params):
    """Parameters that have a method for `varied`."""

    def with_(
        self,
        settings: Mapping[str, Any],
        *,
        throughout: Collection[str] = (),
        twins: Sequence[str] = (),
        places: Mapping[str, Place] | None = None,
    ) -> Self:
        """Return the same with values set by dotted key, checked like a file.

        ``scenario.with_({"firms.count": 500, "banks.main.rating.kind": "flat"})``: mappings merge,
        another `kind` replaces the whole part, and a burn-in with banks or economy of its own keeps
        them.  Keys of `settings` that are also in `throughout` hold in the burn-in too, but for the
        path of the economy.  `twins` names further banks that have the policies of the first, in
        the burn-in too.  `places` says where settings were written, for messages.  Raises
        `RequestError`: ``with_: dotted.key: what is wrong; what was found``.
        """
        if (throughout or twins) and isinstance(settings, Mapping):
            settings, places = widened(self, settings, throughout, twins, places or {})
        return varied(self, settings, places)
