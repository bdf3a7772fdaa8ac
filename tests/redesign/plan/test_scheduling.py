from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.redesign.plan.scheduling import Task, in_order, most_at_once, schedule

HORIZON = 42


@st.composite
def task_lists(draw: st.DrawFn) -> list[Task]:
    """Up to twenty tasks of three owners; each needs at most three of those listed before it, some are fixed."""
    tasks: list[Task] = []
    for number in range(draw(st.integers(1, 20))):
        needs = draw(st.lists(st.sampled_from([task.id for task in tasks]), max_size=3, unique=True)) if tasks else []
        first = draw(st.integers(-5, HORIZON + 5))
        fixed = draw(st.one_of(st.none(), st.none(), st.none(), st.integers(1, 15)))
        tasks.append(
            Task(
                f"t{number}", draw(st.sampled_from("abc")), draw(st.integers(1, 15)), tuple(needs),
                draw(st.sampled_from([0, 0, 21])), None if fixed is None else (first, first + fixed - 1),
            )
        )  # fmt: skip
    return draw(st.permutations(tasks))


def load(spans: list[tuple[int, int]]) -> int:
    days = {day for span in spans for day in span}
    return max((sum(first <= day <= last for first, last in spans) for day in days), default=0)


@settings(max_examples=40)
@given(task_lists())
def test_no_owner_has_more_than_two_at_once(tasks: list[Task]) -> None:
    """Where nobody fixed a date, two actions of one owner overlap at most, and never three."""
    free = [task._replace(fixed=None) for task in tasks]
    spans = schedule(free, HORIZON, 2)
    for owner in "abc":
        own = [span for task in free if task.owner == owner and (span := spans[task.id]) is not None]

        assert load(own) <= 2


@settings(max_examples=40)
@given(task_lists())
def test_free_tasks_do_not_crowd_fixed_ones(tasks: list[Task]) -> None:
    """Dates decided are kept whatever they do; a task that is placed joins at most one other of its owner."""
    spans = schedule(tasks, HORIZON, 2)
    for task in tasks:
        span = spans[task.id]
        if task.fixed is not None:
            assert task.fixed == span
        elif span is not None:
            own = [other for one in tasks if one.owner == task.owner and (other := spans[one.id]) is not None]
            inside = [sum(first <= day <= last for first, last in own) for day in range(span[0], span[1] + 1)]
            assert max(inside) <= 2


@settings(max_examples=40)
@given(task_lists())
def test_prerequisites_end_before(tasks: list[Task]) -> None:
    """A placed task begins after all it needs has ended; without them it is not placed."""
    spans = schedule(tasks, HORIZON, 2)
    for task in tasks:
        span = spans[task.id]
        if task.fixed is None and span is not None:
            before = [spans[name] for name in task.needs]
            assert all(other is not None and other[1] < span[0] for other in before)


@settings(max_examples=40)
@given(task_lists())
def test_placed_tasks_lie_within_the_days_there_are(tasks: list[Task]) -> None:
    """Everything lies inside, lasts as long as it lasts and keeps its earliest day, or has no place at all."""
    spans = schedule(tasks, HORIZON, 2)
    assert {task.id for task in tasks} == set(spans)
    for task in tasks:
        span = spans[task.id]
        if task.fixed is None and span is not None:
            assert task.earliest <= span[0] <= span[1] < HORIZON
            assert task.days == span[1] - span[0] + 1


@settings(max_examples=40)
@given(task_lists())
def test_the_more_important_task_is_never_moved_by_a_lesser_one(tasks: list[Task]) -> None:
    """Adding a task at the end of the list moves no other."""
    before = schedule(tasks, HORIZON, 2)
    after = schedule([*tasks, Task("last", "a", 5)], HORIZON, 2)

    assert before == {name: span for name, span in after.items() if name != "last"}


@settings(max_examples=40)
@given(task_lists())
def test_order_puts_needs_first(tasks: list[Task]) -> None:
    """Each task stands behind what it needs, and none is lost."""
    ordered = [task.id for task in in_order(tasks)]

    assert sorted(task.id for task in tasks) == sorted(ordered)
    for task in tasks:
        assert all(ordered.index(need) < ordered.index(task.id) for need in task.needs)


def test_a_hand_made_case() -> None:
    """Four tasks of five days of one owner, two at once: two weeks, in the order given."""
    spans = schedule([Task(name, "ann", 5) for name in "abcd"], horizon=10, at_once=2)

    assert {"a": (0, 4), "b": (0, 4), "c": (5, 9), "d": (5, 9)} == spans


def test_what_finds_no_place_takes_what_needs_it_along() -> None:
    """A task too long for the days there are has no place, nor has its follower; others have."""
    spans = schedule([Task("long", "ann", 11), Task("next", "bob", 1, needs=("long",)), Task("short", "ann", 2)], 10, 2)

    assert {"long": None, "next": None, "short": (0, 1)} == spans


def test_a_gap_before_fixed_tasks_is_used() -> None:
    """A short task goes before two fixed ones; a long one after them."""
    fixed = [Task("x", "ann", 5, fixed=(5, 9)), Task("y", "ann", 5, fixed=(5, 9))]
    spans = schedule([*fixed, Task("short", "ann", 5), Task("long", "ann", 6)], 30, 2)

    assert ((0, 4), (10, 15)) == (spans["short"], spans["long"])


def test_most_at_once_counts_on_the_days_of_the_last_span() -> None:
    """Three share days 3 and 4 of the last; a crowd elsewhere does not count."""
    crowd = [(20, 25)] * 5

    assert 3 == most_at_once([*crowd, (0, 4), (3, 8), (2, 5)])
