"""Every verdict under what nobody knows: its label, where it holds, and ruin's gradients alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.results.catalogue import table
from sim.results.folder import Results
from sim.results.table import NONE, Block, Cell, Column, Row, Table, ends, estimates, number, words
from sim.results.tables.verdicts import statement
from sim.results.unknown_words import chinese_words, label_words, ranges_words, robust_setup

NOTE = (
    "{points} points under each of three ranges, {seeds} each; points and seeds are the "
    "same under all three. A share is one of {points} points, with Wilson's interval. Ranges as"
    " declared: {ranges}. A range is halved and doubled about the base's value, on logit for "
    "shares and on a log scale for all else, and cut at what the model allows. A claim holds at"
    " a point if each of its differences has the claimed sign. Robust: it holds at 90 % of the "
    "points under all three ranges; or it fails at 90 % under all three, and the verdict is not"
    " that it is supported. Depends on: the quantity that goes most with how far the claim is "
    "from failing, shown only where chance would find such a link in one of twenty claims; its "
    "value is where a straight line through the points crosses zero. All points "
    "have the same seeds, so chance errs at many of them alike, which the interval does not count: "
    "with few seeds a small effect may hold everywhere or nowhere by chance. Diverted loans are "
    "set through the temptation to divert{reached}."
)
CHINESE = (
    " From Chinese rows alone: the base fitted again without the rows measured abroad, {seeds}, by "
    "95 % intervals of each claim by itself. Holds: the same verdict. Changes: another, or the "
    "other sign. Undecided: too few seeds there to say so, with the same sign; or undecided in "
    "both bases. By itself: what is undecided in the study's base only because of the number of "
    "claims, and decided alike in both without that correction."
)


@table("details", 87)
def robust(results: Results) -> Iterator[Table]:
    """Yield the table of labels and shares, and the one on ruin's gradients where it was run."""
    rows, setup = results.known("robust"), robust_setup(results)
    if lost := results.account.get("missing"):
        yield Table(
            "robust-missing",
            "Not computed: each verdict where what nobody knows is otherwise",
            [Column("What"), Column("Why")],
            [Block("", [[words("Under other numbers"), words(why)] for why in lost])],
            "Everything else in this study is complete; repeat the command once this is repaired.",
        )
    if rows is None or not setup:
        return
    lines = [_row(one, setup) for _, one in rows.iterrows()]
    columns = [
        Column("Claim"), Column("Verdict", "verdict"), Column("Under other numbers"),
        *estimates("Holds, % of points", interval="Wilson interval"),
        Column("Range halved, %", "number"), Column("Range doubled, %", "number"),
    ]  # fmt: skip
    chinese = "chinese" in rows
    if chinese:
        columns.append(Column("From Chinese rows alone"))
        lines = [
            [*line, words(chinese_words(one) or NONE)]
            for line, (_, one) in zip(lines, rows.iterrows(), strict=True)
        ]
    note = NOTE.format(
        points=setup["points"], seeds=_seeds(setup["seeds"]),
        ranges=ranges_words(setup["quantities"]), reached=_reached(results),
    )  # fmt: skip
    if chinese:
        note += CHINESE.format(seeds=_seeds(setup["chinese_seeds"]))
    title = "Each verdict where what nobody knows is otherwise"
    yield Table("robust", title, columns, [Block("", lines)], note)
    names = ("ruin_0.75", "ruin_1", "ruin_1.25")
    if rows[list(names)].notna().any(axis=None):
        yield Table(
            "robust-ruin",
            "Each claim where ruin follows quality and the economy less, and more",
            [
                Column("Claim"), Column("Verdict", "verdict"),
                Column("Gradients a quarter weaker"), Column("As in the base"),
                Column("A quarter stronger"),
            ],
            [Block("", [_of_ruin(one, names) for _, one in rows.iterrows()])],
            f"{_seeds(setup['ruin_seeds'])}, all else as in the base. The gradients say how much "
            "the chance of ruin changes with economy, quality, sector, margin and size. With fewer "
            "seeds than the verdict has, a small effect may change sign by chance.",
        )  # fmt: skip


def _row(one: Any, setup: dict[str, Any]) -> Row:
    shares = [_percent(one, name) for name in ("declared", "halved", "doubled")]
    interval = Cell(NONE)
    if one["n_declared"] > 0:
        interval = ends(100 * float(one["low_declared"]), 100 * float(one["high_declared"]), 0)
    label = words(label_words(one, setup["quantities"]))
    return [words(statement(one)), words(one["verdict"]), label, shares[0], interval, *shares[1:]]


def _seeds(count: int) -> str:
    return f"{count:,} seed{'s'[: count != 1]}"


def _percent(one: Any, name: str) -> Cell:
    if not one[f"n_{name}"] > 0:
        return Cell(NONE)
    return number(100 * float(one[f"share_{name}"]), 0)


def _of_ruin(one: Any, names: tuple[str, ...]) -> Row:
    said = {1.0: "holds", 0.0: "does not hold"}
    cells = [words(said.get(float(one[name]), NONE)) for name in names]
    return [words(statement(one)), words(one["verdict"]), *cells]


def _reached(results: Results) -> str:
    """Return what the base's diverted share was at the points, where they are stored."""
    points = results.known("robust_points") if not results.banks else None
    if points is None or not points["reached"].notna().any():
        return ""
    low, middle, high = (100 * points["reached"].quantile(q) for q in (0.05, 0.5, 0.95))
    return (
        f"; with the other quantities it came to {low:.1f} to {high:.1f} % in the base at nine of "
        f"ten points, median {middle:.1f} %"
    )
