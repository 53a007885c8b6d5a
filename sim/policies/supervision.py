"""Supervision: a manager looks over the shoulder of the officers whose riskiest loans fail most."""

from __future__ import annotations

from sim.core.params import Params, param


class Supervision(Params):
    """How many officers are supervised, and by which record they are chosen."""

    share: float = param(
        0.0, unit="share of officers", ge=0, le=1, source="A: 0 base; swept",
        meaning="officers under supervision, those whose loans near the cut-off default most and"
        " more than the bank's average; they work with at least usual diligence, and a supervisor"
        " finds inflated reports as a second review does",
        cost="fixed_cost by `cost` and officer hours (workload) by `hours`",
        extremes=(0.0, 0.4), process="effort inflated",
    )  # fmt: skip
    cost: float = param(
        1_500.0, unit="CNY a month per officer", ge=0, le=1e6, source="A: a tenth of a manager",
        meaning="supervisor's time for one officer under supervision",
        no_lever="price",
    )  # fmt: skip
    hours: float = param(
        8.0, unit="hours a month", ge=0, le=744, source="A: two hours a week",
        meaning="working time of an officer under supervision that goes into it",
        no_lever="scale",
    )  # fmt: skip
    last_band: float = param(
        0.75, unit="share of the cut-off", ge=0, le=1, source="A: the last quarter",
        meaning="loans with a higher estimated PD count for the record of their officer; without a"
        " cut-off, those above the mean of the book",
        no_lever="method",
    )  # fmt: skip
    memory_months: float = param(
        12.0, unit="months", gt=0, le=600, source="A: a yearly appraisal",
        meaning="half-life of loans and defaults in that record",
        no_lever="method",
    )  # fmt: skip
    prior_months: float = param(
        120.0, unit="loan-months", gt=0, le=1e6, source="A: ten loans of a year",
        meaning="average loans that are added to every record, so that few loans say little",
        no_lever="method",
    )  # fmt: skip
