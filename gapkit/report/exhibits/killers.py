"""Exhibits of killers and fractures: how active each is, where records and people disagree, what is not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.diagnosis.evidence import NOT_ASSESSABLE, NOT_SHOWN, VERDICTS
from gapkit.diagnosis.killers.killers import JUDGEMENT
from gapkit.diagnosis.killers.sentences import label_chance, label_score
from gapkit.labels import label_count, label_list, label_number, label_period, sentence_case
from gapkit.plots import scores
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, source_of, unmeasured
from gapkit.report.exhibits.finding_cards import fracture_cards, killer_cards
from gapkit.report.exhibits.indicators import indicator_rows, indicators
from gapkit.survey.build import LOW_RESPONSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gapkit.diagnosis import Diagnosis
    from gapkit.diagnosis.evidence import Disagreement, Finding, Ranking
    from gapkit.stats.intervals import Interval

# A column of figures: its head, its width, and what stands in it.
_Part = tuple[str, float, "Callable[[Finding], str]"]

__all__ = [
    "disagreements", "fracture_cards", "fractures", "indicator_rows", "indicators", "killer_cards", "killers", "not_shown",
]  # fmt: skip


def killers(d: Diagnosis) -> Exhibit | Callout:
    """Return how active each of the five killers is, and what may be said about their order."""
    return _ranking(d, d.killers, "killers")


def fractures(d: Diagnosis) -> Exhibit | Callout:
    """Return how active each of the four fractures is, and what may be said about their order."""
    return _ranking(d, d.fractures, "fractures")


def _ranking(d: Diagnosis, ranking: Ranking, family: str) -> Exhibit | Callout:
    assessed = [finding for finding in ranking.findings if finding.activity is not None]
    if not assessed:
        count = label_number(len(ranking.findings))
        return unmeasured(f"None of the {count} {family} could be assessed. A survey would switch on all of them; the "
                          "records that would are listed below")  # fmt: skip
    mark = d.eng.config.settings.probable_activity
    figure = draw(d.eng, scores.plot_scores, ranking.findings, mark)
    chances = [label_chance(p) for one in assessed for p in (one.p_rank1, one.p_top2) if p is not None]
    sides = [side for one in assessed for side in (one.activity, one.behaviour, one.perception) if side is not None]
    return Exhibit(
        family, ranking.sentence.removesuffix("."), figure,
        alt=scores.describe_scores(ranking.findings, sentence_case(family)), table=_places(ranking),
        reading=_reading(ranking, family, mark),
        foot=_foot(d, assessed, "Score: weighted mean of indicators and survey statements"),
        facts=(*chances, *_limits(sides), "0", "100", "two", label_number(mark), label_number(len(assessed))),
    )  # fmt: skip


def _reading(ranking: Ranking, family: str, mark: float) -> str:
    """Return how to read the scores, and what holds for all of them."""
    how = (f"0 is healthy, 100 severe; one of the {family} counts as active only where a score of {label_number(mark)} or "
           "more is probable and the records bear it out.")  # fmt: skip
    names = {word: [one.name for one in ranking.findings if one.verdict == word] for word in VERDICTS}
    said = [f"{sentence_case(word)}: {label_list(known)}." for word, known in names.items() if known]
    # What the survey carries along stands with the survey; only how far it may be trusted bears on a score.
    known = [caveat for caveat in ranking.caveats if caveat in {JUDGEMENT, LOW_RESPONSE}]
    return " ".join(filter(None, (ranking.guard, *said, how, *known)))


def _places(ranking: Ranking) -> Table:
    """Return what is known of each one's place, and on what it rests."""
    alone = dict(ranking.behaviour_only)
    ranked: list[_Part] = [
        ("Most active", 0.13, lambda one: _chance(one.p_rank1)),
        ("Of the two most", 0.13, lambda one: _chance(one.p_top2)),
        ("Rank (90 %)", 0.12, _rank),
    ]
    shown = ranked if any(one.rank for one in ranking.findings) else []
    beside: list[_Part] = [("Behaviour alone", 0.13, lambda one: _alone(alone.get(one.id)))] if alone else []
    parts: list[_Part] = [*shown, *beside, ("Grade", 0.07, lambda one: one.grade or "–")]
    rest = 0.8 - sum(width for _, width, _ in parts)
    columns = (
        Column("", width=0.2),
        *(Column(head, "right", width) for head, width, _ in parts),
        Column("Rests on", width=rest),
    )
    rows = tuple((sentence_case(one.name), *(cell(one) for _, _, cell in parts), _basis(one)) for one in ranking.findings)
    foot = "Probability of being the most active, and of being among the two most active." if shown else ""
    return Table(columns, rows, foot=foot)


def _chance(probability: float | None) -> str:
    return "–" if probability is None else label_chance(probability)


def _rank(finding: Finding) -> str:
    if finding.rank is None:
        return "–"
    low, high = map(label_number, finding.rank)
    return low if low == high else f"{low} to {high}"


def _alone(score: Interval | None) -> str:
    return "–" if score is None else label_score(score)


def _basis(finding: Finding) -> str:
    counted = sum(indicator.status == "ok" for indicator in finding.indicators)
    behaviour = f"{label_number(counted)} of {label_count(len(finding.indicators), 'indicator')}"
    people = label_count(finding.n_answers, "answer") if finding.n_answers else "no answers"
    return f"{behaviour}, {people}"


def _limits(sides: Iterable[Interval]) -> list[str]:
    return [label_number(x) for side in sides for x in side]


def _foot(d: Diagnosis, findings: Iterable[Finding], definition: str) -> str:
    """Return the foot line: definition, n, period, method, source."""
    known = list(findings)
    counted = sum(indicator.status == "ok" for one in known for indicator in one.indicators)
    answers = max((one.n_answers for one in known), default=0)
    tables = [table for one in known for indicator in one.indicators if indicator.n for table in indicator.source]
    people = ("survey_answers",) if answers else ()
    n = f"n = {label_list([label_count(counted, 'indicator'), label_count(answers, 'answer')])}"
    period = label_period(d.baseline.start, d.eng.as_of)
    how = "90 % interval: programs and people resampled, anchors and weights redrawn"
    return " · ".join((definition, n, period, how, source_of(d.eng, *tables, *people)))


def disagreements(d: Diagnosis) -> Exhibit | Callout | None:
    """Return behaviour against perception; one line where they agree, or cannot be compared.

    None where nothing could be assessed at all, which `killers` says.
    """
    known = [one for one in (*d.killers.findings, *d.fractures.findings) if one.difference is not None]
    if all(one.activity is None for one in (*d.killers.findings, *d.fractures.findings)):
        return None
    if not known:
        return unmeasured(
            "Records and people cannot be compared: no killer or fracture has both enough indicators and a survey"
        )
    found = sorted((*d.killers.disagreements, *d.fractures.disagreements), key=lambda one: -abs(one.difference.value))
    least = label_number(d.eng.config.settings.disagreement)
    if not found:
        both = label_count(len(known), "killer or fracture", "killers and fractures")
        return Callout("note", f"Records and people agree: on none of the {both} with both do they differ by {least} "
                       "points or more beyond chance.")  # fmt: skip
    apart = {one.id for one in found}
    figure = draw(d.eng, scores.plot_differences, known, tuple(apart))
    facts = _limits([side for one in known for side in (one.behaviour, one.perception, one.difference) if side is not None])
    return Exhibit(
        "disagreements", found[0].sentence.removesuffix("."), figure, alt=scores.describe_differences(known),
        table=_further(found),
        reading=f"The two disagree where they differ by {least} points or more and the interval leaves out 0. Which of "
                "them is right is a question for the next interviews, not for this chart.",
        foot=_foot(d, known, "Behaviour minus perception, points of the score"),
        facts=(*facts, "90 %", "0", least),
    )  # fmt: skip


def _further(found: Sequence[Disagreement]) -> Table | None:
    """Return the findings besides the one the title tells."""
    rows = tuple((one.sentence,) for one in found[1:])
    return Table((Column("Where else they disagree"),), rows) if rows else None


def not_shown(d: Diagnosis) -> Table | None:
    """Return the killers and fractures that are not shown or not assessable, and why; None where all are active."""
    rows = tuple(
        (sentence_case(finding.name), finding.family, sentence_case(finding.verdict), _why(finding))
        for finding in (*d.killers.findings, *d.fractures.findings)
        if finding.verdict in {NOT_SHOWN, NOT_ASSESSABLE}
    )
    if not rows:
        return None
    columns = (Column("Killer or fracture", width=0.18), Column("Kind", width=0.08), Column("Verdict", width=0.12),
               Column("Why, and what would switch it on", width=0.62))  # fmt: skip
    title = f"{label_count(len(rows), 'killer or fracture', 'killers and fractures')} not shown, or not assessable"
    foot = "Not shown: a score as high as active ones have is improbable; not assessable: too few records and answers."
    return Table(columns, rows, title=title, foot=foot)


def _why(finding: Finding) -> str:
    """Return the part of the finding's first sentence that gives the reason."""
    first, _, more = finding.sentence.partition(": ")[2].partition(". ")
    counted = any(indicator.status == "ok" for indicator in finding.indicators)
    if finding.verdict == NOT_ASSESSABLE:
        return sentence_case(f"{first}. {more}" if counted else more)
    return f"{sentence_case(first)}."
