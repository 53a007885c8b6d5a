"""Two hundred spoilt files of each kind: one positioned line, or a file that is good."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.apps.commands.init import STARTER
from sim.apps.commands.validate import checked
from sim.core.errors import RequestError
from sim.scenario.loading import load_scenario
from sim.scenario.measure import load_measure

ROOT = Path(__file__).parents[2]
EXPERIMENTS = ROOT / "experiments"
FILES = [40, pytest.param(200, marks=pytest.mark.thorough)]
SPOILT = (
    "", "null", "true", "-1", "0", "1e400", ".nan", "1.5", "99999999999999999999", "'text'", "[]",
    "{}", "[1, 2]", "{a: 1}", "{kind: no_such}", "*a", "!!python/object:os.system", "\t", "'",
    "&a [*a]", "=1+1", "\x1b[31m", "\u202e", "a: b: c", "NaN", "no such file.yaml", "../..",
    "[[[[", "2026-01-01",
)  # fmt: skip
PLAN = """\
kind: plan
title: a sweep
bases: [zhengzhou/baseline]
seeds: 1-3
set: {firms.count: 300}
measures: [measures/pricing.yaml]
arms:
  small: {set: {firms.demand.banks_asked: 1}}
  priced: {measures: [pricing]}
sweep:
  kind: grid
  values: {economy.funding_rate: [0.02, 0.03]}
"""
SCENARIO = """\
extends: zhengzhou/baseline
why: a bank of one's own
horizon: 12
firms: {count: 300}
economy:
  funding_rate: 0.03
banks:
  main:
    approval: {kind: cut_off, pd_max: 0.05}
    pricing: {margin: 0.02}
    branch_cost: 500.0
"""


def spoil(text: str, dice: random.Random) -> str:
    """Return a text with one place changed as people and editors change them."""
    lines = text.split("\n")
    number = dice.randrange(len(lines))
    key, colon, value = lines[number].partition(":")
    way = dice.randrange(8)
    if way == 0 and colon:
        lines[number] = f"{key}: {dice.choice(SPOILT)}"
    elif way == 1 and len(key.strip()) > 2:
        lines[number] = f"{key[:-2]}{key[-1]}{key[-2]}{colon}{value}"  # letters swapped
    elif way == 2:
        del lines[number]
    elif way == 3:
        lines.insert(number, lines[number])
    elif way == 4:
        lines[number] = dice.choice((" ", "   ", "\t", "- ")) + lines[number]
    elif way == 5:
        at = dice.randrange(len(text) + 1)
        return text[:at] + dice.choice(SPOILT) + text[at:]
    elif way == 6:
        return text[: dice.randrange(len(text))]
    else:
        numbers = list(re.finditer(r"\d[\d.]*", text))
        if numbers:
            one = dice.choice(numbers)
            return text[: one.start()] + dice.choice(SPOILT) + text[one.end() :]
    return "\n".join(lines)


SEVERAL = """\
kind: banks
title: two banks
hypothesis: both gain
studies: [study.yaml, other.yaml]
measures: [measures/pricing.yaml, measures/monitoring.yaml]
seeds: {quick: 3, metric: profit, half_width: 1e6, fewest: 20, cap: 30}
questions: [alone]
metrics: [default_rate, profit]
"""
STARTED = (STARTER / "study.yaml").read_text("utf-8")
PUBLISHED = (EXPERIMENTS / "literature/hierarchy.yaml").read_text("utf-8")
MEASURED = (EXPERIMENTS / "field/karlan_zinman.yaml").read_text("utf-8")
FITTED = (EXPERIMENTS / "calibration/base_case.yaml").read_text("utf-8")
PRICING = (STARTER / "measures/pricing.yaml").read_text("utf-8")


def _here(text: str) -> str:
    """Return a shipped experiment whose paths are found from anywhere."""
    return text.replace("../../", f"{ROOT}/")


KINDS: dict[str, tuple[str, str, Callable[[Path], object]]] = {  # where, what, who reads it
    "scenario": ("mine.yaml", SCENARIO, load_scenario),
    "measure": ("measures/mine.yaml", PRICING, load_measure),
    "plan": ("mine.yaml", PLAN, lambda file: checked(file, {})),
    "study": ("mine.yaml", STARTED, lambda file: checked(file, {})),
    "banks": ("mine.yaml", SEVERAL, lambda file: checked(file, {})),
    "literature": ("mine.yaml", _here(PUBLISHED), lambda file: checked(file, {})),
    "field": ("mine.yaml", _here(MEASURED), lambda file: checked(file, {})),
    "calibration": ("mine.yaml", _here(FITTED), lambda file: checked(file, {})),
}


@pytest.mark.parametrize("files", FILES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_file_is_one_positioned_line_or_good(
    tmp_path: Path, kind: str, files: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place, text, read = KINDS[kind]
    file = tmp_path / place
    shutil.copytree(STARTER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "other.yaml").write_text(STARTED)
    file.write_text(text, encoding="utf-8")
    read(file)  # good before it is spoilt
    dice = random.Random(16)
    refused = 0
    for _ in range(files):
        spoilt = spoil(text, dice)
        file.write_text(spoilt, encoding="utf-8")
        try:
            read(file)
        except RequestError as fault:
            refused += 1
            said = str(fault)
            assert said.isprintable(), spoilt
            # the file itself, or one that it names
            assert re.match(r"[^:]+:\d+:\d+: ", said), f"{said}\n{spoilt}"
            assert "--set" not in said, f"{said}\n{spoilt}"
    assert refused > files / 4
