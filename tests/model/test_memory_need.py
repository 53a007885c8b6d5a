"""The memory that is foretold is what the tables take, and what is too much is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.core.errors import RequestError
from sim.model import memory_need
from sim.model.memory_need import STARTED, bytes_needed, machine_bytes
from sim.model.simulate import simulate
from sim.model.simulation import Simulation
from sim.runs.execute import execute
from sim.runs.forecast import forecast
from sim.runs.plan import Plan
from sim.runs.simulating import simulate as simulate_on_workers
from sim.scenario.loading import load_scenario
from sim.state.market_size import bytes_of, rows_by_table

SMALL = {"firms.count": 30, "horizon": 2, "burn_in.months": 0}
BASE = load_scenario("baseline", set=SMALL)


def test_bytes_are_those_of_the_tables_that_are_made() -> None:
    market = Simulation(BASE, [1, 2]).market
    rows = rows_by_table(2, 30, len(market.banks), market.seats, own=market.own)
    assert bytes_of(rows) == market.bytes
    more = BASE.with_({"firms.count": 1_000_030})
    added = bytes_needed(more, 1) - bytes_needed(BASE, 1)
    own = market.own
    tables = bytes_of(rows_by_table(1, 1_000_000, len(market.banks), market.seats, own=own))
    assert tables < added < 1.3 * tables
    assert bytes_needed(BASE, 1) > STARTED


def test_what_needs_more_than_the_machine_has_is_refused_everywhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert (machine_bytes() or 2**30) > 2**28
    monkeypatch.setattr(memory_need, "machine_bytes", lambda: STARTED)
    for refused in (
        lambda: simulate(BASE, 1),
        lambda: simulate_on_workers(BASE, seeds=2, workers=2),
        lambda: forecast(Plan({"base": BASE}, (1, 2)), workers=1),
        lambda: execute(Plan({"base": BASE}, (1, 2)), tmp_path / "runs", workers=0),
    ):
        with pytest.raises(RequestError, match=r"30 firms × .*: needs about .* has 0\.2 GB; give"):
            refused()


def test_files_that_do_not_fit_on_the_disk_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sim.runs.room.shutil.disk_usage", lambda _: type("D", (), {"free": 99}))
    plan = Plan({"base": BASE}, (1, 2))
    for refused in (
        lambda: forecast(plan, tmp_path / "runs", workers=1),
        lambda: execute(plan, tmp_path / "runs", workers=0, quiet=True),
    ):
        with pytest.raises(RequestError, match=r"2 runs need up to .* on disk.*are free; give "):
            refused()
    assert not (tmp_path / "runs").exists()


def test_a_dry_run_tells_the_memory() -> None:
    plan = Plan({"base": BASE}, (1, 2))
    told = forecast(plan, workers=2)
    assert told.memory == bytes_needed(BASE, 2)  # one chunk, so one worker
    assert "GB of memory" in str(told)


def test_without_workers_a_forecast_counts_this_process_alone() -> None:
    told = forecast(Plan({"base": BASE, "again": BASE.with_({"horizon": 3})}, (1, 2)), workers=0)
    assert (told.chunks, told.workers) == (2, 1)
