"""What nbval compares when it runs these notebooks: titles, sentences and values as text.

The same facts are stored as data and as HTML for the report; drawings in them differ in their last digits between machines.
"""

from __future__ import annotations

import pytest

from gapkit.report.blocks import BLOCK_MIME, PHASE_MIME


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Leave the report's own views out of the comparison."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("text/html", BLOCK_MIME, PHASE_MIME)
