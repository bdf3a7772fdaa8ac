from __future__ import annotations

import pytest


@pytest.fixture
def promised():
    """A program promised from 5 January to 20 February 2026 and running since, unless said otherwise."""

    def build(program: str, **more):
        return {
            "program_id": program, "type": "web", "team": "Web", "committed_at": "2025-12-20", "status": "in_progress",
            "baseline_start": "2026-01-05", "baseline_end": "2026-02-20", "actual_start": "2026-01-05", **more,
        }  # fmt: skip

    return build
