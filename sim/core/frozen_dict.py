"""A mapping that never changes: banks and sectors by name, in the order of the file.

A frozen model with a plain dict inside could still be changed through that dict, and would have no
hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

K = TypeVar("K")
V = TypeVar("V")


class FrozenDict(Mapping[K, V]):
    """An immutable mapping; hashable if its values are.

    The order counts: two of them are equal if they hold the same items in the same order.  A plain
    mapping with the same items, in any order, is equal too.
    """

    __slots__ = ("_items",)
    _items: Mapping[K, V]

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = ()):
        object.__setattr__(self, "_items", MappingProxyType(dict(items)))

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenDict):
            return list(self.items()) == list(other.items())
        return self._items == other if isinstance(other, Mapping) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        return repr(dict(self._items))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("this mapping is frozen")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("this mapping is frozen")

    def __reduce__(self) -> Any:
        return type(self), (dict(self._items),)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check and write as a dict of the same types does; keep the result frozen."""
        key, value = get_args(source) or (Any, Any)
        plain = handler.generate_schema(dict[key, value])  # type: ignore[valid-type]
        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.no_info_before_validator_function(_unfrozen, plain),
            serialization=core_schema.wrap_serializer_function_ser_schema(
                lambda frozen, write: write(dict(frozen)), schema=plain
            ),
        )


def _unfrozen(value: Any) -> Any:
    return dict(value) if isinstance(value, FrozenDict) else value
