from __future__ import annotations

import pandas as pd

from gapkit.config import Source
from gapkit.intake.reading.events import tidy_event_values
from gapkit.intake.reading.parse import Reading


def test_values_are_written_as_the_tables_write_them() -> None:
    """Statuses are translated, dates become YYYY-MM-DD, owners a ; list; the unreadable stays for the check to name."""
    events = pd.DataFrame(
        {
            "field": ["status", "status", "end", "end", "owner", "scope", "end"],
            "old": ["To do", None, "03/04/2026", None, "ana", "03/04/2026", None],
            "new": ["LIVE", "odd", "25/04/2026", "2026-05-01T03:00:00Z", "ana, ben", "x", "soon"],
        }
    ).astype("str")
    source = Source(statuses={"Live": {"status": "delivered"}, "To do": {"status": "not_started"}})

    tidy = tidy_event_values(events, source, Reading("America/New_York", "USD", mapped=frozenset({"new"})))

    assert ["delivered", "odd", "2026-04-25", "2026-04-30", "ana;ben", "x", "soon"] == tidy["new"].tolist()
    assert ["not_started", "2026-04-03", "ana", "03/04/2026"] == tidy["old"].dropna().tolist()
