"""Loan officers: one seat per row; the person in it may change and takes the experience along."""

from __future__ import annotations

from sim.core.columns import Column, Schema
from sim.core.distributions import Derived, Exponential, Lognormal, Uniform
from sim.core.sight import Sight

OFFICERS = Schema(
    "Officers",
    Column("key", "u8", "key", "root of the person's random numbers", Sight.HIDDEN),
    Column("run", "i4", "index", "run (seed) that the seat is in", Sight.FILE),
    Column("lender", "i1", "index", "bank that the seat belongs to", Sight.FILE),
    Column("seat", "i4", "index", "number of the seat at the bank", Sight.FILE),
    Column("generation", "i4", "count", "how many officers had this seat before", Sight.FILE),
    Column("active", "?", "flag", "the bank pays for this seat", Sight.FILE),
    Column("slackness", "f8", "quantile", "rank by lack of diligence", Sight.HIDDEN, Uniform()),
    Column("diligence", "f8", "ratio", "effort on a task if there is time for it", Sight.HIDDEN,
           Derived(lambda born, params: 1.0 - params.slack * born["slackness"])),
    Column("skill", "f8", "ratio", "precision for the same effort, median 1", Sight.HIDDEN,
           Lognormal(1.0, "skill_log_sd")),
    Column("integrity", "f8", "quantile", "rank by integrity: the lowest do favours", Sight.HIDDEN,
           Uniform()),
    Column("favours", "f8", "count/month", "rules bent for firms this month", Sight.HIDDEN),
    Column("since", "i4", "month", "month at whose end the person took the seat", Sight.FILE),
    Column("experience", "f8", "months", "time in the job", Sight.FILE,
           Exponential("experience")),
    Column("caseload", "f8", "loans", "live loans managed", Sight.FILE),
    Column("hours", "f8", "hours/month", "work required this month", Sight.FILE),
    Column("workload", "f8", "ratio", "work required over hours in a month, last month",
           Sight.FILE),
    Column("effort", "f8", "ratio", "share of full effort, last month", Sight.HIDDEN),
)  # fmt: skip
Officers = OFFICERS.record
