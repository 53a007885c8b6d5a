"""Whether data fits its declared model, and, if not, one line that says what to fix.

Pydantic lists every error in its own terms.  A user fixes one at a time, so only the first in the
order of the file is reported, in the terms of the file, with the number of others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from sim.core.errors import ClashError, RequestError, nearest
from sim.core.plugins import load_installed
from sim.scenario.added_entries import added_entry
from sim.scenario.positions import Key, Place, Positions, dotted, refusal, shortened, shown
from sim.scenario.tracing import Declared, Trace, fields_of, trace
from sim.scenario.wording import allowed, choices, listed

M = TypeVar("M", bound=BaseModel)

_BY_VALIDATOR = ("value_error", "assertion_error")
_AGAINST_DECLARATION = {
    *("bool_type", "int_type", "float_type", "string_type", "finite_number", "none_required"),
    *("int_parsing", "int_parsing_size", "float_parsing", "bool_parsing", "int_from_float"),
    *("list_type", "tuple_type", "set_type", "frozen_set_type", "dict_type", "mapping_type"),
    *("model_type", "model_attributes_type", "dataclass_type", "literal_error", "enum"),
    *("greater_than", "greater_than_equal", "less_than", "less_than_equal"),
    *("too_short", "too_long", "string_too_short", "string_too_long"),
}


class _Problem(NamedTuple):
    key: Key
    message: str
    at: Literal["key", "value", "around"]  # where the error is; "around" if the key is missing


def check(model: type[M], data: Any, positions: Positions) -> M:
    """Return the checked model.

    The check runs in pydantic's JSON mode, where a strict model takes lists for tuples and sets.
    Raises `RequestError`: ``file:line:column: dotted.key: what is wrong; what was found``.
    """
    try:
        return model.model_validate_json(json.dumps(data))
    except ValidationError as error:
        faults = error.errors(include_url=False)
    if any(map(_names_unknown_kind, faults)) and load_installed():
        return check(model, data, positions)
    problems = list(_problems(model, data, faults, positions))
    # values that no file states, for example derived by a hook, only repeat problems of stated ones
    stated = [problem for problem in problems if _is_stated(problem, positions)]
    problems = sorted(stated or problems, key=_file_order(positions))
    raise _error(problems, positions)


def _names_unknown_kind(fault: Any) -> bool:
    """Return whether a plug-in might know what a file names: a kind or a mechanism."""
    if fault["type"] == "union_tag_invalid":
        return True
    return fault["type"] == "extra_forbidden" and fault["loc"][:-1] == ("mechanisms",)


def _error(problems: list[_Problem], positions: Positions) -> RequestError:
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    error = _line(problems[0], positions, more)
    error.every = tuple(str(_line(problem, positions)) for problem in problems)
    return error


def _line(problem: _Problem, positions: Positions, more: str = "") -> RequestError:
    place = _place(problem, positions)
    name = dotted(problem.key)
    # a setting's own origin already ends in its key
    named = not name or (place is not None and not place.line and place.origin.endswith(f" {name}"))
    return refusal(place, (problem.message if named else f"{name}: {problem.message}") + more)


def _problems(
    model: type[BaseModel], data: Any, faults: Iterable[Any], positions: Positions
) -> Iterable[_Problem]:
    """Yield one problem for each fault, and one for all branches of a union that failed."""
    traces = [(trace(model, fault["loc"], data), fault) for fault in faults]
    # pydantic counts only the good items of a list, so a bad item may make it "too short" as well
    inside = {found.key[:n] for found, _ in traces for n in range(len(found.key))}
    traces = [
        pair for pair in traces if pair[1]["type"] != "too_short" or pair[0].key not in inside
    ]
    seen: set[Key] = set()
    for found, fault in traces:
        added = fault["type"] == "union_tag_not_found" and added_entry(
            model, data, found.key, positions
        )
        if added:
            yield _Problem(*added, "key")
        elif found.union is None:
            yield _problem(found, fault)
        elif found.union not in seen:
            seen.add(found.union)
            branches = [pair for pair in traces if pair[0].union == found.union]
            deepest = [pair for pair in branches if len(pair[0].key) > len(found.union)]
            for inner, inner_fault in deepest:
                yield _problem(inner, inner_fault)
            if not deepest:
                message = f"must be {allowed(found.choice)}; found {shown(fault['input'])}"
                yield _Problem(found.union, message, "value")


def _problem(found: Trace, fault: Any) -> _Problem:
    key, kind, value = found.key, fault["type"], fault["input"]
    last = key[-1] if key else ""
    if kind == "extra_forbidden":
        return _Problem(key, _unknown_key(str(last), found.owner), "key")
    if kind == "missing" and isinstance(last, int):  # too short a list for a tuple
        return _Problem(key[:-1], f"must be {allowed(found.owner)}; found {shown(value)}", "value")
    if kind == "missing":
        return _Problem(key, f"missing; must be {allowed(found.declared)}", "around")
    if kind in ("union_tag_not_found", "union_tag_invalid"):
        return _wrong_kind(found, value)
    if kind in _BY_VALIDATOR:
        error = fault["ctx"]["error"]
        text = _one_line(str(error) or fault["msg"])
        if isinstance(error, ClashError):
            return _Problem((*key, *error.key), text, "value")
        return _Problem(key, text, "key" if isinstance(value, dict) else "value")
    if fault["loc"][-1:] == ("[key]",):
        return _Problem(key, f"wrong key: {_one_line(fault['msg'])}", "key")
    if kind not in _AGAINST_DECLARATION or found.declared.bare().annotation is None:
        return _Problem(key, f"{_one_line(fault['msg'])}; found {shown(value)}", "value")
    return _Problem(key, _wrong_value(found.declared, kind, value), "value")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _unknown_key(name: str, owner: Declared) -> str:
    known = list(fields_of(owner.model)) if owner.model else []
    hint = nearest(name, known) or (f"; known: {listed(known)}" if known else "")
    return f"unknown key '{shortened(name)}'{hint}"


def _wrong_kind(found: Trace, value: Any) -> _Problem:
    """Return the problem of a missing or unknown kind; its message lists the known kinds."""
    tag, members = found.declared.bare().tag or "kind", list(found.declared.members())
    key, ways = (*found.key, tag), f"must be one of {listed(members)}"
    if not isinstance(value, dict) or tag not in value:
        return _Problem(key, f"missing; {ways}{_kinds_with(value, found.declared)}", "around")
    hint = nearest(str(value[tag]), members)
    if not hint and isinstance(value[tag], str):
        hint = "; a kind of your own needs its plug-in (--plugin)"
    return _Problem(key, f"{ways}; found {shown(value[tag])}{hint}", "value")


def _kinds_with(value: Any, declared: Declared) -> str:
    """Return which kinds have the keys that are given; empty where none has all of them."""
    members, given = declared.members(), list(value) if isinstance(value, dict) else []
    kinds = [kind for kind, model in members.items() if fields_of(model).keys() >= set(given)]
    if not given or not kinds:
        return ""
    belong = "belongs" if len(given) == 1 else "belong"
    where = listed(kinds) if len(kinds) < len(members) else "each of them, so state which"
    return f"; {listed([shown(key) for key in given], 3)} {belong} to {where}"


def _wrong_value(declared: Declared, kind: str, value: Any) -> str:
    message = f"must be {allowed(declared)}; found {shown(value)}"
    if kind == "finite_number":
        return f"{message}, which is not finite"
    options = choices(declared)
    if isinstance(value, str) and options:
        return message + nearest(value, [item for item in options if isinstance(item, str)])
    if isinstance(value, str) and value.rstrip().endswith("%"):
        number = value.rstrip().removesuffix("%")
        if _looks_numeric(number) and kind in ("int_type", "float_type"):
            return f"{message}; write {round(float(number) / 100.0, 12):g}"
    if isinstance(value, str) and _looks_numeric(value) and kind in ("int_type", "float_type"):
        return f"{message}; write digits only, without quotes"
    if kind == "string_type" and isinstance(value, int | float):
        return f"{message}; put it in quotes"
    return message


def _looks_numeric(text: str) -> bool:
    try:
        float(text.replace("_", "").replace(",", "").replace(" ", ""))
    except ValueError:
        return False
    return True


def _is_stated(problem: _Problem, positions: Positions) -> bool:
    missing = problem.at == "around" and problem.key[:-1] in positions
    return problem.key in positions or missing


def _place(problem: _Problem, positions: Positions) -> Place | None:
    """Return where to fix it: at the key or value itself, or at the nearest mapping around it."""
    for length in range(len(problem.key), -1, -1):
        marks = positions.get(problem.key[:length])
        if marks is not None:
            exact = length == len(problem.key)
            return marks.value if exact and problem.at == "value" else marks.key
    return None


def _file_order(positions: Positions) -> Callable[[_Problem], tuple[int, int, int]]:
    """Return a sort key: settings first, then the requested file, then its parents, by line."""
    origins: dict[str, int] = {}
    for marks in positions.values():
        origins.setdefault(marks.value.origin, len(origins))

    def order(problem: _Problem) -> tuple[int, int, int]:
        place = _place(problem, positions)
        if place is None or not place.line:
            return (-1, 0, 0)
        return (origins.get(place.origin, len(origins)), place.line, place.column)

    return order
