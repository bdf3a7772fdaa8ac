from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from gapkit.report.blocks import Callout
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.redesigned import priorities as mine
from gapkit.results import not_assessable


def changed(r, **changes):
    return SimpleNamespace(eng=r.eng, priorities=replace(r.priorities, **changes))


def test_the_title_gives_agreement_with_its_number(parts):
    """Kendall's W in the title, its interval in the reading, one row a priority."""
    r = parts("northwind")
    block = mine.priorities(r)

    assert block.title.startswith("People agree on the order of priorities: Kendall’s W is 0.")
    assert "95 % interval of W: " in block.reading
    assert len(r.priorities.order) == len(block.table.rows)


def test_without_rankings_the_order_stands_without_a_chart(parts):
    """Too few answers: priorities are listed, agreement is not known, nothing is in dispute."""
    r = parts("small")
    block = mine.priorities(r)

    assert "5 priorities hold today; an organisation of this size can carry 2" == block.title
    assert "" == block.svg
    assert "How far people agree on them is not known." in block.reading
    assert mine.disputes(r) is None


def test_disputes_are_an_agenda_the_most_contested_first(parts):
    """Numbered pairs; the first is where the workshop begins."""
    r = parts("all killers")
    block, first = mine.disputes(r), r.priorities.disputes.iloc[0]

    assert ("1", first["one"], first["other"]) == block.table.rows[0][:3]
    assert f"Begin with {first['one']} and {first['other']}." in block.reading
    assert [str(place) for place in range(1, 13)] == [row[0] for row in block.table.rows]


def test_without_disputes_the_workshop_is_told_so(parts):
    """No empty table."""
    r = parts("northwind")
    block = mine.disputes(changed(r, disputes=r.priorities.disputes.iloc[:0]))

    assert isinstance(block, Callout)


def test_effort_on_what_is_kept_and_the_rest_make_the_whole(parts):
    """The title's share is the sum over those kept; all rows of the chart make 100 %."""
    r = parts("northwind")
    rows = mine._efforts(r.priorities)

    assert abs(rows["share"].sum() - 1) < 1e-9
    assert r.priorities.top_effort.n == rows["in_flight"].sum()
    assert "49 % of the effort in flight serves the 4 priorities to keep" == mine.effort(r).title


def test_effort_nobody_can_tell_is_not_measured(parts):
    """Programs that name no priority: one line with the reason."""
    r = changed(parts("northwind"), top_effort=not_assessable("effort_on_kept", "No open program names a priority."))
    block = mine.effort(r)

    assert "Which priorities the effort serves is not known. No open program names a priority." == block.text
    assert "missing" == block.tone


def test_what_is_declined_is_not_stopped(parts):
    """A declined proposal is left out of count and table."""
    r = parts("northwind")
    n = len(r.priorities.stops)
    declined = r.priorities.stops.assign(standing=["declined"] + ["proposed"] * (n - 1))
    block = mine.stops(changed(r, stops=declined))

    assert block.title.startswith(f"{n - 1} open programs serve none of the priorities to keep")
    assert n - 1 == len(block.table.rows)
    assert [] == disagreements([block.to_dict()])


def test_reasons_add_up_to_the_programs(parts):
    """Every program to stop is in one of the reasons counted."""
    r = parts("northwind")
    counted = mine.stops(r).reading.split(". ")[0]

    assert len(r.priorities.stops) == sum(int(word) for word in counted.split() if word.isdigit())
