"""Follow the two borrowers of docs/two_borrowers.md, and count how common such loans are.

`python -m experiments.two_borrowers --write` puts both lives and the counts into the page.
"""

from __future__ import annotations

import argparse

from experiments.in_page import Block, row, table, write_block
from sim.analysis.instructive import RULES, picked
from sim.model.detail.following import follow, recorded
from sim.report.life_story import head, span, title_of
from sim.report.life_words import story
from sim.scenario.loading import load_scenario
from sim.scenario.schema import Scenario

SCENARIO, SEED, MORE = "l_branch/baseline", 7, (8, 9)  # lives are of SEED, counts of all seeds
CASES = {"case 1": "unwatched", "case 2": "deceived"}
PAGE, COMMAND = "docs/two_borrowers.md", "python -m experiments.two_borrowers --write"
BLOCKS = {name: Block(PAGE, name, COMMAND) for name in (*CASES, "how common")}
BALANCES = "Month's end"  # lines of the story that the page leaves out


def life_of(scenario: Scenario, rule: str) -> str:
    """Return the life of the firm that a rule picks, to the default of its loan, as a table."""
    followed = picked(recorded(scenario, SEED)[0], rule)
    if followed.loan is None:
        raise ValueError(f"{rule} picks a firm without a loan")
    life = follow(scenario, SEED, followed.slot, followed.generation)
    first, last = span(life, followed, scenario.horizon)
    lines = [
        row([month, *(text.strip().replace("|", "/") for text in (seen, true))])
        for month, seen, true in story(life, first, int(followed.loan["default_month"]))
        if not seen.startswith(BALANCES)
    ]
    above = head(life, followed, scenario.name, title_of(life, followed, first, last))
    heading = table(["Month", "What the bank sees and does", "What is true and hidden"], [])
    return "\n\n".join([*above, "\n".join([heading.replace("---:", "---"), *lines])])


def counts(scenario: Scenario) -> str:
    """Return how many applications of each seed the rules take, and how many loans default."""
    rows = []
    for seed in (SEED, *MORE):
        loans = recorded(scenario, seed)[0]
        whole = loans[loans["applied"].notna() & (loans["applied"].fillna(0) >= 1)]
        honest_use = (whole["outcome"] == "default") & whole["diverted"].isna()
        taken = [int(RULES[rule].takes(whole).sum()) for rule in CASES.values()]
        rows.append([seed, *taken, int(honest_use.sum())])
    return table(["seed", *CASES, "defaults of loans that were not diverted"], rows)


def main() -> None:
    """Print lives and counts, and write them to the page where that is asked for."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--write", action="store_true", help=f"renew {PAGE}")
    given, scenario = asked.parse_args(), load_scenario(SCENARIO)
    texts = {name: life_of(scenario, rule) for name, rule in CASES.items()}
    for name, text in {**texts, "how common": counts(scenario)}.items():
        print(f"{text}\n")
        if given.write:
            write_block(BLOCKS[name], text)


if __name__ == "__main__":
    main()
