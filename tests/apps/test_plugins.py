"""Plug-ins at three levels: a file or module, an installed package, a class of this process."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest

import smelend as front
from sim.core import plugins
from sim.core.errors import RequestError
from sim.outcomes import METRICS
from sim.policies.approval.all import All
from sim.runs.execute import execute
from sim.runs.plan import Plan
from sim.runs.reading import read_runs
from sim.scenario.mechanisms import Mechanisms
from sim.scenario.plugging import _rebuild
from sim.scenario.schema import FAMILIES, BankParams
from tests.apps.command import Smelend
from tests.apps.test_readme import blocks

(HOUSE,) = blocks("python", "class Spread(")
(BANK,) = blocks("yaml", "kind: spread")
(MECHANISM,) = blocks("python", "class LostCustomers(")
(STEPS,) = blocks("text", "LostCustomers.steps")
TINY = {"firms.count": 200, "horizon": 3, "burn_in.months": 0}
TINY_WORDS = [word for key, value in TINY.items() for word in ("--set", f"{key}={value}")]


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Forget at the end what a test has loaded."""
    state = (
        plugins.LOADED, plugins.OWNERS, METRICS, Mechanisms.model_fields, BankParams.model_fields,
        *(family.members for family in FAMILIES.values()),  # type: ignore[attr-defined]
    )  # fmt: skip
    before = [dict(one) for one in state]
    offered = list(plugins._offered)
    yield
    for one, old in zip(state, before, strict=True):
        one.clear()
        one.update(old)
    plugins._offered[:] = offered
    _rebuild()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("house.py").write_text(HOUSE)
    Path("house.yaml").write_text(BANK)
    return tmp_path


@pytest.mark.thorough
def test_the_readmes_plugin_runs_on_two_workers(house: Path, smelend: Smelend) -> None:
    run = ["run", "house.yaml", "--plugin", "house.py", *TINY_WORDS, "--out", "out"]
    assert smelend(*run, "--seeds", 2, "--workers", 2, "--quiet").status == 0
    digest = plugins.LOADED[str(house / "house.py")].digest
    manifest = json.loads(Path("out/manifest.json").read_text())
    assert manifest["plugins"] == {str(house / "house.py"): digest}
    arm = next(iter(manifest["arms"].values()))
    assert arm["scenario"]["banks"]["main"]["approval"]["kind"] == "spread"
    runs = read_runs("out")
    assert len(runs) == 2
    assert (runs["trouble"] >= runs["defaults"]).all()
    assert smelend("rerun", "out", "--workers", 0, "--quiet").out.startswith(
        "2 runs repeated: every"
    )

    plugins.LOADED.clear()  # as in a later process
    del METRICS["trouble"], FAMILIES["approval"].members["spread"]  # type: ignore[attr-defined]
    Path("house.py").write_text(HOUSE + "\n# the rule of 2025\n")
    said = smelend("rerun", "out", "--workers", 0, "--quiet")
    assert said.status == 2
    assert "these runs used" in said.complaint


def test_its_content_is_part_of_a_scenarios_hash(house: Path) -> None:
    plain = front.load_scenario("zhengzhou/baseline").hash
    front.load_plugins(["house.py"])
    assert front.load_scenario("zhengzhou/baseline").hash == plain
    first = front.load_scenario("house.yaml").hash
    Path("other.py").write_text(HOUSE.replace("def trouble", "def more_trouble") + "# changed\n")
    del FAMILIES["approval"].members["spread"]  # type: ignore[attr-defined]
    front.load_plugins(["other.py"])
    assert front.load_scenario("house.yaml").hash != first


def test_without_it_the_kind_is_unknown_and_with_it_errors_are_as_usual(
    house: Path, smelend: Smelend
) -> None:
    said = smelend("validate", "house.yaml")
    assert said.status == 2
    assert (
        "house.yaml:4:22: banks.main.approval.kind: must be one of all, cut_off" in said.complaint
    )
    assert smelend("validate", "house.yaml", "--plugin", "house.py").status == 0
    Path("house.yaml").write_text(BANK.replace("pd_max: 0.12", "pd_mx: 2"))
    assert (
        "unknown key 'pd_mx'; did you mean 'pd_max'?" in smelend("validate", "house.yaml").complaint
    )
    assert '"spread"' in smelend("schema").out
    assert "spread" in smelend("describe", "policies").out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "plug-in house.py: cannot be read: No such file or directory"),
        ("x = 1\n", "it defines no policy, mechanism or metric"),
        ("x = (\n", "plug-in house.py:1: SyntaxError: "),
        ("\n1 / 0\n", "plug-in house.py:2: ZeroDivisionError: division by zero"),
        ("raise SystemExit(3)\n", "plug-in house.py:1: SystemExit: 3"),
        (HOUSE.replace('"spread"', '"cut_off"'), "there is a kind 'cut_off' already"),
        (HOUSE.replace("def trouble", "def profit"), "two metrics have the name profit"),
    ],
)
def test_a_bad_plugin_is_one_line(
    house: Path, smelend: Smelend, text: str | None, words: str
) -> None:
    if text is None:
        Path("house.py").unlink()
    else:
        Path("house.py").write_text(text)
    said = smelend("validate", "house.yaml", "--plugin", "house.py")
    assert said.status == 2
    assert words in said.complaint
    assert "no such file or module" in smelend("validate", "x", "--plugin", "no.such").complaint


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("3", "found int"),
        ("None", "found NoneType"),
        ("files.applications_pd", "found an array of float64 of shape"),
        ("files.applications_pd[:0] < 1", "found an array of bool of shape (0,)"),
    ],
)
def test_a_wrong_answer_of_a_policy_is_one_line(
    house: Path, smelend: Smelend, answer: str, found: str
) -> None:
    rule = "files.applications_pd <= self.pd_max * (1.0 - sector_share)"
    assert rule in HOUSE
    Path("house.py").write_text(HOUSE.replace(rule, answer))
    run = ["run", "house.yaml", "--plugin", "house.py", *TINY_WORDS, "--workers", 0, "--quiet"]
    said = smelend(*run, "--seeds", 2, "--out", "out")
    assert said.status == 2
    assert "approve of 'spread' must return an array of True or False" in said.err
    assert found in said.err


def test_an_installed_plugin_is_loaded_once_a_file_needs_it(
    house: Path, smelend: Smelend, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("installed_house.py").write_text(HOUSE)
    monkeypatch.syspath_prepend(house)
    monkeypatch.delitem(sys.modules, "installed_house", raising=False)
    point = importlib.metadata.EntryPoint("house", "installed_house", plugins.GROUP)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [point])
    assert smelend("validate", "baseline").status == 0
    assert "installed_house" not in sys.modules
    assert smelend("validate", "house.yaml").status == 0
    assert "installed_house" in plugins.LOADED
    monkeypatch.delitem(sys.modules, "installed_house")


def test_a_registered_class_stays_in_its_process(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Everyone(All):
        """Approve every application, as a notebook may say."""

        kind: Literal["everyone"] = "everyone"  # type: ignore[assignment]

    assert front.register(Everyone) is Everyone
    tiny = TINY | {"banks.main.approval.kind": "everyone"}
    scenario = front.load_scenario("baseline", set=tiny)
    plan = Plan({"base": scenario}, 2)
    for other in ({"workers": 2}, {"dask": "tcp://nowhere:1"}):
        with pytest.raises(RequestError, match="other processes cannot load a class"):
            execute(plan, house / f"not-{next(iter(other))}", **other)  # type: ignore[arg-type]
    assert execute(plan, house / "out").done == 2
    assert "all runs are simulated here, and the folder can not be continued" in (
        capsys.readouterr().err
    )
    with pytest.raises(RequestError, match="registered in a Python session, so it cannot be"):
        execute(plan, house / "out")
    with pytest.raises(RequestError, match="int is no policy, mechanism or metric"):
        front.register(int)


@pytest.mark.thorough
def test_a_mechanism_takes_its_place_in_the_month(house: Path) -> None:
    text = MECHANISM + "\nfrom sim.model.plan import Step\n\n" + STEPS
    Path("lost.py").write_text(text)
    front.load_plugins(["lost.py"])
    more = {"firms.count": 400, "firms.volatility": 0.4, "horizon": 12}
    base = front.load_scenario("baseline", set=TINY | more)
    off = base.with_({"mechanisms.lost_customers": {"loss": 0.0}})
    on = base.with_({"mechanisms.lost_customers": {"loss": 12.0}})
    profits = [front.simulate(one, 1).months["profit"].to_list() for one in (base, off, on)]
    assert profits[0] == profits[1] != profits[2]
    assert base.hash != off.hash
    plan = Plan({"base": on}, 1)
    assert execute(plan, house / "out", workers=1, quiet=True).done == 1


def test_a_step_that_is_not_there_is_one_line(house: Path) -> None:
    text = MECHANISM + "\nfrom sim.model.plan import Step\n\n" + STEPS
    Path("lost.py").write_text(text.replace('"loan classes"', '"loan clases"'))
    front.load_plugins(["lost.py"])
    on = front.load_scenario("baseline", set=TINY | {"mechanisms.lost_customers": {"loss": 1.0}})
    with pytest.raises(RequestError, match="no step 'loan clases'; did you mean 'loan classes'"):
        front.simulate(on, 1)
