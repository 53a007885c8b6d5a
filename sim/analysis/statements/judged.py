"""The verdict on a statement, from what its levers, claims and causes moved in stored runs.

A statement is supported if all that decides it is, refuted if any of it is, else undecided.  It is
not shown where nothing carries it, and where no lever that it names moves its process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sim.analysis.levers.measured import MOVES
from sim.analysis.statements.listed import Expected, Pull, Statement
from sim.analysis.statements.stored import Stored, Verdict

NOT_SHOWN = "not shown by this model"
VERDICTS = ("supported", "refuted", "undecided", NOT_SHOWN)
DECIDED: dict[str, Verdict] = {"supported": "supported", "refuted": "refuted"}  # words of a claim
UNMOVED = "none of its levers moves its process"


@dataclass(frozen=True)
class Moved:
    """What a lever does to its own process at one extreme, with its 95 % interval."""

    pull: Pull
    setting: str  # the value at that extreme
    acts_with: str  # what else must be set, empty if nothing
    process: str
    value: float
    low: float
    high: float
    moves: bool


@dataclass(frozen=True)
class Found:
    """One figure on an outcome; `label` names it as the stored table does.

    `verdict` is what it says of the statement, and `decides` whether the statement's depends on it.
    """

    kind: Literal["claim", "lever", "cause"]
    name: str
    label: str
    value: float
    low: float
    high: float
    verdict: Verdict
    decides: bool = True
    bank: str = ""  # of a study over several banks

    @property
    def title(self) -> str:
        """The name, with its bank if there are several."""
        return f"{self.name} ({self.bank})" if self.bank else self.name


@dataclass(frozen=True)
class Judged:
    """A statement with all that was found on it; `why` is the reason where it is not shown."""

    statement: Statement
    moved: tuple[Moved, ...]
    found: tuple[Found, ...]
    verdict: str
    why: str = ""


def judge_all(statements: Iterable[Statement], folder: Path) -> list[Judged]:
    """Return a verdict per statement from the reference tables in `folder`.

    Raises `RequestError` if a table, or a lever, claim or cause in it, is missing.
    """
    stored = Stored(folder)
    return [judge(one, stored) for one in statements]


def judge(statement: Statement, stored: Stored) -> Judged:
    """Return the verdict on one statement; raises as `judge_all`."""
    moved = tuple(_moved(pull, stored.lever(pull.lever)) for pull in statement.levers)
    if statement.not_shown:
        return Judged(statement, moved, (), NOT_SHOWN, statement.not_shown)
    found = tuple(_all_found(statement, stored))
    if moved and not any(one.moves for one in moved):
        return Judged(statement, moved, found, NOT_SHOWN, UNMOVED)
    return Judged(statement, moved, found, _together([one for one in found if one.decides]))


def _moved(pull: Pull, row: Any) -> Moved:
    value, low, high = _change(row, "process", pull.side)
    moves = row["verdict"] == MOVES and (low > 0.0 or high < 0.0)
    setting, needs = str(row[pull.side]), str(row["acts_with"])
    return Moved(pull, setting, needs, str(row["process"]), value, low, high, bool(moves))


def _change(row: Any, what: str, side: str) -> tuple[float, float, float]:
    value, low, high = (float(row[f"{what}_{side}{end}"]) for end in ("", "_from", "_to"))
    return value, low, high


def _all_found(statement: Statement, stored: Stored) -> Iterator[Found]:
    """Yield the figures that decide, then those shown beside them."""
    for expected in statement.expected:
        for pull in statement.levers:
            yield _of_lever(pull, stored.lever(pull.lever), expected)
    for name in statement.where["cause"]:
        yield _of_cause(name, stored.cause(name))
    for kind in ("claim", "see"):
        for name in statement.where[kind]:
            yield from (_of_claim(name, row, kind == "claim") for row in stored.claim(name))


def _of_lever(pull: Pull, row: Any, expected: Expected) -> Found:
    value, low, high = _change(row, expected.outcome, pull.side)
    against, by = (high < 0.0, low > 0.0)
    if expected.direction == "lower":
        against, by = by, against
    verdict: Verdict = "supported" if by else "refuted" if against else "undecided"
    return Found("lever", f"{pull.lever} {pull.side}", expected.outcome, value, low, high, verdict)


def _of_cause(name: str, row: Any) -> Found:
    value, low, high = (float(row[key]) for key in ("share", "low", "high"))
    verdict: Verdict = "supported" if low > 0.0 else "refuted" if high < 0.0 else "undecided"
    return Found("cause", name, str(row["meaning"]), value, low, high, verdict)


def _of_claim(name: str, row: Any, decides: bool) -> Found:
    value, low, high = (float(row[key]) for key in ("difference", "low", "high"))
    verdict = DECIDED.get(str(row["verdict"]), "undecided")
    bank = str(row.get("bank", ""))
    return Found("claim", name, str(row["what"]), value, low, high, verdict, decides, bank)


def _together(found: Iterable[Found]) -> str:
    """Return the verdict of all that decides: one refutation refutes, all must support."""
    verdicts = {one.verdict for one in found}
    if "refuted" in verdicts:
        return "refuted"
    return "supported" if verdicts == {"supported"} else "undecided"
