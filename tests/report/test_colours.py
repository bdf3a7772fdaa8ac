from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gapkit.report.colours import contrast_on_white, readable


def test_contrast_against_wcag() -> None:
    """Worked values of the contrast formula: #767676 is the lightest grey that passes AA on white, at 4.54 (WebAIM)."""
    assert 4.54 == round(contrast_on_white(bytes.fromhex("767676")), 2)
    assert 4.48 == round(contrast_on_white(bytes.fromhex("777777")), 2)


@given(st.binary(min_size=3, max_size=3))
def test_any_accent_can_be_read(channels: bytes) -> None:
    """Whatever colour a client brings, text in it passes AA on white; one dark enough is left alone."""
    colour = "#" + channels.hex()
    shade = readable(colour)

    assert contrast_on_white(bytes.fromhex(shade[1:])) >= 4.5
    assert (contrast_on_white(channels) < 4.5) == (shade != colour)
