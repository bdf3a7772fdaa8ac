"""Tasks on a line of working days: no owner with more than so many at once, none before what it needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Span = tuple[int, int]
"""First and last working day of a task, both counted in, from 0."""


class Task(NamedTuple):
    """Something to be placed.

    Attributes
    ----------
    id : str
        Its name.
    owner : str
        Whose time it takes.
    days : int
        Working days it lasts, at least 1.
    needs : tuple of str
        Tasks that must have ended before; those not among the tasks are taken to be done.
    earliest : int
        First working day on which it may begin.
    fixed : tuple of (int, int) or None
        Where somebody has put it; it then stays there, whatever follows from it.
    """

    id: str
    owner: str
    days: int
    needs: tuple[str, ...] = ()
    earliest: int = 0
    fixed: Span | None = None


def schedule(tasks: Sequence[Task], horizon: int, at_once: int) -> dict[str, Span | None]:
    """Place tasks, the most important first, each as early as its owner and its prerequisites allow.

    Parameters
    ----------
    tasks : sequence of Task
        The most important first; their needs form no circle. What a task needs is placed before it.
    horizon : int
        Working days there are.
    at_once : int
        Tasks of one owner on one day, at most.

    Returns
    -------
    dict
        Id to its span; None for what does not end within the horizon, and for what needs such a task.

    Examples
    --------
    >>> tasks = [Task("a", "ann", 5), Task("b", "ann", 5), Task("c", "ann", 3), Task("d", "bob", 2, needs=("c",))]
    >>> schedule(tasks, horizon=10, at_once=2)
    {'a': (0, 4), 'b': (0, 4), 'c': (5, 7), 'd': (8, 9)}
    """
    placed: dict[str, Span | None] = {task.id: task.fixed for task in tasks if task.fixed is not None}
    owner_of = {task.id: task.owner for task in tasks}
    for task in in_order(tasks):
        if task.id not in placed:
            taken = [span for name, span in placed.items() if span is not None and owner_of[name] == task.owner]
            placed[task.id] = _place(task, placed, taken, horizon, at_once)
    return {task.id: placed[task.id] for task in tasks}


def in_order(tasks: Sequence[Task]) -> list[Task]:
    """Return the tasks with each behind what it needs, otherwise as given.

    Examples
    --------
    >>> [task.id for task in in_order([Task("a", "ann", 1, needs=("c",)), Task("b", "ann", 1), Task("c", "ann", 1)])]
    ['c', 'a', 'b']
    """
    known, found = {task.id: task for task in tasks}, dict[str, Task]()

    def add(task: Task) -> None:
        if task.id not in found:
            for name in task.needs:
                if name in known:
                    add(known[name])
            found[task.id] = task

    for task in tasks:
        add(task)
    return list(found.values())


def _place(task: Task, placed: Mapping[str, Span | None], taken: Iterable[Span], horizon: int, at_once: int) -> Span | None:
    """Return the first span in which a task fits, None where there is none."""
    before = [placed[name] for name in task.needs if name in placed]
    begin = max([task.earliest, *(span[1] + 1 for span in before if span is not None)])
    if None in before:
        return None
    busy = list(taken)
    # An owner gets free only on the day after a task of theirs has ended: no other day needs to be tried.
    starts = sorted({begin, *(last + 1 for _, last in busy if last >= begin)})
    return next(
        (
            (start, start + task.days - 1)
            for start in starts
            if start + task.days <= horizon and most_at_once([*busy, (start, start + task.days - 1)]) <= at_once
        ),
        None,
    )


def most_at_once(spans: Sequence[Span]) -> int:
    """Return how many spans share a day at most, among the days of the last one.

    Examples
    --------
    >>> most_at_once([(0, 4), (3, 8), (2, 3)])
    3
    """
    own = spans[-1]
    days = {own[0], *(first for first, _ in spans if own[0] <= first <= own[1])}
    return max(sum(first <= day <= last for first, last in spans) for day in days)
