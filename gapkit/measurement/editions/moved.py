"""What moved since the last edition, and why: corrected data, changed definitions, time gone by, and what people decided.

The figure after of the earlier day is read three times: as it was published; again from today's data by the definitions
of then; and from today's data by those of today. The steps between these readings and today's figure add up to the whole
change, since each begins where the one before ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gapkit.baseline.frozen import MEASURES
from gapkit.baseline.outcomes import judge_programs
from gapkit.engagement import known_on
from gapkit.measurement.editions import wording
from gapkit.measurement.editions.counted import Counted, counted_after, counted_in
from gapkit.measurement.editions.definitions import agreed_anew, in_force, recounted
from gapkit.measurement.editions.judgements import decided_since, judgements_in_force
from gapkit.measurement.editions.programs import Change, baseline_words, changes, vanished
from gapkit.measurement.editions.reading import Reading, Step
from gapkit.measurement.effects.delivery import measure_after

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from gapkit.config import EngagementConfig
    from gapkit.engagement import Engagement
    from gapkit.measurement.comparison import Comparison
    from gapkit.measurement.editions.record import Edition
    from gapkit.measurement.effects import Effect

SPLIT: Final = (*MEASURES, "velocity_per_week")


@dataclass(frozen=True, slots=True)
class Move:
    """How the figure after of one measure came from the last edition to this one.

    Attributes
    ----------
    measure : str
        Result name.
    published : Reading
        As the last edition published it.
    reread : Reading
        The same day read from today's data, by the definitions of then.
    redefined : Reading
        The same day read from today's data, by today's definitions.
    now : Reading
        This edition's figure.
    """

    measure: str
    published: Reading
    reread: Reading
    redefined: Reading
    now: Reading

    @property
    def data(self) -> Step:
        """What corrected and late records moved."""
        return self.reread - self.published

    @property
    def definition(self) -> Step:
        """What changed definitions moved."""
        return self.redefined - self.reread

    @property
    def time(self) -> Step:
        """What came since: programs that fell due, deliveries."""
        return self.now - self.redefined

    @property
    def total(self) -> Step:
        """The whole change: the sum of the three."""
        return self.now - self.published

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        readings = {name: getattr(self, name).to_dict() for name in ("published", "reread", "redefined", "now")}
        steps = {name: getattr(self, name)._asdict() for name in ("data", "definition", "time", "total")}
        return {"measure": self.measure, **readings, **steps}


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved since the last edition.

    Attributes
    ----------
    since : date or None
        Day of the last edition before this one; None for the first.
    moves : tuple of Move
        The primary measure first; empty for the first edition, and for measures that are not split.
    definitions : tuple of str
        Each definition of how is counted that differs, as a sentence.
    judgements : tuple of str
        What people decided since, one sentence each.
    rereading : str
        Said first where a later edition exists: this is no edition of its own, and what the one published for this day
        says. Empty otherwise.
    differs : tuple of str
        Where an edition of this day was published before the latest: what of it reads otherwise today.
    change, because : str
        The change of the primary measure, and what it is made of, without their stops; `because` is empty where nothing
        moved.
    verdict : str
        What became of its verdict, as a sentence; empty where it stands.
    caveats : tuple of str
        What limits the split; which figures before moved though the baseline is frozen.
    programs, baseline_programs : tuple of Change
        Programs that the day of the last edition shows otherwise today, and those of the baseline; empty where that edition
        records none.
    warnings : tuple of str
        What has to be known before any figure is used: programs of earlier editions that are no longer on record.
    """

    since: dt.date | None
    moves: tuple[Move, ...] = ()
    definitions: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    rereading: str = ""
    differs: tuple[str, ...] = ()
    change: str = wording.FIRST
    because: str = ""
    verdict: str = ""
    caveats: tuple[str, ...] = ()
    programs: tuple[Change, ...] = ()
    baseline_programs: tuple[Change, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Whether this is a re-reading, the change of the primary measure, why, and what became of its verdict."""
        moved = f"{self.change}: {self.because}." if self.because else f"{self.change}."
        return " ".join(filter(None, (self.rereading, moved, self.verdict)))

    def to_dict(self) -> dict[str, Any]:
        """Return plain data as `measure.json` holds it."""
        return {
            "since": self.since and self.since.isoformat(),
            "moves": [move.to_dict() for move in self.moves],
            **{name: list(getattr(self, name)) for name in ("definitions", "judgements", "differs", "caveats", "warnings")},
            **{name: [one.to_dict() for one in getattr(self, name)] for name in ("programs", "baseline_programs")},
            **{name: getattr(self, name) for name in ("rereading", "change", "because", "verdict")},
            "sentence": self.sentence,
        }


def what_moved(
    eng: Engagement, comparison: Comparison, effects_now: Sequence[Effect], editions: Sequence[Edition]
) -> Moved:
    """Compare an edition with the last one before its day.

    Parameters
    ----------
    eng : Engagement
        As of the day of this edition.
    comparison : Comparison
        Both sides.
    effects_now : sequence of Effect
        This edition's effects, the primary measure first.
    editions : sequence of Edition
        Those published so far, from `read_editions`; those of this day and later are only named.

    Returns
    -------
    Moved
    """
    rereading, differs = _rereading(eng, effects_now, editions)
    before = max((one for one in editions if one.as_of < eng.as_of), key=lambda one: one.as_of, default=None)
    on_record = {*comparison.after.eng.programs["program_id"]}
    primary = effects_now[0]
    # The edition of this day that stands counts as an earlier one; the one this run replaces does not, or a second run of
    # the same data would say less than the first.
    earlier = [one for one in editions if one.as_of < eng.as_of or (rereading and one.as_of == eng.as_of)]
    warnings = vanished(earlier, on_record, primary.measure)
    if before is None:
        change = wording.NONE_BEFORE if rereading else wording.FIRST
        return Moved(None, rereading=rereading, differs=differs, change=change, warnings=warnings)
    today = in_force(comparison)
    reread = _after(known_on(comparison.after.eng, before.as_of), before.definitions.config(comparison.config),
                    before.definitions.window)  # fmt: skip
    moves = _moves(comparison, effects_now, before, reread)
    programs, of_baseline = _programs(comparison, before, reread.counted, on_record)
    definitions = recounted(before.definitions, today)
    decided = decided_since(before.judgements, judgements_in_force(eng, comparison.frozen))
    move = next((one for one in moves if one.measure == primary.measure), None)
    return Moved(
        before.as_of, moves, definitions, (*agreed_anew(before.definitions, today), *decided), rereading, differs,
        wording.change_of(primary.measure, move, before.as_of),
        wording.because_of(move, alike=before.definitions.counts_alike(today), programs=programs),
        wording.verdict_of(primary, before),
        _caveats(effects_now, before, of_baseline), programs, of_baseline, warnings,
    )  # fmt: skip


def _caveats(effects_now: Sequence[Effect], before: Edition, of_baseline: Sequence[Change]) -> tuple[str, ...]:
    """Return what limits the split, and what moved of the baseline."""
    ours = version("gapkit")
    other = wording.other_version(before.gapkit, ours) if before.gapkit != ours else ""
    anew = wording.read_anew(before, [one for one in effects_now if one.measure not in SPLIT])
    return tuple(filter(None, (other, anew, baseline_words(of_baseline))))


def _programs(
    comparison: Comparison, before: Edition, reread: Counted, on_record: Collection[str]
) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
    """Return the programs that the last edition counted otherwise, in the measure window and in the baseline."""
    after = changes(before.counted["after"], reread, on_record) if "after" in before.counted else ()
    # A baseline frozen anew is another one: that is said as a judgement, not program by program.
    same = before.judgements.frozen_on == comparison.frozen.frozen_on and "before" in before.counted
    return after, changes(before.counted["before"], counted_in(comparison)["before"], on_record) if same else ()


def _moves(comparison: Comparison, effects_now: Sequence[Effect], before: Edition, reread: _Read) -> tuple[Move, ...]:
    """Return the moves of the delivery measures that both editions hold, in the order of the effects."""
    today = in_force(comparison)
    alike = before.definitions.counts_alike(today)
    earlier = known_on(comparison.after.eng, before.as_of)
    redefined = reread if alike else _after(earlier, comparison.config, today.window)
    return tuple(
        Move(name, before.after[name], reread.figures[name], redefined.figures[name], Reading.read(effect.after))
        for effect in effects_now
        if (name := effect.measure) in SPLIT and name in before.after
    )


class _Read(NamedTuple):
    """The figures after of an earlier day, and the programs behind them."""

    figures: Mapping[str, Reading]
    counted: Counted


def _after(eng: Engagement, config: EngagementConfig, window: tuple[dt.date, dt.date]) -> _Read:
    """Read an earlier day."""
    judged, _ = judge_programs(eng.programs, eng.status_events, config, eng.as_of)
    start, end = window[0], min(window[1], eng.as_of)
    results = measure_after(judged, config, eng.as_of, start, end, eng.records_delivery)
    figures = {name: Reading.read(result) for name, result in results.items()}
    return _Read(figures, counted_after(judged, config, eng.as_of, start, end))


def _rereading(eng: Engagement, effects_now: Sequence[Effect], editions: Sequence[Edition]) -> tuple[str, tuple[str, ...]]:
    """Return what is said where a later edition exists, and what of the one published for this day differs."""
    latest = max((one.as_of for one in editions), default=eng.as_of)
    if latest <= eng.as_of:
        return "", ()
    published = next((one for one in editions if one.as_of == eng.as_of), None)
    if published is None:
        return wording.unrecorded(eng.as_of, latest), ()
    differs = tuple(
        wording.differing(effect.measure, published.after[effect.measure], Reading.read(effect.after))
        for effect in effects_now
        if effect.measure in published.after and not (Reading.read(effect.after) - published.after[effect.measure]).is_none
    )
    primary = wording.published_and_today(effects_now[0], published)
    return wording.rereading(eng.as_of, len(differs), primary), differs
