"""The half page in English: one short paragraph per question of a committee."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.results.half_page.choices import CREDIT, Change, Choice, Part
from sim.results.half_page.facts import COSTS, PACKAGE_SAYS, PART_SAYS, Facts
from sim.results.half_page.numbers import (
    MARK,
    Line,
    Words,
    changes,
    levels,
    millions,
    title_of,
)
from sim.results.wording import lower_first

TITLES = {
    "default_rate": "default rate", "npl_formation": "formation of bad loans",
    "net_credit_loss": "net credit loss", "profit": "profit after tax", "cost": "operating cost",
    "credit_to_good": "credit to good firms", "npl_ratio_mean": "mean ratio of bad loans",
    "npl_ratio": "ratio of bad loans at the end", "mean_rate": "mean rate of new loans",
    "workload": "officers' workload, where 1 is full,",
}  # fmt: skip
WORDS = Words(TITLES, {}, "; ")
DECISIONS = {
    "take": "Take (significantly better in something that counts and worse in nothing)",
    "leave": "Leave (significantly worse in something, and no sign of a gain)",
    "undecided": "Undecided",
}
QUICK = (
    "This is a quick look, on few seeds; the full study, without --quick, adds seeds until it is "
    "as precise as its file wants, and where that asks for it also says when verdicts fail "
    "(docs/robust.md). "
)
NONE_OF_THEM = "none"
NOT_ALONE = "not tried alone"
NO_GAIN = " So no gain in profit is shown."
OPEN, CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"


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
        Line("How sure this is", _sure(facts)),
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
        yield f"Without any effect, since this bank does not use what they set: {titles}."
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
    said = changes(one.changes, PART_SAYS, WORDS)
    return f"{one.name}: {f'alone, {said}' if said else NOT_ALONE}.{found}"


def _choice(one: Choice) -> str:
    metrics = [change.metric for change in one.changes]
    return (
        f"{one.name}: {changes(one.changes, metrics, WORDS)} (chosen on one half of the seeds, "
        f"judged on the other {one.seeds}; its profit looked {_looked(one.overstated)} where it "
        f"was chosen).{'' if one.pays else NO_GAIN}"
    )


def _looked(overstated: float) -> str:
    way = "better" if overstated > 0 else "worse"
    return f"CNY {millions(abs(overstated)).lstrip('+')} million {way}"


def _costs(facts: Facts) -> str:
    said = changes(facts.package, COSTS, WORDS)
    return f"{_together(facts)}, over {facts.months:,} months: {said}." if said else ""


def _lending(facts: Facts) -> str:
    said = [(name, changes(found, [CREDIT], WORDS)) for name, found in _lenders(facts)]
    return " ".join(f"{name}: {text}." for name, text in said if text)


def _lenders(facts: Facts) -> Iterator[tuple[str, Sequence[Change]]]:
    yield _together(facts), facts.package
    if facts.step:
        yield f"{facts.step.name} alone", facts.step.changes
    if facts.best:
        yield facts.best.name, facts.best.changes


def _sure(facts: Facts) -> str:
    first = QUICK if facts.quick else ""
    if facts.seeds < 2:
        return f"{first}One replication (seed): nothing can be said about chance."
    return (
        f"{first}{facts.seeds:,} replications (seeds). In brackets: 95 % intervals of the "
        f"difference on the same seeds. {MARK}: not significant. What is called significant, "
        "supported or refuted is so after correction for the number of outcomes or claims, so an "
        f"interval without zero may have a {MARK}; a best step or combination is not tested and "
        "goes by its interval. The intervals cover chance, not "
        f"assumptions that may be wrong.{_chinese(facts)}"
    )


def _chinese(facts: Facts) -> str:
    """Return how decided verdicts fare in a base fitted without the rows measured abroad."""
    one, total = facts.chinese, sum(facts.chinese.values())
    if not total:
        return ""
    return (
        f" In a base fitted to Chinese rows alone, of {total} supported or refuted "
        f"{'claim' if total == 1 else 'claims'} {one['holds']} hold{'s' * (one['holds'] == 1)}, "
        f"{one['changes']} change{'s' * (one['changes'] == 1)}, and {one['undecided']} "
        f"{'is' if one['undecided'] == 1 else 'are'} undecided with the same sign."
    )


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
