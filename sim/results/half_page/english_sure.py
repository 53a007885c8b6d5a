"""How sure a study is, in English: seeds, intervals, and where its verdicts fail."""

from __future__ import annotations

from sim.results.half_page.facts import Facts
from sim.results.half_page.numbers import MARK
from sim.results.half_page.stands import MOST, Failing, Stands

QUICK = (
    "This is a quick look, on few seeds; the full study, without --quick, adds seeds until it is "
    "as precise as its file wants, and where that asks for it also says when verdicts fail "
    "(docs/robust.md). "
)
IMPRECISE = (
    " The precision that the study's file wants was not reached with the most seeds it allows."
)
OPEN, CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"


def sure(facts: Facts) -> str:
    """Return the point on seeds, intervals, precision, and verdicts under other numbers."""
    first = QUICK if facts.quick else ""
    if facts.seeds < 2:
        return f"{first}One replication (seed): nothing can be said about chance."
    return (
        f"{first}{facts.seeds:,} replications (seeds).{IMPRECISE if facts.imprecise else ''} In "
        f"brackets: 95 % intervals of the difference on the same seeds. {MARK}: undecided (not "
        "significant). What is called significant, "
        "supported or refuted is so after correction for the number of outcomes or claims, so an "
        f"interval without zero may have a {MARK}; a best combination, the half of the seeds that "
        "judges a choice, and the cost of a group of measures are not tested and go by their "
        "interval. The intervals cover chance, not "
        f"assumptions that may be wrong.{_stands(facts.stands)}{_chinese(facts)}"
    )


def _stands(stands: Stands | None) -> str:
    """Return where decided verdicts fail under other numbers: at most `MOST`, the rest counted."""
    if stands is None:
        return ""
    said = ""
    if stands.tried:
        tried = f"{stands.tried} supported or refuted claim{'s' * (stands.tried != 1)}"
        what = "the study leaves open" if stands.left_open else "nobody knows"
        said = (
            f" Under other values of what {what}, of {tried} {stands.robust} "
            f"{'is' if stands.robust == 1 else 'are'} robust."
        )
    for one in stands.failing[:MOST]:
        said += f" {OPEN}{one.statement}{CLOSE} ({one.verdict}) {_fails(one)}."
    if more := len(stands.failing) - MOST:
        said += f" {more} more {'is' if more == 1 else 'are'} not robust." * (more > 0)
    return said


def _fails(one: Failing) -> str:
    if one.share == one.share:
        return f"fails at {100 * one.share:.0f} % of the points"
    if not one.quantity:
        return "fails at more than one in ten points of some range, through no one quantity"
    if one.at:
        return f"fails where {one.words} is {one.side} {one.at}"
    return f"fails more often where {one.words} is {'high' if one.side == 'above' else 'low'}"


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
