"""The picture of the month in the documents is that of the plan."""

from __future__ import annotations

from sim.apps.month_picture import month_picture
from sim.model.month import PLAN
from sim.model.plan_edits import steps_of
from tests.apps.command import ROOT, Smelend


def test_the_documents_show_the_plan_as_it_is() -> None:
    assert f"```mermaid\n{month_picture(PLAN)}\n```" in (ROOT / "docs/architecture.md").read_text(
        encoding="utf-8"
    )


def test_every_step_is_in_the_picture_and_printed(smelend: Smelend) -> None:
    picture = smelend("describe", "month", "--format", "picture")
    listed = smelend("describe", "month", "--format", "csv")
    assert picture.status == listed.status == 0
    for _, by_bank, step in steps_of(PLAN):
        assert (f'[["{step.name}"]]' if by_bank else f'["{step.name}"]') in picture.out
        assert f",{step.name}," in listed.out
