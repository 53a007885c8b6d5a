"""Words for the application, the investigation and the decision in a firm's life."""

from __future__ import annotations

import math

from sim.core.numbers_as_text import ordinal
from sim.model.detail.columns import SCHEDULES
from sim.model.detail.life import Facts, Life
from sim.report.life_units import money, percent, sd

SIGNAL_WORDS = {
    "statements": "statements", "bureau": "bureau report", "site_visit": "site visit",
    "owner_visit": "talk with the owner", "partners": "talks with partners",
    "cross_check": "cross-check of statements",
}  # fmt: skip


def applied(facts: Facts, life: Life) -> list[tuple[str, str]]:
    """Return the lines of an application."""
    seen = (
        f"Applies to {bank_words(facts['bank'], life)} for {money(facts['amount'])} over "
        f"{facts['tenor']} months, states a turnover of {money(facts['stated'])} a year"
    )
    lie = "the statements are inflated" if facts["lying"] else "the statements are honest"
    return [(seen, f"turnover {money(facts['turnover'])} a year; {lie}")]


def investigated(facts: Facts, life: Life) -> list[tuple[str, str]]:
    """Return the lines of what the bank read, and by whom."""
    officer = facts["officer"]
    later = f", the {ordinal(facts['generation'] + 1)} in this seat" if facts["generation"] else ""
    lines = [
        (
            f"Officer {facts['seat']}{later}: {officer['experience']:.0f} months in the job, "
            f"{officer['caseload']:.0f} loans, workload {percent(officer['workload'])}",
            f"skill {officer['skill']:.2f}, diligence {officer['diligence']:.2f} (1 is full), "
            f"integrity rank {officer['integrity']:.2f}",
        )
    ]
    for step in facts["steps"]:
        lines.append(_step(step))
    done = [
        words
        for name, words in (
            ("reviewed", "a second reader read the file"),
            ("caught", "an inflated statement was found"),
        )
        if facts[name]
    ]
    seen = (
        f"Believes quality {sd(facts['mean'])} ± {facts['sd']:.2f}, PD {percent(facts['pd'])}"
        f"{''.join('; ' + words for words in done)}; the file took {facts['days']:.0f} days, "
        f"{facts['hours']:.1f} hours and {money(facts['cost'])}"
    )
    hidden = [f"quality {sd(facts['quality'])}"]
    if facts["inflated"]:
        hidden.append("the officer inflated the report so that it passes")
    if facts["favoured"]:
        hidden.append("the officer bent a rule for the firm")
    return [*lines, (seen, "; ".join(hidden))]


def _step(step: Facts) -> tuple[str, str]:
    name = SIGNAL_WORDS.get(step["step"], step["step"].replace("_", " "))
    if not step["done"]:
        return f"  {name}: prescribed, not carried out", ""
    belief = f"belief {sd(step['mean'])} ± {step['sd']:.2f}"
    if "reading" not in step:
        return f"  {name}: {'finds a lie' if step['caught'] else 'finds nothing'}; {belief}", ""
    seen = f"  {name}: reads {step['dimension']} as {sd(step['reading'])}; {belief}"
    return seen, f"{step['dimension']} {sd(step['truth'])}"


def refusal(facts: Facts) -> str:
    """Return why a request was refused, by what the rule and the limits say of it."""
    why = []
    if facts.get("caught"):
        why.append("an inflated statement was found")
    if facts["pd"] > facts["most_pd"]:
        why.append(f"PD {percent(facts['pd'])} is above the highest approved, {_most(facts)}")
    if not (facts["passed"] or why):
        why.append("the bank's rule on debt service or on its sector is not met")
    for name, words in (
        ("covered", "too little collateral"),
        ("room", "the bank may not lend now"),
        ("below_cap", f"the rate, {percent(facts['rate'])}, would be above the bank's cap"),
    ):
        if not facts[name]:
            why.append(words)
    return "; ".join(why) or "an offer was no longer possible"


def _most(facts: Facts) -> str:
    return percent(max(facts["most_pd"], 0.0))


def decided(facts: Facts, life: Life) -> list[tuple[str, str]]:
    """Return the lines of a decision, why, and the firm's answer."""
    bank = bank_words(facts["bank"], life)
    bank = bank[:1].upper() + bank[1:]
    if facts["walked"]:
        return [("The firm no longer waits and withdraws", _alternatives(facts))]
    if not facts["approved"]:
        return [(f"{bank} refuses: {refusal(facts)}", "")]
    why = f"PD {percent(facts['pd'])}, highest approved {_most(facts)}"
    if facts["overridden"]:
        why = f"an officer overrides the rule, which refuses: {refusal(facts)}"
    seen = f"{bank} offers a loan at {percent(facts['rate'])} a year: {why}"
    answer = "The firm declines"
    if facts["taken"]:
        answer = "The firm takes the offer"
    elif facts.get("outbid"):
        answer = "The firm takes another bank's offer"
    elif facts["lost"]:
        answer = "The firm takes the rival's offer"
    return [(seen, ""), (answer, _alternatives(facts))]


def _alternatives(facts: Facts) -> str:
    own, rival = facts.get("own", math.nan), facts.get("rival", math.nan)
    if math.isnan(own):
        return ""
    most = f"would pay at most {percent(own)}" if math.isfinite(own) else "would pay any rate"
    other = f"a rival asks {percent(rival)}" if math.isfinite(rival) else "no rival offers"
    return f"{most}; {other}"


def granted(facts: Facts, life: Life) -> list[tuple[str, str]]:
    """Return the lines of a new loan."""
    secured = f", {money(facts['collateral'])} pledged" if facts["collateral"] else ""
    secured += f", guaranteed for {money(facts['guaranteed'])}" if facts["guaranteed"] else ""
    seen = (
        f"Pays out {money(facts['amount'])} at {percent(facts['rate'])} a year over "
        f"{facts['months']} months ({SCHEDULES[facts['schedule']]}){secured}"
    )
    return [(seen, f"what it is put into yields {percent(facts['project_yield'])} a year")]


def bank_words(number: int, life: Life) -> str:
    """Return how a lender is named: plainly where there is only one bank."""
    if len(life.banks) == 1:
        return "the bank"
    return f"bank '{life.banks[number]}'" if number < len(life.banks) else "the rival"
