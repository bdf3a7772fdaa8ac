"""The plan as bars over weeks: who does what when, and what must be done before."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from gapkit.labels import MONTHS, label_count, label_period
from gapkit.plots.names import row_mm, wrap_name
from gapkit.plots.theme import PALETTE, figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from gapkit.redesign.plan.plan import Plan, PlanItem

MOST_ITEMS: Final = 24
WIDTH: Final = 38
HEIGHT: Final = 0.56
COLOURS: Final = {"check first": "waiting", "proposed": "planned", "agreed": "delivered"}
WEEK: Final = dt.timedelta(days=7)


def plot_gantt(plan: Plan, axes: Axes | None = None) -> Axes:
    """Draw the actions of a plan as bars, by the role that answers for them.

    Parameters
    ----------
    plan : Plan
        From `plan_actions`. At most twenty-four actions within the 90 days are drawn, the first to start; the table beside
        the chart holds the rest.

    Returns
    -------
    Axes
        One bar per action, roles in bold above theirs; a thin line from each prerequisite to what waits for it; lines at
        the day the data was read (where it lies within), day 60 and day 90.
    """
    rows = _rows(plan)
    names = [role if item is None else wrap_name(item.name, WIDTH) for role, item in rows]
    axes = axes or figure(height_mm=26 + row_mm(names, 6.0) * len(rows))[1]
    places = {item.id: place for place, (_, item) in enumerate(rows) if item is not None}
    for label, colour in COLOURS.items():
        chosen = [item for _, item in rows if item is not None and _kind(item) == label]
        axes.barh(
            [places[item.id] for item in chosen], [_end(item) - _begin(item) for item in chosen],
            left=[_begin(item) for item in chosen], height=HEIGHT, color=PALETTE[colour], label=label if chosen else None,
        )  # fmt: skip
    for _, item in rows:
        for need in item.needs if item is not None else ():
            _connect(axes, plan, need, item, places)
    _marks(axes, plan)
    _weeks(axes, plan)
    axes.set_yticks(range(len(rows)), names)
    for tick, (_, item) in zip(axes.get_yticklabels(), rows, strict=True):
        tick.set_fontweight(600 if item is None else "normal")
        tick.set_color(PALETTE["ink"])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    if places:
        axes.get_figure(root=True).legend(loc="outside lower center", ncols=len(COLOURS))  # type: ignore[union-attr]
    return axes


def _rows(plan: Plan) -> list[tuple[str, PlanItem | None]]:
    """Return a row per role and one per action below it; roles by their first action."""
    drawn = plan.items[:MOST_ITEMS]
    roles = dict.fromkeys(item.who for item in drawn)
    return [row for role in roles for row in ((role, None), *((role, item) for item in drawn if item.who == role))]


def _kind(item: PlanItem) -> str:
    return "check first" if item.is_check else item.standing


def _begin(item: PlanItem) -> float:
    return float(item.starts_on.toordinal()) if item.starts_on else float("nan")


def _end(item: PlanItem) -> float:
    """Return the end of the last day."""
    return float(item.ends_on.toordinal() + 1) if item.ends_on else float("nan")


def _connect(axes: Axes, plan: Plan, need: str, item: PlanItem | None, places: dict[str, int]) -> None:
    """Draw a line from the end of a prerequisite to the start of what waits for it."""
    before = next((one for one in plan.items if one.id == need), None)
    if item is None or before is None or need not in places:
        return
    top, bottom = places[need], places[item.id]
    edge = bottom - HEIGHT / 2 if bottom > top else bottom + HEIGHT / 2
    start = _begin(item) + 0.5
    axes.plot([_end(before), start, start], [top, top, edge], color=PALETTE["muted"], linewidth=0.7, zorder=0.8,
              gid="needs")  # fmt: skip


def _marks(axes: Axes, plan: Plan) -> None:
    """Draw the lines at today, day 60 and day 90, labels above the bars."""
    days = plan.days
    marks = {"day 60": days.day_60 + dt.timedelta(days=1), "day 90": days.ends_on + dt.timedelta(days=1)}
    if days.begins_on <= plan.today <= days.ends_on:
        marks["data read"] = plan.today
    taken: list[int] = []
    for label, day in sorted(marks.items(), key=lambda mark: mark[1]):
        axes.axvline(day.toordinal(), color=PALETTE["target" if label == "data read" else "ink"], linewidth=0.8, zorder=0.5)
        # Two marks within ten days of each other would write over each other: the second stands a line higher.
        high = any(abs(day.toordinal() - other) < 10 for other in taken)
        axes.annotate(label, (day.toordinal(), 1), xycoords=("data", "axes fraction"), xytext=(0, 15 if high else 3),
                      textcoords="offset points", ha="center", va="bottom", color=PALETTE["muted"])  # fmt: skip
        taken.append(day.toordinal())


def _weeks(axes: Axes, plan: Plan) -> None:
    """Put a tick on every second Monday, and the limits around the plan."""
    first, last = plan.days.begins_on, plan.days.ends_on
    monday = first + dt.timedelta(days=-first.weekday() % 7)
    shown = [monday + 2 * WEEK * step for step in range((last - monday).days // 14 + 1)]
    axes.set_xticks([day.toordinal() for day in shown], [f"{day.day} {MONTHS[day.month - 1][:3]}" for day in shown])
    starts = [_begin(item) for item in plan.items if item.starts_on]
    axes.set_xlim(min([float(first.toordinal()), *starts]) - 1, last.toordinal() + 3)


def describe_gantt(plan: Plan) -> str:
    """Return the alt text: the actions of each role with their dates."""
    told = []
    for role in dict.fromkeys(item.who for item in plan.items[:MOST_ITEMS]):
        own = [item for item in plan.items[:MOST_ITEMS] if item.who == role]
        told.append(f"{role}: " + ", ".join(f"{item.name} {_when(item)}" for item in own))
    begin = f"Bars of {label_count(len(plan.items), 'action')} by the role that answers"
    return f"{begin}. {'; '.join(told)}." if told else f"{begin}."


def _when(item: PlanItem) -> str:
    return label_period(item.starts_on, item.ends_on) if item.starts_on and item.ends_on else "without dates"
