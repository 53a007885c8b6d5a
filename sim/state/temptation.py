"""The parameters of diversion: what a borrower gains by it, and what it fears."""

from __future__ import annotations

from sim.core.params import Params, param


class Temptation(Params):
    """What a borrower gains by diverting, and what it can lose."""

    omega: float = param(
        1.0, unit="ratio", ge=0, le=1000, source="C: 5-8 % of live loans divert",
        meaning="scale of the gain from diverting; 0 switches moral hazard off",
    )  # fmt: skip
    gain: float = param(
        0.03, unit="share of what is taken", ge=0, le=1, source="A: private benefit",
        meaning="gain from diverting at low rates",
    )  # fmt: skip
    gain_by_rate: float = param(
        0.2, unit="share per unit of rate", ge=0, le=10, source="A: debt overhang",
        meaning="increase in the gain with the rate above 6 %",
    )  # fmt: skip
    overhang_above: float = param(
        0.06, unit="1/year", ge=0, le=1, source="A: a usual rate",
        meaning="contract rate above which the gain from diverting rises",
    )  # fmt: skip
    pledge_loss: float = param(
        0.2, unit="share of collateral", ge=0, le=1, source="A: loss in a forced sale",
        meaning="h: share of the collateral's value lost when a loan is called for misuse",
    )  # fmt: skip
    guarantor_loss: float = param(
        0.3, unit="share of guaranteed amount", ge=0, le=10, source="A: social cost of default",
        meaning="h_G: what a borrower loses with its guarantors when a loan is called for misuse",
    )  # fmt: skip
    relationship: float = param(
        0.02, unit="share of balance per year", ge=0, le=1, source="A: relationship lending",
        meaning="value of the relationship per year that bank and firm know each other",
    )  # fmt: skip
    taken: float = param(
        0.5, unit="share of what is in use", ge=0, le=1, source="A: .3-.8, swept",
        meaning="d: share of what the loan was put into that a diverting owner takes out",
    )  # fmt: skip
    window: int = param(
        3, unit="months", ge=1, le=600, source="A: later the money is in stock",
        meaning="months after the grant in which diversion may begin",
    )  # fmt: skip
    call_loss: float = param(
        0.10, unit="share of balance", ge=0, le=10, source="A: means have to be found at once",
        meaning="loss of a borrower whose loan is called because its misuse is proven",
    )  # fmt: skip
    listing_loss: float = param(
        0.10, unit="share of balance", ge=0, le=10, source="A: 2 % a year for five years",
        meaning="loss of a borrower that the bureau lists",
    )  # fmt: skip
    relationship_years: float = param(
        3.0, unit="years", ge=0, le=100, source="A: no more is learned later",
        meaning="longest relationship that counts",
    )  # fmt: skip
    view_at_start: float = param(
        0.01, unit="1/month", ge=0, le=1, source="A: about what a base case shows",
        meaning="chance of a proven case that firms expect before they have seen any; their view"
        " of the rival for ever",
    )  # fmt: skip
    start_weight: float = param(
        250.0, unit="loan-months per 1,000 firms", gt=0, le=1e6, source="A: about a month's loans",
        meaning="weight of `view_at_start` when the market begins; it fades like all else",
    )  # fmt: skip
    half_life: float = param(
        12.0, unit="months", gt=0, le=1200, source="A: 6-12 months",
        meaning="time in which what firms saw of a bank's proven cases loses half of its weight",
    )  # fmt: skip
