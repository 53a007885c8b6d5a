"""Books on disk: found again, limited, and rebuilt where a file is damaged or foreign."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.apps.cli import main
from sim.core.errors import RequestError
from sim.model import month
from sim.model.checkpoint import Checkpoint
from sim.model.checkpoint_file import read_checkpoint, write_checkpoint
from sim.model.kept_books import KEPT, Key
from sim.model.plan import Step, for_later
from sim.model.plan_edits import with_step
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.runs import book_store
from sim.runs.book_store import BookStore, own_code, usual_store
from sim.scenario.schema import Scenario
from tests.model.worlds import digest, scenario

SEEDS = (4,)


@pytest.fixture(scope="module")
def world() -> Scenario:
    firms = {"count": 50, "volatility": 0.2}
    return scenario(horizon=2, burn_in={"months": 3}, firms=firms)


@pytest.fixture(scope="module")
def books(world: Scenario) -> Checkpoint:
    return Simulation(world, SEEDS).checkpoint()


@pytest.fixture
def store(tmp_path: Path) -> BookStore:
    return BookStore(tmp_path / "books", 10**9)


def key(name: str = "a") -> Key:
    return Key(name, SEEDS, True, month.PLAN)


def test_what_is_kept_is_found_bit_for_bit(store: BookStore, books: Checkpoint) -> None:
    store.keep(key(), books)
    found = store.find(key())
    assert found is not None
    assert (found.scenario, found.seeds, found.month) == (books.scenario, SEEDS, books.month)
    assert list(found.arrays) == list(books.arrays)
    for name, array in books.arrays.items():
        assert found.arrays[name].dtype == array.dtype
        assert found.arrays[name].tobytes() == array.tobytes()
    assert store.find(key("b")) is None
    assert [path.suffix for path, _ in store.files()] == [".npz"]


def test_another_process_goes_on_from_the_file(store: BookStore, world: Scenario) -> None:
    KEPT.clear()
    first = simulate(world, seeds=SEEDS, store=store)
    KEPT.clear()  # as in a new process
    second = simulate(world, seeds=SEEDS, store=store)
    assert digest(first.months) == digest(second.months)
    assert len(store.files()) == 1


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


class Harm:
    """What a pickle could do if it was read."""

    def __reduce__(self) -> Any:
        return os.abort, ()


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        flipped,
        lambda content: pickle.dumps(Harm()),
    ],
    ids=["empty", "cut", "one bit", "pickle"],
)
def test_a_damaged_file_is_removed(damage: Any, store: BookStore, books: Checkpoint) -> None:
    store.keep(key(), books)
    ((path, _),) = store.files()
    path.write_bytes(damage(path.read_bytes()))
    assert store.find(key()) is None
    assert store.files() == []


def test_an_archive_of_objects_is_never_unpickled(tmp_path: Path, books: Checkpoint) -> None:
    path = tmp_path / "harm.npz"
    with path.open("wb") as file:
        np.savez(file, about=np.array([Harm()], object))
    with pytest.raises(RequestError, match="no checkpoint of smelend, or it is damaged"):
        read_checkpoint(path)
    wrong = Checkpoint(books.scenario, SEEDS, 0, 1, True, {"harm": np.array([Harm()], object)})
    with pytest.raises(TypeError, match="numbers only"), path.open("wb") as file:
        write_checkpoint(file, wrong)


def test_a_file_of_another_model_is_refused(
    tmp_path: Path, books: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.npz"
    monkeypatch.setattr("sim.model.checkpoint_file.MODEL_VERSION", 0)
    with path.open("wb") as file:
        write_checkpoint(file, books)
    monkeypatch.undo()
    with pytest.raises(RequestError, match="written by model 0; this is model"):
        read_checkpoint(path)
    with pytest.raises(RequestError, match="there is no such file"):
        read_checkpoint(tmp_path / "none.npz")


def test_the_names_of_files_follow_the_version(
    store: BookStore, books: Checkpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep(key(), books)
    monkeypatch.setattr(book_store, "versions", lambda: ("model 99",))
    assert store.find(key()) is None
    assert len(store.files()) == 1


def test_those_used_longest_ago_leave_first(store: BookStore, books: Checkpoint) -> None:
    store.keep(key("a"), books)
    ((_, size),) = store.files()
    small = BookStore(store.folder, int(2.5 * size))
    small.keep(key("b"), books)
    for age, name in ((30, "a"), (20, "b")):
        os.utime(small._path(key(name)), (age, age))
    assert small.find(key("a")) is not None  # it is now the one used last
    small.keep(key("c"), books)
    found = [small.find(key(name)) is not None for name in "abc"]
    assert found == [True, False, True]


def test_nothing_is_kept_where_it_cannot_be(books: Checkpoint, tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.touch()
    for store in (BookStore(file / "books", 10**9), BookStore(tmp_path / "none", 0)):
        store.keep(key(), books)
        assert store.find(key()) is None
        assert store.files() == []


def test_code_of_a_plug_in_is_not_kept(store: BookStore, books: Checkpoint) -> None:
    assert own_code(month.PLAN, books.scenario)
    mine = Step("mine", lambda month: None, for_later)
    plan = with_step(month.PLAN, mine, after="earnings")
    store.keep(Key("a", SEEDS, True, plan), books)
    assert store.files() == []


def test_the_command_shows_and_clears(
    tmp_path: Path,
    books: Checkpoint,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    usual_store().keep(key(), books)
    assert main(["cache"]) == 0
    assert f"{tmp_path}/smelend/books: 1 books, " in capsys.readouterr().out
    assert main(["cache", "--clear"]) == 0
    assert capsys.readouterr().out.endswith("1 removed\n")
    assert usual_store().files() == []
    monkeypatch.setenv("SMELEND_BOOKS_GB", "many")
    assert main(["cache"]) == 2
    assert "SMELEND_BOOKS_GB is 'many'" in capsys.readouterr().err
