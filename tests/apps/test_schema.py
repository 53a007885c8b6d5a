"""The JSON Schema is printed, or written where it was asked for."""

from __future__ import annotations

import json
from pathlib import Path

from sim.scenario.schema import Scenario
from tests.apps.command import Smelend


def test_the_schema_is_printed_and_written(tmp_path: Path, smelend: Smelend) -> None:
    said = smelend("schema")
    assert (said.status, said.err) == (0, "")
    printed = json.loads(said.out)
    assert set(Scenario.model_fields) < set(printed["properties"])
    file = tmp_path / "deep/scenario.json"
    assert smelend("schema", "--out", file).status == 0
    assert json.loads(file.read_text()) == printed


def test_every_kind_of_file_has_a_schema_that_knows_its_keys(smelend: Smelend) -> None:
    keys = {
        "scenario": "burn_in", "measure": "overrides", "targets": "parameters", "plan": "sweep",
        "study": "equal_money", "banks": "studies", "literature": "ratios", "field": "windows",
        "calibration": "causes",
    }  # fmt: skip
    for kind, key in keys.items():
        said = smelend("schema", kind)
        assert (said.status, said.err) == (0, "")
        assert key in json.loads(said.out)["properties"]
    claims = json.loads(smelend("schema", "study").out)["properties"]["claims"]
    assert "difference" in json.dumps(claims)
    said = smelend("schema", "stduy")
    assert said.status == 2
    assert "no kind 'stduy'; did you mean 'study'?" in said.complaint


def test_a_schema_that_cannot_be_written_is_told(tmp_path: Path, smelend: Smelend) -> None:
    (tmp_path / "file").write_text("")
    said = smelend("schema", "--out", tmp_path / "file/schema.json")
    assert said.status == 2
    assert f"cannot write {tmp_path / 'file/schema.json'}" in said.complaint
