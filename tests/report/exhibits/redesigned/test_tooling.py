from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from gapkit.redesign.tooling.tooling import ProcessFix
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.redesigned import tooling as mine

FIX = ProcessFix("O6", "tool at synthesis", ("synthesis",), ("O2",), "proposed")


def changed(r, **changes):
    return SimpleNamespace(eng=r.eng, tooling=replace(r.tooling, **changes))


def test_the_title_gives_hours_with_their_range(parts):
    """Three options, the sum of their means, 5 and 95 % points."""
    block = mine.tooling(parts("northwind"))

    assert "3 options on the shortlist give back 12.4 hours a week (90 % range 8.7 to 15.8)" == block.title
    assert ["yes", "yes", "yes", "no"] == [row[4] for row in block.table.rows][:4]
    assert "not measured" in block.reading


def test_an_empty_shortlist_says_so(parts):
    """Nothing is worth its cost: no hours are claimed."""
    r = parts("northwind")
    none = r.tooling.options.assign(is_shortlisted=False)
    block = mine.tooling(changed(r, shortlist=(), options=none))

    assert f"None of {len(none)} options is worth its cost as things stand" == block.title
    assert [] == disagreements([block.to_dict()])


def test_a_way_of_working_comes_before_the_tool_that_needs_it(parts):
    """Declined ones are left out; without any there is no page."""
    r = parts("northwind")
    block = mine.process_first(changed(r, process_first=(FIX, FIX._replace(standing="declined"))))

    assert "Process before tools: 1 tool cannot be chosen before the way of working it needs is agreed" == block.title
    assert (("O6 · tool at synthesis", "synthesis", "O2", "Proposed"),) == block.table.rows
    assert mine.process_first(changed(r, process_first=(FIX._replace(standing="declined"),))) is None


def test_manual_work_without_an_option_is_counted_in_hours(parts):
    """The hours of the title are those of the rows."""
    r = parts("small")
    block, left = mine.workarounds_left(r), r.tooling.unaddressed

    assert f"{len(left)} workarounds have no option yet: {left['hours'].sum():.1f} hours a week" == block.title
    assert list(left["step"]) == [row[0] for row in block.table.rows]
