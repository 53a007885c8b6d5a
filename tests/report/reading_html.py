"""A page as a reader of its source sees it: elements, attributes, texts; no browser needed."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple


class Element(NamedTuple):
    """One element with its attributes and the text directly and indirectly in it."""

    tag: str
    attributes: dict[str, str]
    text: str


class Page(HTMLParser):
    """All elements of a page, in the order in which they end."""

    EMPTY = frozenset({"meta", "link", "img", "br"})

    def __init__(self, html: str):
        super().__init__()
        self.open: list[tuple[str, dict[str, str], list[str]]] = []
        self.elements: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag in self.EMPTY:
            self.elements.append(Element(tag, found, ""))
        else:
            self.open.append((tag, found, []))

    def handle_data(self, data: str) -> None:
        for _, _, texts in self.open:
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> ends nothing"
        name, attributes, texts = self.open.pop()
        assert name == tag, f"</{tag}> ends <{name}>"
        self.elements.append(Element(tag, attributes, "".join(texts)))

    def all(self, tag: str) -> list[Element]:
        """Return the elements of a tag."""
        return [one for one in self.elements if one.tag == tag]

    @property
    def text(self) -> str:
        """Everything that is read, its spaces made single."""
        return " ".join(self.all("body")[0].text.split())
