"""The built package, installed outside the checkout, is enough: every command finds its files."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

from sim.core.shipped import GROUPS, named

ROOT = Path(__file__).parents[2]
BUILD = "import sys, hatchling.build as b; print(getattr(b, f'build_{sys.argv[1]}')(sys.argv[2]))"
WITHOUT_SKLEARN = """
import importlib.util, runpy, sys
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "sklearn" else find(name, *rest)
sys.modules["sklearn"] = None
sys.argv = ["smelend", "describe", "params"]
runpy.run_module("smelend", run_name="__main__")
"""


def run(*words: str | Path, at: Path, fails: int = 0) -> str:
    """Run a program without the checkout on its path; return what it prints."""
    hidden = {"PYTHONPATH", "PYTEST_ADDOPTS", "VIRTUAL_ENV"}
    done = subprocess.run(
        [str(word) for word in words], cwd=at, capture_output=True, text=True, check=False,
        env={name: value for name, value in os.environ.items() if name not in hidden},
    )  # fmt: skip
    assert done.returncode == fails, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the sdist."""
    home = tmp_path_factory.mktemp("built")
    name = run(sys.executable, "-c", BUILD, "sdist", home, at=ROOT).split()[-1]
    with tarfile.open(home / name) as archive:
        archive.extractall(home, filter="data")
    source = home / name.removesuffix(".tar.gz")
    return home / run(sys.executable, "-c", BUILD, "wheel", home, at=source).split()[-1]


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of a new environment with the wheel; other packages are those of this one."""
    home = tmp_path_factory.mktemp("environment") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", home, at=home.parent)
    found = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    paths = run(found, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", at=home)
    site = Path(paths.strip())
    (site / "others.pth").write_text(sysconfig.get_path("purelib"))  # its own .pth are not read
    install = ["pip", "--python", found, "install", "--no-index", "--no-deps", "--ignore-installed"]
    run(sys.executable, "-m", *install, "--quiet", wheel, at=home)
    return found


def test_the_wheel_has_every_source_and_every_named_file(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    sources = {
        path.relative_to(ROOT).as_posix()
        for package in ("sim", "smelend")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    examples = {
        f"sim/shipped/{file.relative_to(ROOT).as_posix()}"
        for kind in GROUPS
        for file in named(kind).values()
    }
    assert sources | examples <= inside
    assert not any(name.startswith(("tests/", "scenarios/")) for name in inside)


@pytest.mark.thorough
def test_commands_work_from_an_empty_folder(python: Path, tmp_path: Path) -> None:
    command = [python, "-m", "smelend"]
    where = run(python, "-c", "import sim, smelend; print(sim.__file__)", at=tmp_path)
    assert str(ROOT) not in where
    assert "zhengzhou/baseline" in run(*command, "examples", at=tmp_path)
    for what in ("measures", "statements"):
        assert "zhengzhou" in run(*command, "describe", what, at=tmp_path).lower()
    run(*command, "init", "mine", at=tmp_path)
    files = ["mine/baseline.yaml", "mine/measures/pricing.yaml", "mine/measures/monitoring.yaml"]
    said = run(*command, "validate", *files, "mine/study.yaml", "qn/baseline", at=tmp_path)
    assert said.count(": ok, ") == 5
    settings = ["--set", "firms.count=60", "--set", "horizon=2", "--set", "burn_in.months=2"]
    options = ["--seeds", "1", "--workers", "0", *settings]
    said = run(*command, "run", "zhengzhou/baseline", *options, at=tmp_path)
    assert "results/zhengzhou/baseline/runs/" in said.replace("\\", "/")
    said = run(*command, "run", "zhengzhou/basline", *options, at=tmp_path, fails=2)
    assert said.splitlines() == [
        "no file and no scenario or experiment called 'zhengzhou/basline'; did you mean "
        "'zhengzhou/baseline'? (`smelend examples` lists the names)"
    ]


def test_parameters_are_described_without_scikit_learn(python: Path, tmp_path: Path) -> None:
    assert "platform_cost" in run(python, "-c", WITHOUT_SKLEARN, at=tmp_path)


def test_hatchling_is_there() -> None:
    assert importlib.util.find_spec("hatchling"), "install the extra `test`"
