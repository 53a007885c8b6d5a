"""The half page in English: one short paragraph per question of a committee."""

from __future__ import annotations

from collections.abc import Iterator

from sim.results.half_page.choices import CREDIT, Choice, Part
from sim.results.half_page.english_sure import CLOSE, OPEN, sure
from sim.results.half_page.facts import COSTS, PACKAGE_SAYS, PART_SAYS, Facts
from sim.results.half_page.numbers import (
    Line,
    Words,
    changes,
    levels,
    one_change,
    title_of,
)
from sim.results.half_page.orders import AVERAGE, LADDER, STEP, Order
from sim.results.unchanged import NO_DIFFERENCE
from sim.results.wording import lower_first

TITLES = {
    "default_rate": "default rate", "npl_formation": "formation of bad loans",
    "net_credit_loss": "net credit loss", "profit": "profit after tax", "cost": "operating cost",
    "credit_to_good": "credit to good firms", "npl_ratio_mean": "mean ratio of bad loans",
    "npl_ratio": "ratio of bad loans at the end", "mean_rate": "mean rate of new loans",
    "workload": "officers' workload, where 1 is full,", "approval_rate": "approval rate",
}  # fmt: skip
WORDS = Words(TITLES, {}, "; ", f" {NO_DIFFERENCE}")
DECISIONS = {
    "take": "Take (significantly better in something that counts and worse in nothing)",
    "leave": "Leave (significantly worse in something, and no sign of a gain)",
    "undecided": "Undecided",
}
NONE_OF_THEM = "none"
NOT_ALONE = "not tried alone"
NOTHING_ALONE = "alone, nothing changes"
NO_GAIN = " So no gain in profit is shown."
FIRSTS = {
    AVERAGE: "contributes most to {outcome} (added in every order, on average)",
    LADDER: "is the ladder's best first step ({outcome}, added one by one)",
    STEP: "is the best single step (profit alone, of those that make {outcome} no worse)",
}


def heading(bank: str, asked: str, own: str = "") -> str:
    """Return the title of the page: whose thesis or whose own bank, and what was asked."""
    if own:
        return f"{own}: {lower_first(asked)}"
    return f"Thesis on {bank}: {lower_first(asked)}" if bank else asked


def half_page(facts: Facts) -> list[Line]:
    """Return the half page, point by point; points of which nothing is known are left out."""
    points = [
        Line("What was asked", _asked(facts)),
        Line("The bank without measures", _levels(facts)),
        Line("The answer", " ".join(_answer(facts))),
        Line("What to do", "\n".join(_to_do(facts))),
        Line("What it costs and saves", _costs(facts)),
        Line("What it costs in lending to good firms", _lending(facts)),
        Line("How sure this is", sure(facts)),
        Line("What the numbers rest on", _grades(facts)),
    ]
    return [one for one in points if one.text]


def _asked(facts: Facts) -> str:
    some = f"{facts.measures} measures" if facts.measures != 1 else "One measure"
    whose = f" of the thesis on {facts.bank}" if facts.bank else ""
    whose = f" for {facts.own}" if facts.own else whose
    was = "were" if facts.measures != 1 else "was"
    end = "" if facts.asked.endswith(tuple("?.!\N{IDEOGRAPHIC FULL STOP}\uff1f\uff01")) else "."
    how = ", alone and together," if facts.measures != 1 else ""
    return (
        f"{facts.asked}{end} {some}{whose} {was} tried{how} in a simulated bank "
        f"among {facts.firms:,} firms over {facts.months:,} months, each time against the same "
        "bank without them."
    )


def _levels(facts: Facts) -> str:
    said = levels(facts.levels, WORDS)
    return f"On average over the replications: {said}." if said else ""


def _answer(facts: Facts) -> Iterator[str]:
    if said := changes(facts.package, PACKAGE_SAYS, WORDS):
        yield f"{_together(facts)} change{'s' * (facts.measures == 1)}: {said}."
    for statement, verdict in facts.joint:
        yield f"{OPEN}{statement}{CLOSE}: {verdict}."
    if total := sum(facts.claims.values()):
        counts = (f"{facts.claims[word]} {word}" for word in ("supported", "refuted", "undecided"))
        one = "claim" if total == 1 else "claims"
        yield f"Of {total} {one} tested: {', '.join(counts)}."
    if facts.refuted:
        also = "Also refuted" if any(word == "refuted" for _, word in facts.joint) else "Refuted"
        yield f"{also}: {'; '.join(f'{OPEN}{text}{CLOSE}' for text in facts.refuted)}."


def _together(facts: Facts) -> str:
    return "All measures together" if facts.measures != 1 else "The measure"


def _to_do(facts: Facts) -> Iterator[str]:
    for word, title in DECISIONS.items():
        if facts.decided:
            parts = facts.decided[word]
            yield f"{title}:" if parts else f"{title}: {NONE_OF_THEM}."
            yield from map(_part, parts)
    if facts.unused:
        titles = "; ".join(facts.unused)
        yield f"Without any effect (the bank does not use what they set, or has it so): {titles}."
    if facts.counted:
        yield _counted(facts)
    if facts.order:
        yield _order(facts.order)
    if facts.step:
        yield f"Best single step: {_choice(facts.step)}"
    if facts.best:
        yield f"Most profitable combination: {_choice(facts.best)}"


def _part(one: Part) -> str:
    """Return a part with its changes alone, and what is significant, alone or not."""
    reasons = "; ".join(
        f"{verdict} {way} in {', '.join(title_of(metric, WORDS) for metric in metrics)}"
        for verdict, way, metrics in one.reasons
    )
    found = f" Significantly {reasons}." if reasons else ""
    if one.beside:
        worse = "; ".join(
            title_of(change.metric, WORDS)  # its change stands before
            if change.metric in PART_SAYS
            else one_change(change, WORDS)
            for change in one.beside
        )
        sure = " significantly" if one.beside_is_tested else ""
        by = "" if one.beside_is_tested else " by the 95 % interval,"
        found += f" Also{sure} worse alone,{by} which decides nothing: {worse}."
    said = changes(one.changes, PART_SAYS, WORDS)
    said = f"alone, {said}" if said else NOT_ALONE
    return f"{one.name}: {NOTHING_ALONE if one.idle_alone else said}.{found}"


def _counted(facts: Facts) -> str:
    """Return which outcomes decide, and which are only told where they are worse."""
    titles = ", ".join(title_of(metric, WORDS) for metric in facts.counted)
    ways = ", alone and with all others" if facts.measures != 1 else ""
    told = ", ".join(title_of(metric, WORDS) for metric in facts.beside)
    beside = f" Told where significantly worse, but deciding nothing: {told}." if told else ""
    return f"Take, leave and undecided look at: {titles}{ways}.{beside}"


def _order(one: Order) -> str:
    """Return the recommended order, and why others put another measure first."""
    if one.recommended:
        why = "those to take, by profit alone on all seeds; that order is not tested"
        said = f"Recommended order: {', then '.join(one.recommended)} ({why})."
        if len(one.recommended) == 1:
            said = f"Recommended first: {one.recommended[0]}, the only one to take."
    else:
        said = "Recommended order: none, since no measure is shown to be worth taking."
    outcome = title_of(one.ranks, WORDS)
    firsts = "; ".join(
        f"{name} {', and '.join(FIRSTS[kind].format(outcome=outcome) for kind in kinds)}"
        for name, kinds in one.by_name.items()
    )
    if not firsts:
        return said
    return f"{said} Other orders answer other questions, and recommend nothing: {firsts}."


def _choice(one: Choice) -> str:
    """Return a choice with its changes on all seeds, and its profit where it was not chosen."""
    metrics = [change.metric for change in one.changes]
    found = "its changes alone stand above" if one.above else changes(one.changes, metrics, WORDS)
    return (
        f"{one.name}: {found}. It was chosen for its profit on one half of the seeds, where chance "
        f"flatters what is chosen; on the other {one.seeds} seeds, "
        f"{one_change(one.judged, WORDS)}.{'' if one.pays else NO_GAIN}"
    )


def _costs(facts: Facts) -> str:
    said = changes(facts.package, COSTS, WORDS)
    return f"{_together(facts)}, over {facts.months:,} months: {said}." if said else ""


def _lending(facts: Facts) -> str:
    found = {_together(facts): facts.package}
    if facts.step:
        found[f"{facts.step.name} alone"] = facts.step.changes
    if facts.best:
        alone = " alone" * (" + " not in facts.best.name)
        found[f"{facts.best.name}{alone}"] = facts.best.changes
    said = [(name, changes(one, [CREDIT], WORDS)) for name, one in found.items()]
    return " ".join(f"{name}: {text}." for name, text in said if text)


def _grades(facts: Facts) -> str:
    total = sum(facts.grades.values())
    if not total:
        return ""
    one, graded = facts.grades, ", whose comments grade them" if facts.graded else ""
    return (
        f"Of {total} numbers of the base, {one['assumed']} are assumed, {one['published']} "
        f"published or official, {one['data']} determined by data (calibrated), {one['derived']} "
        f"derived from others, and {one['own']} set in the files of the base{graded}. "
        f"The sizes of the measures, {facts.changed} {'value' if facts.changed == 1 else 'values'},"
        " are assumed unless their files say otherwise."
    )
