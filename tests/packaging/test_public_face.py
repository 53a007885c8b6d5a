"""The package `smelend`: what it offers, what its functions accept, and a user's own `sim.py`."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import smelend
from smelend import RequestError, compare, load_scenario, simulate

ROOT = Path(__file__).parents[2]
SMALL = {"firms.count": 60, "horizon": 2, "burn_in.months": 2}
SCRIPT = """
from smelend import execute, make_plan

if __name__ == "__main__":
    settings = {"firms.count": 60, "horizon": 2, "burn_in.months": 2}
    print(execute(make_plan(["zhengzhou/baseline"], 2, set=settings), "out", workers=1, quiet=True))
"""


def python(*words: str, at: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder, with this checkout on its path."""
    return subprocess.run(
        [sys.executable, *words], cwd=at, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def test_every_name_exists_and_is_listed_for_type_checkers() -> None:
    for name in smelend.__all__:
        assert getattr(smelend, name) is not None
    assert dir(smelend) == sorted(smelend.__all__)
    tree = ast.parse((ROOT / "smelend/__init__.py").read_text("utf-8"))
    (typed,) = (node for node in tree.body if isinstance(node, ast.If))
    names = [one.asname for node in typed.body for one in getattr(node, "names", [])]
    assert sorted(map(str, names)) == sorted(smelend.__all__)
    with pytest.raises(AttributeError, match="no attribute 'simulat'"):
        _ = smelend.simulat


def test_the_package_has_no_logic() -> None:
    files = list((ROOT / "smelend").glob("*.py"))
    assert sum(len(file.read_text("utf-8").splitlines()) for file in files) <= 150
    assert (ROOT / "smelend/py.typed").exists()


@pytest.fixture(scope="module")
def arms() -> tuple[Any, Any]:
    """Two small scenarios."""
    names = ("zhengzhou/baseline", "zhengzhou/optimised")
    return load_scenario(names[0], set=SMALL), load_scenario(names[1], set=SMALL)


@pytest.mark.parametrize("seeds", [np.int64(2), "3..4", np.array([3, 4])])
def test_seeds_may_be_numbers_of_any_kind(arms: tuple[Any, Any], seeds: Any) -> None:
    found = compare(*arms, seeds=seeds, workers=np.int64(0))
    assert found.runs["seed"].nunique() == 2


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (lambda a, b: compare(a, b, seeds=2.0), "seeds: must be a whole number .*found 2.0"),
        (lambda a, b: compare(a, b, seeds=None), "seeds: must be a whole number .*found None"),
        (lambda a, b: compare(a, b, seeds=["1"]), "a seed: must be a whole number .*found '1'"),
        (lambda a, b: compare(a, b, seeds=1, workers=-1), "workers: must be .*found -1"),
        (lambda a, b: compare(a, 7), "give scenarios, paths or names; found 7"),
        (lambda a, b: compare(a, "no/such"), "no file and no scenario called 'no/such'"),
        (lambda a, b: simulate(None), "give a scenario, a path or a name; found None"),
        (lambda a, b: simulate(a, seed=1.5), "seed: must be a whole number .*found 1.5"),
        (lambda a, b: load_scenario(None), "give the path or the name of a scenario"),
        (lambda a, b: load_scenario("zhengzhou/basline"), "did you mean 'zhengzhou/baseline'"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    arms: tuple[Any, Any], call: Callable[..., Any], complaint: str
) -> None:
    with pytest.raises(RequestError, match=complaint) as caught:
        call(*arms)
    assert "\n" not in str(caught.value)


def test_paths_and_names_are_scenarios_too(tmp_path: Path) -> None:
    text = f"name: {{}}\nextends: zhengzhou/baseline\nfirms: {{{{count: 60}}}}\n{'horizon: 2'}\n"
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(text.format(name) + "burn_in: {months: 2}\n")
    paths = [tmp_path / "a.yaml", str(tmp_path / "b.yaml")]
    assert compare(paths[0], paths[1:], seeds=1).others == ("b",)
    assert simulate(paths[0], seeds=2).summary["seed"].tolist() == [1, 2]


@pytest.mark.thorough
def test_a_users_own_sim_py_is_never_run(tmp_path: Path) -> None:
    (tmp_path / "sim.py").write_text("print('my own file')\n")
    (tmp_path / "script.py").write_text(SCRIPT)
    done = python("script.py", at=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("out: 2 of 2 runs done")
    done = python("-m", "smelend", "validate", "zhengzhou/baseline", at=tmp_path)
    assert "zhengzhou/baseline: ok" in done.stdout
    assert "my own file" not in done.stdout


def test_a_module_that_is_already_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "sim.py").write_text("")
    done = python("-c", "import sys; sys.path.insert(0, '.'); import sim, smelend", at=tmp_path)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"ImportError: the module 'sim' is {tmp_path / 'sim.py'}, not ")
    assert last.endswith("; rename that file")


def test_a_worker_with_another_package_says_so() -> None:
    from sim.runs.executors.pool import checked

    with pytest.raises(RequestError, match="but the driver /elsewhere/sim"):
        checked("/elsewhere/sim", len, [])


def test_what_is_shown_of_an_object_is_short(arms: tuple[Any, Any]) -> None:
    odd = arms[1].with_({"name": "<b> & $x$"})
    model = smelend.LendingModel(odd)
    shown = [odd, simulate(odd), compare(arms[0], odd, seeds=2), model]
    assert [repr(one) for one in shown] == [
        "<Scenario '<b> & $x$': 60 firms, 2 months after 2, banks: main>",
        "<Result: 1 seed, 2 months, banks: main>",
        "<Comparison of '<b> & $x$' with 'zhengzhou/baseline': 2 seeds, 48 rows>",
        "<LendingModel '<b> & $x$': month 0 of 2, 60 firms, banks: main>",
    ]
    for one in shown:
        assert "<b>" not in one._repr_html_()
