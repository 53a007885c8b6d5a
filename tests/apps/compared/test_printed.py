"""What a comparison prints and writes says what its numbers are, at any width of the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from sim.outcomes import METRICS
from tests.apps.command import BASE, HERE, NAMES, OTHER, SMALL, Smelend
from tests.apps.compared.conftest import Comparison


def test_the_table_is_printed_in_blocks_and_human_units(comparison: Comparison) -> None:
    lines = comparison.printed.splitlines()
    assert lines[0] == f"base: {NAMES[0]}; other: {NAMES[1]}; 4 seeds, 6 months"
    blocks = [line for line in lines if line in ("Risk", "Profit and cost", "Access", "Work")]
    assert blocks == ["Risk", "Profit and cost", "Access", "Work"]
    together = " ".join(comparison.printed.split())
    for metric in (one for one in METRICS.values() if one.judged):
        assert " ".join(metric.title.split()[:3]) in together
    row = pd.read_csv(comparison.folder / "comparison.csv").set_index("metric").loc["approval_rate"]
    line = next(line for line in lines if line.startswith("  Approval rate, %"))
    cells = line.removeprefix("  Approval rate, %").split()
    shown = [float(cell) for cell in cells[:3]]
    wanted = [100 * row[name] for name in ("base", "other", "difference")]
    step = 10.0 ** -len(cells[0].partition(".")[2])
    assert shown == pytest.approx(wanted, abs=0.51 * step)
    assert cells[-1] == row["verdict"]
    assert comparison.printed.isascii()
    assert "\x1b" not in comparison.printed
    assert max(map(len, lines)) <= 100 or any(str(comparison.folder) in line for line in lines)


def test_the_sentences_repeat_numbers_of_the_table(comparison: Comparison) -> None:
    sentences = " ".join(comparison.printed.split("\n\n")[1].split())
    row = pd.read_csv(comparison.folder / "comparison.csv").set_index("metric").loc["cost"]
    found = re.search(r"at a cost of CNY ([\d.]+) million over 6 months \((\d+) % more", sentences)
    assert found
    assert float(found[1]) == pytest.approx(row["difference"] / 1e6, rel=0.1)
    assert int(found[2]) == round(100 * row["difference"] / row["base"])
    for name in ("bad-loan (NPL) ratio", "default rate", "rofit after tax", "credit to good firms"):
        assert name in sentences


def test_figure_and_numbers_are_saved_and_named(comparison: Comparison) -> None:
    compared, lines = comparison.folder, comparison.quietly.splitlines()
    listed = [line.split()[0] for line in lines if line.startswith(str(compared))]
    written = ["comparison.csv", "report.html", "tables/", "figures/"]
    assert listed[:4] == [f"{compared}/{name}" for name in written]
    figures = compared / "figures"
    assert (figures / "npl_and_profit.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (figures / "npl_and_profit.svg").read_text()
    for name in ("default_and_credit", "profit_bridge", "risk_and_return", "convergence"):
        assert (figures / f"{name}.png").exists(), name
    months = pd.read_parquet(compared / "months")
    last = months[(months["month"] == 6) & (months["arm"] == NAMES[1])]
    drawn = pd.read_csv(figures / "npl_and_profit.csv")
    point = drawn[
        (drawn["metric"] == "npl_ratio") & (drawn["line"] == "other") & (drawn["month"] == 6)
    ]
    assert point["mean"].item() == pytest.approx(100 * last["npl_ratio"].mean(), rel=1e-6)


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_it_fits_any_screen(
    columns: int, compared: Path, monkeypatch: pytest.MonkeyPatch, smelend: Smelend
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    said = smelend("compare", BASE, OTHER, "--seeds", "4", *SMALL, *HERE, "--out", compared)
    table = said.out.partition("Written")[0]
    assert max(map(len, table.splitlines())) <= columns
    assert "undecided" in table
