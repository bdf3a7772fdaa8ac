"""One page for each active killer or fracture: condition, criterion, signs, effect, recommendation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.evidence import POSSIBLE
from gapkit.diagnosis.killers.effects import SAME_PROGRAMS, effect_words
from gapkit.diagnosis.killers.killers import SAID_ALONE, SHOWN_ALONE
from gapkit.diagnosis.killers.remedies import EXPECTED, advised
from gapkit.diagnosis.killers.sentences import headline, indicator_words, label_chance, strongest_signs
from gapkit.diagnosis.scoring.verdicts import is_at_least
from gapkit.labels import label_list, label_number, label_period, sentence_case
from gapkit.plots import scores
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapkit.diagnosis import Diagnosis
    from gapkit.diagnosis.evidence import Finding, Indicator

SIGNS: Final = 3  # the strongest signs named in words; the chart shows all


def killer_cards(d: Diagnosis) -> tuple[Exhibit, ...]:
    """Return a page for each killer that is clearly, probably or possibly active, the most active first."""
    return tuple(_card(d, finding) for finding in d.killers.findings if is_at_least(finding.verdict, POSSIBLE))


def fracture_cards(d: Diagnosis) -> tuple[Exhibit | Callout, ...]:
    """Return a page for each active fracture; one line where its killer has said the same already."""
    active = [finding for finding in d.fractures.findings if is_at_least(finding.verdict, POSSIBLE)]
    return tuple(_twin_line(d, finding) or _card(d, finding) for finding in active)


def _twin_line(d: Diagnosis, fracture: Finding) -> Callout | None:
    """Return the line in place of a page for a fracture whose killer is active too and rests on the same signs."""
    twin = SAME_PROGRAMS.get(fracture.id)
    if twin is None or not is_at_least(d.finding(twin).verdict, POSSIBLE):
        return None
    known = {indicator.id for indicator in d.finding(twin).indicators}
    own = [indicator_words(one) for one in fracture.indicators if one.id not in known and one.status == "ok"]
    adds = f" It adds: {label_list(own)}." if own else ""
    return Callout(
        "note", f"{fracture.sentence.partition('. ')[0]}. It rests on the signs of {d.finding(twin).name}.{adds}"
    )


def _card(d: Diagnosis, finding: Finding) -> Exhibit:
    settings = d.eng.config.settings
    assert finding.activity is not None, "what is at least possible has a score"
    chance = finding.p_active or 0.0
    title = headline(finding.id, finding.family, finding.verdict, finding.activity, chance, settings)
    counted = [indicator for indicator in finding.indicators if indicator.status == "ok"]
    figure = draw(d.eng, scores.plot_indicators, counted) if counted else None
    return Exhibit(
        finding.id, title, figure, alt=scores.describe_indicators(counted) if counted else "",
        table=_parts(d, finding), reading=_reading(finding),
        foot=_foot(d, finding),
        facts=(*(label_number(x) for x in finding.activity), "0", "100", label_number(settings.probable_activity),
               label_chance(chance), "95 %", *finding.caveats),
    )  # fmt: skip


def _parts(d: Diagnosis, finding: Finding) -> Table:
    """Return the finding in its five parts."""
    remedies = advised(finding, d.eng.scale)
    effects = effect_words(finding.id, d.attribution, d.cost, d.claims)
    rows = [
        ("What we found", _condition(d, finding)),
        ("What should hold", EXPECTED[finding.id]),
        ("What goes with it", _signs(finding)),
        *_headed("Effect", effects),
        *_headed("Not counted", [_left_out(one) for one in finding.indicators if one.status != "ok"]),
        *_headed("What we advise", [f"{one.do} Answers for it: {one.who}. Should move: {one.moves}." for one in remedies]),
    ]
    return Table((Column("", width=0.17), Column("", width=0.83)), tuple(rows))


def _headed(head: str, texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return one row per text, the first with its head."""
    return [(head if place == 0 else "", text) for place, text in enumerate(texts)]


def _condition(d: Diagnosis, finding: Finding) -> str:
    """Return behaviour and perception in words, and that they disagree where they do."""
    apart = [one.sentence for one in (*d.killers.disagreements, *d.fractures.disagreements) if one.id == finding.id]
    sides = finding.sentence.partition(". ")[2].partition(" Strongest sign: ")[0]
    return " ".join((sides, *apart))


def _signs(finding: Finding) -> str:
    """Return its strongest signs: what is seen together with it, which need not be what brings it about."""
    signs = strongest_signs(finding.indicators)[:SIGNS]
    if not any(one.status == "ok" for one in finding.indicators):
        return "No indicator could be counted: people report it, and no record was there to look at."
    if not signs:
        return "No indicator scores above 0: people report it, and the records at hand do not show where."
    return sentence_case("; ".join(f"{one.id}: {indicator_words(one)}" for one in signs)) + "."


def _reading(finding: Finding) -> str:
    """Return how the chart is read, and what limits it."""
    counted = [indicator for indicator in finding.indicators if indicator.status == "ok"]
    how = ("Each bar runs from the healthy value, which scores 0, to the severe one, which scores 100; the dot is the "
           "value here, the dark part its 95 % interval.")  # fmt: skip
    alone = [caveat for caveat in finding.caveats if caveat in {SAID_ALONE, SHOWN_ALONE}]
    known = [f"{indicator.id}: {caveat}" for indicator in counted for caveat in indicator.caveats]
    return " ".join((*([how] if counted else []), *alone, *known))


def _left_out(indicator: Indicator) -> str:
    """Return an indicator that is in no score, in words, with what it lacks."""
    why = indicator.caveats[0] if indicator.caveats else ""
    return f"{indicator.id} … {indicator.name}: {why[:1].lower()}{why[1:]}"


def _foot(d: Diagnosis, finding: Finding) -> str:
    tables = [table for indicator in finding.indicators if indicator.n for table in indicator.source]
    people = ("survey_answers",) if finding.n_answers else ()
    period = label_period(d.baseline.start, d.eng.as_of)
    said = ("Healthy and severe values: working defaults of the method", "n beside each value", period)
    return " · ".join((*said, "95 % interval: bootstrap", source_of(d.eng, *tables, *people)))
