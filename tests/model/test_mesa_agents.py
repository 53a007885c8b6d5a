"""Firms, officers and banks as agents: what they know, what may be set, and when they are gone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.core.errors import RequestError
from sim.mesa_adapter.agents import Bank, Firm, LoanOfficer
from sim.mesa_adapter.lending_model import LendingModel
from sim.mesa_adapter.rows import GoneError
from sim.state.applications import APPLICATIONS
from sim.state.firms import FIRMS
from sim.state.loans import LOANS
from sim.state.officers import OFFICERS
from sim.state.population import Population


def two_banks() -> LendingModel:
    given = {"banks": {"a": {}, "b": {}}, "firms.count": 300}
    return LendingModel(seed=4, burn_in__months=8, horizon=6, set=given)


@pytest.fixture(scope="module")
def model() -> LendingModel:
    """A model to be read only."""
    return two_banks()


def borrower(model: LendingModel, lender: int = 0) -> Firm:
    return model.firm(int(model.market.live_at(lender)[0]))


def test_every_declared_column_is_an_attribute(model: LendingModel) -> None:
    firm, market = borrower(model), model.market
    doubles = {"lender", "seat", "pd"}
    assert doubles == {c.name for c in APPLICATIONS} & {c.name for c in LOANS}
    expected = {c.name: market.firms for c in FIRMS} | {c.name: market.loans for c in LOANS}
    for column in APPLICATIONS:
        if column.name not in doubles:
            expected[column.name] = market.applications
    for name, table in expected.items():
        assert np.array_equal(getattr(firm, name), getattr(table, name)[..., firm.row]), name
    for name in doubles:
        there = getattr(market.applications, name)[firm.row]
        assert getattr(firm, f"application_{name}") == there
    assert type(firm.cash) is float
    assert type(firm.diverting) is bool
    officer = next(iter(model.agents_by_type[LoanOfficer]))
    for column in OFFICERS:
        assert getattr(officer, column.name) == getattr(market.officers, column.name)[officer.row]
    assert Firm.cash.__doc__ == f"{FIRMS['cash'].meaning} [CNY]"


def test_the_same_row_is_the_same_agent(model: LendingModel) -> None:
    assert model.firm(7) is model.firm(7)
    assert next(iter(model.agents_by_type[Firm].select(lambda f: f.row == 7))) is model.firm(7)
    with pytest.raises(RequestError, match="there are 300, from 0"):
        model.firm(300)


def test_agents_know_one_another(model: LendingModel) -> None:
    market = model.market
    for bank in model.banks.values():
        owed = [f.balance for f in bank.borrowers]
        assert sum(owed) == pytest.approx(bank.gross_loans)
        assert {firm.bank for firm in bank.borrowers} == {bank}
        assert {officer.bank for officer in bank.officers} == {bank}
        assert sum(len(officer.borrowers) for officer in bank.officers) == len(owed)
        for firm in bank.borrowers:
            assert firm in firm.officer.borrowers
            assert firm.officer.seat == market.loans.seat[firm.row]
    rival, nobody = (int(np.flatnonzero(market.loans.lender == k)[0]) for k in (2, -1))
    assert model.firm(rival).bank is model.firm(rival).officer is None
    assert model.firm(nobody).bank is None


def test_a_bank_shows_its_books_ledger_and_policy(model: LendingModel) -> None:
    bank, market = model.banks["b"], model.market
    assert bank.equity == market.books.equity[1]
    assert bank.profit == market.ledger.profit[1]
    assert bank.npl_ratio == pytest.approx(market.ledger.npl[1] / market.books.gross_loans[1])
    assert bank.policy.approval.kind == "cut_off"
    assert model.agents_by_type[Bank].get("culture") == market.books.culture[:2].tolist()
    bank.note = "a bank is an ordinary agent"
    assert bank.note.startswith("a bank")


def test_a_firms_file_at_a_bank(model: LendingModel) -> None:
    firm = borrower(model, lender=1)
    at_b, relations = firm.file_at("b"), model.market.relations
    assert firm.file_at(model.banks["b"]).known_since == at_b.known_since
    row = 300 + firm.row  # relations stand bank by bank
    assert at_b.known_since == relations.known_since[row]
    assert np.array_equal(at_b.belief_mean, relations.belief_mean[:, row])
    assert not np.array_equal(at_b.belief_mean, firm.file_at("a").belief_mean)
    with pytest.raises(RequestError, match="no bank 'c'; known: a, b"):
        firm.file_at("c")


def test_what_is_set_by_hand_stands_in_the_tables() -> None:
    model = two_banks()
    firm, market = model.firm(5), model.market
    others = np.delete(market.firms.cash, 5)
    firm.cash = 1234.5
    firm.cash += 1
    firm.diverting = True
    assert (market.firms.cash[5], market.firms.diverting[5]) == (1235.5, True)
    assert np.array_equal(np.delete(market.firms.cash, 5), others)
    firm.quality = [1, 0, 0, 0, 2]
    weights = Population().weights
    assert market.firms.theta[5] == pytest.approx(weights[0] + 2 * weights[4])

    firms = model.agents_by_type[Firm]
    some = firms.select(at_most=4)
    assert some.set("turnover", [1e6, 2e6, 3e6, 4e6]) is some
    assert market.firms.turnover[:4].tolist() == [1e6, 2e6, 3e6, 4e6]
    some.set("quality", np.arange(20.0).reshape(4, 5) / 4)
    assert market.firms.quality[:, 2].tolist() == [2.5, 2.75, 3.0, 3.25, 3.5]
    some.set("quality", [1, 2, 3, 4, 5])
    assert market.firms.quality[1, :5].tolist() == [2, 2, 2, 2, market.firms.quality[1, 4]]
    model.agents_by_type[LoanOfficer].set("experience", 60)
    assert set(model.agents_by_type[LoanOfficer].get("experience")) == {60.0}
    model.banks["a"].culture = 0.9
    assert market.books.culture[0] == 0.9


def test_a_hand_changes_what_happens() -> None:
    nobody_leaves = {"banks.main.staffing.turnover_monthly": 0.0}
    plain, slack = (
        LendingModel(firms__count=300, burn_in__months=2, horizon=3, set=nobody_leaves)
        for _ in range(2)
    )
    officers = slack.agents_by_type[LoanOfficer]
    officers.set("diligence", 0.1 * officers.agg("diligence", np.min))
    for model in (plain, slack):
        model.run_model()
    effort = plain.months["effort"].to_numpy()
    # effort is diligence times what haste and workload leave of it, design notes, section 4
    assert (slack.months["effort"] < 0.5 * effort).all()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("cahs", 1, "a firm has no 'cahs' to set; did you mean 'cash'?"),
        ("whiskers", 1, "its attributes are the columns"),
        ("theta", 1.0, "firms.theta cannot be set by hand: set quality"),
        ("balance", 0.0, "loans.balance cannot be set by hand"),
        ("generation", 3, "firms.generation cannot be set by hand"),
        ("amount", 1.0, "no table 'applications'"),
        ("turnover", -1.0, "firms.turnover must be above 0; found -1.0"),
        ("honesty", 1.5, "firms.honesty must be from 0 to 1; found 1.5"),
        ("informal_debt", -3, "must be at least 0"),
        ("cash", float("nan"), "firms.cash must be finite; found nan"),
        ("cash", "much", "firms.cash takes numbers; found 'much'"),
        ("cash", True, "takes numbers"),
        ("cash", [1, 2], "takes one value or an array (1,); found an array (2,)"),
        ("diverting", 1, "takes true or false"),
        ("opportunism", 1e300, "must be above 0; found inf"),
        ("quality", [1, 2], "(5, 1)"),
    ],
)
def test_what_may_not_be_set_is_refused(
    model: LendingModel, name: str, value: Any, said: str
) -> None:
    before = model.market.firms.cash.copy()
    with pytest.raises(RequestError) as caught:
        setattr(model.firm(5), name, value)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert np.array_equal(before, model.market.firms.cash)


def test_unknown_attributes_and_removals_are_refused(model: LendingModel) -> None:
    firm = model.firm(5)
    with pytest.raises(AttributeError, match="a firm has no 'cahs'; did you mean 'cash'"):
        _ = firm.cahs
    assert not hasattr(firm, "beard")
    assert getattr(firm, "beard", None) is None
    for leave in (firm.remove, model.banks["a"].remove, model.remove_all_agents):
        with pytest.raises(RequestError):
            leave()


def test_an_agent_whose_firm_has_gone_says_so() -> None:
    model = two_banks()
    firms = model.agents_by_type[Firm]
    ruined = firms.select(lambda firm: firm.lender == -1)
    all_along, before = list(ruined), firms.get("unique_id")
    for _ in range(4):  # three months in a row deep in the red
        ruined.set("cash", -1e12)
        model.step()
    gone = [firm for firm in all_along if firm.gone]
    assert gone
    assert {firm.row for firm in gone} <= set(np.flatnonzero(model.market.firms.generation > 0))
    old = gone[0]
    new = model.firm(old.row)
    assert new is not old
    assert not new.gone
    assert new.cash == model.market.firms.cash[old.row]
    for ask in (lambda: old.cash, lambda: setattr(old, "cash", 1.0), lambda: old.file_at("a")):
        with pytest.raises(GoneError, match=rf"firm {old.unique_id} of row {old.row} has gone"):
            ask()
    assert "gone" in repr(old)
    # sets that were taken before lose it; sets of all have the newcomer
    assert old not in ruined
    assert new not in ruined
    assert len(ruined) == len(all_along) - len(gone)
    assert new in firms
    assert old not in firms
    assert new.unique_id not in before
    assert len(set(before) | set(firms.get("unique_id"))) == 300 + len(gone)


def test_officers_leave_too() -> None:
    leaving = {"banks.main.staffing.turnover_monthly": 1.0}
    model = LendingModel(seed=4, burn_in__months=1, firms__count=1200, set=leaving)
    officers = list(model.banks["main"].officers)
    assert len(officers) == 2  # 1200 * 0.25 loans planned, 150 clients for each
    model.step()
    assert all(officer.gone for officer in officers)
    with pytest.raises(GoneError, match="loan officer"):
        _ = officers[0].experience
    assert len(model.banks["main"].officers) == 2
    assert model.banks["main"].officers.agg("experience", max) == 0.0


def test_seats_that_nobody_pays_for_have_no_officer() -> None:
    many = {"main": {"staffing": {"kind": "officers", "clients_per_officer": 25.0}}}
    model = LendingModel(firms__count=600, burn_in={"months": 2, "banks": many})
    before = list(model.agents_by_type[LoanOfficer])
    model.step()
    # 600 * 0.25 loans planned, 25 clients for each in the burn-in and 150 after
    assert (len(before), len(model.agents_by_type[LoanOfficer])) == (6, 1)
    assert [officer.gone for officer in before].count(True) >= 5
