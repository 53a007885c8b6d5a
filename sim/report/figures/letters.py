"""Fonts for letters that the usual font lacks, such as Chinese, and a line where there is none."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

USUAL = "DejaVu Sans"  # comes with matplotlib, so figures look alike everywhere
CHINESE = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
    "Noto Sans CJK JP", "Noto Sans CJK TC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei",
    "Microsoft YaHei", "SimHei", "PingFang SC", "Hiragino Sans GB", "Heiti SC", "STHeiti",
    "Droid Sans Fallback", "AR PL UMing CN", "AR PL UKai CN", "SimSun", "Arial Unicode MS",
)  # fmt: skip # in the order of preference
_told: set[str] = set()  # letters that a line was printed about


@cache
def families() -> list[str]:
    """Return the fonts to draw with: the usual one, then an installed one that has Chinese."""
    from matplotlib.font_manager import fontManager

    installed = {font.name for font in fontManager.ttflist}
    return [USUAL, *[name for name in CHINESE if name in installed][:1]]


def missing_letters(text: str, fonts: list[str]) -> str:
    """Return the letters of a text that none of the fonts has, in order of first use."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    known: set[int] = set()
    for name in fonts:
        known |= set(get_font(findfont(FontProperties(family=[name]))).get_charmap())
    return "".join(
        letter
        for letter in dict.fromkeys(text)
        if letter.isprintable() and not letter.isspace() and ord(letter) not in known
    )


def tell_missing(figure: Figure) -> None:
    """Print one line about letters of a figure that no font here can draw; once for each set."""
    from matplotlib.text import Text

    text = "".join(str(one.get_text()) for one in figure.findobj(Text))
    if text.isascii():
        return
    missing = "".join(one for one in missing_letters(text, families()) if one not in _told)
    if missing:
        _told.update(missing)
        some = missing if len(missing) <= 20 else f"{missing[:20]}..."
        print(
            f"figures show boxes for {some}, since no installed font has these letters; install "
            "one, such as Noto Sans CJK",
            file=sys.stderr,
        )
