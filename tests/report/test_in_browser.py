"""The report opens in a real browser: quiet, alone, at any width, sorted and printed.

Needs Chromium and the extra `browser`.  Without one of them these tests are skipped, but never
where `CI` is set.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

pytestmark = pytest.mark.thorough

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL = "no Chromium is installed; install it with: apt-get install chromium"
EXTRA = "no Playwright is installed; install it with: pip install -e '.[browser]'"
DESKTOP, PHONE = (1280, 900), (390, 844)  # CSS pixels


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser without a window; skip, or fail where `CI` is set, if there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    lacks = INSTALL if found is None else EXTRA if find_spec("playwright") is None else ""
    if lacks:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(lacks)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=found)
        yield opened
        opened.close()


class Visit:
    """A page that was opened, and all that it said and asked for."""

    def __init__(self, browser: Browser, place: Path, size: tuple[int, int], script: bool = True):
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script
        )
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda fault: self.said.append(str(fault)))
        self.page.on("dialog", lambda dialog: (self.said.append("a dialog"), dialog.dismiss()))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(place.as_uri(), wait_until="load")


@pytest.fixture(params=["studied", "compared"])
def report(request: pytest.FixtureRequest) -> Path:
    """Give the page of a study and of a comparison, whose names are scripts."""
    folder: Path = request.getfixturevalue(request.param)
    return folder / "report.html"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_opens_quietly_and_alone_without_sideways_scrolling(
    browser: Browser, report: Path, size: tuple[int, int]
) -> None:
    visit = Visit(browser, report, size)
    page = visit.page
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate("document.documentElement.clientWidth") == size[0]
    # wide tables scroll in a box of their own, which stays inside the page
    boxes = page.evaluate(
        "[...document.querySelectorAll('.scroll, pre, h1, p, li, dd, figure')]"
        ".map((one) => one.getBoundingClientRect().right)"
    )
    assert len(boxes) > 20
    assert max(boxes) <= size[0]
    images = page.evaluate("[...document.images].map((one) => one.naturalWidth)")
    assert len(images) >= 3
    assert min(images) > 0
    assert visit.said == []
    assert visit.asked[0] == report.as_uri()
    assert all(url.startswith("data:") for url in visit.asked[1:])


def test_what_it_is_told_does_no_harm_and_is_read(browser: Browser, report: Path) -> None:
    visit = Visit(browser, report, DESKTOP)
    assert "<script>alert(1)</script>" in visit.page.inner_text("main")
    assert visit.page.evaluate("document.scripts.length") == 1
    assert visit.said == []


def test_the_browser_refuses_what_is_not_the_page_s_own(browser: Browser, report: Path) -> None:
    visit = Visit(browser, report, DESKTOP)
    ran = visit.page.evaluate(
        """() => {
            const foreign = document.createElement("script");
            foreign.textContent = "window.harm = 1";
            document.body.append(foreign);
            return window.harm === 1;
        }"""
    )
    assert not ran
    assert any("Content Security Policy" in words for words in visit.said)


def test_a_click_on_a_title_sorts_each_block_and_a_second_one_turns(
    browser: Browser, compared: Path
) -> None:
    rows = pd.read_csv(compared / "tables/outcomes.csv")
    page = Visit(browser, compared / "report.html", DESKTOP).page
    headings = page.locator("#table-outcomes .block th").all_inner_texts()
    assert headings == list(dict.fromkeys(rows["Group"]))

    def shown() -> list[list[str]]:
        blocks = page.locator("#table-outcomes tbody").all()
        return [block.locator("td:first-child").all_inner_texts() for block in blocks]

    def sorted_by(column: str, ascending: bool) -> list[list[str]]:
        blocks = [rows[rows["Group"] == heading] for heading in headings]
        order = [one.sort_values(column, ascending=ascending, kind="stable") for one in blocks]
        return [list(one["Outcome"]) for one in order]

    def plain(blocks: list[list[str]]) -> list[list[str]]:
        return [[name.replace("\N{NO-BREAK SPACE}", " ") for name in block] for block in blocks]

    assert len(headings) > 3
    header = page.locator("#table-outcomes thead th").nth(3)
    assert "Difference" in header.inner_text()
    for ascending, said in ((True, "ascending"), (False, "descending")):
        header.locator("button").click()
        assert plain(shown()) == sorted_by("Difference", ascending)  # no number comes last
        assert header.get_attribute("aria-sort") == said
    page.locator("#table-outcomes thead th").nth(0).locator("button").click()
    first = [name.lower() for name in shown()[0]]
    assert first == sorted(first)
    assert header.get_attribute("aria-sort") is None
    assert page.locator("#table-outcomes .block th").all_inner_texts() == headings


def test_it_is_read_without_a_script_too(browser: Browser, report: Path) -> None:
    visit = Visit(browser, report, PHONE, script=False)
    assert visit.page.locator("thead th").first.is_visible()
    assert visit.page.locator("th button").count() == 0
    assert visit.said == []


def test_it_prints(browser: Browser, report: Path) -> None:
    page = Visit(browser, report, DESKTOP).page
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF-")
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page/") >= 3
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    page.set_viewport_size({"width": 680, "height": 960})  # A4 less its margins
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
