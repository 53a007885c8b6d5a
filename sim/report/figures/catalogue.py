"""The list of all figures: title, caption, and the stored tables that each needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sim.report.figures.attribution_plot import attribution_plot
from sim.report.figures.best_combinations_plot import best_combinations_plot
from sim.report.figures.claims_plot import claims_plot
from sim.report.figures.class_moves import class_moves
from sim.report.figures.convergence import convergence
from sim.report.figures.factorial_plot import factorial_plot
from sim.report.figures.interactions_plot import interactions_plot
from sim.report.figures.officers import load_and_error
from sim.report.figures.over_time import default_and_credit, npl_and_profit
from sim.report.figures.price_and_risk import price_and_risk
from sim.report.figures.profit_bridge import profit_bridge
from sim.report.figures.risk_and_return import risk_and_return
from sim.report.figures.truth_and_belief import truth_and_belief
from sim.report.figures.vintages import vintages
from sim.report.figures.warnings_ahead import warnings_ahead
from sim.report.figures.where_it_holds import where_it_holds
from sim.results.equal_arms import without_twins
from sim.results.folder import Results
from sim.results.quantity_words import quantity
from sim.results.tables.best_combinations import short_name_of, shown_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    Picture = tuple[Figure, pd.DataFrame]

Draw = Callable[[Results, str], "Picture"]


class Entry(NamedTuple):
    """One figure: `needs` names tables; a `paired` one is drawn for each arm except the base."""

    name: str
    title: str
    caption: str
    needs: tuple[str, ...]
    draw: Draw  # takes a folder and an arm, "" if not paired
    importance: int  # 1 comes first
    paired: bool = False


def _of_months(draw: Callable[..., Picture], folder: Results, other: str) -> Picture:
    return draw(folder.table("months"), folder.base, other, folder.titles)


def _convergence(results_folder: Results, other: str) -> Picture:
    return convergence(
        results_folder.one_bank("runs"), results_folder.base, other, results_folder.titles
    )


def _risk_and_return(results_folder: Results, _: str) -> Picture:
    return risk_and_return(
        results_folder.policies, results_folder.base, results_folder.notable, results_folder.titles
    )


def _best_combinations(results_folder: Results, _: str) -> Picture:
    effects = results_folder.known("effects")
    rows = without_twins(results_folder.table("best_combinations"), effects)
    name_of = partial(short_name_of, results_folder)
    return best_combinations_plot(rows, shown_of(results_folder, rows), name_of, effects)


def _attribution(results_folder: Results, _: str) -> Picture:
    shares, effects = results_folder.table("attribution"), results_folder.table("effects")
    return attribution_plot(shares, effects, results_folder.bank, results_folder.titles)


def _interactions(results_folder: Results, _: str) -> Picture:
    return interactions_plot(
        results_folder.table("interactions"), results_folder.bank, results_folder.short_titles
    )


def _decision_errors(results_folder: Results, _: str) -> Picture:
    return truth_and_belief(
        results_folder.one_bank("loans"), results_folder.compared, results_folder.titles
    )


def _price(results_folder: Results, _: str) -> Picture:
    return price_and_risk(
        results_folder.one_bank("loans"), results_folder.compared, results_folder.titles
    )


def _workload(results_folder: Results, _: str) -> Picture:
    return load_and_error(
        results_folder.one_bank("loans"), results_folder.compared, results_folder.titles
    )


def _vintages(results_folder: Results, _: str) -> Picture:
    return vintages(
        results_folder.one_bank("loans"),
        results_folder.compared,
        results_folder.titles,
        results_folder.last_month,
    )


def _warnings(results_folder: Results, _: str) -> Picture:
    loans, events = results_folder.one_bank("loans"), results_folder.one_bank("events")
    return warnings_ahead(loans, events, results_folder.compared, results_folder.titles)


def _classes(results_folder: Results, _: str) -> Picture:
    loans, events = results_folder.one_bank("loans"), results_folder.one_bank("events")
    return class_moves(
        loans, events, results_folder.compared, results_folder.titles, results_folder.last_month
    )


def _where(results_folder: Results, _: str) -> Picture:
    maps = results_folder.table("regime_maps").copy()
    for axis, name in (("x", "first"), ("y", "second")):
        maps[axis] *= [quantity(key).factor for key in maps[name]]
    return where_it_holds(maps, results_folder.words_for_maps(maps)), maps


FIGURES: tuple[Entry, ...] = (
    Entry(
        "claims",
        "Claims and verdicts",
        "Each row is one claim with its verdict: filled circle supported, cross refuted, hollow "
        "diamond undecided; the bar is the interval of the deciding difference.",
        ("verdicts",), lambda one, _: claims_plot(one.table("verdicts"), one.titles), 1,
    ),
    Entry(
        "attribution",
        "Attribution of the effect to measures, and their cost",
        "From the base level to the level with all measures, one step per part of the package, "
        "with its share of cost and profit on the right.",
        ("attribution", "effects"), _attribution, 2,
    ),
    Entry(
        "best_combinations",
        "Best combinations by name",
        "The combinations that no other beats on both risk and profit: how each differs from the "
        "base, with credit to good firms beside.",
        ("best_combinations",), _best_combinations, 4,
    ),
    Entry(
        "risk_and_return",
        "Risk and return of every arm",
        "Further left means fewer defaults, higher means more profit, a larger point means more "
        "credit; on the dotted frontier no other arm is better in both default and profit.",
        ("runs",), _risk_and_return, 3,
    ),
    Entry(
        "npl_and_profit",
        "Bad loans and profit over time",
        "Above, each arm's mean over all seeds with its 95 % interval; below, the difference "
        "within each seed, on which to base conclusions.",
        ("months",), partial(_of_months, npl_and_profit), 5, paired=True,
    ),
    Entry(
        "default_and_credit",
        "Defaults and credit over time",
        "Above, each arm's mean over all seeds with its 95 % interval; below, the difference "
        "within each seed, on which to base conclusions.",
        ("months",), partial(_of_months, default_and_credit), 6, paired=True,
    ),
    Entry(
        "profit_bridge",
        "Profit bridge",
        "From one arm's profit to the other's, line by line of the profit and loss account: solid "
        "bars add to profit, hatched ones take from it.",
        ("months",), partial(_of_months, profit_bridge), 7, paired=True,
    ),
    Entry(
        "truth_and_belief",
        "Decision errors: good firms refused, bad firms booked",
        "Applications by the bank's estimate and the true chance of default; triangles are good "
        "firms that were refused, crosses are bad firms that were booked.",
        ("loans",), _decision_errors, 8,
    ),
    Entry(
        "price_and_risk",
        "Price against true risk",
        "A rising line on the left means that riskier borrowers pay more; the right panel shows "
        "the number of loans in each risk class.",
        ("loans",), _price, 9,
    ),
    Entry(
        "vintages",
        "Vintage curves",
        "Of the loans granted in a year, the share that has defaulted by each age in months.",
        ("loans", "months"), _vintages, 10,
    ),
    Entry(
        "warnings",
        "Lead time of early warnings",
        "Months from the first warning of a loan to its default, in per cent of all defaults; on "
        "the right, the number of true and false warnings.",
        ("loans", "events"), _warnings, 11,
    ),
    Entry(
        "officer_load",
        "Officers' workload and errors",
        "The error of officers' beliefs at each level of workload, and the share of applications "
        "handled at that level.",
        ("loans",), _workload, 12,
    ),
    Entry(
        "class_moves",
        "Moves between loan classes in a year",
        "Each row is a class at the start of a year, each column the class a year later, in per "
        "cent of the row's loans.",
        ("loans", "events", "months"), _classes, 13,
    ),
    Entry(
        "interactions",
        "Interactions between parts of the package",
        "Joint effect of each pair of parts less the sum of both; framed numbers are statistically "
        "significant.",
        ("interactions",), _interactions, 14,
    ),
    Entry(
        "regime_maps",
        "Where each claim holds",
        "Each map varies the two main drivers of a claim; numbers and shade give the share of "
        "design points at which it holds.",
        ("regime_maps",), _where, 15,
    ),
    Entry(
        "main_effects",
        "Main effects of the factors",
        "Each level against the first level of its factor, averaged over all levels of the other "
        "factors, with 95 % intervals.",
        ("main_effects",), lambda one, _: factorial_plot(one.table("main_effects"), one.bank), 17,
    ),
    Entry(
        "convergence",
        "Convergence over seeds",
        "The difference and its interval against the number of seeds used; the estimate has "
        "converged where the line is flat.",
        ("runs",), _convergence, 16, paired=True,
    ),
)  # fmt: skip
