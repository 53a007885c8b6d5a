"""The look can be read in grey, by the colour-blind and on white paper, and leaves no trace."""

from __future__ import annotations

from contextlib import suppress

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from sim.report.figures.style import BASE, DIFFERENCE, INK, OTHER, QUIET, house_style

# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def linear(colour: str) -> np.ndarray:
    """Return linear red, green and blue of an sRGB colour."""
    srgb = np.array(to_rgb(colour))
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def lightness(colour: str) -> float:
    """Return CIE L*, 0 black to 100 white."""
    return 116 * np.cbrt(luminance(colour)) - 16


@pytest.mark.parametrize("colour", [BASE.colour, OTHER.colour, DIFFERENCE.colour, INK, QUIET])
def test_words_in_every_colour_are_legible_on_white(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5  # WCAG 2, level AA


def test_a_grey_print_keeps_the_arms_apart() -> None:
    assert abs(lightness(BASE.colour) - lightness(OTHER.colour)) >= 20
    assert BASE.line != OTHER.line


@pytest.mark.parametrize("kind", BLINDNESS)
def test_the_arms_differ_for_the_colour_blind(kind: str) -> None:
    seen = [np.array(BLINDNESS[kind]) @ linear(pen.colour) for pen in (BASE, OTHER)]
    assert np.abs(seen[0] - seen[1]).max() >= 0.1


def test_settings_are_restored_even_after_a_failure() -> None:
    before, inside = dict(matplotlib.rcParams), {}
    with suppress(RuntimeError), house_style():
        inside = dict(matplotlib.rcParams)
        raise RuntimeError
    assert inside["svg.hashsalt"] == "smelend"
    assert dict(matplotlib.rcParams) == before


def test_a_readers_own_settings_do_not_change_a_figure() -> None:
    with matplotlib.rc_context({"lines.linewidth": 9.0}), house_style():
        assert (
            matplotlib.rcParams["lines.linewidth"] == matplotlib.rcParamsDefault["lines.linewidth"]
        )
