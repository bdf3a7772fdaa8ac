from __future__ import annotations

import pandas as pd
import pytest

from gapkit.config import Settings
from gapkit.measurement.effects.undated import ended_on, thin_undated, undated_words

DAY = pd.Timestamp("2026-08-20")


def programs(*rows):
    """Programs by status, day of delivery and day of cancellation."""
    frame = pd.DataFrame(rows, columns=["status", "actual_end", "cancelled_at"])
    return frame.astype({"actual_end": "datetime64[us]", "cancelled_at": "datetime64[us]"})


def test_the_end_of_a_program_goes_by_what_became_of_it():
    """A delivery day of a program taken up again is none, nor is one of a program cancelled."""
    found = ended_on(
        programs(("delivered", DAY, None), ("cancelled", DAY, None), ("cancelled", None, DAY), ("in_progress", DAY, None))
    )

    assert [True, False, True, False] == found.notna().tolist()


@pytest.mark.parametrize(
    ("undated", "dated", "cancelled", "words"),
    [
        (1, 4, 0, None),
        (2, 7, 0, "2 delivered programs of 9 without a date"),
        # Dated cancellations do not thin out what is unknown of deliveries.
        (2, 7, 50, "2 delivered programs of 9 without a date"),
    ],
)
def test_more_than_a_fifth_unknown_decides_the_figure(undated, dated, cancelled, words):
    """One of five is left out; two of nine are too many, whatever was cancelled."""
    rows = [*[("delivered", None, None)] * undated, *[("delivered", DAY, None)] * dated,
            *[("cancelled", None, DAY)] * cancelled]  # fmt: skip
    found = thin_undated("slip", programs(*rows), Settings(), "2026Q3")

    assert (found is None) if words is None else (found.status == "thin" and found.caveats[0].startswith(words))


def test_how_many_are_left_out_is_said():
    """Nothing where every day is known."""
    assert undated_words(programs(("delivered", DAY, None))) == ""
    assert (
        undated_words(programs(("delivered", None, None), ("cancelled", None, None)))
        == "2 programs that ended on an unknown day left out."
    )
