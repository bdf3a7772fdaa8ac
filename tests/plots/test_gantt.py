from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from gapkit.plots.gantt import MOST_ITEMS, describe_gantt, plot_gantt
from gapkit.plots.theme import theme
from gapkit.redesign.plan.days import PlanDays
from gapkit.redesign.plan.expected import Expected
from gapkit.redesign.plan.plan import Plan, PlanItem

LONG = "Agree on the order of all sixty regional launches and freeze it"  # 63 characters
BEGIN = dt.date(2026, 5, 6)
DAYS = PlanDays(BEGIN, dt.date(2026, 7, 4), dt.date(2026, 6, 4), "1111100", ())
NOTHING = Expected("O1", "none", "share", None, 0, None, None, None, None, "No amount promised")


def item(number, who="head of operations", name="", needs=(), phase="redesign", standing="proposed"):
    start = BEGIN + dt.timedelta(days=number)
    return PlanItem(
        f"a{number}", name or f"Action {number}", "Do it.", "ownership", "ownership", "clearly active", (), who, 2, 5,
        tuple(needs), phase, start, start + dt.timedelta(days=6), start, NOTHING, standing, "",
    )  # fmt: skip


def plan(*items, today=BEGIN):
    return Plan(DAYS, today, tuple(items), (), (), (), (), (), 1, {}, ())


def drawn(made):
    with theme():
        return plot_gantt(made)


def bars(axes):
    return [bar for container in axes.containers for bar in container]


def test_one_bar_an_action_as_long_as_it_lasts():
    """From the first day to the end of the last."""
    (bar,) = bars(drawn(plan(item(0))))

    assert (BEGIN.toordinal(), 7) == (bar.get_x(), bar.get_width())


def test_actions_stand_below_their_role():
    """Roles by their first action, in bold, their actions below."""
    axes = drawn(plan(item(0, "sponsor"), item(1), item(2, "sponsor")))
    labels = [label.get_text() for label in axes.get_yticklabels()]
    bold = [label.get_text() for label in axes.get_yticklabels() if label.get_fontweight() == 600]

    assert ["sponsor", "Action 0", "Action 2", "head of operations", "Action 1"] == labels
    assert ["sponsor", "head of operations"] == bold
    assert axes.get_ylim()[0] > axes.get_ylim()[1]


def test_standing_and_checks_are_told_by_colour():
    """Three kinds, each in the legend only where there is one."""
    axes = drawn(plan(item(0, standing="agreed"), item(1), item(2, phase="diagnose")))
    legend = [text.get_text() for text in axes.get_figure().legends[0].get_texts()]

    assert 3 == len({bar.get_facecolor() for bar in bars(axes)})
    assert ["check first", "proposed", "agreed"] == legend
    assert ["proposed"] == [text.get_text() for text in drawn(plan(item(0))).get_figure().legends[0].get_texts()]


def test_a_thin_line_joins_a_prerequisite_with_what_waits_for_it():
    """From the end of one to the start of the other; none to what is not drawn."""
    axes = drawn(plan(item(0), item(10, needs=("a0", "elsewhere"))))
    (line,) = [line for line in axes.lines if line.get_gid() == "needs"]

    assert BEGIN.toordinal() + 7 == line.get_xdata()[0]
    assert BEGIN.toordinal() + 10 <= line.get_xdata()[-1] < BEGIN.toordinal() + 11
    assert 1 == line.get_ydata()[0] < line.get_ydata()[-1] < 2


@pytest.mark.parametrize(("today", "marks"), [(BEGIN, 3), (dt.date(2026, 5, 1), 2), (dt.date(2026, 7, 5), 2)])
def test_today_day_60_and_day_90_are_marked(today, marks):
    """The day of reading only where it lies within the plan."""
    axes = drawn(plan(item(0), today=today))
    said = {text.get_text() for text in axes.texts}

    assert {"day 60", "day 90"} <= said
    assert marks == len(said)


@pytest.mark.parametrize("today", [dt.date(2026, 6, 4), dt.date(2026, 6, 1), dt.date(2026, 7, 3)])
def test_nothing_is_clipped_or_overwritten(today):
    """Names of sixty characters and marks side by side stand whole within the figure, apart from each other."""
    axes = drawn(plan(*(item(n, name=LONG) for n in range(6)), today=today))
    fig = axes.get_figure()
    fig.draw_without_rendering()
    labels = [*axes.get_yticklabels(), *axes.texts]
    boxes = [text.get_window_extent() for text in labels]

    assert all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= fig.bbox.x1 and box.y1 <= fig.bbox.y1 for box in boxes)
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])
    assert LONG == axes.get_yticklabels()[1].get_text().replace("\n", " ")


def test_a_long_plan_is_cut_in_the_chart_only():
    """Beyond twenty-four actions the table beside the chart holds the rest, and the page its chart."""
    axes = drawn(plan(*(item(n, name=LONG) for n in range(40))))

    assert MOST_ITEMS == len(bars(axes))
    assert axes.get_figure().get_figheight() * 25.4 < 250


def test_an_action_before_the_plan_is_still_seen():
    """Dates decided before day 31 widen the chart."""
    early = replace(item(0), starts_on=dt.date(2026, 4, 20))

    assert drawn(plan(early)).get_xlim()[0] <= dt.date(2026, 4, 20).toordinal()


def test_a_plan_without_actions_draws_its_marks():
    """Nothing to do is no error."""
    axes = drawn(plan())

    assert [] == bars(axes)


def test_the_alt_text_names_role_action_and_dates():
    """Each bar in words."""
    assert "Bars of 2 actions by the role that answers. sponsor: Action 0 6 May to 12 May 2026; " in describe_gantt(
        plan(item(0, "sponsor"), item(1))
    )
