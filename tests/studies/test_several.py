"""One set of measures in several banks: common seeds, one table, claims judged together."""

from pathlib import Path

import pytest

from sim.analysis.experiments.kinds.banks import load_several
from sim.analysis.study.several import SeveralFindings, conduct_several
from sim.apps.results_text import text_of_study
from sim.apps.study_files import save_several
from sim.core.errors import RequestError
from tests.studies.ledgers import EFFECTS, STUDY, TOGETHER, Game, write_study
from tests.studies.stored import store_runs

ROOT = Path(__file__).parents[2]
NAMES = ("north", "south")
MANY = """\
kind: banks
title: Does it add up everywhere?
hypothesis: It does.
studies: [north/north.yaml, south/south.yaml]
measures: [north/visits.yaml, north/price.yaml]
parts: {visits: [visits], price: [price]}
metrics: [default_rate, profit, cost, defaults]
seeds: {quick: 6, half_width: 0.0005, fewest: 20, cap: 200}
questions: [alone, attribution]
claims:
  visits: {kind: difference, statement: "Visits lower default",
           metric: default_rate, base: base, other: visits, expect: lower}
  own: {kind: difference, statement: "The bank's own package lowers default",
        metric: default_rate, base: base, other: own, expect: lower}
"""


def write_banks(folder: Path, text: str = MANY, own: str = STUDY) -> Path:
    """Write two banks, the second of which proposes a second review alone."""
    for name in NAMES:
        home = folder / name
        home.mkdir()
        words = own if name == "north" else own[: own.index("claims:")]
        if name == "south":
            words = words.replace("[visits.yaml, price.yaml, second.yaml]", "[second.yaml]")
        write_study(home, words).rename(home / f"{name}.yaml")
    base = folder / "south" / "base.yaml"
    base.write_text("firms: {count: 250}\n" + base.read_text("utf-8"), "utf-8")
    path = folder / "many.yaml"
    path.write_text(text, "utf-8")
    return path


class Games:
    """A game per bank, which may be noisier in one of them."""

    def __init__(self, **noise: float):
        self.games = {name: Game(noise.get(name, 0.0002)) for name in NAMES}

    def __call__(self, plan, name):  # type: ignore[no-untyped-def]
        return self.games[name.partition("/")[0]](plan)


def found(folder: Path, games: Games, **asked: object) -> SeveralFindings:
    several = load_several(write_banks(folder))
    return conduct_several(several, games, **asked)  # type: ignore[arg-type]


def test_the_table_has_each_measure_all_together_and_the_banks_own_package(tmp_path: Path) -> None:
    findings = found(tmp_path, Games(north=1e-9, south=1e-9), quick=True)
    table = findings.effects
    mine = table[table["metric"] == "default_rate"].set_index(["bank", "arm"])["difference"]
    together = EFFECTS["visits"] + EFFECTS["price"] + TOGETHER
    own = {"north": sum(EFFECTS.values()) + TOGETHER, "south": EFFECTS["second"]}
    for bank in NAMES:
        assert mine[bank, "visits"] == pytest.approx(EFFECTS["visits"])
        assert mine[bank, "price"] == pytest.approx(EFFECTS["price"])
        assert mine[bank, "package"] == pytest.approx(together)
        assert mine[bank, "own"] == pytest.approx(own[bank])
    price = findings.prices.set_index(["bank", "arm", "kind"])["price"]
    # visits cost a million and avoid 1,000 x .010 defaults
    assert price["south", "visits", "operating cost"] == pytest.approx(1e5, rel=1e-5)
    for one in findings.banks.values():
        assert one.leader == ("visits", "price", True)
    assert findings.attribution is None  # a first look asks `alone` only


def test_the_bank_that_needs_most_seeds_sets_them_for_all(tmp_path: Path) -> None:
    games = Games(north=0.0001, south=0.002)
    findings = found(tmp_path, games)
    assert findings.stopped == "precision"
    assert findings.seeds > 20
    last = {name: game.plans[-1] for name, game in games.games.items()}
    assert last["north"].seeds == last["south"].seeds == tuple(range(1, findings.seeds + 1))
    assert findings.attribution is not None
    assert set(findings.attribution["bank"]) == set(NAMES)


def test_claims_of_all_banks_are_one_family(tmp_path: Path) -> None:
    table = found(tmp_path, Games(), quick=True).verdicts
    assert list(table["bank"] + "/" + table["claim"]) == [
        "north/visits", "north/own", "south/visits", "south/own",
    ]  # fmt: skip
    words = dict(zip(table["bank"] + "/" + table["claim"], table["verdict"], strict=True))
    assert words["south/own"] == "refuted"  # a second review alone raises default
    assert {words[k] for k in words if k != "south/own"} == {"supported"}
    # Holm by hand: sorted, times 4, 3, 2, 1, never falling
    p, adjusted, least = table["p"].sort_values(), {}, 0.0
    for k, (row, value) in enumerate(p.items()):
        least = max(least, min(1.0, (4 - k) * value))
        adjusted[row] = least
    assert table["p_holm"].to_dict() == pytest.approx(adjusted)


def test_its_text_has_every_bank_and_ends_in_verdicts(tmp_path: Path) -> None:
    games, out = Games(), tmp_path / "out"
    findings = found(tmp_path, games, quick=True)
    for bank, one in findings.banks.items():
        plan = games.games[bank].plans[-2]  # the last are the ceilings
        store_runs(one, plan, out / bank, bank=bank, banks=list(NAMES))
    save_several(findings, out)
    text = text_of_study(out, 100)
    assert "6 seeds (the number requested), the same for 2 banks" in text
    assert "use the same base scenario" not in text  # 250 firms are not 3,000
    assert text.rindex("visits lower default") > text.index("The bank's own package")
    for bank in ("North", "South"):
        assert f"{bank}: The bank's own package" in text
        assert f"{bank}: visits lower default" in text


def test_banks_that_start_from_one_world_are_said_to(tmp_path: Path) -> None:
    path = write_banks(tmp_path)
    assert load_several(path).twins == []
    (tmp_path / "south" / "base.yaml").write_text(
        (tmp_path / "north" / "base.yaml").read_text("utf-8") + "why: another name\n", "utf-8"
    )
    assert load_several(path).twins == [("north", "south")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("south/south.yaml]", "north/north.yaml]", "4:29: studies.1: 'north' is named twice"),
        (", south/south.yaml]", "]", "studies: name at least two"),
        ("other: visits", "other: vists", "claims.visits: no arm called 'vists'"),
        ("north/price.yaml]", "north/prize.yaml]", "no such file 'north/prize.yaml'; did"),
    ],
)
def test_a_wrong_file_is_refused_before_any_run(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    games = Games()
    assert old in MANY
    path = write_banks(tmp_path, MANY.replace(old, new))
    with pytest.raises(RequestError) as error:
        conduct_several(load_several(path), games, quick=True)
    assert said in str(error.value)
    assert not any(game.plans for game in games.games.values())


def test_the_five_banks_can_be_built() -> None:
    several = load_several(ROOT / "experiments" / "five_banks.yaml")
    assert list(several.studies) == ["qn", "zhengzhou", "xm", "l_branch", "foreign"]
    assert len(several.content.measures) == 10
