"""Which loan of a seed is worth following: by its number, its firm, or a stated rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from sim.core.errors import RequestError, nearest

if TYPE_CHECKING:
    import pandas as pd


class Rule(NamedTuple):
    """Which loans a rule takes, and the rule in words."""

    takes: Callable[[pd.DataFrame], pd.Series]
    words: str


WEAK = 0.0  # quality below that of the median firm
MISLED = 0.5  # the bank's PD over the true one


def _unwarned(loans: pd.DataFrame) -> pd.Series:
    """Return which loans defaulted before the bank was warned, if it ever was."""
    early = (loans["first_warning"] < loans["default_month"]).fillna(False)
    return (loans["outcome"] == "default") & ~early


def _unwatched(loans: pd.DataFrame) -> pd.Series:
    honest, weak = ~loans["falsified"].fillna(True), loans["quality"] < WEAK
    return _unwarned(loans) & loans["diverted"].notna() & honest & weak


def _deceived(loans: pd.DataFrame) -> pd.Series:
    lied = loans["falsified"].fillna(False) & ~loans["caught"].fillna(True)
    misled = loans["pd"] < MISLED * loans["true_pd"]
    return (loans["outcome"] == "default") & loans["diverted"].isna() & lied & misled


RULES = {
    "diverted": Rule(
        lambda loans: loans["diverted"].notna() & (loans["outcome"] == "default"),
        "the first application whose loan was diverted and defaulted",
    ),
    "defaulted": Rule(
        lambda loans: loans["diverted"].isna() & (loans["outcome"] == "default"),
        "the first application whose loan defaulted although it was not diverted",
    ),
    "repaid": Rule(
        lambda loans: loans["outcome"] == "repaid", "the first application whose loan was repaid"
    ),
    "refused": Rule(
        lambda loans: (loans["decision"] == "refused") & loans["good"].fillna(False),
        "the first application that was refused although the loan would have paid its way",
    ),
    "unwatched": Rule(
        _unwatched,
        "the first honest application of a firm below the median in quality whose loan was diverted"
        " and defaulted before any warning",
    ),
    "deceived": Rule(
        _deceived,
        "the first application on inflated statements that nobody caught, with less than half of"
        " the true PD estimated, whose loan was not diverted and defaulted",
    ),
}


DEFAULT = "diverted"


class Followed(NamedTuple):
    """A firm, the loan or application that was asked for, if one was, and why it was chosen."""

    slot: int
    generation: int
    loan: pd.Series | None
    why: str


def check_rule(pick: str) -> None:
    """Raise `RequestError` for an unknown rule."""
    if pick not in RULES:
        raise RequestError(
            f"--pick {pick}: allowed are {', '.join(RULES)}{nearest(pick, list(RULES))}"
        )


def picked(loans: pd.DataFrame, pick: str) -> Followed:
    """Return the first loan, by month of application and number, that a rule takes.

    Only applications from month 1 on count, so that the whole story can be shown.  Raises
    `RequestError` where no loan is of the kind.
    """
    whole = loans[loans["applied"].notna() & (loans["applied"].fillna(0) >= 1)]
    found = whole[RULES[pick].takes(whole)].sort_values(["applied", "loan"], kind="stable")
    if found.empty:
        counts = {name: int(rule.takes(whole).sum()) for name, rule in RULES.items()}
        others = ", ".join(f"{name} ({number:,})" for name, number in counts.items() if number)
        raise RequestError(
            f"--pick {pick}: no such loan in this seed; there are {others or 'none of any kind'}"
        )
    return _of(found.iloc[0], RULES[pick].words)


def numbered(loans: pd.DataFrame, number: int, bank: str) -> Followed:
    """Return the loan or application of this number; raises `RequestError` for an unknown one."""
    mine = loans[loans["bank"] == bank]
    found = mine[mine["loan"] == number]
    if found.empty:
        last = f"0 to {len(mine) - 1:,}" if len(mine) else "none"
        raise RequestError(
            f"--loan {number}: bank '{bank}' has no such loan or application in this seed; "
            f"allowed are {last}"
        )
    return _of(found.iloc[0], "the loan asked for")


def of_firm(loans: pd.DataFrame, text: str) -> Followed:
    """Return the firm of this name, such as 812 or 812.1, its slot and how many were there before.

    A slot alone is the firm in it that applied or borrowed first.  Raises `RequestError` for a firm
    that did neither.
    """
    slot, _, generation = text.strip().partition(".")
    firms = loans["firm"].drop_duplicates()
    if not (slot.isdecimal() and (generation.isdecimal() or not generation)):
        raise RequestError(f"--firm {text}: write its slot, such as 812, or 812.1")
    asked = f"{slot}.{generation}"
    same = [name for name in firms if name.partition(".")[0] == slot]
    if generation and asked in same:
        return Followed(int(slot), int(generation), None, "the firm asked for")
    if same and not generation:
        return Followed(int(slot), int(same[0].partition(".")[2]), None, "the firm asked for")
    some = same or sorted(firms, key=lambda name: abs(int(name.partition(".")[0]) - int(slot)))[:3]
    raise RequestError(
        f"--firm {text}: no firm of this name applied or borrowed in this seed; "
        f"there {'is' if len(some) == 1 else 'are'} {', '.join(some)}"
        + ("" if same else f" nearby, of {len(firms):,}")
    )


def _of(loan: pd.Series, why: str) -> Followed:
    slot, _, generation = str(loan["firm"]).partition(".")
    return Followed(int(slot), int(generation), loan, why)
