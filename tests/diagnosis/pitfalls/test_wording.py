from __future__ import annotations

from gapkit.diagnosis.evidence import Finding
from gapkit.diagnosis.indicators.measured import About
from gapkit.diagnosis.pitfalls.wording import pitfalls_title
from gapkit.diagnosis.signs.signs import missing, sign_of
from gapkit.results import Result
from gapkit.vocabulary import name_of

UNPLANNED = About("Quarter 1", "unplanned starts", "", (), clause="{} of starts were unplanned")


def pitfall(name, verdict, clear=0, well=0):
    """So many clear signs, so many that are well, one never measured."""
    judged = [
        sign_of(UNPLANNED, Result("x", value, value - 0.05, value + 0.05, n=90)) for value in [0.5] * clear + [0.1] * well
    ]
    signs = (*judged, missing(UNPLANNED, "Programs would switch this on."))
    return Finding(name, "pitfall", name_of(name), verdict, None, None, None, None, None, None, (), "", "", (), signs)


def test_present_before_partly_before_not_shown_before_unknown():
    """Each with the signs behind it; what was not measured is not among those counted."""
    found = [pitfall("ivory_tower", "not shown", 0, 3), pitfall("tool_first", "present", 2),
             pitfall("campaign_of_the_quarter", "partly present", 1, 1)]  # fmt: skip

    assert (
        "Tool-first is present (2 of 2 signs clearly there); campaign of the quarter is partly present (1 of 2 signs "
        "clearly there); not shown: ivory tower (0 of 3 signs clearly there)" == pitfalls_title(found)
    )


def test_nothing_present_is_said_first():
    """And what could not be assessed is named apart."""
    found = [pitfall("ivory_tower", "not shown", 0, 3), pitfall("tool_first", "not assessable")]

    assert "No pitfall is shown: ivory tower (0 of 3 signs clearly there); not assessable: tool-first" == pitfalls_title(
        found
    )
