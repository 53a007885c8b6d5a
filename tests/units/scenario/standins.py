"""A small world of stand-in parameters, so that reading is tested apart from the real schema."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.core.params import Params, param
from sim.core.registry import Member

SOURCE = "A: made up for the tests"


class Noisy(Member):
    kind: Literal["noisy"] = "noisy"
    accuracy: float = param(0.7, unit="share", meaning="Hits", source=SOURCE, ge=0, le=1)
    visits: int = param(1, unit="visits", meaning="Visits", source=SOURCE, ge=0)


class Absent(Member):
    kind: Literal["absent"] = "absent"
    days: float = param(0.0, unit="days", meaning="Delay", source=SOURCE, ge=0)


Screening = Annotated[Noisy | Absent, Field(discriminator="kind")]


class Bank(Params):
    screening: Screening
    rounds: tuple[Screening, ...] = ()
    pace: Literal["fast", "slow"] = "fast"
    weights: tuple[float, float, float] = (0.3, 0.3, 0.4)
    path: tuple[float, ...] = ()
    cap: float | None = param(None, unit="CNY", meaning="Cap", source=SOURCE, gt=0)
    mix: float | list[float] = 1.0
    waits: bool = False
    by_month: dict[int, float] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _pace_fits(self) -> Bank:
        if self.waits and self.pace == "fast":
            raise ValueError("a bank that waits\ncannot be fast")
        return self


class World(Params):
    why: str = ""
    count: int = param(3000, unit="firms", meaning="Firms", source=SOURCE, ge=1, le=500_000)
    banks: dict[str, Bank]
