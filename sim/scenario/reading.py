"""The content of a YAML file as plain data, and the line and column of every key and value.

Ambiguous or unsafe input is refused: repeated keys, tags, merge keys, alias bombs.  PyYAML only
composes the tree of nodes; no object is ever constructed from a tag.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Any

import yaml

from sim.core.errors import RequestError, closest
from sim.scenario.positions import Document, Key, Marks, Place, Positions, dotted, refusal, shown
from sim.scenario.scalars import plain

LARGEST_FILE = 1_000_000  # bytes
DEEPEST = 40  # nested mappings and lists
MOST_VALUES = 100_000  # after aliases are expanded


class _Refused(yaml.MarkedYAMLError):
    """Valid YAML that is refused here."""


class _Loader(yaml.SafeLoader):
    """Composes nodes only; refuses tags and deep nesting."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own class attribute
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        tag = getattr(event, "tag", None)
        if tag is not None:
            problem = f"the tag {shown(tag)} is not allowed; write plain values"
            raise _Refused(problem=problem, problem_mark=event.start_mark)
        self.depth += 1
        if self.depth > DEEPEST:
            problem = f"nested more than {DEEPEST} levels deep"
            raise _Refused(problem=problem, problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_file(path: str | os.PathLike[str]) -> Document:
    """Return the mapping in a YAML file, and its positions.

    Raises `RequestError` with file, line and column if the file is missing, unreadable, not
    UTF-8, not YAML, or not a mapping.
    """
    name = os.fspath(path)
    start, whole = Place(name, 1, 1), Place(name or "''")
    try:
        with open(name, "rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise refusal(whole, f"no such file{nearest_file(name)}") from None
    except IsADirectoryError:
        raise refusal(whole, "this is a directory; name a YAML file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise refusal(whole, f"cannot be read: {reason}") from None
    if len(raw) > LARGEST_FILE:
        raise refusal(start, f"larger than {LARGEST_FILE} bytes, which no scenario needs")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # the text before the first bad byte gives its line and column
        place = _after(name, error.object[: error.start].decode())
        bad = f"byte 0x{error.object[error.start]:02x} is not UTF-8 text"
        raise refusal(place, f"{bad}; save the file as UTF-8") from None
    return read_text(text, name)


def read_text(text: str, origin: str) -> Document:
    """Return the mapping in YAML `text`; messages name `origin` as its file."""
    document = read_value(text, origin)
    if not isinstance(document.data, dict):
        found = "is empty" if document.data is None else f"holds {shown(document.data)}"
        message = f"the file {found}; it must hold a mapping of keys to values"
        raise refusal(document.positions[()].value, message)
    return document


def read_value(text: str, origin: str) -> Document:
    """Return the content of one YAML document: a mapping, a list or a scalar; None if empty."""
    start = Place(origin, 1, 1)
    loader = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        problem = f"character {text[error.position]!r} is not allowed"
        place = _after(origin, text[: error.position])
        raise refusal(place, f"not valid YAML: {problem}") from None
    except yaml.MarkedYAMLError as error:
        raise _syntax_refusal(error, origin) from None
    except (ValueError, OverflowError):
        # PyYAML converts an escape such as "\UFFFFFFFF" to a character without a check
        place = _place(origin, loader.get_mark()) if loader else start
        raise refusal(place, "not valid YAML: this escape names no character") from None
    if node is None:
        return Document(None, {(): Marks(start, start)})
    writer = _Writer(origin)
    return Document(writer.value(node, (), _place(origin, node.start_mark)), writer.positions)


def nearest_file(name: str, but: Iterable[str] = ()) -> str:
    """Return ``"; did you mean 'x'?"`` for the file in the same folder with the closest name.

    The files `but` are never meant.  Endings say nothing about a name, so they are not compared.
    """
    folder, base = os.path.split(name)
    never = {os.path.basename(one) for one in but if os.path.dirname(one) == folder}
    try:
        there = set(os.listdir(folder or ".")) - never
    except (OSError, ValueError):
        return ""
    stems = {os.path.splitext(one)[0]: one for one in sorted(there)}
    close = closest(os.path.splitext(base)[0], stems)
    return f"; did you mean '{stems[close]}'?" if close else ""


class _Writer:
    """Converts one tree of nodes to plain data and notes the position of each part."""

    def __init__(self, origin: str):
        self.origin = origin
        self.positions: Positions = {}

    def value(self, node: yaml.Node, key: Key, key_place: Place) -> Any:
        place = _place(self.origin, node.start_mark)
        self.positions[key] = Marks(key_place, place)
        # an alias may contain itself, or multiply what it names: these limits stop both
        if len(key) > DEEPEST:
            raise refusal(key_place, f"nested more than {DEEPEST} levels deep")
        if len(self.positions) > MOST_VALUES:
            raise refusal(key_place, f"more than {MOST_VALUES} values after aliases are expanded")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [
                self.value(item, (*key, index), _place(self.origin, item.start_mark))
                for index, item in enumerate(node.value)
            ]
        text = _whole_characters(node, place)
        if getattr(node, "style", None) is not None:  # quoted, or a block of text
            return text
        try:
            return plain(text)
        except ValueError as error:
            raise refusal(place, str(error)) from None

    def _mapping(self, node: yaml.MappingNode, key: Key) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for name_node, value_node in node.value:
            place = _place(self.origin, name_node.start_mark)
            if not isinstance(name_node, yaml.ScalarNode):
                raise refusal(place, "a key must be plain text, not a mapping or a list")
            name = _whole_characters(name_node, place)
            inner = (*key, name)
            if name == "":
                raise refusal(place, "a key must not be empty")
            if name == "<<" and name_node.style is None:
                raise refusal(place, "merge keys '<<' are not supported; write out the keys")
            if name in data:
                first = self.positions[inner].key.line
                raise refusal(place, f"{dotted(inner)}: key given twice, first on line {first}")
            data[name] = self.value(value_node, inner, place)
        return data


def _whole_characters(node: yaml.Node, place: Place) -> str:
    """Return a node's text; JSON may write a character as two surrogates, which are joined here."""
    text = str(node.value)
    if not any("\ud800" <= c <= "\udfff" for c in text):
        return text
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise refusal(place, "not valid YAML: an escape names half a character") from None


def _place(origin: str, mark: Any) -> Place:
    return Place(origin, mark.line + 1, mark.column + 1)


def _after(origin: str, text: str) -> Place:
    """Return the place that follows `text`, with the line breaks that YAML knows."""
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    return Place(origin, len(lines), len(lines[-1].removeprefix("\ufeff")) + 1)


def _syntax_refusal(error: yaml.MarkedYAMLError, origin: str) -> RequestError:
    mark = error.problem_mark or error.context_mark
    place = _place(origin, mark) if mark else Place(origin, 1, 1)
    message = str(error.problem or error.context)
    if isinstance(error, _Refused):
        return refusal(place, message)
    if r"'\t'" in message:
        message += "; indent with spaces"
    if error.context and error.problem:
        begun = f" from line {error.context_mark.line + 1}" if error.context_mark else ""
        message += f" ({error.context}{begun})"
    return refusal(place, f"not valid YAML: {message}")
