"""Exhibits of the effects: the measure agreed at day 30, what changed, what did not or cannot be told, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_list, label_number, label_pp, label_share, sentence_case
from gapkit.measurement.agreed import NONE_AGREED, agreed_places
from gapkit.measurement.wording import (
    STANDING_CAVEAT,
    change_words,
    interval_words,
    measure_name,
    side_words,
    verdict_words,
)
from gapkit.plots.before_after import (
    Change,
    Row,
    describe_before_after,
    describe_effect,
    plot_before_after,
    plot_effect,
)
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, facts_of_table, foot, unmeasured

if TYPE_CHECKING:
    from gapkit.measurement import Measurement
    from gapkit.measurement.effects import Effect
    from gapkit.plots.before_after import Way
    from gapkit.results import Result

WAYS: Final[dict[str, Way]] = {"improved": "good", "worsened": "bad"}
WAIT, KEPT = "wait_days", "sla_attainment"


def measures_of(m: Measurement) -> tuple[Effect, ...]:
    """Return the effects that are measures of their own, without the details of places."""
    return tuple(item for item in m.effects if not item.place)


def facts_of_effects(*effects: Effect) -> tuple[str, ...]:
    """Return every number-word that a sentence about effects may use."""
    words: list[str] = ["95 %"]
    for item in effects:
        words += facts_of(item.before, item.after)
        words += [side_words(item.before), side_words(item.after), change_words(item.difference),
                  interval_words(item.difference), item.judgement.qualification, item.needed]  # fmt: skip
    return tuple(dict.fromkeys(word for word in words if word))


def effect(m: Measurement) -> Exhibit:
    """Return the primary measure before and after, its target, and its change with the interval."""
    item, target = m.primary, m.frozen.data.get("target") or {}
    definition = sentence_case(m.frozen.data["definitions"].get(item.measure, measure_name(item.measure)))
    n = f"n = {label_number(item.before.n)} and {label_number(item.after.n)}"
    facts = (*facts_of_effects(item), worthwhile_words(item), "30")
    if not item.difference.is_ok:
        return Exhibit("effect", title_of(item), table=_sides_table(item), reading=item.sentence, facts=facts,
                       foot=foot(m.eng, definition, item.difference, n=n))  # fmt: skip
    change = _change(item, target.get("value"))
    return Exhibit(
        "effect", title_of(item), draw(m.eng, plot_effect, item.before, item.after, change),
        alt=describe_effect(item.before, item.after, change, sentence_case(measure_name(item.measure))),
        reading=" ".join(filter(None, (_meaning(item), item.needed, _reading(item, target.get("value")), STANDING_CAVEAT))),
        foot=foot(m.eng, definition, item.difference, n=n), facts=facts, direction=direction_of(item),
        better="up" if item.better > 0 else "down",
    )  # fmt: skip


def title_of(item: Effect) -> str:
    """Return the finding as a title: the verdict, the change, both counts."""
    name, gap = sentence_case(measure_name(item.measure)), item.difference
    sides = f"{side_words(item.before)} before, {side_words(item.after)} after"
    verdict = item.judgement.verdict
    if not gap.is_ok:
        is_said = {side_words(item.before), side_words(item.after)} == {verdict}
        return f"{name}: {verdict}" if is_said else f"{name}: {verdict}; {sides}"
    change = f"{change_words(gap)}, 95 % interval {interval_words(gap)}"
    if verdict in WAYS:
        return f"{name} {verdict}: {sides} ({change})"
    return f"{name}: {verdict_words(item.judgement) if verdict == 'monitoring' else verdict}; {sides} ({change})"


def _sides_table(item: Effect) -> Table:
    """Return both sides of a measure whose change has no figure."""
    columns = (Column("Period", width=0.5), Column("Counted", "right", 0.5))
    return Table(columns, tuple((side.period, side_words(side)) for side in (item.before, item.after)))


def direction_of(item: Effect) -> int | None:
    """Return the movement a title may speak of; none where nothing is concluded."""
    value = item.difference.value
    return (value > 0) - (value < 0) if value is not None and item.judgement.verdict in WAYS else None


def worthwhile_words(item: Effect) -> str:
    """Return the change agreed as worthwhile, empty where none was.

    Examples
    --------
    >>> from types import SimpleNamespace as Named
    >>> worthwhile_words(Named(worthwhile=0.1, difference=Named(unit="pp"), better=1))
    '+10 pp'
    """
    if item.worthwhile is None:
        return ""
    if item.difference.unit == "pp":
        return label_pp(item.better * item.worthwhile)
    return f"{label_share(item.worthwhile)} {'more' if item.better > 0 else 'less'}"


def _meaning(item: Effect) -> str:
    """Return what the interval says about the size of the change."""
    words, agreed = item.judgement.qualification, worthwhile_words(item)
    if item.judgement.verdict == "improved" and agreed:
        size = "at least" if words == "by a worthwhile amount" else "possibly less than"
        return f"The change is {size} what was agreed as worthwhile ({agreed})."
    return f"{sentence_case(words)}." if words and item.judgement.verdict != "monitoring" else ""


def _reading(item: Effect, target: float | None) -> str:
    dashed = "The dashed line is the value before plus the change agreed as worthwhile. " if target is not None else ""
    if item.before.unit != "share":
        return dashed.strip()
    return (
        f"{dashed}Each bar alone also carries how teams differ; the same teams stand on both sides, so the interval of the "
        "change does not."
    )


def _change(item: Effect, target: float | None) -> Change:
    gap, before = item.difference, float(item.before.value or 0.0)
    limits = [float(x) if x is not None else float(gap.value or 0.0) for x in (gap.low, gap.value, gap.high)]
    low, value, high = (before * (1 + x) if gap.unit == "ratio" else before + x for x in limits)
    return Change(low, value, high, f"{change_words(gap)}  ({interval_words(gap)})", target)


def changed(m: Measurement) -> Exhibit | Callout:
    """Return every measure with its change on one scale, and how many of them changed beyond chance."""
    items = [item for item in measures_of(m) if item.difference.is_ok]
    if not items:
        return unmeasured("No measure has enough data on both sides for a comparison")
    rows = [_row(item) for item in items]
    many = label_number(sum(item.judgement.verdict in WAYS for item in items)), label_number(len(items))
    until = items[0].judgement.qualification if m.comparison.look == "monitoring" else ""
    title = f"A change beyond chance shows in {many[0]} of {label_count(len(items), 'measure')}"
    if until:
        title = f"{label_count(len(items), 'measure')} watched, {until}"
    return Exhibit(
        "changed", title, draw(m.eng, plot_before_after, rows), alt=describe_before_after(rows),
        reading=f"{_family_words(m)} The scale is each measure’s own interval, so that all compare: clear of the middle "
        f"line is beyond chance for that measure alone. {STANDING_CAVEAT}",
        foot=foot(m.eng, "Baseline against the measure window, each measure by one definition on both sides",
                  n=f"before: {label_list(list(m.frozen.quarters))}; after: {m.comparison.after.period}"),
        facts=(*facts_of_effects(*items), *many, until, "30", "5 %"),
    )  # fmt: skip


def _family_words(m: Measurement) -> str:
    if m.comparison.look == "monitoring":
        return "Before the agreed window is over figures are watched and nothing is concluded."
    return (
        "The first measure was agreed at day 30 and is judged by its interval. The others are exploratory: they count as "
        "changed if their p-value, adjusted for being several (Holm), is below 5 % too."
    )


def _row(item: Effect) -> Row:
    """Return a measure for the common scale: turned so that more is better, in half-widths of its interval."""
    gap = item.difference
    value = float(gap.value or 0.0)
    low, high = (value if x is None else float(x) for x in (gap.low, gap.high))
    half = (high - low) / 2 or 1.0
    ends = sorted(item.better * x / half for x in (low, high))
    numbers = f"{_short(item.before)} → {_short(item.after)}\n{change_words(gap)} ({interval_words(gap)})"
    way = WAYS.get(item.judgement.verdict, "muted")
    return Row(sentence_case(measure_name(item.measure)), item.better * value / half, ends[0], ends[1], numbers, way)


def _short(side: Result) -> str:
    """Return a side without the words that the other line has."""
    return side_words(side).removesuffix(f" (n = {label_number(side.n)})").split(" (")[0]


def unchanged(m: Measurement) -> Exhibit | Callout:
    """Return what did not change or cannot be told, each with what would be needed to tell."""
    every = measures_of(m)
    items = [item for item in every if item.judgement.verdict not in WAYS and item.judgement.verdict != "monitoring"]
    if not items:
        said = "is watched" if m.comparison.look == "monitoring" else "changed"
        return Callout("note", f"Every measure {said}: nothing is left open.")
    columns = (Column("Measure", width=0.22), Column("Change (95 % interval)", "right", 0.19),
               Column("Finding", width=0.27), Column("What is needed to tell", width=0.32))  # fmt: skip
    rows = tuple(
        (sentence_case(measure_name(item.measure)), _change_cell(item.difference), _finding(item), _needed_cell(item))
        for item in items
    )
    table, counts = Table(columns, rows), (label_number(len(items)), label_number(len(every)))
    said = "have no figure yet" if m.comparison.look == "monitoring" else "did not change, or data does not tell"
    return Exhibit(
        "unchanged", f"{counts[0]} of {counts[1]} measures {said}", table=table,
        reading="Not changed, too little data and not measured are three answers: the first is about the work, the second "
        "about how much of it was seen, the third about what is recorded.",
        foot=foot(m.eng, "What is needed: 80 % chance to see the change agreed as worthwhile, at the pace of this window",
                  n=f"before: {label_list(list(m.frozen.quarters))}; after: {m.comparison.after.period}"),
        facts=(*counts, *facts_of_table(table), "three"),
    )  # fmt: skip


def _change_cell(gap: Result) -> str:
    return f"{change_words(gap)} ({interval_words(gap)})" if gap.is_ok else "–"


def _finding(item: Effect) -> str:
    """Return the verdict, and for what has no figure the reason."""
    words = sentence_case(verdict_words(item.judgement))
    reason = "" if item.difference.is_ok or not item.difference.caveats else f". {item.difference.caveats[0]}"
    return f"{words}{reason}"


def _needed_cell(item: Effect) -> str:
    """Return what would be needed to tell; where no number can be named, why."""
    if item.needed or not item.difference.is_ok:
        return item.needed or "–"
    if item.judgement.qualification.startswith("not confirmed"):
        return "It would have to show again in another window."
    return "No smallest worthwhile change was agreed for it." if item.worthwhile is None else "–"


def places(m: Measurement) -> Exhibit | Callout:
    """Return waits and agreed times before and after at each place the redesign changes."""
    agreed = {place.place: place for place in agreed_places(m.eng)}
    waits, kept = (_by_place(m, name) for name in (WAIT, KEPT))
    if not agreed or "" not in waits:
        return Callout("missing", NONE_AGREED)
    columns = (
        Column("Place", width=0.22), Column("Agreed, days", "right", 0.1), Column("Mean wait, before", "right", 0.13),
        Column("after", "right", 0.1), Column("Change (95 %), days", "right", 0.19), Column("Kept, before", "right", 0.13),
        Column("after", "right", 0.13),
    )  # fmt: skip
    proposed = [place.place for place in agreed.values() if not place.is_agreed]
    rows = [_place_row("All together", "", waits.get(""), kept.get(""))]
    for name, place in agreed.items():
        days = "–" if place.days is None else label_number(place.days, 0 if place.days.is_integer() else 1)
        mark = "" if place.is_agreed or len(proposed) == len(agreed) else ", proposed"
        rows.append(_place_row(name, f"{days}{mark}", waits.get(name), kept.get(name)))
    table, whole = Table(columns, tuple(rows)), waits[""]
    status = (
        f"{label_count(len(proposed), 'place')} of {label_number(len(agreed))} proposed, not agreed. " if proposed else ""
    )
    return Exhibit(
        "places", _places_title(whole, kept.get(""), len(agreed)), table=table,
        reading=f"{status}Places are shown, not judged: among several, one that looks better by chance is always found. "
        f"The mean of all together keeps one mix of places on both sides. {STANDING_CAVEAT}",
        foot=foot(m.eng, "Business days, running waits counted as far as they have come; kept: ended within the agreed "
                  "time / begun long enough ago to tell", whole.difference,
                  n=f"n = {label_count(whole.before.n, 'wait')} and {label_number(whole.after.n)}",
                  tables=("stage_visits", "handoffs")),
        facts=(*facts_of_table(table), *facts_of_effects(*waits.values(), *kept.values()), label_number(len(agreed)),
               label_number(len(proposed))),
        quoted=tuple(agreed),
    )  # fmt: skip


def _by_place(m: Measurement, name: str) -> dict[str, Effect]:
    return {item.place: item for item in m.effects if item.measure.partition(":")[0] == name}


def _places_title(wait: Effect, kept: Effect | None, many: int) -> str:
    """Return the wait at all places before and after, else how many places there are."""
    if not wait.difference.is_ok:
        return f"{label_count(many, 'place')} redesigned; {wait.judgement.verdict} on how long waits last there"
    said = f"Waits at redesigned places: {_short(wait.before)} before, {_short(wait.after)} after"
    if kept is None or not kept.difference.is_ok:
        return said
    return f"{said}; agreed times kept in {side_words(kept.before)} waits before, {side_words(kept.after)} after"


def _place_row(name: str, days: str, wait: Effect | None, kept: Effect | None) -> tuple[str, ...]:
    before, after, change = ("–", "–", "–")
    if wait is not None:
        before, after = _cell(wait.before), _cell(wait.after)
        is_single = not wait.difference.is_ok and (wait.before.is_ok or wait.after.is_ok)
        words = "not compared" if is_single else _change_cell(wait.difference)
        change = words.replace(" days", "").replace(" day", "")
    shares = ("–", "–") if kept is None else (_cell(kept.before), _cell(kept.after))
    return (name, days, before, after, change, *shares)


def _cell(side: Result) -> str:
    """Return a side in a cell; a handful of waits is too few for "x of n" about a place as well."""
    if side.is_ok:
        return side_words(side).split(" (")[0]
    return "–" if side.status == "not_assessable" else f"too few ({label_number(side.n)})"
