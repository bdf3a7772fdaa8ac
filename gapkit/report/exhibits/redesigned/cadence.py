"""Exhibits of the cadence: the weeks ahead, what is asked each time, what stops, the cut of a small organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gapkit.labels import label_count, label_list, label_number, label_period, label_share, sentence_case
from gapkit.plots.weeks_ahead import describe_weeks_ahead, plot_weeks_ahead
from gapkit.redesign.cadence.wording import NO_REVIEWS
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, foot
from gapkit.report.exhibits.redesigned.parts import NOTHING, Parts, joined

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from gapkit.redesign.cadence.cadence import Cadence, Series

MOST_STOPS: Final = 15


class Lane(NamedTuple):
    """Series that take place at the same time in the same way: one row of the calendar.

    Attributes
    ----------
    name : str
        As people say it.
    series : tuple of Series
        One, or the same meeting of several units.
    """

    name: str
    series: tuple[Series, ...]


def lanes_of(cadence: Cadence) -> tuple[Lane, ...]:
    """Return the rows of the calendar: the same meeting of several units stands in one row.

    Parameters
    ----------
    cadence : Cadence
        Its series that were not declined.
    """
    together: dict[Any, list[Series]] = {}
    for one in cadence.held:
        stem = one.name.partition(", ")[0]
        key = (stem, one.rhythm, one.weekday, one.time, one.length_minutes, one.starts_on, one.questions)
        together.setdefault(key, []).append(one)
    return tuple(
        Lane(found[0].name if len(found) == 1 else f"{key[0]} of each of {len(found)} units", tuple(found))
        for key, found in together.items()
    )


def cadence(r: Parts) -> Exhibit | Callout:
    """Return the weeks ahead as a calendar, and each series with its length and who takes part."""
    part = r.cadence
    if not part.held:
        return Callout("note", part.sentence)
    lanes = lanes_of(part)
    rows = [(lane.series[0].id, lane.name) for lane in lanes]
    # What is moved in one unit is moved in all of them: the first stands for the row.
    dates = part.dates.loc[part.dates["series"].isin([name for name, _ in rows])]
    table, n, at = _series_table(lanes), len(part.held), label_period(part.first_on, part.last_on)
    title = f"{label_count(n, 'series', 'series')} of meetings, {label_count(len(part.dates), 'date')} in the weeks ahead"
    moved = int(part.dates["moved"].astype(bool).sum())
    shifts = f"{label_count(moved, 'date')} moved for days off, or so that nobody sits in two meetings." if moved else ""
    agreed = sum(one.standing == "agreed" for one in part.held)
    stand = f"{label_number(agreed)} of {label_number(n)} series agreed; the others are a proposal." if agreed else (
        "All of it is a proposal until it is agreed."
    )  # fmt: skip
    return Exhibit(
        "cadence", title, draw(r.eng, plot_weeks_ahead, dates, rows, part.first_on, part.last_on),
        alt=describe_weeks_ahead(dates, rows), table=table,
        reading=joined(stand, shifts, "The same dates are in the calendar file."),
        foot=f"Dates from {at}, times in {part.tz} · Days off go to the next business day",
        facts=(*map(label_number, (n, len(part.dates), moved, agreed)), *facts_of_table(table)),
    )  # fmt: skip


def _series_table(lanes: tuple[Lane, ...]) -> Table:
    columns = (Column("Series", width=0.25), Column("When", width=0.33), Column("Who", width=0.3),
               Column("Status", width=0.12))  # fmt: skip
    rows = [
        (lane.name, sentence_case(lane.series[0].when), _who(lane),
         sentence_case(label_list(list(dict.fromkeys(one.standing for one in lane.series)))))
        for lane in lanes
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def _who(lane: Lane) -> str:
    if len(lane.series) == 1:
        return label_list(list(lane.series[0].attendance))
    return f"of each unit: {label_list(_roles(lane.series[0]))}"


def _roles(one: Series) -> list[str]:
    """Return who takes part in the meeting of a unit, without the unit's name."""
    unit = one.name.partition(", ")[2]
    return [role.removesuffix(f" of {unit}") for role in one.attendance]


def standing_questions(r: Parts) -> Table | None:
    """Return what is asked each time, series by series; None where none is held, which `cadence` says."""
    lanes = lanes_of(r.cadence)
    if not lanes:
        return None
    columns = (Column("Series", width=0.25), Column("Asked each time, in this order", width=0.75))
    rows = [(lane.name if place == 1 else "", f"{place}. {question}") for lane in lanes
            for place, question in enumerate(lane.series[0].questions, start=1)]  # fmt: skip
    return Table(columns, tuple(rows), title="Standing questions")


def meetings_to_stop(r: Parts) -> Exhibit | Callout:
    """Return which of today's series stop, and what takes their place; without reviews on record, what would tell."""
    part = r.cadence
    if part.stops.empty:
        return Callout("missing", NO_REVIEWS)
    stopped, n = part.to_stop, len(part.stops)
    table = _stops_table(part)
    if stopped.empty:
        title = f"None of today’s {label_number(n)} kinds of meeting has to stop"
    else:
        named = label_list(list(stopped["name"]))
        title = f"Stop {label_number(len(stopped))} of today’s {label_number(n)} kinds of meeting: {named}"
    becomes = list(dict.fromkeys(word for word in stopped["becomes"] if word))
    place, instead = "its" if len(stopped) == 1 else "their", label_list([f"a {word} one" for word in becomes])
    new = f"In {place} place the new calendar has {instead}." if becomes else ""
    return Exhibit(
        "meetings_to_stop", title, table=table,
        reading=joined(new, "A meeting stops where it is dropped or moved, or decides nothing, too often."),
        foot=foot(r.eng, "Dropped or moved: not held, or held more than one business day off; 95 % intervals: Wilson",
                  n=f"n = {label_count(int(part.stops['n'].sum()), 'meeting')} scheduled", tables=("reviews",)),
        facts=(*map(label_number, (n, len(stopped))), *facts_of_table(table)),
    )  # fmt: skip


def _stops_table(part: Cadence) -> Table:
    columns = (Column("Today’s meetings", width=0.24), Column("Scheduled", "right", 0.1),
               Column("Dropped or moved", "right", 0.22), Column("Without a decision", "right", 0.22),
               Column("Advice", width=0.12), Column("Status", width=0.1))  # fmt: skip
    rows = [
        (sentence_case(row["name"]), label_number(row["n"]), _share(row, "off", "n"), _share(row, "empty", "n_counted"),
         sentence_case(row["advice"]), sentence_case(row["standing"]))
        for row in part.stops.to_dict(orient="records")
    ]  # fmt: skip
    return Table(columns, tuple(rows))


def _share(row: Mapping[Hashable, Any], name: str, n: str) -> str:
    """Return a count of what was counted, with its share and limits where there are enough."""
    if not row[n]:
        return NOTHING
    share = row[f"{name}_share"]
    if share != share:
        return f"{label_number(row[name])} of {label_number(row[n])}"
    low, high = (label_number(row[f"{name}_{end}"] * 100) for end in ("low", "high"))
    return f"{label_number(row[name])} of {label_number(row[n])}: {label_share(share)} ({low} to {high} %)"


def simplification(r: Parts) -> Exhibit | None:
    """Return the cut of a small organisation on one page; None for any other."""
    part = r.simplification
    if part is None:
        return None
    columns = (Column("", width=0.22), Column("", width=0.78))
    rows = [("Keep", one) for one in part.keep] + [("Stop: priority", one) for one in part.drop]
    named = [f"{row['program_id']} · {row['name']}" for row in part.programs.head(MOST_STOPS).to_dict(orient="records")]
    rows += [("Stop: program", one) for one in named]
    rest = len(part.programs) - len(named)
    rows += [("Stop: program", f"and {label_number(rest)} more: workbook, sheet Decide priorities")] if rest > 0 else []
    rows += [("Stop: meeting", sentence_case(one)) for one in part.meetings]
    rows += [("Check-in", part.when)] if part.when else []
    # Two points may take the same time, so these are named one by one.
    points = [(label_count(item.minutes, "minute"), item.question) for item in part.agenda]
    shown = [(name if place == 0 or rows[place - 1][0] != name else "", text) for place, (name, text) in enumerate(rows)]
    return Exhibit(
        "simplification", part.sentence.removesuffix("."), table=Table(columns, (*shown, *points)),
        reading=joined(*part.caveats),
        foot=f"A small organisation carries {label_count(part.limit, 'priority', 'priorities')} · decided with priorities "
             "and cadence",
        facts=(part.sentence, *part.caveats, *(text for row in (*rows, *points) for text in row)),
        quoted=(*part.keep, *part.drop),
    )  # fmt: skip
