"""Shares of games solved by hand, and the laws that every division must keep."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from sim.analysis.coalitions import draw_orders, subsets
from sim.analysis.sampled import attribute_sampled, two_errors
from sim.analysis.shapley import sampled_by_seed, shapley_by_seed, shapley_values
from sim.core.errors import RequestError


def game(players, worth):
    return np.array([float(worth(s)) for s in subsets(players)])


def by_enumeration(players, worth):
    """Average the marginal worth over all orders: the definition."""
    orders = list(permutations(players))
    return [
        np.mean([worth(set(o[: o.index(p) + 1])) - worth(set(o[: o.index(p)])) for o in orders])
        for p in players
    ]


def test_glove_game():
    # one left glove (a), two right gloves (b, c); a pair is worth 1: shares 2/3, 1/6, 1/6
    shares = shapley_values(game("abc", lambda s: "a" in s and len(s) > 1))
    assert shares == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_additive_game_pays_each_its_own():
    own = {"a": 3.0, "b": -1.0, "c": 0.5, "d": 0.0}
    assert shapley_values(game("abcd", lambda s: sum(own[p] for p in s))) == pytest.approx(
        list(own.values())
    )


def test_symmetric_game_divides_equally():
    assert shapley_values(game("abcd", lambda s: len(s) ** 2)) == pytest.approx([4.0] * 4)


def test_airport_game():
    # runways of cost 1, 2, 4: the first third is shared by three, the next by two, the last by one
    cost = {"a": 1.0, "b": 2.0, "c": 4.0}
    shares = shapley_values(game("abc", lambda s: max((cost[p] for p in s), default=0.0)))
    assert shares == pytest.approx([1 / 3, 1 / 3 + 1 / 2, 1 / 3 + 1 / 2 + 2])


def test_any_game_is_the_average_over_all_orders():
    values = np.random.default_rng(26).normal(size=32)
    index = {s: v for s, v in zip(subsets("abcde"), values, strict=True)}
    expected = by_enumeration("abcde", lambda s: index[frozenset(s)])
    assert shapley_values(values) == pytest.approx(expected)


@pytest.fixture
def played(make_runs):
    """Three packages with an interaction, on 12 seeds: {coalition: arm} and its runs."""
    rng = np.random.default_rng(27)
    draws = rng.normal(0.0, 1.0, 12)
    arms = {s: "+".join(sorted(s)) or "base" for s in subsets("abc")}
    outcomes = {
        arm: {
            "npl": 5 + draws - 1.0 * ("a" in s) - 0.5 * len(s) ** 2 + rng.normal(0.0, 0.1, 12),
            "profit": 3 * draws + 2.0 * ("b" in s),
        }
        for s, arm in arms.items()
    }
    return arms, make_runs(outcomes)


def total(runs, metric):
    wide = runs.pivot(index="seed", columns="arm", values=metric)
    return (wide["a+b+c"] - wide["base"]).to_numpy()


def test_shares_sum_to_the_total_in_every_seed(played):
    arms, runs = played
    shares = shapley_by_seed(runs, arms)
    for metric in ("npl", "profit"):
        assert shares.groupby("seed")[metric].sum().to_numpy() == pytest.approx(
            total(runs, metric), abs=1e-12
        )


def test_common_luck_leaves_no_trace_in_the_shares(played):
    arms, runs = played
    shares = shapley_by_seed(runs, arms, ["profit"]).pivot(
        index="seed", columns="arm", values="profit"
    )
    assert shares.to_numpy() == pytest.approx(np.tile([0.0, 2.0, 0.0], (12, 1)), abs=1e-12)


def test_sampled_shares_also_sum_exactly_and_all_orders_give_the_exact_ones(played):
    arms, runs = played
    few = sampled_by_seed(runs, arms, draw_orders("abc", 2, key=4))
    assert few.groupby("seed")["npl"].sum().to_numpy() == pytest.approx(total(runs, "npl"))
    everything = sampled_by_seed(runs, arms, list(permutations("abc")))
    pd.testing.assert_frame_equal(everything, shapley_by_seed(runs, arms))


def test_row_order_is_irrelevant(played, shuffled):
    arms, runs = played
    pd.testing.assert_frame_equal(
        shapley_by_seed(shuffled(runs), arms), shapley_by_seed(runs, arms)
    )


def test_a_coalition_that_nobody_ran_is_named(played):
    arms, runs = played
    short = {s: arm for s, arm in arms.items() if s != frozenset("ac")}
    with pytest.raises(RequestError, match=r"no arm ran a \+ c"):
        shapley_by_seed(runs, short)


def test_a_missing_value_silences_its_seed_only(played):
    arms, runs = played
    runs.loc[(runs["arm"] == "a+b") & (runs["seed"] == 3), "npl"] = np.nan
    shares = shapley_by_seed(runs, arms).set_index("seed")
    assert shares.loc[3, "npl"].isna().all()
    assert shares.drop(3)["npl"].notna().all()
    assert shares["profit"].notna().all()


def test_the_two_errors_are_kept_apart():
    rng = np.random.default_rng(28)
    seeds, orders = rng.normal(0.0, 1.0, 40), rng.normal(0.0, 1.0, 8)
    only_seeds = two_errors(np.tile(seeds, (8, 1)), 0.95)
    assert only_seeds["sampling_error"] == pytest.approx(0.0, abs=1e-12)
    assert only_seeds["seed_error"] == pytest.approx(seeds.std(ddof=1) / np.sqrt(40))
    only_orders = two_errors(np.tile(orders[:, None], (1, 40)), 0.95)
    assert only_orders["seed_error"] == pytest.approx(0.0, abs=1e-12)
    assert only_orders["sampling_error"] == pytest.approx(orders.std(ddof=1) / np.sqrt(8))


def test_the_interval_of_a_sampled_share_covers_luck_of_seeds_and_of_orders():
    rng = np.random.default_rng(29)
    trials, hits = 400, 0
    for _ in range(trials):
        effects = (
            2.0
            + rng.normal(0.0, 0.5, (12, 1))
            + rng.normal(0.0, 1.0, (1, 25))
            + rng.normal(0.0, 0.5, (12, 25))
        )
        found = two_errors(effects, 0.95)
        hits += found["low"] <= 2.0 <= found["high"]
    assert hits / trials > 0.95 - 3 * np.sqrt(0.95 * 0.05 / trials)


def test_sampled_attribution_covers_the_exact_share_of_ten_packages(make_runs):
    ten = [f"p{i}" for i in range(10)]
    orders = draw_orders(ten, 15, key=5)
    rng = np.random.default_rng(30)
    draws = rng.normal(0.0, 1.0, 20)
    own = dict(zip(ten, rng.normal(-1.0, 1.0, 10), strict=True))

    def worth(s):
        # own effects, and the pair p0 p1 worth 4 more, of which each earns 2
        return sum(own[p] for p in s) + 4.0 * ({"p0", "p1"} <= set(s))

    met = sorted({tuple(sorted(order[:i])) for order in orders for i in range(11)})
    arms = {frozenset(s): "+".join(s) or "base" for s in met}
    runs = make_runs(
        {arm: {"npl": draws + worth(s) + rng.normal(0.0, 0.05, 20)} for s, arm in arms.items()}
    )
    table = attribute_sampled(runs, arms, orders).set_index("package")
    exact = {p: own[p] + 2.0 * (p in ("p0", "p1")) for p in ten}
    inside = [table.loc[p, "low"] <= exact[p] <= table.loc[p, "high"] for p in ten]
    assert sum(inside) >= 9
    # only the interacting pair depends on the order
    assert (table.loc[["p0", "p1"], "sampling_error"] > 0.0).all()
    # a reverse puts p0 after p1 exactly once in each pair, so halves cancel but for noise
    assert table["contribution"].sum() == pytest.approx(
        runs[runs["arm"] == arms[frozenset(ten)]]["npl"].mean()
        - runs[runs["arm"] == "base"]["npl"].mean()
    )
    assert table["share"].sum() == pytest.approx(1.0)


def test_one_pair_of_orders_has_no_sampling_error_to_show(played):
    arms, runs = played
    with pytest.raises(RequestError, match="at least two pairs"):
        attribute_sampled(runs, arms, draw_orders("abc", 1, key=6))
    with pytest.raises(RequestError, match="at least two pairs"):
        attribute_sampled(runs, arms, list(permutations("abc"))[:4])
