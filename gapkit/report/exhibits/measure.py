"""Every exhibit of the measurement: page one, what is to be decided, and the chapters between."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from gapkit.baseline.frozen import worthwhile_change
from gapkit.labels import (
    NOT_MEASURED,
    TOO_LITTLE,
    label_count,
    label_date,
    label_list,
    label_period,
    label_pp,
    label_share,
    sentence_case,
)
from gapkit.measurement.asks import asks
from gapkit.measurement.explanations.explanation import lower_first
from gapkit.measurement.explanations.ways import way_of
from gapkit.measurement.promised.wording import why_untold
from gapkit.measurement.wording import change_words, interval_words, measure_name, verdict_words
from gapkit.report.blocks import Answer, Callout, Column, Cover, Table, Tile
from gapkit.report.exhibits.appendix import table_of_unknowns
from gapkit.report.exhibits.common import cover as phase_cover
from gapkit.report.exhibits.common import facts_of, tile
from gapkit.report.exhibits.measured.adoption import adoption, adoption_places
from gapkit.report.exhibits.measured.editions import decided, moved
from gapkit.report.exhibits.measured.effects import (
    changed,
    direction_of,
    effect,
    facts_of_effects,
    places,
    title_of,
    unchanged,
)
from gapkit.report.exhibits.measured.explanations import compared, explanations, looked_at
from gapkit.report.exhibits.measured.forecast import forecast, foretold, landing
from gapkit.report.exhibits.measured.promised import next_promise, promised, promised_levers
from gapkit.report.exhibits.measured.standing import quarters, standing, throughput
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapkit.measurement import Measurement
    from gapkit.measurement.effects import Effect
    from gapkit.report.blocks import TileDirection

__all__ = [
    "adoption",
    "adoption_places",
    "answer",
    "changed",
    "compared",
    "cover",
    "decide",
    "decided",
    "effect",
    "explanations",
    "forecast",
    "foretold",
    "frozen",
    "landing",
    "looked_at",
    "moved",
    "next_promise",
    "places",
    "promised",
    "promised_levers",
    "quarters",
    "standing",
    "throughput",
    "unchanged",
    "unknowns",
]  # fmt: skip

# Page one must stay one page: the decisions it does not hold stand at the end.
MOST_ASKS = 4
# Beside the primary measure: what a leader asks for first, in this order.
TILES = ("execution_rate", "on_time_rate", "otif_rate", "velocity_per_week", "time_to_market_restricted_mean_days")
MOST_TILES = 5
PLACES = "Too few waits there on one side; see the places redesigned."
DIRECTIONS: dict[str, TileDirection] = {"improved": "good", "worsened": "bad"}


def cover(m: Measurement) -> Cover:
    """Return the cover page."""
    return phase_cover(m.eng, "measure", period=label_period(*m.window))


def answer(m: Measurement) -> Answer:
    """Return page one: the verdict on the measure agreed at day 30, and what speaks for and against it."""
    asked = asks(m)
    return Answer(
        verdict=title_of(m.primary),
        detail=m.primary.sentence,
        tiles=tuple(_tiles(m)),
        asks=tuple(ask.decision for ask in asked[:MOST_ASKS]),
        evidence=tuple(_evidence(m)),
        facts=(*facts_of_effects(*m.effects), *_periods(m), *facts_of(*m.forecast.results.values())),
        direction=direction_of(m.primary),
        better="up" if m.primary.better > 0 else "down",
    )


def _tiles(m: Measurement) -> Iterator[Tile]:
    by_name = {effect.measure: effect for effect in m.effects}
    wanted = dict.fromkeys((m.primary.measure, *TILES))
    shown = [by_name[name] for name in wanted if name in by_name and by_name[name].judgement.verdict != "not measured"]
    yield from (_tile(effect) for effect in shown[:MOST_TILES])
    if m.forecast.on_time.is_ok and m.forecast.is_reliable:
        yield tile("Open commitments, on time", m.forecast.on_time)


def _tile(effect: Effect) -> Tile:
    gap, verdict = effect.difference, effect.judgement.verdict
    name = sentence_case(measure_name(effect.measure))
    if not gap.is_ok:
        return Tile(name, TOO_LITTLE, note="" if verdict == TOO_LITTLE else verdict)
    # An interval clear of zero under "no detectable change" reads as a slip unless the reason stands beside it.
    note = verdict_words(effect.judgement) if way_of(gap.low, gap.high) and verdict == "no detectable change" else verdict
    return Tile(name, change_words(gap), f"95 %: {interval_words(gap)}", note, DIRECTIONS.get(verdict, ""))


def _evidence(m: Measurement) -> Iterator[tuple[str, str]]:
    yield _baseline_words(m), f"{label_date(m.frozen.frozen_on)}: {label_list(list(m.frozen.quarters))}"
    yield "Measure window", label_period(*m.window)
    yield "Agreed as worthwhile", _worthwhile(m)
    yield "New way of working", m.adoption.sentence
    yield "Other explanations", m.explanations.sentence
    yield "Promises", m.promised.sentence
    yield "Since the last edition", m.moved.sentence
    if m.caveats:
        yield "To know", " ".join(m.caveats)


def _baseline_words(m: Measurement) -> str:
    return "Baseline frozen on" if m.comparison.is_frozen else "Baseline not frozen; read as known on"


def _worthwhile(m: Measurement) -> str:
    """Return the change agreed as worthwhile for the primary measure."""
    change = worthwhile_change(m.frozen.min_change, m.frozen.primary)
    return label_pp(change) if m.primary.before.unit == "share" else f"{label_share(change)} more"


def _periods(m: Measurement) -> tuple[str, ...]:
    """Return what the primary sentence says besides figures: both periods, and why a side has none."""
    sides = (m.primary.after, m.primary.before, m.primary.difference)
    return (*(side.period for side in sides), *(caveat for side in sides if not side.is_ok for caveat in side.caveats))


def decide(m: Measurement) -> Table:
    """Return every decision asked for, with what it rests on, who decides and by when."""
    asked = asks(m)
    columns = (Column("Decision", width=0.36), Column("Because", width=0.36), Column("Who decides", width=0.14),
               Column("By", width=0.14))  # fmt: skip
    rows = tuple((ask.decision, ask.because, sentence_case(ask.who), sentence_case(ask.until)) for ask in asked)
    verb = "is" if len(asked) == 1 else "are"
    return Table(columns, rows, title=f"{sentence_case(label_count(len(asked), 'decision'))} {verb} asked for")


def unknowns(m: Measurement) -> Table | Callout:
    """Return what this measurement could not say, each with its reason."""
    found = table_of_unknowns([*_unknown_effects(m), *_unknown_others(m), *_untold(m)])
    # Single places, promises and explanations stand together, so the rows do not count the figures.
    return replace(found, title="What this report does not say") if isinstance(found, Table) else found


def _unknown_effects(m: Measurement) -> Iterator[tuple[str, str, str]]:
    untold = [one for one in m.effects if one.judgement.verdict in (TOO_LITTLE, NOT_MEASURED)]
    for one in untold:
        if not one.place:
            sides = (one.after, one.before, one.difference)
            why = one.needed or next((side.caveats[0] for side in sides if not side.is_ok and side.caveats), "")
            yield measure_name(one.measure), one.judgement.verdict, why
    # Places are many and stand in a table of their own: one row for all figures of a kind.
    for measure, count in Counter(one.measure.partition(":")[0] for one in untold if one.place).items():
        yield f"{measure_name(measure)} at {label_count(count, 'single place')}", TOO_LITTLE, PLACES


def _unknown_others(m: Measurement) -> Iterator[tuple[str, str, str]]:
    for name, result in m.forecast.results.items():
        if not result.is_ok:
            yield name_of(name), TOO_LITTLE if result.status == "thin" else NOT_MEASURED, next(iter(result.caveats), "")
    for part in m.adoption.parts:
        if not part.is_measured:
            yield part.name, part.verdict, next(iter((*part.after.caveats, *part.caveats)), "")


def _untold(m: Measurement) -> Iterator[tuple[str, str, str]]:
    untold = [row for row in m.promised.judged if row.word == "cannot be told"]
    if untold:
        yield label_count(len(untold), "promise"), "cannot be told", why_untold(untold)
    unclear = [lower_first(item.name) for item in m.explanations.standing("cannot be told")]
    if unclear:
        why = f"Too little on record: {label_list(unclear)}. See What else could explain it."
        yield label_count(len(unclear), "other explanation"), "cannot be told", why


def frozen(m: Measurement) -> Table:
    """Return the yardstick as it was frozen: measure, target, rules, exclusions, test."""
    data = m.frozen.data
    target = data.get("target") or {}
    rows = [
        ("Frozen on" if m.comparison.is_frozen else "Not frozen; read as known on", label_date(m.frozen.frozen_on)),
        ("Judged by", sentence_case(name_of(m.frozen.primary))),
        ("Defined as", str(data["definitions"].get(m.frozen.primary, ""))),
        ("Baseline quarters", label_list(list(m.frozen.quarters))),
        ("Worthwhile change", _worthwhile(m)),
        ("Target", label_share(target["value"]) if target and m.primary.before.unit == "share" else ""),
        ("Test", str(data["test"])),
        *(("Not counted", text) for text in data.get("exclusions", ())),
        *(("To know", text) for text in m.caveats),
    ]
    shown = tuple(row for row in rows if row[1])
    return Table((Column("The yardstick", width=0.24), Column("", width=0.76)), shown)
