"""What the leaders are asked to decide after a measurement: each decision with its reason, who decides, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.asks import Ask
from gapkit.diagnosis.killers.remedies import OPERATIONS, SPONSOR
from gapkit.labels import label_count, label_date, label_list, label_number, sentence_case
from gapkit.measurement.effects.needed import BASELINE_TOO_SMALL
from gapkit.measurement.explanations.explanation import MAY, lower_first
from gapkit.measurement.wording import verdict_words
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.measurement.measure import Measurement

NOW: Final = "with this report"
NEXT: Final = "the next edition, a month from now"
# Below one chance in four a date is hope, and somebody should say what happens instead.
UNLIKELY: Final = 0.25
KEEP: Final = "Keep the redesign as it is, and name who watches that the change lasts."
OTHERS_GAINED: Final = (
    "Before the redesign is called the reason, find what lifted the teams that are not under it; keep it where it runs."
)
BASELINE: Final = (
    "Agree on what would be worthwhile to show: with so small a baseline only a larger change, or one measured against a "
    "longer baseline, can be told."
)
OVERDUE: Final = "Re-plan, help or stop each commitment that is overdue."
UNLIKELY_ONES: Final = "Help, re-plan or stop the open commitments that will hardly be on time."
NO_BASELINE: Final = (
    "Choose another primary measure in engagement.yml, or supply what this one needs; then run the diagnosis, which "
    "freezes the yardstick."
)
UNDO: Final = "Go back to the redesign: find what did not hold before anything is added."
WATCH: Final = "Keep the redesign as agreed; nothing is judged before the agreed day."
FREEZE: Final = "Freeze the yardstick now, by running the diagnosis, so that the next measurement cannot bend it."
FREEZE_EARLIER: Final = "Freeze the yardstick of the next change before its measure window begins."
NEW_LIMITS: Final = (
    "Decide whether the cause of the shift is known; only then may the standing chart get new limits (rebaseline in "
    "engagement.yml)."
)
GROUP: Final = "Let the next change begin in some teams first: teams not yet under it would tell it from everything else."


def asks(m: Measurement) -> tuple[Ask, ...]:
    """Return what is to be decided, the most urgent first; at least one."""
    return (*_verdict(m), *_adoption(m), *_shift(m), *_promise(m), *_open(m), *_comparison(m), _yardstick(m))


def _verdict(m: Measurement) -> list[Ask]:
    """Return what follows from the verdict on the primary measure."""
    primary = m.primary
    because = f"{sentence_case(name_of(primary.measure))}: {verdict_words(primary.judgement)}."
    until = m.eng.config.measure_end
    if primary.judgement.verdict == "improved":
        other = [lower_first(item.name) for item in m.explanations.standing(MAY)]
        more = f" What may explain it too: {label_list(other)}." if other else ""
        by_all = m.explanations.of("comparison_group").standing == MAY
        return [Ask(OTHERS_GAINED if by_all else KEEP, f"{because}{more}", SPONSOR, NOW)]
    if primary.judgement.verdict == "worsened":
        return [Ask(UNDO, because, SPONSOR, NOW)]
    if primary.judgement.verdict == "monitoring":
        return [Ask(WATCH, because, SPONSOR, label_date(until) if until else NEXT)]
    if primary.judgement.verdict == "not measured":
        what = primary.after.caveats or primary.before.caveats or ("",)
        return [Ask(f"Make the gap measurable. {what[0]}".strip(), because, SPONSOR, NOW)]
    needed = f"{because} {primary.needed}".strip()
    if BASELINE_TOO_SMALL in primary.needed:
        return [Ask(BASELINE, needed, SPONSOR, NOW)]
    if primary.judgement.verdict == "too little data" or _ran(m):
        return [Ask("Agree how long to go on measuring before anything is concluded.", needed, SPONSOR, NOW)]
    return [Ask("Make the new way of working run before it is judged.", needed, SPONSOR, NOW)]


def _ran(m: Measurement) -> bool:
    """Return whether every measured part of the new way of working is in place."""
    return all(part.verdict == "in place" for part in m.adoption.measured)


def _adoption(m: Measurement) -> list[Ask]:
    """Return the parts of the new way of working that do not run."""
    missing = [part for part in m.adoption.measured if part.verdict == "missing"]
    if not missing:
        return []
    decision = f"Decide what keeps these from running, and who removes it: {label_list([part.name for part in missing])}."
    return [Ask(decision, missing[0].sentence, OPERATIONS, NEXT)]


def _shift(m: Measurement) -> list[Ask]:
    """Return the question a shift of a standing chart asks while its limits are still the frozen ones."""
    shifted = [chart for chart in m.standing.charts if chart.variation in ("improving", "worsening")]
    return [Ask(NEW_LIMITS, chart.sentence, SPONSOR, NEXT) for chart in shifted[:1] if not chart.segments[-1].because]


def _promise(m: Measurement) -> list[Ask]:
    """Return what may be promised next."""
    found = m.promised.learning
    if found is None or not found.rule:
        return []
    return [Ask(found.rule, found.because or found.lean or m.promised.sentence, SPONSOR, NEXT)]


def _open(m: Measurement) -> list[Ask]:
    """Return the open commitments nobody should count on: overdue ones, and single ones where the test tells them apart."""
    programs, found = m.forecast.programs, []
    is_overdue = programs["remark"].eq("overdue")
    if is_overdue.any():
        are = "is" if is_overdue.sum() == 1 else "are"
        because = f"{label_number(int(is_overdue.sum()))} of {label_count(len(programs), 'open commitment')} {are} overdue."
        found.append(Ask(OVERDUE, because, OPERATIONS, NOW))
    if m.forecast.is_reliable and m.forecast.backtest.tells_apart:
        unlikely = int((~is_overdue & (programs["p_on_time"] < UNLIKELY)).sum())
        of = label_count(len(programs), "open commitment")
        because = f"Of {of}, {label_number(unlikely)} with less than one chance in four."
        found += [Ask(UNLIKELY_ONES, because, OPERATIONS, NOW)] if unlikely else []
    return found


def _comparison(m: Measurement) -> list[Ask]:
    """Return how the next change could be told from everything else, where nothing tells this one."""
    found = m.explanations.of("comparison_group")
    return [Ask(GROUP, found.sentence, SPONSOR, "the next change")] if found.standing == "cannot be told" else []


def _yardstick(m: Measurement) -> Ask:
    if m.comparison.late:
        return Ask(FREEZE_EARLIER, m.comparison.late, SPONSOR, "the next change")
    if not m.comparison.is_frozen and not m.primary.before.is_ok:
        why = next(iter(m.primary.before.caveats), "")
        said = f"Nothing was frozen: the measure agreed on has no baseline figure. {why}".strip()
        return Ask(NO_BASELINE, said, SPONSOR, NOW)
    if not m.comparison.is_frozen:
        return Ask(FREEZE, "No yardstick was frozen before the change.", SPONSOR, NOW)
    frozen = f"The baseline was frozen on {label_date(m.frozen.frozen_on)}."
    return Ask("Leave the yardstick as it was frozen.", frozen, SPONSOR, "always")
