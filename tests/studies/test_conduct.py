"""The engine against a game whose shares, interactions and prices are known by arithmetic."""

from pathlib import Path

import pytest

from sim.analysis.experiments.kinds.study import load_study
from sim.analysis.first_and_last import first_and_last, first_and_last_by_seed
from sim.analysis.study.ceilings import PERFECT
from sim.analysis.study.conduct import conduct
from sim.analysis.study.findings import Findings
from sim.apps.results_text import text_of_study
from sim.apps.study_files import save_study
from tests.studies.ledgers import EFFECTS, GAINS, STUDY, TOGETHER, Game, write_study
from tests.studies.stored import stored


def found(folder: Path, game: Game, text: str = STUDY, **asked: object) -> Findings:
    return conduct(load_study(write_study(folder, text)), game, **asked)  # type: ignore[arg-type]


def test_every_set_of_parts_is_run_once_and_nothing_else(tmp_path: Path) -> None:
    game = Game()
    found(tmp_path, game, quick=True)
    assert set(game.plans[-1].arms) == {
        "base", "package", "visits", "price", "second",
        "package - second", "package - price", "package - visits",
    }  # fmt: skip
    assert len(game.plans[-1].arms) == 2**3
    assert game.plans[-1].seeds == (1, 2, 3, 4, 5, 6)


def test_shares_of_an_exact_game_are_the_known_ones(tmp_path: Path) -> None:
    findings = found(tmp_path, Game(noise=0.0), quick=True)
    table = findings.attribution
    assert table is not None
    shares = table[table["metric"] == "default_rate"].set_index("package")["contribution"]
    # an interaction of two parts is shared by them in halves
    assert shares["post_loan"] == pytest.approx(EFFECTS["visits"] + TOGETHER / 2)
    assert shares["pricing"] == pytest.approx(EFFECTS["price"] + TOGETHER / 2)
    assert shares["approval"] == pytest.approx(EFFECTS["second"])
    assert findings.best_order == ("post_loan", "pricing", "approval")
    assert findings.leader[:2] == ("post_loan", "pricing")


def test_first_and_last_places_give_the_exact_shares_of_a_game_of_pairs(tmp_path: Path) -> None:
    findings = found(tmp_path, Game(noise=0.0), quick=True)
    parts = list(findings.study.parts)
    needed = {one: findings.coalitions[one] for one in first_and_last(parts)}
    assert len(needed) == 2 * 3 + 2
    table = first_and_last_by_seed(findings.runs, needed, parts, ["default_rate"])
    exact = findings.contributions
    assert exact is not None
    both = table.merge(exact, on=["arm", "seed", "bank"], suffixes=("", "_exact"))
    assert len(both) == 3 * 6
    assert both["default_rate"].to_numpy() == pytest.approx(both["default_rate_exact"].to_numpy())


def test_sampled_shares_add_up_to_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.analysis.study.arms.MOST_EXACT", 2)
    findings = found(tmp_path, Game(noise=0.0), quick=True)
    table = findings.attribution
    assert table is not None
    mine = table[table["metric"] == "default_rate"]
    assert "sampling_error" in table.columns
    assert mine["contribution"].sum() == pytest.approx(sum(EFFECTS.values()) + TOGETHER)


def test_verdicts_follow_the_game(tmp_path: Path) -> None:
    verdicts = found(tmp_path, Game(noise=0.0002), quick=True).verdicts
    assert verdicts is not None
    assert dict(zip(verdicts["claim"], verdicts["verdict"], strict=True)) == {
        "down": "supported",
        "up": "refuted",
        "pair": "supported",
        "first": "supported",
    }


def test_the_number_of_seeds_follows_precision_and_not_the_size_of_the_effect(
    tmp_path: Path,
) -> None:
    small = found(tmp_path, Game(noise=0.002))
    large = found(tmp_path, Game(noise=0.002, shift=-0.02))
    assert small.seeds == large.seeds > 20
    assert small.stopped == large.stopped == "precision"
    none = found(tmp_path, Game(noise=0.002, shift=0.018))  # cancels the whole package
    assert none.seeds == small.seeds
    wild = found(tmp_path, Game(noise=0.02), STUDY.replace("cap: 200", "cap: 30"))
    assert (wild.seeds, wild.stopped) == (30, "cap")


def test_only_base_and_package_are_run_until_the_seeds_are_settled(tmp_path: Path) -> None:
    game = Game(noise=0.002)
    found(tmp_path, game)
    *first, whole, ceilings = game.plans
    assert [len(plan.arms) for plan in first] == [2] * len(first)
    assert len(first) > 1
    assert len(whole.arms) == 2**3
    assert list(ceilings.arms) == list(PERFECT)
    assert ceilings.seeds == whole.seeds


def test_ceilings_stand_beside_the_package_and_are_not_judged(tmp_path: Path) -> None:
    game = Game(noise=0.0)
    findings = found(tmp_path, game)
    table = findings.ceilings
    assert table is not None
    assert list(dict.fromkeys(table["arm"])) == ["package", *PERFECT]
    default = table[table["metric"] == "default_rate"].set_index("arm")["difference"]
    assert default["ceiling_all"] == pytest.approx(sum(GAINS.values()))
    for name, gain in GAINS.items():
        assert default[f"ceiling_{name}"] == pytest.approx(gain)
    assert not set(PERFECT) & {*findings.runs["arm"], *findings.effects["arm"]}
    assert findings.verdicts is None or not findings.verdicts["what"].str.contains("ceiling").any()
    shown = text_of_study(stored(findings, game.plans[-2], tmp_path / "out"), 250)
    assert "Perfect recovery only" in shown


def test_prices_and_break_even_are_those_of_the_books(tmp_path: Path) -> None:
    findings = found(tmp_path, Game(noise=0.00001), quick=True)
    price = findings.prices.set_index(["arm", "kind"]).loc[("visits", "operating cost")]
    assert price["price"] == pytest.approx(1e6 / 10.0, rel=1e-2)  # .010 of 1,000 are 10 defaults
    # three measures cost 3 million, taxed at a quarter, and earn nothing: free, they break even
    assert findings.break_even["multiple"].iloc[0] == pytest.approx(0.0, abs=1e-9)


def test_a_study_says_in_short_what_its_tables_hold(tmp_path: Path) -> None:
    rise = "  rise: {kind: trend, metric: npl_ratio, arm: base, months: [1, 2], expect: higher}\n"
    game = Game(noise=0.0002)
    findings = found(tmp_path, game, STUDY + rise, quick=True)
    shown = text_of_study(stored(findings, game.plans[-1], tmp_path / "out"), 250)
    short = shown[shown.index("\nIn short\n") :]
    words = " ".join(short.split())
    effects = findings.effects.set_index(["arm", "metric"])
    base, package = (100 * effects.loc[("package", "default_rate"), k] for k in ("base", "other"))
    assert f"{base:.3f} to {package:.3f} % a year" in words  # -1.8 of visits, prices and a second
    assert effects.loc[("package", "default_rate"), "difference"] == pytest.approx(-0.018, abs=5e-4)
    level = 100 * findings.runs.set_index("arm").loc["base", "default_rate"].mean()
    assert f"{level:.1f}, {2 * level:.1f} % in months 1, 2" in words  # the game's bad loans
    assert "Contributes most: default rate, % a year significantly more than" in words
    assert "the next More visits, 72 % of the total" in words
    assert "next: More price" in words
    assert "Cheapest defaults avoided, by operating cost More visits, CNY" in words
    assert short.count("better") == 1
    # parts one upon another, in the order given; a pair that is told from the sum of both
    ladder = shown[shown.index("Measures added one by one") :]
    block = ladder[ladder.index("in the order given") :].splitlines()
    titles = ["Base case", "More visits", "More price", "More second"]
    assert [line.split("  ")[1] for line in block[1:5]] == titles
    pairs = shown[shown.index("Interactions: ") :].partition("\n\n")[0].splitlines()
    sure = [line for line in pairs if line.endswith("  yes")]
    assert [line.split("  ")[1] for line in sure] == ["More visits with More price"]
    assert len([line for line in pairs if line.endswith("  no")]) == 2


def test_in_short_holds_goals_that_pull_apart_and_not_every_claim_of_several_parts(
    tmp_path: Path,
) -> None:
    lower = "{kind: difference, metric: default_rate, base: base, other: package, expect: lower}"
    more = "{kind: difference, metric: profit, base: base, other: package, expect: higher}"
    both = (
        f"  both: {{kind: all-of, statement: better and richer, parts: [{lower}, {more}]}}\n"
        f"  safer: {{kind: all-of, statement: safer twice over, parts: [{lower}, {lower}]}}\n"
    )
    game = Game(noise=0.0002)
    findings = found(tmp_path, game, STUDY + both, quick=True)
    shown = text_of_study(stored(findings, game.plans[-1], tmp_path / "out"), 250)
    claims, _, short = shown.lower().partition("\nin short\n")
    assert "safer twice over" in claims
    assert "safer twice over" not in short
    assert "better and richer" in short
    assert "decided by the weakest of two parts: profit" in " ".join(short.split())
    assert "the weakest of two parts: profit" in " ".join(claims.split())


def test_a_study_ends_in_words_and_tables(tmp_path: Path) -> None:
    game = Game(noise=0.0002)
    findings = found(tmp_path, game, quick=True)
    shown = text_of_study(stored(findings, game.plans[-1], tmp_path / "out"), 100)
    assert "6 seeds (the number requested), 8 arms" in shown
    assert shown.index("Attribution of") < shown.index("Claim ") < shown.index("\nIn short\n")
    paths = save_study(findings, tmp_path / "out")
    names = {Path(path).name for path in paths}
    assert {"verdicts.csv", "attribution.csv", "study.json"} <= names
    assert all(Path(path).stat().st_size for path in paths)
