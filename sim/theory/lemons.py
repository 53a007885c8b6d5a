"""Akerlof (1970) in lending: at one price for all, the good leave first and the pool unravels.

Success p ~ U[a, b]; every project is worth `k (1+f)` on average, so a firm repays R only from
`k (1+f)/p` and accepts iff `R <= k (1+f)/p`, that is iff p is low enough.  A bank that breaks even
on the pool [a, p] charges `R = 2(1+f)/(a+p)`; firms up to `k (a+p)/2` stay.  The pool shrinks along
`p_{t+1} = min(b, k (a+p_t)/2)` to `p* = min(b, k a/(2-k))`.
Reading: p is the chance of success, so those who leave are the *safe*: they pay the common price
most often.  With k >= 2 no firm leaves; with k <= 1 only the worst firm stays.
"""

from __future__ import annotations

from sim.theory.rows import Answer, Example

ROW, TITLE = "d", "the best firm that still borrows when all pay one price"
EXAMPLES = (Example({"lowest": 0.5, "highest": 1.0, "surplus": 1.2}, {"pool_edge": 0.75}, 12),)


def closed_form(lowest: float, highest: float, surplus: float) -> Answer:
    """Return the edge of the pool that is left, and the share of firms in it."""
    edge = highest
    if surplus < 2.0:
        edge = min(highest, max(lowest, surplus * lowest / (2.0 - surplus)))
    return {"pool_edge": edge, "share_left": (edge - lowest) / (highest - lowest)}


def path(lowest: float, highest: float, surplus: float, rounds: int) -> list[float]:
    """Return the edge of the pool at the start and after each round of pricing and leaving."""
    edges = [highest]
    for _ in range(rounds):
        edges.append(min(highest, surplus * (lowest + edges[-1]) / 2.0))
    return edges
