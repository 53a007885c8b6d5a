"""The frame of a firm's story: which months it covers, its title, and what stands above it."""

from __future__ import annotations

from sim.analysis.instructive import Followed
from sim.model.detail.life import Life
from sim.report.life_units import money, percent
from sim.state.market import NEVER


def span(life: Life, followed: Followed, horizon: int) -> tuple[int, int]:
    """Return the first and last month of the story.

    A loan's begins with its application and ends with the last that is heard of it; a firm's
    covers all months from 1 on in which it is in the market.
    """
    months = [int(state["month"]) for state in life.months]
    begin, end = months[0], months[-1]
    loan = followed.loan
    if loan is None:
        return begin, end
    first = max(begin, _month(loan["applied"], begin))
    known = [_month(loan[name], NEVER) for name in ("decided", "ended")]
    last = max(known)
    if loan["outcome"] == "live" or (loan["granted"] is not None and known[1] == NEVER):
        last = end if loan["outcome"] else last
    if loan["decision"] == "open":
        last = end
    for event in life.events:
        if event.kind == "worked out" and event.month == known[1]:
            last = max([last, *(month for month, _, _ in event.facts["later"])])
    return first, min(max(last, first), end, horizon)


def _month(value: object, missing: int) -> int:
    return missing if value is None or not str(value).lstrip("-").isdigit() else int(str(value))


def title_of(life: Life, followed: Followed, first: int, last: int) -> str:
    """Return what happened in one plain sentence."""
    name = f"Firm {life.firm.removesuffix('.0')}"
    events = [event for event in life.events if first <= event.month <= last]
    if followed.loan is None:
        lent = sum(event.kind == "granted" for event in events)
        bad = sum(event.kind == "default" for event in events)
        loans = "1 loan" if lent == 1 else f"{lent} loans"
        return f"{name}, months {first} to {last}: {loans}, of which {bad} defaulted"
    told = []
    for event in events:
        if event.kind == "granted":
            told.append(f"borrows {money(event.facts['amount'])} in month {event.month}")
        elif event.kind in PLAIN:
            told.append(f"{PLAIN[event.kind]} in month {event.month}")
        elif event.kind == "decided" and not event.facts["approved"]:
            gone = "leaves" if event.facts["walked"] else "is refused"
            told.append(f"{gone} in month {event.month}")
        if event.kind in ("repaid", "worked out"):
            break
    told = list(dict.fromkeys(told))
    return f"{name} " + (", ".join(told) or f"applies for {money(followed.loan['amount'])}")


PLAIN = {
    "diverted": "diverts the loan", "default": "defaults", "repaid": "repays",
    "worked out": "is written off", "misuse proven": "is proven to misuse it",
}  # fmt: skip


def head(life: Life, followed: Followed, scenario: str, title: str) -> list[str]:
    """Return the lines above the story: title, who it is, and why it was chosen."""
    facts, loan = life.facts, followed.loan
    lines = [
        title,
        f"Scenario {scenario}, seed {life.seed}. Sector {facts['sector']}, in business since "
        f"month {facts['born']}; "
        f"{'can' if facts['informal_access'] else 'cannot'} borrow informally.",
    ]
    if loan is None:
        return [*lines, f"Chosen: {followed.why}."]
    good = loan["good"]
    verdict = "" if str(good) not in ("True", "False") else (
        "; at that rate the loan would have paid its way" if good
        else "; at that rate the loan would not have paid its way"
    )  # fmt: skip
    return [
        *lines,
        f"Loan {loan['loan']} of bank '{loan['bank']}', chosen as {followed.why}. "
        f"True PD at the application {percent(loan['true_pd'])}, the bank's estimate "
        f"{percent(loan['pd'])}{verdict}.",
    ]
