"""The words for what nobody knows: each quantity, its values, and the label of a claim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.results.folder import Results
from sim.results.quantity_words import Quantity, quantity

USUAL = {
    "taken": Quantity("what a diverting owner takes out", 100.0),
    "kappa_sd": Quantity("how unlike borrowers' fears are (sd of log kappa)"),
    "diverted_share": Quantity("the share of diverted loans", 100.0),
    "new_noise": Quantity("noise that is new with each file", 100.0),
    "reader_noise": Quantity("noise that belongs to the reader", 100.0),
    "steps_executed": Quantity("steps carried out without a risk culture", 100.0),
    "unit_costs": Quantity("what the bank's work costs (times the base's)"),
    "ruin": Quantity("the gradients of ruin (times the base's)"),
}


def unknown(name: str, spec: Mapping[str, Any]) -> Quantity:
    """Return the words of a quantity and the factor from its stored to its shown value."""
    if name in USUAL:
        return USUAL[name]
    found = quantity(spec["keys"][0])
    text = found.words[:1].lower() + found.words[1:]
    return Quantity(f"{text}, times the base's") if spec["multiple"] else found._replace(words=text)


def valued(value: float, name: str, spec: Mapping[str, Any]) -> str:
    """Return a value of a quantity as shown, two digits and % for shares."""
    shown = unknown(name, spec).factor * value
    if name in USUAL and USUAL[name].factor != 1.0:
        return f"{shown:.2g} %"
    return f"{shown:.3g}"


def label_words(row: Any, specs: Mapping[str, Any]) -> str:
    """Return the label of a claim's row in plain words."""
    kind = str(row["label"])
    if kind.startswith("robust"):
        sign = "robust sign" if row["verdict"] == "undecided" else "robust"
        return sign if kind == "robust" else f"{sign}: it does not hold"
    if kind == "open":
        return "not robust; no one quantity stands out"
    if kind == "few":
        return "too few points for a label"
    if kind == "untested":
        return "not tried"
    name = str(row["depends_on"])
    words = unknown(name, specs[name]).words
    if row["tips_at"] == row["tips_at"]:  # not empty
        at = valued(float(row["tips_at"]), name, specs[name])
        return f"depends on {words}: holds {row['side']} {at}"
    ends = {"above": "high", "below": "low"}
    return f"depends on {words}: holds more often where it is {ends[str(row['side'])]}"


def chinese_words(row: Any) -> str:
    """Return whether the verdict holds in the base fitted to Chinese rows; empty if not tried."""
    word, there = row.get("chinese", ""), row.get("chinese_verdict", "")
    if not isinstance(word, str) or not word:
        return ""
    if word == "changes":
        return f"changes: {there}" + (", other sign" if there == "undecided" else "")
    if word == "undecided" and row["verdict"] != "undecided":
        return "undecided, same sign"
    if word == "undecided":
        return "undecided too" if there == "undecided" else f"{there} by itself in both"
    return word


def ranges_words(specs: Mapping[str, Any]) -> str:
    """Return every quantity with its declared values."""
    return "; ".join(
        f"{unknown(name, one).words} {_values(name, one)}" for name, one in specs.items()
    )


def _values(name: str, one: Mapping[str, Any]) -> str:
    shown = [valued(value, name, one) for value in one["values"]]
    return " to ".join(shown) if len(shown) == 2 else ", ".join(shown)


def labels(results: Results) -> dict[tuple[str, str], str]:
    """Return the label of each (bank, claim) in words; no bank in a study of one."""
    rows, setup = results.known("robust"), robust_setup(results)
    if rows is None or not setup:
        return {}
    found = {}
    for _, one in rows.iterrows():
        there = chinese_words(one)
        beside = f"; from Chinese rows alone: {there}" if there else ""
        label = label_words(one, setup["quantities"])
        found[(str(one.get("bank", "")), str(one["claim"]))] = label + beside
    return found


def robust_setup(results: Results) -> dict[str, Any]:
    """Return the design as asked, empty where none was."""
    study = results.study or (results.banks[0].study if results.banks else {})
    return dict(study.get("robust") or {})
