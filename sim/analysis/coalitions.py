"""Which sets of packages must be run together to answer which question.

A runner calls this before it runs, so that the attribution finds every arm that it needs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Literal

import numpy as np

from sim.core.errors import RequestError

Coalition = frozenset[str]  # the packages switched on; the empty one is the base
Arms = Mapping[Coalition, str]  # coalition -> name of its arm in the runs
Question = Literal["alone", "leave-one-out", "interactions", "package", "shapley"]

MOST_EXACT = 6  # 2^6 = 64 arms; a seventh package doubles that


def needed(
    packages: Sequence[str],
    questions: Collection[Question],
    orders: Iterable[Sequence[str]] = (),
) -> list[Coalition]:
    """Return the coalitions that the questions need, each once, small ones first.

    `alone`: base and each package; `leave-one-out`: all packages, and all but each one;
    `interactions`: base, each and each pair; `package`: base and all; `shapley`: all 2^k,
    refused beyond six packages.  `orders` adds every prefix of each order given: sampled
    permutations (`draw_orders`) or the order of a ladder.
    """
    check_packages(packages)
    whole = frozenset(packages)
    single = [frozenset({p}) for p in packages]
    base: Coalition = frozenset()
    plans: dict[str, list[Coalition]] = {
        "alone": [base, *single],
        "leave-one-out": [whole, *(whole - one for one in single)],
        "interactions": [base, *single, *(frozenset(two) for two in combinations(packages, 2))],
        "package": [base, whole],
        "shapley": [],
    }
    if "shapley" in questions:
        if len(packages) > MOST_EXACT:
            raise RequestError(
                f"exact shares of {len(packages)} packages need {2 ** len(packages)} arms; "
                f"up to {MOST_EXACT} are exact, more are sampled: pass orders=draw_orders(...)"
            )
        plans["shapley"] = subsets(packages)
    wanted = {one for question in questions for one in plans[question]}
    for order in orders:
        wanted.update(prefixes(order))
    rank = {p: i for i, p in enumerate(packages)}
    return sorted(wanted, key=lambda s: (len(s), sorted(rank[p] for p in s)))


def subsets(packages: Sequence[str]) -> list[Coalition]:
    """Return all 2^k coalitions; the one at index `mask` holds package i iff bit i is set."""
    return [
        frozenset(p for i, p in enumerate(packages) if mask >> i & 1)
        for mask in range(2 ** len(packages))
    ]


def prefixes(order: Sequence[str]) -> list[Coalition]:
    """Return the coalitions reached by adding packages in this order, the base first."""
    return [frozenset(order[:i]) for i in range(len(order) + 1)]


def draw_orders(packages: Sequence[str], pairs: int, key: int) -> list[tuple[str, ...]]:
    """Return ``2 x pairs`` orders of the packages: random ones, each followed by its reverse.

    A package that comes early in one comes late in the other, so the two errors partly cancel
    (antithetic permutations, Mitchell et al. 2022).  The same `key` gives the same orders.
    """
    check_packages(packages)
    rng = np.random.default_rng(key)
    orders = [tuple(packages[i] for i in rng.permutation(len(packages))) for _ in range(pairs)]
    return [order for one in orders for order in (one, one[::-1])]


def check_packages(packages: Sequence[str]) -> None:
    """Raise `RequestError` if there is no package or one is named twice."""
    if not packages:
        raise RequestError("an attribution needs at least one package")
    twice = [p for p in packages if packages.count(p) > 1]
    if twice:
        raise RequestError(f"package '{twice[0]}' is named twice")


def arm_of(arms: Arms, coalition: Coalition) -> str:
    """Return the arm that ran a coalition; raise `RequestError` if none did."""
    if coalition not in arms:
        text = " + ".join(sorted(coalition)) or "no package (the base)"
        raise RequestError(f"no arm ran {text}; plan the arms with coalitions.needed(...)")
    return arms[coalition]


def packages_of(arms: Arms) -> tuple[str, ...]:
    """Return all packages that occur in the arms, in order of name."""
    return tuple(sorted(frozenset().union(*arms)))
