"""Promised against delivered: the record of the redesign held against the effects."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from gapkit.baseline.frozen import worthwhile_change
from gapkit.labels import label_date
from gapkit.measurement.agreed import agreed_places
from gapkit.measurement.effects.effect import Effect
from gapkit.measurement.promised import wording as words
from gapkit.measurement.promised.changed import changed_since
from gapkit.measurement.promised.judging import KEPT, UNTOLD
from gapkit.measurement.promised.learning import Learning, learn
from gapkit.measurement.promised.own import Own, other_days, own_measure
from gapkit.measurement.promised.row import Kind, Row
from gapkit.measurement.promised.telling import Known, judged, known_of
from gapkit.plain import plain
from gapkit.redesign.decisions.file import read_decisions
from gapkit.redesign.sections import RULES
from gapkit.redesign.targets.promises import promises
from gapkit.redesign.targets.promises_file import Promises, from_record, read_promises
from gapkit.results import Result, Unit, not_assessable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapkit.engagement import Engagement
    from gapkit.measurement.comparison import Comparison
    from gapkit.redesign import Redesign
    from gapkit.redesign.targets.promises_file import PromisedLever, PromisedTarget

CHANGE_UNITS: Final[dict[str, Unit]] = {"share": "pp", "per_week": "ratio"}
# Where the measure promised has no effect of its own, the one that comes closest.
CLOSEST: Final = {"time_to_market_median_days": "time_to_market_restricted_mean_days"}
LATE: Final = "What was promised was put on record on {}, after the window began ({}): part of what came was known by then."
NOT_COMPARED: Final = "It was not compared between the two periods."


@dataclass(frozen=True, slots=True)
class Promised:
    """Promised against delivered.

    Attributes
    ----------
    rows : tuple of Row
        Targets first, the measure the engagement is judged by before the others; what all levers together were predicted to
        change besides; then each lever, its own measure first.
    learning : Learning or None
        What that says about the next promise; None without a record.
    changed : tuple of str
        What was decided otherwise after the promise, one sentence each.
    sentence : str
        The first target, and how many promises came as promised; without a record what would switch it on.
    caveats : tuple of str
        What a reader must know, one sentence each.
    record : Promises or None
        What was put on record.
    """

    rows: tuple[Row, ...]
    learning: Learning | None
    changed: tuple[str, ...]
    sentence: str
    caveats: tuple[str, ...]
    record: Promises | None

    @property
    def judged(self) -> tuple[Row, ...]:
        """The rows that may be set beside each other: targets, and levers with a measure of their own."""
        return tuple(row for row in self.rows if row.kind == "target" or (row.kind == "lever" and row.is_own))

    def to_dict(self) -> dict[str, Any]:
        """Return plain data, as `promised` of `measure.json` holds it; the record itself stands in `promises.json`."""
        return {
            "sentence": self.sentence,
            "made_on": plain(self.record.made_on) if self.record is not None else None,
            "rows": [row.to_dict() for row in self.rows],
            "next_promise": self.learning.to_dict() if self.learning is not None else None,
            "changed": list(self.changed),
            "caveats": list(self.caveats),
        }


def promises_of(eng: Engagement, redesign: Redesign | None = None) -> Promises | None:
    """Return the promises on record in the engagement folder; while there are none, those of a redesign.

    A redesign computed today knows what came; what was put on record before does not.

    Raises
    ------
    InputError
        When the record is not one gapkit wrote.
    """
    record = read_promises(eng.folder)
    return from_record(promises(redesign)) if record is None and redesign is not None else record


def compare_promises(comparison: Comparison, effects: Sequence[Effect], record: Promises | None) -> Promised:
    """Hold what was promised against what was measured.

    Parameters
    ----------
    comparison : Comparison
        Both sides, from `comparison.compare_windows`.
    effects : sequence of Effect
        From `effects.estimate_effects`.
    record : Promises or None
        From `promises_of`.

    Returns
    -------
    Promised

    Raises
    ------
    InputError
        With everything that is wrong in decisions.yml, or a record in the folder that gapkit did not write.

    Notes
    -----
    The rule is that of `telling.judged`. Before the agreed window is over nothing is concluded. A promise that was
    put on record after the day of reading was not known then and is left out; of one made when the window was over
    nothing is concluded, and one made after the window began is told as such.
    """
    eng = comparison.after.eng
    if record is None:
        return Promised((), None, (), words.NO_RECORD, (), None)
    if record.made_on > eng.as_of:
        return Promised((), None, (), words.NOT_YET.format(label_date(record.made_on)), (), None)
    by_measure = {effect.measure: effect for effect in effects}
    untold = _untold(comparison) or _too_late(record, comparison)
    rows = [
        *(_target(one, by_measure, untold) for one in _primary_first(record)),
        *_together(record, by_measure, untold),
        *(row for one in record.levers for row in _lever(one, comparison, effects, by_measure, untold)),
    ]
    said = tuple(replace(row, sentence=words.row_sentence(row)) for row in rows)
    changed = changed_since(record, read_decisions(eng.folder, RULES))
    found = Promised(said, None, changed, "", (), record)
    learning = learn(found.judged, comparison.frozen.primary, comparison.config.settings, _worthwhile(comparison),
                     why_not=untold)  # fmt: skip
    places = agreed_places(eng)
    days = tuple(filter(None, (other_days(one, places) for one in record.levers)))
    caveats = (*_known_in_part(record, comparison), *_caveats(found, eng), *days)
    return replace(found, learning=learning, sentence=words.sentence(found.judged), caveats=caveats)


def _worthwhile(comparison: Comparison) -> float:
    return worthwhile_change(comparison.frozen.min_change, comparison.frozen.primary)


def _untold(comparison: Comparison) -> str:
    """Return why nothing is concluded yet; empty once the agreed window is over."""
    if comparison.look == "verdict":
        return ""
    end = comparison.config.measure_end
    return f"watched, not judged until {label_date(end)}" if end is not None else "watched, not judged yet"


def _too_late(record: Promises, comparison: Comparison) -> str:
    """Return that the promise came after the result; empty where it was made before the last day that was measured."""
    if record.made_on < comparison.after.end:
        return ""
    return f"put on record on {label_date(record.made_on)}, when the window was over: no promise before the result"


def _known_in_part(record: Promises, comparison: Comparison) -> tuple[str, ...]:
    """Return the caveat that the promise was made within the window, or after it."""
    if record.made_on <= comparison.after.start:
        return ()
    return (LATE.format(label_date(record.made_on), label_date(comparison.after.start)),)


def _primary_first(record: Promises) -> list[PromisedTarget]:
    return sorted(record.targets, key=lambda one: not one.is_primary)


def _caveats(found: Promised, eng: Engagement) -> tuple[str, ...]:
    record = found.record
    assert record is not None, "caveats are told of a record"
    said = [words.ALL_TOGETHER] if found.rows else []
    if not any(row.standing == "agreed" for row in found.rows):
        said.append(words.NEVER_AGREED)
    if any(row.measured_as for row in found.rows):
        said.append(words.OTHER_MEASURE)
    if any(row.word == KEPT for row in found.rows):
        said.append(words.KEPT_MEANS)
    if record.backtest != "held":
        is_predicted = any(one.basis == "what_if" for one in record.targets)
        said.append(
            words.backtest_words(record.backtest, str(record.data["backtest"]["sentence"]), is_predicted=is_predicted)
        )
    filed = read_promises(eng.folder)
    if filed is not None and _text(filed) != _text(record):
        said.append(f"The promises on record were made on {label_date(filed.made_on)}; this redesign promises otherwise, "
                    "changed after the promise.")  # fmt: skip
    return tuple(said)


def _text(record: Promises) -> str:
    return json.dumps(plain(dict(record.data)), sort_keys=True)


def _target(one: PromisedTarget, by_measure: dict[str, Effect], untold: str) -> Row:
    unit = CHANGE_UNITS.get(one.baseline.unit, one.baseline.unit)
    predicted = Result(f"{one.measure}_change", one.change, one.low, one.high, level=one.level or 0.95, n=one.baseline.n,
                       unit=unit, period=one.baseline.period)  # fmt: skip
    row = _beside("target", one.measure, one.measure, one.measure, one.standing, predicted, by_measure, untold)
    return replace(row, basis=one.basis)


def _together(record: Promises, by_measure: dict[str, Effect], untold: str) -> list[Row]:
    """Return what all levers together were predicted to change in measures that have no target."""
    targets = {one.measure for one in record.targets}
    return [
        replace(_beside("together", "together", "All levers together", measure, "proposed", change, by_measure, untold),
                is_promise=record.together_is_promise)
        for measure, change in record.together.items()
        if measure not in targets and _effect(measure, by_measure) is not None
    ]  # fmt: skip


def _lever(
    one: PromisedLever, comparison: Comparison, effects: Sequence[Effect], by_measure: dict[str, Effect], untold: str
) -> list[Row]:
    """Return the rows of a lever: its own measure, then what it shares with the others; none of one that was declined."""
    if one.standing == "declined":
        return []
    own = own_measure(one, comparison, effects)
    shared = [
        replace(_beside("lever", one.id, one.name, measure, one.standing, change, by_measure, untold or words.SHARED),
                is_promise=one.is_promise, is_own=False)
        for measure, change in one.changes.items()
        if (own is None or measure != own.measure) and _effect(measure, by_measure) is not None
    ]  # fmt: skip
    return [*([_own(one, own, untold)] if own is not None else []), *shared]


def _own(one: PromisedLever, own: Own, untold: str) -> Row:
    basis = "agreed" if own.is_level else "what_if"
    row = Row("lever", one.id, one.name, own.measure, "", one.standing, basis, one.is_promise or own.is_level, True,
              own.is_level, own.better, own.predicted, own.measured, UNTOLD, None, None, "",
              own_words=own.words)  # fmt: skip
    return judged(row, untold, own.known)


def _effect(measure: str, by_measure: dict[str, Effect]) -> Effect | None:
    return by_measure.get(measure) or by_measure.get(CLOSEST.get(measure, ""))


def _beside(
    kind: Kind, name: str, words_of: str, measure: str, standing: str, predicted: Result, by_measure: dict[str, Effect],
    untold: str,
) -> Row:  # fmt: skip
    """Return a predicted change beside the effect on the same measure, or the closest."""
    effect = _effect(measure, by_measure)
    measured = not_assessable(f"{measure}_difference", NOT_COMPARED) if effect is None else effect.difference
    better = 1 if effect is None else effect.better
    other = effect.measure if effect is not None and effect.measure != measure else ""
    row = Row(kind, name, words_of, measure, other, standing, "what_if", True, True, False, better, predicted, measured,
              UNTOLD, None, None, "")  # fmt: skip
    return judged(row, untold, Known() if effect is None else known_of(effect))
