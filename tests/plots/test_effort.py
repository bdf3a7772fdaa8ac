from __future__ import annotations

import pandas as pd

from gapkit.plots.effort import describe_effort, plot_effort
from gapkit.plots.theme import PALETTE, theme

ROWS = pd.DataFrame({"label": ["Brand", "Web"], "share": [0.4, 0.6], "in_flight": [1, 3], "keep": [True, False]})


def test_bars_are_shares_and_dark_where_kept():
    """Forty and sixty per cent, each with its programs beside it."""
    from matplotlib.colors import to_hex

    with theme():
        axes = plot_effort(ROWS)

    bars = axes.containers[0]
    assert [40.0, 60.0] == [bar.get_width() for bar in bars]
    assert [PALETTE["delivered"], PALETTE["planned"]] == [to_hex(bar.get_facecolor()) for bar in bars]
    assert ["40 %  (1 program)", "60 %  (3 programs)"] == [text.get_text() for text in axes.texts]


def test_an_organisation_with_nothing_in_flight_still_has_a_scale():
    """Shares of zero leave room for their texts."""
    with theme():
        axes = plot_effort(ROWS.assign(share=0.0, in_flight=0))

    assert axes.get_xlim()[1] > 5


def test_alt_text_has_every_share():
    """In words."""
    assert "Web (not to keep): 60 %, 3 programs" in describe_effort(ROWS)
