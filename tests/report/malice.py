"""Words that would do harm on a page that did not escape them, and a small study made of them."""

from __future__ import annotations

from pathlib import Path

SCRIPT = "<script>alert(1)</script>"
IMAGE = "<img src=x onerror=alert(2)>"
QUOTE = "\"'><svg onload=alert(3)>"

BASE = f"""\
why: '{SCRIPT} base'
horizon: 14
burn_in: {{months: 6}}
firms: {{count: 300}}
banks:
  main:
    monitoring: {{kind: care}}
    pricing: {{kind: risk_based}}
"""
MEASURES = {
    "site_visits": ("post_loan", "monitoring: {monthly: 0.3}"),
    "price": ("pricing", "pricing: {sensitivity: 0.9}"),
}
STUDY = f"""\
kind: study
title: '{SCRIPT} Do visits pay?'
hypothesis: '{IMAGE} They lower default & cost 5 % more.'
base: base.yaml
measures: [site_visits.yaml, price.yaml]
arms:
  calm: {{why: '{SCRIPT} calm', set: {{economy.macro.cycle_sd: 0.1}}}}
metrics: [default_rate, npl_ratio, profit, cost, credit_to_good, defaults]
equal_money: {{money: 0.1, spread: 0.5, draws: 2, seeds: 1}}
regimes:
  points: 4
  seeds: 1
  quantities:
    strength: {{low: 0.5, high: 1.5}}
    economy.funding_rate: {{low: 0.02, high: 0.03}}
claims:
  down: {{kind: difference, statement: '1.2: {IMAGE} the package lowers default',
          metric: default_rate, base: base, other: package, expect: lower}}
  dear: {{kind: difference, statement: '{SCRIPT} visits cost money',
          metric: cost, base: base, other: site_visits, expect: higher}}
"""
# base, package, two measures alone and a calm world on 2 seeds; at equal money the base and, in 2
# draws, 2 parts of 3 strengths; at 4 points the 3 arms that claims compare
STUDIED = 5 * 2 + (1 + 2 * 2 * 3) + 4 * 3 + 4 * 2


def write_study(folder: Path) -> Path:
    """Write the study with its base and measures; return its path."""
    (folder / "base.yaml").write_text(BASE, "utf-8")
    for name, (package, keys) in MEASURES.items():
        (folder / f"{name}.yaml").write_text(
            f"title: '{QUOTE.replace(chr(39), chr(39) * 2)} {name}'\nthesis: '{SCRIPT}'\n"
            f"statements: ['1.2']\nwhy: '{IMAGE} why'\npackage: {package}\n"
            f"overrides:\n  banks:\n    main:\n      {keys}\n",
            "utf-8",
        )
    path = folder / "study.yaml"
    path.write_text(STUDY, "utf-8")
    return path


def write_scenarios(folder: Path) -> list[Path]:
    """Write two scenarios whose names would do harm; return their paths."""
    paths = []
    for name, sensitivity in ((SCRIPT, 0.2), (IMAGE, 0.8)):
        path = folder / f"{'base' if sensitivity < 0.5 else 'other'}.yaml"
        said = BASE.replace(
            "{kind: risk_based}", f"{{kind: risk_based, sensitivity: {sensitivity}}}"
        )
        path.write_text(f"name: '{name}'\n{said}", "utf-8")
        paths.append(path)
    return paths
