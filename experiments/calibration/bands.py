"""Bands of published facts, computed from the figures in data/ alone.

Run as `python -m experiments.calibration.bands`.  A band says where the same figure of another draw
of the same size would lie in nine cases of ten (bootstrap, fixed seed), or over which range it lay
in the cohorts of calm years.  No simulation is read.  `role` in data/calibration/targets.yaml says
to which of these the base case was fitted.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from sim.core.arrays import Floats

DATA = Path(__file__).parents[2] / "data"
DRAWS = 10_000
SECTORS_OF_THE_MODEL = 5
CRISIS = (2006, 2007, 2008)  # three cohorts that were young in the recession of 2007-09
TOUCHED = (2005, 2009)  # older in the recession, or began at its end: neither calm nor crisis
SHORT, LONG = (6, 12), (24, 36)  # months, from and to


def sector_rates() -> Floats:
    """Return default by sector, (20,) per cent; figures of several codes are averaged."""
    table = pd.read_csv(DATA / "sba" / "LMT2018_table3_sector_default.csv", dtype=str)
    split = [[float(x) for x in text.split(";")] for text in table["default_rate_pct"]]
    return np.array([np.mean(rates) for rates in split])


def curves() -> pd.DataFrame:
    """Return cumulative charge-off (%) by cohort and months of age."""
    return pd.read_csv(DATA / "sba" / "sba_vintage_curves_selected.csv", index_col="cohort")


def calm(table: pd.DataFrame) -> pd.DataFrame:
    """Return the cohorts that no recession affected."""
    return table.drop([*CRISIS, *TOUCHED])


def nine_in_ten(draw: Callable[[np.random.Generator], float]) -> tuple[float, float]:
    """Return the 5th and 95th percentile of a figure over random draws."""
    rng = np.random.default_rng(2018)
    low, high = np.percentile([draw(rng) for _ in range(DRAWS)], [5, 95])
    return float(low), float(high)


def again(rng: np.random.Generator, values: Floats) -> Floats:
    """Draw as many values with replacement."""
    return rng.choice(values, len(values))


def variation(values: Floats) -> float:
    """Return the coefficient of variation."""
    return float(values.std(ddof=1) / values.mean())


def sector_dispersion() -> tuple[float, float]:
    """Standard deviation of log default over as many sectors as the model has, drawn from 20."""
    logs = np.log(sector_rates())
    pick = SECTORS_OF_THE_MODEL
    return nine_in_ten(lambda rng: float(rng.choice(logs, pick, replace=False).std(ddof=1)))


def calm_cohorts() -> tuple[float, float]:
    """Coefficient of variation over calm cohorts of charge-off by month 36."""
    values = calm(curves())["m36"].to_numpy(float)
    return nine_in_ten(lambda rng: variation(again(rng, values)))


def crisis_cohorts() -> tuple[float, float]:
    """Charge-off by month 36, mean of crisis cohorts over mean of calm ones."""
    usual = calm(curves())["m36"].to_numpy(float)
    bad = curves().loc[list(CRISIS), "m36"].to_numpy(float)
    return nine_in_ten(lambda rng: float(again(rng, bad).mean() / again(rng, usual).mean()))


def second_year() -> tuple[float, float]:
    """Charge-offs in months 25-36 over those in months 13-24, range over calm cohorts."""
    c = calm(curves())
    ratio = (c["m36"] - c["m24"]) / (c["m24"] - c["m12"])
    return float(ratio.min()), float(ratio.max())


def longer_terms() -> tuple[float, float]:
    """Odds of a bad loan, terms of 24 to 36 months over those of 6 to 12 (Germany)."""
    loans = pd.read_csv(DATA / "german" / "SouthGermanCredit.asc", sep=" ")
    bad = [
        (loans.loc[loans["duration"].between(*span), "credit_risk"] == 0).to_numpy(float)
        for span in (SHORT, LONG)
    ]
    return nine_in_ten(lambda rng: odds(again(rng, bad[1])) / odds(again(rng, bad[0])))


def odds(flags: Floats) -> float:
    """Return the odds of a flag."""
    return float(flags.mean() / (1.0 - flags.mean()))


BANDS: dict[str, Callable[[], tuple[float, float]]] = {
    "dispersion over sectors": sector_dispersion,
    "dispersion over calm cohorts": calm_cohorts,
    "crisis over calm cohorts": crisis_cohorts,
    "write-offs, third year of age over second": second_year,
    "odds of default, long terms over short": longer_terms,
}

if __name__ == "__main__":
    for name, band in BANDS.items():
        low, high = band()
        print(f"{name}: {low:.2f} to {high:.2f}")
