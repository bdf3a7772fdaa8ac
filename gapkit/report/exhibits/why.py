"""Exhibits of why plans are lost: causes, pitfalls, levers, and what the size of the organisation asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.causes.wording import causes_title, doubts, headline_of
from gapkit.diagnosis.levers.wording import lacks, levers_title
from gapkit.diagnosis.pitfalls.wording import count_words, pitfalls_title
from gapkit.diagnosis.signs.signs import Sign, why_not_assessable
from gapkit.diagnosis.signs.wording import mark_words, sign_words, value_words
from gapkit.labels import NOT_MEASURED, TOO_LITTLE, label_interval, label_number, label_period, sentence_case
from gapkit.plots.levers import describe_levers, plot_levers
from gapkit.plots.signs import SignGroup, describe_signs, plot_signs
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, source_of, unmeasured

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.diagnosis.evidence import Finding

KEY: Final = (
    "Right of the mark counts as a sign: a filled dot is clear of it by its 95 % interval too, a hollow one may be chance."
)
RULE: Final = "A cause is shown where people say so and at least one other sign is beyond its mark."


def causes(d: Diagnosis) -> Exhibit | Callout:
    """Return the three causes: which are shown, by which signs, which not, which could not be assessed."""
    findings = d.causes.findings
    if not any(sign.status == "ok" for finding in findings for sign in finding.indicators):
        why = why_not_assessable(signs_of(findings[0]))
        return unmeasured(f"{causes_title(findings)}. {why}")
    groups = [group_of(finding, headline_of(finding)) for finding in findings]
    reading = " ".join(filter(None, (RULE, KEY, *map(doubts, findings))))
    return _signs_exhibit(d, "causes", causes_title(findings), groups, findings, reading)


def pitfalls(d: Diagnosis) -> Exhibit | Callout:
    """Return the three pitfalls with every sign."""
    title = pitfalls_title(d.pitfalls)
    if not any(sign.status == "ok" for finding in d.pitfalls for sign in finding.indicators):
        return unmeasured(f"{title}. {why_not_assessable(signs_of(d.pitfalls[0]))}")
    groups = [
        group_of(
            finding,
            f"{sentence_case(finding.name)}: {finding.verdict} ({count_words(finding).removesuffix(' clearly there')})",
        )
        for finding in d.pitfalls
    ]
    rule = "A pitfall is present where two thirds of the signs that could be read are clear, partly present from one third."
    return _signs_exhibit(d, "pitfalls", title, groups, d.pitfalls, f"{rule} {KEY}")


def _signs_exhibit(
    d: Diagnosis, name: str, title: str, groups: Sequence[SignGroup], findings: Sequence[Finding], reading: str
) -> Exhibit:
    tables = {table for finding in findings for sign in finding.indicators for table in sign.source}
    period = label_period(d.baseline.start, d.eng.as_of)
    marks = "Marks are working defaults; n beside each sign · 95 % intervals; a figure without one has seen all there is"
    return Exhibit(
        name, title, draw(d.eng, plot_signs, groups), alt=describe_signs(groups), reading=reading,
        foot=f"{marks} · {period} · {source_of(d.eng, *sorted(tables))}",
        facts=(*facts_of_signs(findings), "95 %", "two", *(group.heading for group in groups)),
    )  # fmt: skip


def group_of(finding: Finding, heading: str) -> SignGroup:
    """Return the signs of a finding under a heading; where none could be read, what would switch it on."""
    signs = signs_of(finding)
    readable = any(sign.status != "not_assessable" for sign in signs)
    return SignGroup(heading, signs if readable else (), "" if readable else why_not_assessable(signs))


def signs_of(finding: Finding) -> tuple[Sign, ...]:
    """Return the signs under a finding."""
    return tuple(sign for sign in finding.indicators if isinstance(sign, Sign))


def facts_of_signs(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return every number-word a sentence about these signs may use: values, limits, n, marks."""
    signs = [sign for finding in findings for sign in signs_of(finding) if sign.status == "ok"]
    words = [
        word for sign in signs for word in (value_words(sign), mark_words(sign), sign_words(sign), label_number(sign.n))
    ]
    return tuple(dict.fromkeys(words))


def levers(d: Diagnosis) -> Exhibit | Callout:
    """Return how far the three levers are in place, and what each lacks."""
    title, parts = levers_title(d.levers), [part for lever in d.levers for part in lever.indicators]
    if not any(part.n for part in parts):
        return unmeasured(f"{title}. {lacks(d.levers[0])}")
    columns = (
        Column("Lever", width=0.2), Column("Verdict", width=0.14), Column("Score of 100 (90 % interval)", "right", 0.2),
        Column("What it lacks most, or what would give it a score", width=0.46),
    )  # fmt: skip
    rows = [(sentence_case(one.name), one.verdict, _score(one), lacks(one)) for one in d.levers]
    table, scores = Table(columns, tuple(rows)), [lever.activity for lever in d.levers if lever.activity is not None]
    tables = sorted({table for part in parts for table in part.source})
    return Exhibit(
        "levers", title, draw(d.eng, plot_levers, d.levers) if scores else None, alt=describe_levers(d.levers), table=table,
        reading="In place: 80 or more by the lower end of the interval. Missing: below 50 by its upper end. Else partly in "
                "place.",
        foot="Single source of truth: geometric mean of complete, fresh and agreeing entries · cadence: 100 − score of the "
             "cadence fracture · controllable inputs: share of goals, all of them seen, so without interval · "
             f"{source_of(d.eng, *tables)}",
        facts=(*facts_of_table(table), "80", "50", "100", *(label_number(score.value) for score in scores)),
    )  # fmt: skip


def _score(lever: Finding) -> str:
    score = lever.activity
    if score is None:
        return TOO_LITTLE if any(sign.status == "thin" for sign in lever.indicators) else NOT_MEASURED
    limits = f" ({label_interval(score.low, score.high, 'points')})" if score.high > score.low else ""
    return f"{label_number(score.value)}{limits}"


def scale(d: Diagnosis) -> Table:
    """Return what applies at the scale of this organisation, the first remedy last."""
    context = d.scale
    rows = [(sentence_case(row.topic), sentence_case(context.here(row.topic))) for row in context.rows]
    rows.sort(key=lambda row: row[0] == "First remedy")
    return Table(
        (Column("What depends on size", width=0.4), Column("Here", width=0.6)), tuple(rows), title=context.sentence
    )
