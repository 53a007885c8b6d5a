"""Order statistics without sorting: the value at one place in ascending order, and quantiles."""

from __future__ import annotations

import numpy as np

from sim.core.compiled import compiled


@compiled
def two_in_order(values, place):  # type: ignore[no-untyped-def]
    """Return the value at a `place` in ascending order, from 0, and the next, or it again if none.

    `values` (n,), without nan, are put into another order: those before the place are not above
    it, the others not below (Hoare's selection).
    """
    low, high = 0, values.size - 1
    while low < high:
        one, other, third = values[low], values[(low + high) // 2], values[high]
        pivot = max(min(one, other), min(max(one, other), third))  # the middle of the three
        i, j = low, high
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i += 1
                j -= 1
        if place <= j:
            high = j
        elif place >= i:
            low = i
        else:
            break
    found = following = values[place]
    for k in range(place + 1, values.size):
        following = values[k] if k == place + 1 else min(following, values[k])
    return found, following


@compiled
def thresholds(scores, counts, books, size, share):  # type: ignore[no-untyped-def]
    """Return the quantile `share` of the scores of those that count, by book, (size,).

    `scores`, `counts` and `books` are (n,), `books` ascending.  It is infinite where none counts.
    """
    out = np.full(size, np.inf)
    of_these = np.empty(scores.size)
    start, n = 0, scores.size
    while start < n:
        end, counting = start, 0
        while end < n and books[end] == books[start]:
            of_these[counting] = scores[end]
            counting += counts[end]
            end += 1
        if counting > 0:
            # without `round`, rounding counts the one at the threshold as above it
            place = round(share * (counting - 1), 9)
            low = int(place)
            below, above = two_in_order(of_these[:counting], low)
            out[books[start]] = below + (place - low) * (above - below)
        start = end
    return out
