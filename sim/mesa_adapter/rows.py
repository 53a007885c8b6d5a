"""An agent that is a row: all its data are in the market's tables.

It stores only its row, so it costs little, never disagrees with the tables, and can be created
again at any time.  Newcomers reuse rows; an agent whose firm or person has gone then raises an
error and does not return the newcomer's values.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sim.core.errors import RequestError, nearest
from sim.mesa_adapter.agent_registry import AgentRegistry
from sim.mesa_adapter.columns import ColumnAttribute
from sim.mesa_adapter.parts import Agent


class GoneError(RequestError):
    """An agent was used whose firm or person has gone."""


class UnknownAttributeError(RequestError, AttributeError):
    """An attribute was read or set that the agent does not have."""


class RowAgent(Agent):  # type: ignore[misc]
    """The occupant of one row, while present; created by the agent registry, not by hand."""

    home: ClassVar[str]  # the table that says who is in a row
    title: ClassVar[str]
    columns: ClassVar[dict[str, ColumnAttribute]] = {}
    registry: AgentRegistry
    row: int
    as_generation: int

    def __init__(self, registry: AgentRegistry, row: int):
        # Mesa's own __init__ would register the agent with the model, one object for each
        generation = int(registry.home.generation[row])
        self.__dict__.update(
            model=registry.model, unique_id=int(registry.numbers(row)), pos=None,
            registry=registry, row=row, as_generation=generation,
        )  # fmt: skip

    @property
    def gone(self) -> bool:
        """Whether the firm or person that this agent stands for has gone."""
        return not self.registry.still_present(self.row, self.as_generation)

    def present_row(self) -> int:
        """Return the row; raise `GoneError` if a newcomer has it."""
        if self.gone:
            raise GoneError(
                f"{self.title} {self.unique_id} of row {self.row} has gone; "
                f"read model.agents again for the present agents"
            )
        return self.row

    def remove(self) -> None:
        """Raise `RequestError`: only the model decides who enters and leaves."""
        raise RequestError(f"a {self.title} leaves by the model's own rules; it cannot be removed")

    def __getattr__(self, name: str) -> Any:
        raise UnknownAttributeError(f"a {self.title} has no '{name}'{nearest(name, self.columns)}")

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in self.columns and name != "pos":  # position in one of Mesa's spaces
            hint = nearest(name, self.columns) or "; its attributes are the columns of the tables"
            raise UnknownAttributeError(f"a {self.title} has no '{name}' to set{hint}")
        super().__setattr__(name, value)

    def __repr__(self) -> str:
        return f"<{self.title} {self.unique_id}, row {self.row}{', gone' if self.gone else ''}>"
