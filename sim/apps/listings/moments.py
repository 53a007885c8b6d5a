"""Every figure that the targets of a calibration may name."""

from __future__ import annotations

from typing import Any

TITLE = (
    "Moments. The figures that a target of a calibration may name (`moment`), each over all seeds "
    "of a score or a fit. Outcomes (`describe metrics`) are among them: the mean over seeds."
)
COLUMNS = ("name", "unit", "meaning")
PROSE = ("meaning",)


def rows() -> list[tuple[Any, ...]]:
    """Return one row per moment; those made for calibrations come first."""
    from sim.analysis.calibration.moments import moment, moment_names
    from sim.outcomes import METRICS

    names = sorted(moment_names(), key=lambda name: (name in METRICS, name))
    units = {name: one.unit for name, one in METRICS.items()}
    return [(name, units.get(name, ""), moment(name).meaning) for name in names]
