"""The exhibits of the measurement: the effect on what was agreed, and everything that qualifies it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.baseline.frozen import worthwhile_change
from gapkit.labels import (
    label_date,
    label_list,
    label_number,
    label_period,
    label_pp,
    label_result,
    label_share,
    sentence_case,
)
from gapkit.measurement.wording import change_words, interval_words
from gapkit.plots import rates
from gapkit.report.blocks import Answer, Callout, Column, Cover, Exhibit, Table, Tile
from gapkit.report.exhibits.common import cover as phase_cover
from gapkit.report.exhibits.common import draw, facts_of, foot
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.measurement import Measurement
    from gapkit.measurement.effects import Effect
    from gapkit.report.blocks import TileDirection
    from gapkit.results import Result


def cover(m: Measurement) -> Cover:
    """Return the cover page."""
    return phase_cover(m.eng, "measure", period=label_period(*m.window))


def answer(m: Measurement) -> Answer:
    """Return page one: the verdict on the measure agreed at day 30."""
    return Answer(
        verdict=m.primary.sentence,
        tiles=tuple(_tile(effect) for effect in m.effects),
        asks=tuple(_asks(m)),
        evidence=(
            ("Baseline frozen on", f"{label_date(m.frozen.frozen_on)}: {label_list(list(m.frozen.quarters))}"),
            ("Measure window", label_period(*m.window)),
            ("Agreed as worthwhile", _worthwhile(m)),
        ),
        facts=_effect_facts(*m.effects),
        direction=_direction(m.primary),
    )


def _worthwhile(m: Measurement) -> str:
    """Return the change agreed as worthwhile for the primary measure."""
    change = worthwhile_change(m.frozen.min_change, m.frozen.primary)
    return label_pp(change) if m.primary.before.unit == "share" else f"{label_share(change)} more"


def _effect_facts(*effects: Effect) -> tuple[str, ...]:
    words: list[str] = ["95 %"]
    for effect in effects:
        words += facts_of(effect.before, effect.after)
        words += [change_words(effect.difference), interval_words(effect.difference), effect.judgement.qualification]
    return tuple(dict.fromkeys(word for word in words if word))


def _direction(effect: Effect) -> int | None:
    value = effect.difference.value
    return None if value is None else (value > 0) - (value < 0)


def _tile(effect: Effect) -> Tile:
    verdict = effect.judgement.verdict
    directions: dict[str, TileDirection] = {"improved": "good", "worsened": "bad"}
    name = name_of(effect.measure)
    gap = effect.difference
    interval = f"95 %: {interval_words(gap)}" if gap.is_ok else ""
    return Tile(sentence_case(name), change_words(gap) if gap.is_ok else "", interval, verdict, directions.get(verdict, ""))


def _asks(m: Measurement) -> list[str]:
    """Return what the reader is asked to decide, by verdict."""
    verdict = m.primary.judgement.verdict
    first = {
        "improved": "Keep the redesign and keep measuring: one window shows a change, not that it lasts.",
        "worsened": "Go back to the redesign: find out which change did not hold before adding another.",
        "no detectable change": "Decide whether to measure for longer or to change more; this window shows no difference.",
    }.get(verdict, "Agree how long to keep measuring: this window holds too little data for a verdict.")
    return [first, "Do not rebase the yardstick: the baseline stays as it was frozen."]


def effect(m: Measurement) -> Exhibit:
    """Return the primary measure before and after, with its verdict."""
    primary = m.primary
    rows = {f"before ({primary.before.period})": primary.before, f"after ({primary.after.period})": primary.after}
    title = primary.sentence.split(". ")[0]
    definition = sentence_case(m.frozen.data["definitions"][primary.measure])
    if primary.before.unit != "share":
        return Exhibit("effect", title, table=_effects_table((primary,)), facts=_effect_facts(primary),
                       reading=primary.sentence, direction=_direction(primary),
                       foot=foot(m.eng, definition, primary.difference))  # fmt: skip
    target = m.frozen.data.get("target") or {}
    labels = list(rows)
    figure = draw(
        m.eng,
        rates.plot_rates,
        rows,
        colours={labels[0]: "before", labels[1]: "after"},
        reference=target.get("value"),
        reference_label="target",
    )
    return Exhibit(
        "effect", title, figure, alt=rates.describe_rates(rows, name_of(primary.measure)),
        reading="The dashed line is the baseline plus the change agreed as worthwhile. Each bar alone also carries how "
        "teams differ; the same teams stand on both sides, so the interval of the change does not.",
        foot=foot(m.eng, definition,
                  primary.difference, n=f"n = {label_number(primary.before.n)} and {label_number(primary.after.n)}"),
        facts=_effect_facts(primary), direction=_direction(primary),
    )  # fmt: skip


def _effects_table(effects: tuple[Effect, ...]) -> Table:
    columns = (Column("Measure", width=0.18), Column("Before", "right", 0.16), Column("After", "right", 0.16),
               Column("Change (95 % interval)", "right", 0.24), Column("Verdict", width=0.26))  # fmt: skip
    rows = []
    for item in effects:
        gap = item.difference
        change = f"{change_words(gap)} ({interval_words(gap)})" if gap.is_ok else "–"
        name = name_of(item.measure)
        verdict = ", ".join(part for part in (item.judgement.verdict, item.judgement.qualification) if part)
        rows.append((sentence_case(name), _with_n(item.before), _with_n(item.after), change, verdict))
    return Table(columns, tuple(rows))


def _with_n(result: Result) -> str:
    return f"{label_result(result)} (n = {label_number(result.n)})" if result.is_ok else label_result(result)


def other_measures(m: Measurement) -> Exhibit:
    """Return every measure side by side, the primary one first."""
    shown = sum(item.judgement.verdict in {"improved", "worsened"} for item in m.effects)
    counts = (label_number(shown), label_number(len(m.effects)))
    title = f"A change beyond chance shows in {counts[0]} of {counts[1]} measures"
    return Exhibit(
        "measures", title, table=_effects_table(m.effects),
        reading="The first measure was agreed at day 30 and is judged by its interval. The others are exploratory: their "
                "p-values are adjusted for being several (Holm).",
        foot=foot(m.eng, "Frozen baseline against the measure window",
                  n=f"before: {label_list(list(m.frozen.quarters))}; after: {m.primary.after.period}"),
        facts=(*_effect_facts(*m.effects), *counts, "30"),
    )  # fmt: skip


def standing(m: Measurement) -> Exhibit | Callout:
    """Return the execution rate of every complete quarter beside the target."""
    rows = m.by_quarter
    shown = [result for result in rows.values() if result.is_ok]
    if not shown:
        return Callout("missing", "No complete quarter has enough programs for a rate of its own.")
    last = [quarter for quarter, result in rows.items() if result.is_ok][-1]
    title = f"{last}: {label_result(rows[last])} of the frozen plan was delivered in its quarter"
    colours = {quarter: "after" if quarter > m.frozen.quarters[-1] else "before" for quarter in rows}
    figure = draw(m.eng, rates.plot_rates, rows, colours=colours)
    return Exhibit(
        "standing", title, figure, alt=rates.describe_rates(rows, "Execution rate by quarter"),
        reading=f"The dark quarters came after the baseline ({label_list(list(m.frozen.quarters))}). One quarter is one "
        "reading: where bars overlap, these counts do not settle whether anything changed.",
        foot=foot(m.eng, "Delivered by the end of the quarter, of its frozen plan",
                  n=label_list([f"{quarter} n = {label_number(result.n)}" for quarter, result in rows.items()])),
        facts=(*facts_of(*rows.values()), *rows, label_list(list(m.frozen.quarters))),
    )  # fmt: skip


def explanations(m: Measurement) -> Table:
    """Return the other explanations that a before–after comparison cannot rule out."""
    return Table((Column("What else could explain it"),), tuple((text,) for text in m.caveats))
