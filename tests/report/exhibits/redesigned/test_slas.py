from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

from gapkit.report.blocks import Callout
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.redesigned import slas as mine


def changed(r, entries):
    return SimpleNamespace(eng=r.eng, slas=replace(r.slas, entries=tuple(entries)))


def test_the_title_counts_places_and_gives_the_limits(parts):
    """Five stages and five hand-offs, from the shortest to the longest time."""
    r = parts("northwind")
    block = mine.slas(r)

    assert "Agree a time for 5 stages and 5 hand-offs between teams: 2 to 11 business days" == block.title
    assert mine.BREACH in block.reading
    assert [one.answers for one in r.slas.held] == [row[6] for row in block.table.rows]


def test_a_time_within_the_day_is_said_in_words(parts):
    """Half a day reads as the same day, never as 0.5."""
    r = parts("northwind")
    block = mine.slas(changed(r, [replace(r.slas.entries[0], days=0.5)]))

    assert "Agree a time for 1 stage: same day" == block.title
    assert block.table.rows[0][3].startswith("same day")
    assert [] == disagreements([block.to_dict()])


def test_the_bound_stands_only_beside_the_percentile_itself(parts):
    """A time the client chose has no bound from the data."""
    r = parts("northwind")
    own = next(one for one in r.slas.entries if one.basis == "own waits")

    assert mine._bound(own).startswith(" (")
    assert "" == mine._bound(replace(own, days=own.days + 1))


def test_when_all_are_declined_one_line_is_left(parts):
    """Nothing holds, nothing is drawn."""
    r = parts("northwind")
    block = mine.slas(changed(r, [replace(one, standing="declined") for one in r.slas.entries]))

    assert isinstance(block, Callout)


def test_many_places_end_in_the_workbook(parts):
    """Ten on the page; the foot says how many there are."""
    r = parts("all killers")
    block = mine.slas(r)

    assert 10 == len(block.table.rows)
    assert block.foot.startswith(f"The first 10 of {len(r.slas.held)} times")
