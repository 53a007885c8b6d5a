"""Worlds for the tests of the model as a whole: all at work, all coupled, or nothing coupled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from sim.model.result import Result
from sim.model.simulation import Simulation
from sim.scenario.schema import FAMILIES, Scenario
from sim.state.market import Market

MEMBERS = [(family, kind) for family, found in FAMILIES.items() for kind in found.members]
ROUNDS = max(len(found.members) for found in FAMILIES.values())
EAGER = {"fewest_loans": 10, "fewest_defaults": 2}  # learn from what a small market has

# what ties one firm's fate to another's through a bank, switched off
UNCOUPLED: dict[str, Any] = {
    "capital": {"kind": "standardised", "minimum": 0.0, "target": 1.0},  # capital never binds
    "staffing": {"kind": "none"},  # nobody is busy or hurried
    "pricing": {"kind": "flat", "fixed": 0.08},  # the rate does not follow the book
    "monitoring": {"kind": "none"},  # nobody learns from others' inspections or false alarms
    "approval": {"kind": "cut_off", "override": 0.0, "sector_limit": 1.0},
    "growth_target": -1.0,  # no plan to fall behind
}


def member(family: str, kind: str) -> dict[str, Any]:
    """Return what a scenario says to choose a member."""
    fields = FAMILIES[family].get(kind).model_fields
    return {"kind": kind} | {name: value for name, value in EAGER.items() if name in fields}


def bundle(turn: int) -> dict[str, Any]:
    """Return a bank with the turn-th member of each family."""
    return {
        family: member(family, list(found.members)[turn % len(found.members)])
        for family, found in FAMILIES.items()
    }


def scenario(*banks: dict[str, Any], **content: Any) -> Scenario:
    """Return a small scenario with these banks; keys of `content` replace the usual ones."""
    usual = {
        "horizon": 14,
        "burn_in": {"months": 12},
        "firms": {"count": 150, "volatility": 0.2, "demand": {"need_monthly": 0.15}},
        "banks": {f"bank {number}": bank for number, bank in enumerate(banks or ({},))},
    }
    return Scenario.model_validate(usual | content)


def columns(market: Market, run: int) -> Iterator[tuple[str, np.ndarray]]:
    """Yield every column of every table, cut to one run, by name."""
    n, lenders, banks = market.firms_per_run, market.lenders, len(market.banks)
    seats = banks * market.seats
    rows = {
        "books": slice(run * lenders, (run + 1) * lenders),
        "ledger": slice(run * lenders, (run + 1) * lenders),
        "cohorts": slice(run * lenders, (run + 1) * lenders),
        "officers": slice(run * seats, (run + 1) * seats),
        "economy": slice(run, run + 1),
        "applications": np.concatenate(
            [np.arange(s * market.slots + run * n, s * market.slots + run * n + n)
             for s in range(market.sheets)]
        ),
        "relations": np.concatenate(
            [np.arange(b * market.slots + run * n, b * market.slots + run * n + n)
             for b in range(banks)]
        ),
    }  # fmt: skip
    for table in vars(market.tables):
        part = rows.get(table, slice(run * n, (run + 1) * n))
        face = getattr(market, table)
        for name in face._fields:
            if name != "run":  # the number of the run itself
                yield f"{table}.{name}", getattr(face, name)[..., part]


def differing(one: Market, run: int, other: Market, other_run: int) -> list[str]:
    """Return the names of columns in which two runs differ by a single bit."""
    pairs = zip(columns(one, run), columns(other, other_run), strict=True)
    return [
        name
        for (name, left), (_, right) in pairs
        if left.shape != right.shape or left.tobytes() != right.tobytes()
    ]


def digest(frame: pd.DataFrame) -> str:
    """Return the sha256 of a frame: its columns and every bit of its values."""
    sha = hashlib.sha256()
    for name in frame.columns:
        values = frame[name].to_numpy()
        text = values.dtype.kind not in "ifb"
        sha.update(name.encode())
        sha.update("\n".join(map(str, values)).encode() if text else values.tobytes())
    return sha.hexdigest()


def of_seed(result: Result, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the months and the summary of one seed."""
    months, summary = result.months, result.summary
    return (
        months[months["seed"] == seed].reset_index(drop=True),
        summary[summary["seed"] == seed].reset_index(drop=True),
    )


def advanced(simulation: Simulation, month: int) -> Simulation:
    """Live a simulation on to the end of a month."""
    with np.errstate(invalid="ignore", divide="ignore"):
        while simulation.month < month:
            simulation.advance()
    return simulation
