"""Combinations of settings that are each valid alone but contradict each other.

Only checks across several policies, or between a bank and the rest of the scenario, are here;
checks within one policy are next to that policy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from sim.core.errors import ClashError, nearest
from sim.core.names import arm_fault, name_fault
from sim.policies.conditions import Conditional
from sim.policies.pricing.base import Pricing
from sim.policies.rating.base import Rating
from sim.policies.screening.base import Screening
from sim.world.demand import Demand


def something_to_learn_from(screening: Screening, rating: Rating) -> None:
    """Refuse a rating that learns if beliefs about applicants never differ."""
    reads = any(step.name != "cross_check" for step in screening.steps())
    remembers = screening.learns_from_behaviour and screening.memory > 0.0
    if rating.learns_every and not (reads or remembers):
        raise ClashError(
            f"kind {rating.kind} has nothing to learn from, since screening reads no signal and "
            "nothing is remembered: give a signal a precision above 0, or choose kind expert or "
            "flat",
            "rating",
            "kind",
        )


def names_are_good(scenario: str, banks: Iterable[str]) -> None:
    """Refuse a name that could not stand in results, tables and file names.

    The scenario of a study's arm joins the names of measures.
    """
    if fault := arm_fault(scenario):
        raise ClashError(fault, "name")
    for bank in banks:
        if fault := name_fault(bank):
            raise ClashError(fault, "banks", bank)


def no_more_are_asked_than_there_are(demand: Demand, banks: Collection[str]) -> None:
    """Refuse firms that apply to more banks than the market has."""
    if demand.banks_asked > len(banks):
        raise ClashError(
            f"firms apply to {demand.banks_asked} banks, but there are {len(banks)}: "
            f"{', '.join(banks)}; set {len(banks)} or fewer, or add banks",
            "firms", "demand", "banks_asked",
        )  # fmt: skip


def rules_name_sectors(levers: Iterable[Conditional], sectors: Collection[str], *bank: str) -> None:
    """Refuse a rule for a sector that the market does not have; `bank` is the key of the bank."""
    for lever in levers:
        for number, rule in enumerate(lever.rules):
            for condition in rule.conditions:
                for name in condition.values if condition.fact == "sector" else ():
                    if name not in sectors:
                        raise ClashError(
                            f"the market has no sector '{name}'{nearest(name, sectors)}; "
                            f"its sectors: {', '.join(sectors)}",
                            *bank, *lever.key, "when", number, "if", "sector",
                        )  # fmt: skip


def loans_can_pay_their_funding(
    prices: Mapping[str, Pricing], funding_rate: float, *phase: str
) -> None:
    """Refuse a cap on rates below the funding rate.

    `prices` maps names of banks to their pricing; `phase` is the key that leads to these banks.
    """
    for name, pricing in prices.items():
        if pricing.rate_cap < funding_rate:
            raise ClashError(
                f"rate_cap {pricing.rate_cap:g} is below economy.funding_rate {funding_rate:g}, so "
                "every loan would make a loss: raise rate_cap or lower funding_rate",
                *phase, "banks", name, "pricing", "rate_cap",
            )  # fmt: skip


def banks_are_there_before(before: Iterable[str], banks: Iterable[str]) -> None:
    """Refuse banks that are not those of the months before month 1, in their order."""
    known, named = list(before), list(banks)
    for name in named:
        if name not in known:
            raise ClashError(
                f"there is no bank '{name}' before month 1{nearest(name, known)}; the burn-in of "
                f"this file, or of the one that it extends, has {', '.join(known)}",
                "banks",
                name,
            )
    if known != named:
        raise ValueError(
            f"burn_in has banks {', '.join(known)}, but the scenario has {', '.join(named)}: name "
            "the same ones"
        )
