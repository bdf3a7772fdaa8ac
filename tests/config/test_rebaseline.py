from __future__ import annotations

import datetime as dt

from gapkit.config import Rebaseline
from gapkit.config.rebaseline import rebaseline_problems


def test_new_limits_may_begin_on_the_first_day_after_the_baseline(changed):
    """The baseline of this engagement ends on 30 June 2026; the day after is the first that may be decided on."""
    inside, after = dt.date(2026, 6, 30), dt.date(2026, 7, 1)
    config = changed(rebaseline=(Rebaseline(inside, "a forum", 9), Rebaseline(after, "a forum", 10)))

    (problem,) = rebaseline_problems(config)

    assert ("engagement.yml", 9, "2026-06-30") == (problem.file, problem.row, problem.value)
    assert "after 2026-06-30" in problem.allowed
