"""The key of compiled code: what is computed changes it, what is only written does not."""

from __future__ import annotations

import importlib.util
import itertools
import pickle
import sys
from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from sim.core.columns import Column, Schema
from sim.core.compile_key import key_of
from sim.core.compile_store import Store, cache_class, described
from sim.core.compiled import compiler
from sim.core.sight import Sight
from sim.core.table import Table

SOURCE = '''
"""A module."""
from collections import namedtuple

import numpy as np

from sim.core.compiled import compiled, elementwise

SHARE = 0.5
TABLE = np.array([1.0, 2.0])
Terms = namedtuple("Terms", "rate fee")


@elementwise
def taxed(x):
    """Return what is left."""
    return x * (1.0 - SHARE)


@compiled
def inner(x):
    """Return more."""
    return taxed(x) + TABLE[1]


@compiled
def outer(x):
    """Return most."""
    return inner(x) + 1.0


@compiled
def made(x):
    """Return a tuple's field."""
    return Terms(x, 2.0 * x).fee
'''
_numbers = itertools.count()


def load(folder: Path, source: str) -> Any:
    """Import a source as a module of one name, from a file of its own."""
    path = folder / f"n{next(_numbers)}" / "planted.py"
    path.parent.mkdir()
    path.write_text(source)
    spec = importlib.util.spec_from_file_location("planted", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["planted"] = module
    spec.loader.exec_module(module)
    return module


def keys(folder: Path, source: str) -> dict[str, str]:
    """Return the keys of all functions of a source."""
    module = load(folder, source)
    names = ("taxed", "inner", "outer", "made")
    return {name: key_of(getattr(module, name).python) for name in names}


def changed(folder: Path, old: str, new: str) -> set[str]:
    """Return the functions whose keys change with an edit."""
    assert old in SOURCE
    before, after = keys(folder, SOURCE), keys(folder, SOURCE.replace(old, new))
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    return inner(x) + 1.0", "    # a remark\n    return inner(x) + 1.0  # another"),
        ("SHARE = 0.5", "\n\n\nSHARE = 0.5"),
        ('"""Return more."""', '"""Return more than less."""'),
        ('"""A module."""', '"""Something else."""'),
    ],
)
def test_what_is_only_written_leaves_every_key(tmp_path: Path, old: str, new: str) -> None:
    assert changed(tmp_path, old, new) == set()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("inner(x) + 1.0", "inner(x) + 2.0", {"outer"}),
        ("SHARE = 0.5", "SHARE = 0.25", {"taxed", "inner", "outer"}),
        ("SHARE = 0.5", "SHARE = np.float32(0.5)", {"taxed", "inner", "outer"}),
        ("[1.0, 2.0]", "[1.0, 3.0]", {"inner", "outer"}),
        ("x * (1.0 - SHARE)", "x - x * SHARE", {"taxed", "inner", "outer"}),
        ("taxed(x) + TABLE", "taxed(x) - TABLE", {"inner", "outer"}),
        ('"rate fee"', '"fee rate"', {"made"}),
    ],
)
def test_what_changes_a_result_changes_the_keys_of_all_who_call_it(
    tmp_path: Path, old: str, new: str, expected: set[str]
) -> None:
    assert changed(tmp_path, old, new) == expected


def table(*names: str) -> Table:
    """Return a table of such columns."""
    return Table(Schema.of("Some", *(Column(n, "f8", "m", "size", Sight.FILE) for n in names)), 2)


def test_another_order_of_columns_is_another_type() -> None:
    compiler()  # knows faces
    one, other = (numba.typeof(table(*names).read) for names in (("a", "b"), ("b", "a")))
    assert described(one) != described(other)
    assert one != other
    assert described(one) == described(numba.typeof(table("a", "b").read))
    assert described(one) != described(numba.typeof(table("a", "b").write))


def test_the_installed_numba_lets_the_key_be_chosen() -> None:
    assert cache_class() is not None


def test_types_processor_and_use_tell_files_apart(tmp_path: Path) -> None:
    function = load(tmp_path, SOURCE).outer.python
    store = Store(function, "called")
    real, whole = (numba.float64,), (numba.int64,)
    assert store.path(real, "this") == store.path(real, "this")
    paths = {store.path(real, "this"), store.path(whole, "this"), store.path(real, "other")}
    paths.add(Store(function, "inner").path(real, "this"))
    assert len(paths) == 4


def test_a_damaged_file_is_no_file(tmp_path: Path) -> None:
    store = Store(load(tmp_path, SOURCE).outer.python, "called")
    path = tmp_path / "some.code"
    assert store.load(path) is None
    path.write_bytes(b"nothing that can be read")
    assert store.load(path) is None
    store.save(path, pickle.dumps(3))
    assert store.load(path) == 3


def test_what_is_no_number_has_a_key_too(tmp_path: Path) -> None:
    more = "SHARE = 0.5\nodd = {1: object()}\nrate = np.float64('nan')"
    odd = SOURCE.replace("SHARE = 0.5", more)
    assert keys(tmp_path, odd) == keys(tmp_path, odd)
    assert np.isnan(load(tmp_path, odd).rate)
