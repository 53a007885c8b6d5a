"""How one parameter of a bank is moved, and what must follow from it."""

from __future__ import annotations

from typing import Any, NamedTuple


class Pull(NamedTuple):
    """A move from the value in `given`, or else the default.

    `shows` names what must follow, each with + for up, - for down and ~ for either: columns of
    `months`, metrics, and what `tests.levers.arms.inside` lists.  Where the parameter costs
    something, the move is the one that costs.  `given` holds what the bank is like in both arms by
    dotted key, `world` what the rest of the scenario is like.  What is moved `throughout` differs
    in the months before month 1 too, since a bank cannot change it later.
    """

    to: Any
    shows: str
    given: dict[str, Any] = {}  # noqa: RUF012 - never written to
    world: dict[str, Any] = {}  # noqa: RUF012 - likewise
    throughout: bool = False
