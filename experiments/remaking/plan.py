"""What is made again, step by step, from an empty folder: commands, their order, what they write.

A step either keeps its tables itself (`--keep`), or what it prints is kept, or it makes files that
are copied.  Steps that read what others wrote come last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

REFERENCE = "results/reference"
PRINTED = f"{REFERENCE}/printed"
STUDIES = ("policies", "zhengzhou", "qn", "xm", "l_branch", "foreign", "five_banks")
COMPARED = ("comparison.csv", "figures/npl_and_profit.csv", "figures/npl_and_profit.png")


@dataclass(frozen=True)
class Step:
    """One command: `python -m module words`."""

    module: str
    words: tuple[str, ...]
    minutes: float  # expected on two cores from an empty folder, to say how long is left
    tiny: tuple[str, ...] = ()  # the words of a try that takes seconds, if not the same
    keep: str = ""  # folder that the command copies its tables to
    prints: str = ""  # file that what it prints is written to
    copies: Mapping[str, str] | None = None  # files that are copied once it is done: from, to
    writes_source: bool = False  # of later steps, which then are run again where it has changed

    @property
    def command(self) -> tuple[str, ...]:
        """Module and words."""
        kept = ("--keep", self.keep) if self.keep else ()
        return (self.module, *self.words, *kept)

    @property
    def text(self) -> str:
        """The command as one types it."""
        return " ".join(("python -m", *self.command))


def kept(words: str, minutes: float, tiny: str, to: str = REFERENCE) -> Step:
    """Return a command of `smelend` that keeps its tables."""
    quiet = "--quiet"
    return Step(
        "smelend", (*words.split(), quiet), minutes, (*tiny.split(), quiet), keep=to
    )  # fmt: skip


def printed(module: str, words: str, minutes: float, tiny: str, to: str) -> Step:
    """Return a command whose text is kept."""
    return Step(
        module, tuple(words.split()), minutes, tuple(tiny.split()), prints=f"{PRINTED}/{to}"
    )


def study(name: str, minutes: float) -> Step:
    """Return a whole study; tried, it is a first look."""
    file = f"study experiments/{name}.yaml"
    return kept(file, minutes, f"{file} --quick")


def written(module: str, words: str, minutes: float, tiny: str) -> Step:
    """Return an experiment that writes blocks of a page itself."""
    return Step(module, tuple(words.split()), minutes, tuple(tiny.split()))


FIT = "calibrate --calibration calibration/chinese_rows --quiet"
PLAN: dict[str, Step] = {
    "chinese rows": Step(  # a scenario that each study reads, so it comes first
        "smelend",
        (*FIT.split(), "--trials", "14", "--write", "scenarios/chinese_rows.yaml"),
        2.0,
        (*FIT.split(), "--trials", "2", "--seeds", "1..2", "--out", "results/runs/fit",
         "--write", "results/chinese_rows.yaml"),
        writes_source=True,
    ),
    "chinese rows scored": kept(
        "calibrate chinese_rows --calibration calibration/chinese_rows --check", 2.0,
        "calibrate chinese_rows --calibration calibration/chinese_rows --check --seeds 1..2",
        f"{REFERENCE}/chinese_rows",
    ),
    "calibration": kept("calibrate --check", 3.0, "calibrate --check --seeds 1..2"),
    "link": printed(
        "experiments.calibration.link", "--seeds 24", 1.0, "--seeds 2 --months 24", "link.txt"
    ),
    "levers": kept(
        "levers", 5.0, "levers --seeds 2 --only staffing.audit", f"{REFERENCE}/levers"
    ),
    "levers of people": kept(  # what they bring comes slowly
        "levers --only staffing.* --set horizon=72 --out results/levers/people", 3.0,
        "levers --seeds 2 --only staffing.audit --set horizon=72",
        f"{REFERENCE}/levers/people",
    ),
    "literature": kept("literature", 8.0, "literature collateral --quick"),
    "field": kept("replicate", 8.0, "replicate norden_weber --quick"),
    "policies quick": kept(
        "study experiments/policies.yaml --quick", 1.0, "study experiments/policies.yaml --quick"
    ),
    "zhengzhou quick": kept(
        "study experiments/zhengzhou.yaml --quick", 1.0, "study experiments/zhengzhou.yaml --quick"
    ),
    "comparison": Step(
        "smelend",
        ("compare", "scenarios/zhengzhou/baseline.yaml", "scenarios/zhengzhou/optimised.yaml",
         "--seeds", "30", "--out", "results/zhengzhou", "--quiet"),
        1.0,
        ("compare", "scenarios/zhengzhou/baseline.yaml", "scenarios/zhengzhou/optimised.yaml",
         "--seeds", "2", "--out", "results/zhengzhou", "--quiet"),
        copies={
            f"results/zhengzhou/{file}": f"{REFERENCE}/zhengzhou/{file.rpartition('/')[2]}"
            for file in COMPARED
        },
    ),
    **{name: study(name, 8.0 if name == "five_banks" else 5.0) for name in STUDIES},
    "review": printed(
        "experiments.review.again", "--seeds 24", 5.0, "--seeds 2 --firms 300 --only A18 A14",
        "review.md",
    ),
    "steady state": printed(
        "experiments.steady_state", "--seeds 192", 2.0, "--seeds 2 --months 72", "steady_state.txt"
    ),
    "stress": written("experiments.stress", "--seeds 12 --write", 2.0, "--seeds 2"),
    "five markets": printed(
        "experiments.five_markets", "--seeds 40", 2.0, "--seeds 2", "five_markets.md"
    ),
    "npl by kind": written("experiments.npl_by_kind", "--seeds 12 --write", 3.0, "--seeds 2"),
    "pay": printed("experiments.pay", "--seeds 601..624", 2.0, "--seeds 601..602", "pay.md"),
    "wenzhou": written("experiments.wenzhou", "--write", 2.0, "--seeds 2"),
    "authority": printed(
        "experiments.authority", "--seeds 801 816", 3.0, "--seeds 801 802 --sizes 300",
        "authority.txt",
    ),
    "two borrowers": written("experiments.two_borrowers", "--write", 0.5, "--help"),
    "statements": Step("experiments.statements", (), 0.2, ("--help",)),
}  # fmt: skip


def tried(name: str, step: Step, folder: str) -> Step:
    """Return a step that takes seconds to minutes and writes below `folder`, not the reference."""

    def there(path: str) -> str:
        return path.replace("results/", f"{folder}/", 1)

    words = tuple(there(word) for word in step.tiny)
    if step.keep:
        words += "--out", f"{folder}/runs/{name.replace(' ', '_')}"
    copies = step.copies and {there(source): there(to) for source, to in step.copies.items()}
    return replace(
        step, words=words, keep=there(step.keep), prints=there(step.prints), copies=copies
    )
