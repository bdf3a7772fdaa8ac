from __future__ import annotations

import pytest

from gapkit.config import Settings
from gapkit.cost.ledger import ThreePoint, three_point
from gapkit.errors import InputError


def test_three_settings_make_one_estimate():
    """Lowest, most likely, highest, each a setting of its own."""
    assert ThreePoint(0.3, 0.6, 1.0) == three_point(Settings(), "perishable_loss")


def test_settings_out_of_order_are_refused_with_what_to_do():
    """A most likely value above the highest is named, not drawn from."""
    with pytest.raises(InputError, match=r"settings.idle_share.*not in order.*0, 0.4, 0.25") as refused:
        three_point(Settings(idle_share=0.4), "idle_share")

    assert "Put the three in order." in str(refused.value)
