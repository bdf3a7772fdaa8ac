"""The gate: what of a wave may be shown. Every figure that leaves this room was asked for here.

A wave is cut one way by level and one way by group, never by both at once. The gate knows which levels must be merged and
which groups hidden so that no figure, and no sum or difference of figures, is about fewer people than the smallest group
allowed: not within a wave, not between waves (`gapkit.survey.disclosure`). It is asked anew for every set of respondents a
figure rests on, since not everybody answers every statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from gapkit.labels import label_list
from gapkit.survey.disclosure import Counts, has_moved, is_safe, shown_rows
from gapkit.survey.responses import Mask, Rows, Texts

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig

LEVELS: Final = ("leadership", "manager", "contributor", "")
LEVEL_NAMES: Final = {
    "leadership": "leadership", "manager": "managers", "contributor": "contributors", "": "level not given"
}  # fmt: skip
OTHERS: Final = "all other groups"


class Part(NamedTuple):
    """Some respondents who may be shown together.

    Attributes
    ----------
    name : str
        For readers.
    members : frozenset of str
        Levels or groups in it.
    rows : numpy.ndarray of bool
        Who is in it.
    """

    name: str
    members: frozenset[str]
    rows: Mask

    @property
    def n(self) -> int:
        """Respondents."""
        return int(self.rows.sum())


@dataclass(frozen=True, repr=False)
class Gate:
    """What of one wave may be shown.

    Attributes
    ----------
    minimum : int
        Smallest group allowed.
    enough_text : int
        Answers from which on their spread, or texts, may be shown.
    is_open : bool
        Whether anything of the wave may be shown.
    why_closed : str
        In words, when nothing may.
    levels : tuple of Part
        Two or more, leadership first; empty when levels may not be shown.
    why_no_levels : str
        In words, when there are none.
    n : int
        Respondents counted.
    """

    minimum: int
    enough_text: int
    is_open: bool
    why_closed: str
    levels: tuple[Part, ...]
    why_no_levels: str
    n: int
    _names: tuple[str, ...] = field(repr=False)
    _group: np.ndarray = field(repr=False)
    _hidden: Mask = field(repr=False)

    def may_show(self, rows: Mask) -> bool:
        """Return whether a figure about all these respondents may be shown."""
        return self.is_open and int(rows.sum()) >= self.minimum

    def may_show_spread(self, rows: Mask) -> bool:
        """Return whether the spread of these respondents' answers, or their words, may be shown."""
        return self.is_open and int(rows.sum()) >= self.enough_text

    def may_leave_out(self, rows: Mask) -> bool:
        """Return whether a figure may be shown both with and without these respondents: none of them, or enough."""
        return not rows.any() or self.may_show(rows)

    def by_level(self, rows: Mask) -> tuple[Part, ...]:
        """Return the levels that may be shown of figures about these respondents; all of them or none."""
        parts = tuple(part._replace(rows=part.rows & rows) for part in self.levels)
        return parts if self.may_show(rows) and all(part.n >= self.minimum for part in parts) else ()

    def by_group(self, rows: Mask) -> tuple[Part, ...]:
        """Return the groups that may be shown of figures about these respondents, in order of name; the others pooled last.

        Empty when no group may be shown.
        """
        if not self.may_show(rows):
            return ()
        shown = shown_rows(self._table(rows), self.minimum, hidden=self._hidden, nobody=self._nobody())
        if not shown.any():
            return ()
        places = np.flatnonzero(shown).tolist()
        return (*(self._part(place, rows) for place in places), *self._others(~shown, rows))

    def cells(self, rows: Mask) -> tuple[tuple[Part, Part | None], ...]:
        """Return groups, where possible parted by level, that may be weighted differently without giving anybody away.

        Each is a part of groups and the level within it, None for all levels.
        """
        groups, levels = self.by_group(rows), self.by_level(rows)
        groups = groups or (Part("everybody", frozenset(self._names), rows),)
        split = [
            [(group._replace(rows=group.rows & level.rows), level) for level in levels if (group.rows & level.rows).any()]
            for group in groups
        ]
        fine = [
            parts if len(parts) > 1 and all(part.n >= self.minimum for part, _ in parts) else [(group, None)]
            for group, parts in zip(groups, split, strict=True)
        ]
        cells: list[tuple[Part, Part | None]] = [cell for parts in fine for cell in parts]
        # A weight shared by a cell alone may tell its sum: it then counts as shown, beside the levels.
        table = _crossed([cell.rows for cell, _ in cells], [level.rows for level in levels] or [rows])
        return tuple(cells) if is_safe(table, self.minimum) else tuple((group, None) for group in groups)

    def _part(self, place: int, rows: Mask) -> Part:
        name = self._names[place]
        return Part(name, frozenset({name}), (self._group == place) & rows)

    def _others(self, hidden: Mask, rows: Mask) -> tuple[Part, ...]:
        pooled = np.isin(self._group, np.flatnonzero(hidden)) & rows
        names = frozenset(self._names[place] for place in np.flatnonzero(hidden))
        return (Part(OTHERS, names, pooled),) if pooled.any() else ()

    def _table(self, rows: Mask) -> Counts:
        levels = [part.rows for part in self.by_level(rows)] or [np.ones(len(rows), dtype=bool)]
        return _crossed([(self._group == place) & rows for place in range(len(self._names))], levels)

    def _nobody(self) -> Mask:
        return _mask(name == "" for name in self._names)


def _crossed(parts: Sequence[Mask], levels: Sequence[Mask]) -> Counts:
    """Return how many are in each part and level: a row a part, also where there are none."""
    counts = [[int((part & level).sum()) for level in levels] for part in parts]
    return np.array(counts, dtype=np.int64).reshape(len(parts), len(levels))


def _mask(flags: Iterable[bool]) -> Mask:
    return np.array(list(flags), dtype=bool)


def open_gate(
    rows: Rows, invited: pd.DataFrame, config: EngagementConfig, earlier: Mapping[str, Gate] | None = None
) -> Gate:
    """Return the gate of a wave.

    Parameters
    ----------
    rows : Rows
        The respondents counted.
    invited : DataFrame
        survey_invited of this wave: groups nobody answered for are groups too.
    config : EngagementConfig
        Smallest group allowed and sizes.
    earlier : mapping of str to Gate
        Gates of the waves before, by name.
    """
    minimum, settings = config.min_group, config.settings
    waves = [gate for gate in (earlier or {}).values() if gate.is_open]
    n, enough = len(rows), settings.min_n_waves
    why = ""
    if n < minimum:
        why = f"Fewer than {minimum} usable answers: nothing is shown."
    elif any(has_moved(gate.n, n, minimum, enough) for gate in waves):
        why = (
            f"The number of answers differs by fewer than {minimum} from an earlier wave, so the difference of the two "
            f"would be about these few. From {enough} answers on, nobody stands out."
        )
    levels, why_no_levels = merge_levels(rows.level, minimum)
    if any(_levels_moved(gate.levels, levels, minimum, enough) for gate in waves):
        levels = ()
        why_no_levels = f"A level has changed by fewer than {minimum} people since an earlier wave."
    names = tuple(sorted({*rows.group.tolist(), *invited["group"].dropna().tolist()}))
    group = np.searchsorted(np.array(names or ("",)), rows.group)
    gate = Gate(
        minimum=minimum, enough_text=settings.min_n_distribution, is_open=not why, why_closed=why, levels=levels,
        why_no_levels=why_no_levels, n=n, _names=names, _group=group, _hidden=_mask(name == "" for name in names),
    )  # fmt: skip
    return _hide_groups(gate, waves, enough)


def _hide_groups(gate: Gate, waves: Sequence[Gate], enough: int) -> Gate:
    """Return the gate with the groups hidden that may not be shown of anything."""
    everybody = np.ones(gate.n, dtype=bool)
    table = gate._table(everybody)
    before = [_sizes(wave, gate._names) for wave in waves]
    moved = np.zeros(len(gate._names), dtype=bool)
    for wave, then in zip(waves, before, strict=True):
        was_shown = [name in wave._names and not wave._hidden[wave._names.index(name)] for name in gate._names]
        now = table.sum(axis=1)
        moved |= _mask(
            shown and has_moved(int(a), int(b), gate.minimum, enough)
            for shown, a, b in zip(was_shown, then, now, strict=True)
        )
    shown = shown_rows(
        table, gate.minimum, hidden=gate._hidden | moved, nobody=gate._nobody(), before=before, enough=enough
    )
    return replace(gate, _hidden=~shown)


def _sizes(wave: Gate, names: Sequence[str]) -> Counts:
    """Return how many of each group answered in a wave."""
    counted = dict(zip(wave._names, np.bincount(wave._group, minlength=len(wave._names)), strict=True))
    return np.array([counted.get(name, 0) for name in names], dtype=np.int64)


def merge_levels(level: Texts, minimum: int) -> tuple[tuple[Part, ...], str]:
    """Return the levels as they may be shown, leadership first, and why there are none.

    Parameters
    ----------
    level : numpy.ndarray of str
        Level of each respondent, empty if unknown.
    minimum : int
        Smallest group allowed.

    Returns
    -------
    tuple of Part, str
        Leadership below the minimum is merged with managers, managers below it with contributors, and so are people of
        unknown level; contributors below it with managers. Empty when fewer than two parts remain, with the reason.

    Examples
    --------
    >>> parts, _ = merge_levels(np.array(["leadership"] * 3 + ["manager"] * 4 + ["contributor"] * 9), 5)
    >>> [(part.name, part.n) for part in parts]
    [('leadership and managers', 7), ('contributors', 9)]
    """
    count = {name: int((level == name).sum()) for name in LEVELS}
    if not sum(count[name] for name in LEVELS[:3]):
        return (), "No answer says its level, so leadership and the others cannot be told apart."
    parts = [["leadership"], ["manager"], ["contributor", ""]]
    if sum(count[name] for name in parts[0]) < minimum:
        parts = [["leadership", "manager"], ["contributor", ""]]
    elif any(sum(count[name] for name in part) < minimum for part in parts[1:]):
        parts = [["leadership"], ["manager", "contributor", ""]]
    if any(sum(count[name] for name in part) < minimum for part in parts):
        return (), f"Fewer than {minimum} answers from the leadership and managers, or from everybody else."
    return tuple(_level_part([name for name in part if count[name]], level) for part in parts), ""


def _level_part(names: list[str], level: Texts) -> Part:
    return Part(label_list([LEVEL_NAMES[name] for name in names]), frozenset(names), np.isin(level, names))


def _levels_moved(before: Sequence[Part], now: Sequence[Part], minimum: int, enough: int) -> bool:
    """Return whether levels shown in both waves, alone or together, have changed by a few people."""
    then = _unions(before)
    return any(has_moved(then[names], n, minimum, enough) for names, n in _unions(now).items() if names in then)


def _unions(parts: Sequence[Part]) -> dict[frozenset[str], int]:
    """Return the sizes of all parts and sums of parts, short of everybody."""
    sums = [some for count in range(1, len(parts)) for some in combinations(parts, count)]
    return {frozenset().union(*(part.members for part in some)) - {""}: sum(part.n for part in some) for some in sums}
