"""Cover, page one and the last page of the diagnosis: the answer, and what is to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapkit.baseline.execution import committed
from gapkit.diagnosis.asks import asks
from gapkit.diagnosis.evidence import NOT_ASSESSABLE
from gapkit.diagnosis.summary import verdict
from gapkit.labels import NOT_MEASURED, TOO_LITTLE, label_count, label_list, label_number, sentence_case
from gapkit.report.blocks import Answer, Callout, Column, Cover, Table, Tile
from gapkit.report.exhibits.appendix import table_of_unknowns
from gapkit.report.exhibits.common import cover as phase_cover
from gapkit.report.exhibits.common import facts_of, tile
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapkit.diagnosis import Diagnosis

# Page one must stay one page: the decisions it does not hold stand at the end.
MOST_ASKS = 4


def cover(d: Diagnosis) -> Cover:
    """Return the cover page."""
    return phase_cover(d.eng, "diagnose", period=label_list(list(d.baseline.quarters)))


def answer(d: Diagnosis) -> Answer:
    """Return page one: verdict, headline figures, what is to be decided, how complete the evidence is."""
    rate = d.results["execution_rate"]
    asked = asks(d)
    return Answer(
        verdict=verdict(d),
        tiles=tuple(_tiles(d)),
        asks=tuple(ask.decision for ask in asked[:MOST_ASKS]),
        evidence=tuple(evidence(d)),
        facts=(
            *facts_of(*d.results.values()),
            label_number(d.many_unknown),
            label_number((rate.events or 0) + d.many_unknown),
            *chances_of(d),
        ),
    )


def chances_of(d: Diagnosis) -> tuple[str, ...]:
    """Return the number-words the triage's own sentence uses."""
    return (d.triage.sentence,) if d.triage.probabilities else ()


def decide(d: Diagnosis) -> Table:
    """Return every decision asked for, with the finding it answers, who decides and by when."""
    asked = asks(d)
    columns = (Column("Decision", width=0.42), Column("Because", width=0.28), Column("Who decides", width=0.14),
               Column("By", width=0.16))  # fmt: skip
    rows = tuple((ask.decision, ask.because, sentence_case(ask.who), sentence_case(ask.until)) for ask in asked)
    verb = "is" if len(asked) == 1 else "are"
    return Table(columns, rows, title=f"{sentence_case(label_count(len(asked), 'decision'))} {verb} asked for")


def unknowns(d: Diagnosis) -> Table | Callout:
    """Return what this diagnosis could not say: figures, findings, single indicators and claims, each with its reason."""
    return table_of_unknowns([*_figures(d), *_findings(d), *_indicators(d), *_claims(d)])


def _figures(d: Diagnosis) -> Iterator[tuple[str, str, str]]:
    for name, result in d.results.items():
        if not result.is_ok:
            yield name_of(name), TOO_LITTLE if result.status == "thin" else NOT_MEASURED, next(iter(result.caveats), "")


def _findings(d: Diagnosis) -> Iterator[tuple[str, str, str]]:
    """Yield causes, pitfalls and levers; killers and fractures have a table of their own in their chapter."""
    for found in (*d.causes.findings, *d.pitfalls, *d.levers):
        if found.verdict == NOT_ASSESSABLE:
            yield f"{found.family} {found.name}", NOT_ASSESSABLE, next(iter(found.caveats), found.sentence)


def _indicators(d: Diagnosis) -> Iterator[tuple[str, str, str]]:
    """Yield the indicators left out of a score that could be given."""
    for found in (*d.killers.findings, *d.fractures.findings):
        for one in found.indicators:
            if one.status != "ok" and found.verdict != NOT_ASSESSABLE:
                answer = TOO_LITTLE if one.status == "thin" else NOT_MEASURED
                yield f"{one.id} ({found.name})", answer, next(iter(one.caveats), "")


def _claims(d: Diagnosis) -> Iterator[tuple[str, str, str]]:
    for claim in d.claims:
        if not claim.effect.is_ok:
            answer = TOO_LITTLE if claim.effect.status == "thin" else NOT_MEASURED
            yield f"claim {claim.id}", answer, next(iter(claim.effect.caveats), "")


def _tiles(d: Diagnosis) -> list[Tile]:
    names = {
        "execution_rate": "Execution rate",
        "otif_rate": "On time and to spec",
        "time_to_market_median_days": "Median time-to-market",
        "flow_efficiency": "Time being worked on",
        "velocity_per_week": "Deliveries",
        "invisible_tax": "Invisible tax",
    }
    if d.results["execution_rate"].status == "not_assessable":
        names = {"replanned_later_share": "Now later than first planned", "replanned_median_days": "Median move",
                 "execution_rate": "Execution rate", "flow_efficiency": "Time being worked on"}  # fmt: skip
    notes = {"time_to_market_median_days": "if not cancelled", "invisible_tax": "of spend and labour"}
    return [tile(label, d.results[name], note=notes.get(name, "")) for name, label in names.items()]


def evidence(d: Diagnosis) -> list[tuple[str, str]]:
    """Return how complete the evidence is, in a few lines."""
    table = d.eng.reliability
    good = int((table["level"] == "sufficient").sum())
    lines = [("Figures the data can carry", f"{label_number(good)} of {label_number(len(table))}")]
    for level, words in (("limited", "With limits"), ("not reliable", "Not reliable"), ("not measured", "Not measured")):
        names = table.loc[table["level"] == level, "metric"].astype(str).tolist()
        lines += [(words, label_list(names))] if names else []
    cohort = committed(d.baseline.judged, d.baseline.quarters)
    source = cohort["plan_source"].value_counts()
    if len(source):
        lines.append(
            ("Planned dates of the frozen plan", label_list([f"{name} ({label_number(n)})" for name, n in source.items()]))
        )
    assessed = [found for found in d.findings if found.sources]
    lines.append(("Findings assessed", f"{label_number(len(assessed))} of {label_number(len(d.findings))}"))
    lines.append(("People asked", _survey_words(d)))
    return lines


def _survey_words(d: Diagnosis) -> str:
    rate = d.survey.results["response_rate"]
    if d.survey.last is None:
        return "no survey"
    if not d.survey.is_measured:
        return "a survey with too few answers to show any"
    if rate.events is None or not rate.n:
        return "a survey; how many were invited is not known"
    return f"{label_number(rate.events)} of {label_number(rate.n)} answered"
