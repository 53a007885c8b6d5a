"""What happened in a firm's life in plain words: what its bank saw, and the truth beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sim.model.detail.columns import CLASSES
from sim.model.detail.life import Facts, Life, LifeEvent
from sim.report.life_lending_words import applied, decided, granted, investigated
from sim.report.life_units import money, percent, sd
from sim.state.market import NEVER

RUIN_TO_DEFAULT = 12  # months within which a ruin counts as the cause of a default


class Line(NamedTuple):
    """A line of the story: the month, what the bank saw or did, and what is true."""

    month: int
    seen: str
    truth: str


def story(life: Life, first: int, last: int) -> list[Line]:
    """Return the lines of months `first` to `last`: events in their order, then the month's end."""
    lines: list[Line] = []
    states = {int(state["month"]): state for state in life.months}
    for month in range(first, last + 1):
        events = [event for event in life.events if event.month == month]
        for event in events:
            lines += [Line(month, *pair) for pair in WORDS[event.kind](event.facts, life)]
        state = states.get(month)
        if state is not None and (state["lender"] >= 0 or events):
            lines.append(Line(month, *_state(state, life)))
    return lines


def _state(state: Facts, life: Life) -> tuple[str, str]:
    seen = []
    if state["lender"] >= len(life.banks):
        seen.append("has a loan from a rival")
    elif state["lender"] >= 0:
        seen.append(f"owes {money(state['balance'])}")
        late = f", {money(state['arrears'])} overdue" if state["dpd"] else ""
        seen.append(f"{state['dpd']} days past due{late}")
    if state["known"]:
        belief = f"{sd(state['belief'])} ± {state['belief_sd']:.2f}"
        seen.append(f"believes quality {belief}, PD {percent(state['pd'])}")
    truth = [
        f"cash {money(state['cash'])}",
        f"quality {sd(state['quality'])}, PD {percent(state['true_pd'])}",
    ]
    if state["informal_debt"] > 0.5:
        truth.append(f"owes {money(state['informal_debt'])} to informal lenders")
    if state["diverting"]:
        truth.append("the loan is diverted")
    return "Month's end: " + "; ".join(seen or ["no loan"]), "; ".join(truth)


def _diverted(facts: Facts, life: Life) -> list[tuple[str, str]]:
    taken = "a part" if facts["taken"] is None else percent(facts["taken"])
    why = (
        f"the owner takes out {taken} of what the loan was put into; firms see a chance of "
        f"{100 * facts['view']:.2f} % a month that misuse is proven; "
        f"resistance {facts['patience']:.2f} (median 1)"
    )
    return [("", f"DIVERSION: {why}")]


def _instalment(facts: Facts, life: Life) -> list[tuple[str, str]]:
    due, paid = facts["due"], facts["paid"]
    if due - paid < 0.5:
        seen = f"Instalment of {money(due)} paid" if due >= 0.5 else "Nothing is due"
    elif paid < 0.5:
        seen = f"Instalment missed: {money(due)} due, nothing paid"
    else:
        seen = f"Instalment missed in part: {money(due)} due, {money(paid)} paid"
    return [(seen, "")]


def _class(facts: Facts, life: Life) -> list[tuple[str, str]]:
    return [(f"Class: {CLASSES[facts['was']]} to {CLASSES[facts['now']]}", "")]


def causes(event: LifeEvent) -> list[str]:
    """Return what lies behind a default: ruin, diversion, false statements, or cash ran out."""
    facts = event.facts
    found = []
    if event.month - facts["ruined"] <= RUIN_TO_DEFAULT:
        found.append(f"the firm was ruined by a shock in month {facts['ruined']}")
    if facts["diverted"]:
        found.append("the loan was diverted")
    if facts["lying"]:
        found.append("the loan was got with inflated statements")
    return found or ["the firm's receipts fell short, and its cash ran out"]


def _default(facts: Facts, life: Life) -> list[tuple[str, str]]:
    warned = facts["warned"]
    before = "no warning before" if warned == NEVER else f"first warned in month {warned}"
    seen = f"DEFAULT: {facts['dpd']} days past due, {money(facts['balance'])} outstanding; {before}"
    event = next(event for event in life.events if event.facts is facts)
    return [(seen, "cause: " + "; ".join(causes(event)))]


def _warning(facts: Facts, life: Life) -> list[tuple[str, str]]:
    true = facts["diverting"] or facts["dpd"] > 0
    return [("Warning raised", "a true alarm" if true else "a false alarm")]


def _action(facts: Facts, life: Life) -> list[tuple[str, str]]:
    done = list(facts["done"])
    if facts["done"]:
        done[-1] += f", {facts['months']} months longer"
    if facts["called"] > 0:
        done.append(f"{money(facts['called'])} repaid early on demand")
    if facts["added"] > 0:
        done.append(f"{money(facts['added'])} more pledged")
    if facts["stopped"]:
        done.append("misuse is ended")
    return [(f"Acts on the warning: {'; '.join(done) or 'nothing is found, nothing changes'}", "")]


def _proven(facts: Facts, life: Life) -> list[tuple[str, str]]:
    after = "the loan is called" if facts["called"] else "penalty rate, and the firm is listed"
    return [(f"MISUSE PROVEN: {after}", "the diversion ends")]


def _workout(facts: Facts, life: Life) -> list[tuple[str, str]]:
    truth = f"it will bring {percent(facts['share'])} of the balance, in month {facts['due']}"
    return [("Workout begins", f"{truth}, unless the firm pays up before")]


def _worked_out(facts: Facts, life: Life) -> list[tuple[str, str]]:
    if facts["received"] > 0:
        got = f"{money(facts['received'])} received, collection cost {money(facts['cost'])}"
    elif facts["sold"] > 0:
        got = f"sold for {money(facts['sold'])}"
    else:
        got = "nothing received so far"
    seen = f"WRITE-OFF: {got}; {money(facts['lost'])} of {money(facts['balance'])} written off"
    later = [f"{money(amount)} will come in month {month}" for month, amount, _ in facts["later"]]
    return [(seen, "; ".join(later))]


def _renewed(facts: Facts, life: Life) -> list[tuple[str, str]]:
    seen = "" if facts["hidden"] else f"Renewed for {facts['months']} months to avoid arrears"
    truth = "the officer renewed the loan without the bank's knowledge" if facts["hidden"] else ""
    return [(seen, truth)]


def _plain(seen: str, truth: str = "") -> Callable[[Facts, Life], list[tuple[str, str]]]:
    return lambda facts, life: [(seen, truth)]


WORDS: dict[str, Callable[[Any, Life], list[tuple[str, str]]]] = {
    "applied": applied,
    "investigated": investigated,
    "withdrawn": _plain("The firm withdraws its application"),
    "decided": decided,
    "granted": granted,
    "diverted": _diverted,
    "instalment": _instalment,
    "repaid": _plain("REPAID: the loan is paid off"),
    "class": _class,
    "default": _default,
    "visit": _plain("The bank visits the firm"),
    "papers checked": _plain("The bank checks what the loan was put into"),
    "warning": _warning,
    "action": _action,
    "perfect care": _plain("Perfect care: misuse is ended, or the loan eased"),
    "misuse proven": _proven,
    "renewed": _renewed,
    "ruin": lambda facts, life: [
        ("", f"RUIN: a shock costs the firm {money(facts['lost'])} this month")
    ],
    "workout begins": _workout,
    "worked out": _worked_out,
    "receipt": lambda facts, life: [
        (f"Receipt on the loan written off: {money(facts['amount'])}, "
         f"collection cost {money(facts['cost'])}", "")
    ],
}  # fmt: skip
