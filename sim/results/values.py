"""Every value of a stored scenario with its declaration: meaning, unit and source."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sim.core.params import Params
from sim.results.wording import plain

SKIPPED = ("burn_in.economy", "burn_in.banks")  # copies of values shown elsewhere


class Value(NamedTuple):
    """One value in use: its dotted key, meaning and source."""

    key: str
    place: str  # section of the scenario, as text
    meaning: str
    unit: str
    value: Any
    usual: Any  # the default
    grade: str  # letter of `GRADES`
    source: str

    @property
    def is_own(self) -> bool:
        """Whether the scenario sets it away from the default."""
        return bool(self.value != self.usual)


def values_of(scenario: Mapping[str, Any]) -> list[Value] | None:
    """Return every value of a stored scenario; None if this version cannot read it."""
    from sim.scenario.schema import Scenario

    try:
        read = Scenario.model_validate_json(json.dumps(scenario))  # lists for tuples, as in YAML
    except ValueError:
        return None
    found, rules = list(_walk(read, Scenario(), "")), dict(_rules_of(read))
    return [one._replace(value=rules.get(one.key, one.value)) for one in found]


def _rules_of(read: Any) -> Iterator[tuple[str, Any]]:
    """Yield each lever that depends on what its bank knows, with its rules as YAML writes them."""
    for name, bank in read.banks.items():
        for lever in bank.conditions.levers if bank.conditions else ():
            yield f"banks.{name}.{'.'.join(lever.key)}", lever.plain()


def _walk(value: Params, usual: Params, prefix: str) -> Iterator[Value]:
    for name, field in type(value).model_fields.items():
        key, found, default = f"{prefix}{name}", getattr(value, name), getattr(usual, name)
        extra = field.json_schema_extra
        if key in SKIPPED:
            continue
        if isinstance(extra, dict) and "source" in extra:
            grade, _, source = str(extra["source"]).partition(":")
            meaning = _meaning(field.description or plain(name))
            unit = str(extra.get("unit", ""))
            stated = found.model_dump(mode="json") if isinstance(found, Params) else found
            yield Value(key, place_of(key), meaning, unit, stated, default, grade, source.strip())
        elif isinstance(found, Mapping):
            for item, inner in found.items():
                if isinstance(inner, Params):
                    yield from _walk(inner, default.get(item) or type(inner)(), f"{key}.{item}.")
        elif isinstance(found, Params):
            if type(found) is not type(default):
                yield _choice(found, default, key)
                default = type(found)()
            yield from _walk(found, default, f"{key}.")


def _choice(found: Params, default: Params | None, key: str) -> Value:
    """Return the value that states a policy other than the default."""
    text = sys.modules[type(found).__module__].__doc__ or ""
    meaning = "The policy: " + " ".join(text.split("\n\n")[0].split()).rstrip(".")
    here, usual = (plain(str(getattr(one, "kind", "none"))) for one in (found, default))
    return Value(f"{key}.kind", place_of(f"{key}.kind"), meaning, "", here, usual, "", "")


def _meaning(meaning: str) -> str:
    """Return a meaning without a leading formula symbol and without code marks."""
    text = re.sub(r"^\w+: ", "", meaning).replace("`", "").replace("_", " ")
    return text[:1].upper() + text[1:]


def place_of(key: str) -> str:
    """Return the section of a key as text: ``Bank: screening, site visit``."""
    first, *rest = key.split(".")[:-1] or ["scenario"]
    if first == "banks":
        first, rest = "bank" if rest[:1] == ["main"] else f"bank {rest[0]}", rest[1:]
    inner = ", ".join(part.replace("_", " ") for part in rest)
    return f"{plain(first)}: {inner}" if inner else plain(first)
