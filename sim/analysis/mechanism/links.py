"""Links of the chain that can be cut: short runs in which one is switched off in both arms.

What vanishes of an effect when a link is cut, on the same seeds, is what the link carried; links
may carry the same effect together, so the parts need not add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.analysis.intervals import t_interval
from sim.analysis.mechanism.asked import Asked
from sim.analysis.multiplicity import holm
from sim.core.errors import RequestError
from sim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd

LINKS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "diversion": ("owners divert what they borrowed", {"firms.temptation.omega": 0.0}),
    "lies": ("firms inflate their statements", {"firms.demand.liars": 0.0}),
    "inflated reports": (
        "officers choose what they report and where they put their hours",
        {"economy.labour.choice.chooses": False},
    ),
    "overrides": ("officers override the rule", {"banks.{bank}.approval.override": 0.0}),
    "second reviews": (
        "a second reader reads the file", {"banks.{bank}.approval.review_precision": 0.0}
    ),
    "learning": (
        "beliefs follow payments", {"banks.{bank}.screening.learns_from_behaviour": False}
    ),
}  # fmt: skip
BEFORE, AFTER = "base", "other"  # names of the two arms in short runs
MOST_LEVERS = 12  # levers that are put back one at a time
CHANCE = 0.05


class Cut(NamedTuple):
    """A link that was cut, or a lever that was put back, and the names of its two arms."""

    title: str
    before: str
    after: str


class Arms(NamedTuple):
    """Scenarios by arm, and which cuts they make."""

    scenarios: dict[str, Scenario]
    cuts: list[Cut]


def arms_of(asked: Asked) -> Arms:
    """Return the arms of the claim, and those in which one link is cut or one lever put back.

    A link that neither arm has is left out.
    """
    base, other = asked.scenarios
    arms, cuts = {BEFORE: base, AFTER: other}, []
    bank = next(iter(base.banks))
    for name, (words, keys) in LINKS.items():
        settings = {key.format(bank=bank): value for key, value in keys.items()}
        try:
            pair = [one.with_(settings) for one in (base, other)]
        except RequestError:  # this bank has no such lever
            continue
        if all(new.hash == old.hash for new, old in zip(pair, (base, other), strict=True)):
            continue
        names = f"base, no {name}", f"other, no {name}"
        arms |= dict(zip(names, pair, strict=True))
        cuts.append(Cut(f"no {name}: otherwise {words}", *names))
    if 1 < len(asked.levers) <= MOST_LEVERS:
        for lever in asked.levers:
            try:
                back = other.with_({lever.key: lever.before})
            except RequestError:
                continue
            arms[f"other, {lever.key} as before"] = back
            cuts.append(
                Cut(f"{lever.key} as before", BEFORE, f"other, {lever.key} as before")
            )  # fmt: skip
    return Arms(arms, cuts)


def differing(runs: pd.DataFrame, left_out: Sequence[str] = ()) -> pd.DataFrame:
    """Return the columns of which the difference between the arms is significant (Holm).

    `runs` has arm, seed and one column per outcome or process.  Columns: name, base, other,
    difference, low, high, n, p_holm; the clearest first.
    """
    import pandas as pd

    wide = {arm: runs[runs["arm"] == arm].set_index("seed") for arm in (BEFORE, AFTER)}
    names = [
        name for name in runs.columns
        if name not in ("arm", "seed", "bank", *left_out)
        and pd.api.types.is_numeric_dtype(runs[name])
    ]  # fmt: skip
    rows = []
    for name in names:
        before, after = wide[BEFORE][name], wide[AFTER][name]
        found = t_interval((after - before).to_numpy(float))
        rows.append((name, before.mean(), after.mean(), *found[:4], found.p))
    columns = ["name", "base", "other", "difference", "low", "high", "n", "p"]
    table = pd.DataFrame(rows, columns=columns)
    table["p_holm"] = holm(table["p"])
    clear = table[(table["p_holm"] <= CHANCE) & (table["difference"] != 0.0)]
    size = clear["difference"].abs() / (clear["high"] - clear["low"]).clip(lower=1e-300)
    return clear.loc[size.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def vanished(runs: pd.DataFrame, arms: Arms, metrics: Sequence[str]) -> pd.DataFrame:
    """Return, for each metric and cut, the effect that is left and what has vanished of it.

    Columns: metric, cut, effect, left (means over the seeds), vanished with `low`, `high`, and n.
    """
    import pandas as pd

    wide = {str(arm): part.set_index("seed") for arm, part in runs.groupby("arm")}
    rows = []
    for metric in metrics:
        whole = wide[AFTER][metric] - wide[BEFORE][metric]
        for cut in arms.cuts:
            if cut.before not in wide or cut.after not in wide:
                continue
            left = wide[cut.after][metric] - wide[cut.before][metric]
            found = t_interval((whole - left).to_numpy(float))
            rows.append((metric, cut.title, whole.mean(), left.mean(), *found[:4]))
    columns = ["metric", "cut", "effect", "left", "vanished", "low", "high", "n"]
    return pd.DataFrame(rows, columns=columns)
