from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.font_manager import FontProperties, findfont, fontManager

from gapkit.plots.theme import (
    FALLBACK_FAMILY,
    FONT_FAMILY,
    FONT_FOLDER,
    PALETTE,
    SEQUENTIAL,
    SERIES,
    SETS,
    TEXT_WIDTH_MM,
    LineEnd,
    fallback_folder,
    figure,
    label_ends,
    palette,
    rc,
    spread,
    theme,
    use,
)
from gapkit.vocabulary import STAGE_KINDS

# Machado, Oliveira and Fernandes 2009, IEEE TVCG 15:1291, severity 1.0, for linear RGB.
SIGHTS = {
    "usual": np.eye(3),
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TOGETHER = [*SETS.values(), SERIES]


def linear(colour: str) -> np.ndarray:
    channels = np.frombuffer(bytes.fromhex(colour[1:]), dtype=np.uint8) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear sRGB under D65."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ np.clip(rgb, 0, 1) / [0.95047, 1.0, 1.08883]
    root = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def colours_of(names: Sequence[str]) -> list[str]:
    return [PALETTE.get(name, name) for name in names]


def test_lab_against_published_values() -> None:
    """Pure sRGB red is L* 53.24, a* 80.09, b* 67.20 (Lindbloom)."""
    assert np.allclose([53.24, 80.09, 67.20], lab(linear("#ff0000")), atol=0.05)


@pytest.mark.parametrize("names", TOGETHER, ids=str)
def test_colours_that_meet_differ_in_grey(names: Sequence[str]) -> None:
    """On a black-and-white print any two of a set differ by at least 8 in lightness, a step the eye sees side by side."""
    lightness = sorted(lab(linear(colour))[0] for colour in colours_of(names))

    assert min(np.diff(lightness)) >= 8


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("names", TOGETHER, ids=str)
def test_colours_that_meet_differ_for_every_eye(names: Sequence[str], sight: str) -> None:
    """For the common kinds of colour blindness any two of a set stay at least 10 apart in CIE L*a*b*."""
    seen = [lab(np.array(SIGHTS[sight]) @ linear(colour)) for colour in colours_of(names)]

    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) >= 10


def test_sequential_darkens_steadily() -> None:
    """A heat map copied in grey keeps its order."""
    lightness = [lab(linear(colour))[0] for colour in SEQUENTIAL]

    assert all(np.diff(lightness) < -6)


def test_every_stage_kind_has_its_colour() -> None:
    """The words of the vocabulary and the colours of stages are the same, waiting for wait."""
    assert {kind if kind != "wait" else "waiting" for kind in STAGE_KINDS} == set(SETS["stages"])


def test_ink_can_be_read() -> None:
    """Text on paper has at least the contrast WCAG asks for, 4.5."""
    for name in ("ink", "muted"):
        luminance = linear(PALETTE[name]) @ [0.2126, 0.7152, 0.0722]

        assert 1.05 / (luminance + 0.05) >= 4.5


def test_accent_takes_no_other_meaning() -> None:
    """The client's colour changes the accent and nothing else; a slip is refused."""
    changed = {name for name, colour in palette("#ff00aa").items() if colour != PALETTE[name]}

    assert {"accent"} == changed
    with pytest.raises(ValueError, match="accent == 'pink', must be a colour written as #rrggbb"):
        palette("pink")


def test_fonts_of_the_report() -> None:
    """Each weight is found in the report's own files, not somewhere on the machine."""
    with theme():
        found = {weight: findfont(FontProperties(family=FONT_FAMILY, weight=weight)) for weight in (400, 600, 700)}

    assert {400: "SourceSans3-Regular.ttf", 600: "SourceSans3-Semibold.ttf", 700: "SourceSans3-Bold.ttf"} == {
        weight: path.rpartition("/")[2].rpartition("\\")[2] for weight, path in found.items()
    }
    assert (FONT_FOLDER / "OFL.txt").is_file()
    assert (fallback_folder() / "DejaVuSans.ttf").is_file()


@pytest.mark.parametrize("family", [FONT_FAMILY, FALLBACK_FAMILY])
def test_every_weight_is_in_both_families(family: str) -> None:
    """Else matplotlib warns, once per process: in whichever notebook draws it first."""
    with theme():
        weights = {int(font.weight) for font in fontManager.ttflist if font.name == family}

    assert {400, 600, 700} <= weights


def test_theme_ends_with_its_block() -> None:
    """Drawing in the theme leaves no trace in an analyst's session; `use` sets it for good."""
    before = dict(mpl.rcParams)
    with theme("#0b5fff"):
        assert "none" == mpl.rcParams["svg.fonttype"]
    assert before == dict(mpl.rcParams)

    with mpl.rc_context():
        use()

        assert "none" == mpl.rcParams["svg.fonttype"]


def test_settings_are_known_to_matplotlib() -> None:
    """No setting is misspelled."""
    assert set(rc()) <= set(mpl.rcParams)


def test_theme_decorates_a_plot() -> None:
    """A decorated function draws in the theme each time it is called."""

    @theme()
    def draw() -> Any:
        return mpl.rcParams["font.family"]

    assert [FONT_FAMILY, "DejaVu Sans"] == draw() == draw()


def test_figure_is_as_wide_as_the_text() -> None:
    """A chart printed at its own size has letters of the size it says."""
    with theme():
        (full, _), (half, _) = figure(height_mm=50), figure("half")

    assert pytest.approx([TEXT_WIDTH_MM, 50, 80]) == [
        side * 25.4 for side in (full.get_figwidth(), full.get_figheight(), half.get_figwidth())
    ]


def test_labels_at_line_ends_do_not_touch() -> None:
    """Two lines that end together get labels a line apart, in the order given, in their colours."""
    with theme():
        _, axes = figure()
        axes.set_ylim(0, 100)
        texts = label_ends(axes, [LineEnd("a", 1, 50.0, "#111111"), LineEnd("b", 1, 50.5, "#222222")], gap_pt=10)
    heights = [text.xyann[1] + axes.transData.transform((1, text.xy[1]))[1] * 72 / 100 for text in texts]

    assert ["a", "b"] == [text.get_text() for text in texts]
    assert ["#111111", "#222222"] == [text.get_color() for text in texts]
    assert pytest.approx(10) == heights[1] - heights[0]


@given(st.lists(st.floats(-1e3, 1e3), max_size=12), st.floats(0, 50))
def test_spread(positions: list[float], gap: float) -> None:
    """Places come out at least a gap apart, keep their order and their centre, and stay where there was room."""
    placed = spread(positions, gap)
    order = np.argsort(positions, kind="stable")
    moved = np.array(placed)[order]

    assert all(np.diff(moved) >= gap - 1e-6)
    assert np.isclose(sum(placed), sum(positions), atol=1e-6)
    if len(positions) > 1 and min(np.diff(np.array(positions)[order])) >= gap:
        assert np.allclose(positions, placed)


def test_palette_cannot_be_changed() -> None:
    """A plot that paints over the palette would change every chart after it."""
    assert isinstance(PALETTE, Mapping)
    with pytest.raises(TypeError):
        PALETTE["good"] = "#000000"  # type: ignore[index]
