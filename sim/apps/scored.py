"""The score of a calibration as it is printed and written."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.schema import Scenario

SIGNIFICANT = 6  # decimals kept in the tables
NEAR = "near"


def show(table: pd.DataFrame) -> None:
    """Print the score table."""
    from sim.apps.layout import TextColumn, laid_out, screen_width

    columns = (
        TextColumn("target", prose=True),
        TextColumn("low", number=True),
        TextColumn("high", number=True),
        TextColumn("value", number=True),
        TextColumn("+-95 %", number=True),
        TextColumn("verdict"),
        TextColumn("role"),
    )
    lines = [
        [
            row["name"], f"{row['low']:g}", f"{row['high']:g}", f"{row['value']:.4g}",
            f"{(row['value_high'] - row['value_low']) / 2.0:.2g}", _verdict(row), row["role"],
        ]
        for row in table.to_dict("records")
    ]  # fmt: skip
    print("\n".join(laid_out(columns, lines, screen_width())))
    if any(NEAR in line for line in lines):
        print(f"  {NEAR}: outside the band, but by at most two standard errors; counts as met")


def _verdict(row: Mapping[Hashable, Any]) -> str:
    """Return the verdict on a target, apart where only its error brings the value into the band."""
    inside = row["low"] <= row["value"] <= row["high"]
    return NEAR if row["verdict"] == "in" and not inside else str(row["verdict"])


def save(
    table: pd.DataFrame,
    causes: pd.DataFrame | None,
    title: str,
    base: Scenario,
    seeds: Sequence[int],
    out: Path,
) -> dict[Path | str, str]:
    """Write the score and the causes of the rise; return the paths and what each holds."""
    from sim.analysis.calibration import text
    from sim.core.errors import RequestError

    page = text(table, causes, title, f"{base.name}, hash {base.hash[:12]}", seeds)
    written: dict[Path | str, str] = {out / "calibration.md": "the score as a page"}
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "calibration.md").write_text(page, encoding="utf-8")
        table.round(SIGNIFICANT).to_csv(out / "calibration.csv", index=False)
        written[out / "calibration.csv"] = "each target with its band, value and interval"
        if causes is not None:
            causes.round(SIGNIFICANT).to_csv(out / "calibration_causes.csv", index=False)
            written[out / "calibration_causes.csv"] = "what makes the NPL ratio rise"
    except OSError as fault:
        raise RequestError(f"cannot write to {out}: {fault.strerror or fault}") from fault
    return written
