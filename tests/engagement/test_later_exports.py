"""What is read at a day does not depend on exports that were made after it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import pandas.testing as pdt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gapkit as gk
from gapkit.engagement import Engagement

YML = """client: Acme
as_of: 2026-06-30
tz: America/New_York
currency: USD
sources:
  - {file: data/gl.csv, format: gitlab-csv, statuses: {doing: in_progress}}
"""
NEW_YEAR = dt.date(2026, 1, 1)
# Days of the exports, counted from new year; the first two are there at first, the rest is filed later.
WEEKS = (32, 39, 46, 53)
GITLAB = "Title,Issue ID,URL,State,Assignee,Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Labels\n"
TABLE = "program_id,type,team,status,current_end,actual_start,actual_end,cancelled_at,owners_now\n"
READ = [
    "program_id", "status", "current_end", "baseline_end", "committed_at", "actual_start", "actual_end", "cancelled_at",
    "closed_at", "first_seen_on", "owners_now", "is_status_assumed",
]  # fmt: skip


class Life(NamedTuple):
    """One program: the days on which it was listed, begun, ended (and how), and planned for which day."""

    listed: int
    begun: int | None
    ended: int | None
    how: str
    planned: tuple[tuple[int, int], ...]

    def at(self, day: int) -> tuple[str, int | None]:
        """Status and planned end on a day."""
        due = [end for on, end in sorted(self.planned) if on <= day]
        if self.ended is not None and self.ended <= day:
            return self.how, due[-1] if due else None
        return "in_progress" if self.begun is not None and self.begun <= day else "not_started", due[-1] if due else None


@st.composite
def lives(draw: st.DrawFn) -> Life:
    listed = draw(st.integers(20, 50))
    begun = draw(st.none() | st.integers(listed, 60))
    ended = None if begun is None else draw(st.none() | st.integers(begun, 62))
    plan = draw(
        st.lists(st.tuples(st.integers(20, 60), st.sampled_from([45, 60, 90])), max_size=2, unique_by=lambda p: p[0])
    )
    return Life(listed, begun, ended, draw(st.sampled_from(["delivered", "cancelled"])), tuple(plan))


def day(number: int | None) -> str:
    return "" if number is None else (NEW_YEAR + dt.timedelta(days=number)).isoformat()


def as_issue(number: int, life: Life, on: int) -> str:
    status, due = life.at(on)
    is_closed = status in ("delivered", "cancelled")
    closed, label = f"{day(life.ended)} 10:00:00" if is_closed else "", "workflow::doing" if status == "in_progress" else ""
    url, stamps = f"https://g/t/-/issues/{number}", f"{day(life.listed)} 10:00:00,{day(on)} 09:00:00,{closed}"
    return f"N,{number},{url},{'Closed' if is_closed else 'Open'},Ann,{day(due)},{stamps},{label}\n"


def as_row(number: int, life: Life, on: int) -> str:
    status, due = life.at(on)
    begun = life.begun if life.begun is not None and life.begun <= on else None
    ends = [day(life.ended) if status == how else "" for how in ("delivered", "cancelled")]
    return f"P{number},web,Web,{status},{day(due)},{day(begun)},{','.join(ends)},ann\n"


def read(folder: Path, programs: list[Life], weeks: tuple[int, ...]) -> Engagement:
    """File an export of every week, a tracker's and a table's, and read them at the second."""
    (folder / "engagement.yml").write_text(YML)
    for on in weeks:
        place = folder / "data" / "snapshots" / day(on)
        place.mkdir(parents=True, exist_ok=True)
        listed = [(number, life) for number, life in enumerate(programs) if life.listed <= on]
        (place / "gl.csv").write_text(GITLAB + "".join(as_issue(number, life, on) for number, life in listed))
        (place / "programs.csv").write_text(TABLE + "".join(as_row(number, life, on) for number, life in listed))
    return gk.load(folder, as_of=day(WEEKS[1]))


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programs=st.lists(lives(), min_size=1, max_size=4))
def test_exports_filed_later_change_nothing_that_is_read_at_an_earlier_day(
    tmp_path_factory: object, programs: list[Life]
) -> None:
    """Statuses, planned dates, the first promise, ends and owners are those of the day, whatever came after."""
    folder = tmp_path_factory.mktemp("acme")  # type: ignore[attr-defined]
    known = [Life(20, None, None, "delivered", ()), *programs]  # one is there from the first export on
    then = read(folder, known, WEEKS[:2])
    now = read(folder, known, WEEKS)

    pdt.assert_frame_equal(then.programs[READ], now.programs[READ])
    assert then.status_events["event_id"].tolist() == now.status_events["event_id"].tolist()
