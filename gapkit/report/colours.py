"""An accent colour made readable: contrast as the web's accessibility guidelines measure it."""

from __future__ import annotations

from typing import Final

# Contrast of text on white that WCAG 2.2 asks for at level AA.
ENOUGH: Final = 4.5


def readable(colour: str) -> str:
    """Return the colour, darkened until it can be read as text on white.

    Parameters
    ----------
    colour : str
        ``#rrggbb``.

    Notes
    -----
    Contrast is (1 + 0.05) / (L + 0.05) with L the relative luminance of sRGB; the colour is scaled towards black in steps
    of five percent, which keeps its hue.

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2, success criterion 1.4.3.

    Examples
    --------
    >>> readable("#0b3c5d"), readable("#ffd400")
    ('#0b3c5d', '#8c7400')
    """
    channels = bytes.fromhex(colour[1:])
    shades = (bytes(int(c * (20 - step) / 20) for c in channels) for step in range(20))
    return "#" + next(shade for shade in shades if contrast_on_white(shade) >= ENOUGH).hex()


def contrast_on_white(channels: bytes) -> float:
    """Return the contrast of three sRGB bytes on white, 1 (white) to 21 (black).

    Examples
    --------
    >>> contrast_on_white(bytes([0, 0, 0])), contrast_on_white(bytes([255, 255, 255]))
    (21.0, 1.0)
    """
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return round(1.05 / (luminance + 0.05), 10)
