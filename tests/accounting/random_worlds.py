"""Random scenarios: any member of any family, any parameter off its default, small markets.

Everything is read from the declarations, so new members and new parameters take part by themselves.
"""

from __future__ import annotations

from typing import Any, get_origin

from hypothesis import HealthCheck, Phase, reject, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.core.params import Params
from sim.scenario.schema import FAMILIES, BankParams, EconomyParams, FirmParams, Scenario

LEFT_ALONE = {"kind", "count", "sectors"}  # size is drawn apart; names are not numbers

quick = settings(
    derandomize=True,  # the same scenarios in every run of the tests
    database=None,
    deadline=None,
    max_examples=20,
    phases=[Phase.explicit, Phase.generate],  # a failure is shown as met: shrinking takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def value_of(field: Any, default: Any) -> st.SearchStrategy[Any] | None:
    """Return values for one parameter: its edges, and what lies around its default."""
    if field.annotation is bool:
        return st.booleans()
    if field.annotation not in (int, float):
        return None
    low = max(limits(field, "ge", "gt"), default=0)
    high = min(limits(field, "le", "lt"), default=1)
    closed = any(_has(m, "ge") for m in field.metadata)
    near = max(abs(default), 1e-3 if high <= 1 else 1.0)
    top = high if high <= 1 and not any(_has(m, "lt") for m in field.metadata) else 0.9 * high
    top = min(top, max(4.0 * near, 1.0))
    bottom = max(low, -near)
    if not closed:
        bottom = max(bottom, 0.1 * near, low + 1e-6)
    if field.annotation is int:
        return st.integers(int(bottom), max(int(top), int(bottom)))
    edges = [st.just(float(low))] if closed and low > -2 else []
    return st.one_of(*edges, st.floats(float(bottom), float(max(top, bottom)), allow_nan=False))


def limits(field: Any, *rules: str) -> list[float]:
    return [getattr(m, rule) for m in field.metadata for rule in rules if _has(m, rule)]


def _has(mark: Any, rule: str) -> bool:
    return getattr(mark, rule, None) is not None


@st.composite
def changes(draw: st.DrawFn, params: type[Params], most: int) -> dict[str, Any]:
    """Draw new values for up to `most` parameters of a set, and for some of those within it."""
    plain: dict[str, st.SearchStrategy[Any]] = {}
    out: dict[str, Any] = {}
    for name, field in params.model_fields.items():
        inner = field.annotation
        if name in LEFT_ALONE or get_origin(inner) is not None:
            continue
        if isinstance(inner, type) and issubclass(inner, Params):
            if name not in FAMILIES and draw(st.booleans()):
                out[name] = draw(changes(inner, 2))
        elif not field.is_required():
            strategy = value_of(field, field.get_default())
            if strategy is not None:
                plain[name] = strategy
    if not plain:
        return out
    chosen = draw(st.lists(st.sampled_from(sorted(plain)), max_size=most, unique=True))
    return out | {name: draw(plain[name]) for name in chosen}


@st.composite
def banks(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a bank: a member of every family, with some of its parameters changed."""
    bank = draw(changes(BankParams, 3))
    for family, found in FAMILIES.items():
        kind = draw(st.sampled_from(sorted(found.members)))
        bank[family] = {"kind": kind} | draw(changes(found.get(kind), 3))
    return bank


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a scenario of 30 to 120 firms, one to three banks and at most two years."""
    names = ["one", "two", "three"][: draw(st.integers(1, 3))]
    content = {
        "horizon": draw(st.integers(12, 24)),
        "burn_in": {"months": draw(st.integers(0, 12))},
        "firms": draw(changes(FirmParams, 3)) | {"count": draw(st.integers(30, 120))},
        "economy": draw(changes(EconomyParams, 2)),
        "banks": {name: draw(banks()) for name in names},
    }
    if draw(st.booleans()):  # a burn-in under banks of its own
        content["burn_in"]["banks"] = {name: draw(banks()) for name in names}
    try:
        return Scenario.model_validate(content)
    except ValidationError as refusal:
        # values lie within their bounds; what is left are rules that tie several together
        if any(error["type"] != "value_error" for error in refusal.errors()):
            raise
        reject()
        raise


seeds = st.lists(st.integers(0, 2**63 - 1), min_size=1, max_size=3, unique=True)
