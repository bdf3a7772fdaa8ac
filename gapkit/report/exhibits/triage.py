"""Exhibits of strategy or execution: the map, the evidence behind both axes, what would settle it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gapkit.diagnosis.triage.triage import INSUFFICIENT, VERDICT, label_probability, meaning_of
from gapkit.labels import (
    NOT_MEASURED,
    TOO_LITTLE,
    label_count,
    label_interval,
    label_list,
    label_money,
    label_number,
    label_result,
    label_share,
    label_value,
    sentence_case,
)
from gapkit.plots.against_bars import Measured, describe_against_bars, plot_against_bars
from gapkit.plots.triage_map import describe_triage_map, plot_triage_map
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of, facts_of_table, foot, unmeasured
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.diagnosis import Diagnosis
    from gapkit.results import Result

AXES: Final = {"criteria": "criteria", "work": "the work"}
QUALITY: Final = "quality of the work as people see it"
SURVEY: Final = ("survey_answers", "strategy_answers", "priority_rankings")


def triage(d: Diagnosis) -> Exhibit | Callout:
    """Return strategy or execution as a map of two questions."""
    found = d.triage
    if found.probabilities is None:
        return unmeasured(" ".join((found.sentence, *found.caveats[:1])))
    settings = d.eng.config.settings
    limits = [label_share(settings.verdict_probability), label_share(settings.leaning_probability)]
    rule = f"From {limits[0]} on a reading is a verdict, from {limits[1]} a leaning; below, the evidence is insufficient."
    table = _axes_table(d)
    reading = " ".join((_meaning(d), rule, *found.caveats))
    return Exhibit(
        "triage", found.sentence.removesuffix("."), draw(d.eng, plot_triage_map, found), alt=describe_triage_map(found),
        table=table, reading=reading,
        foot=foot(d.eng, "Share of joint draws of both questions in each reading", found.work.rate,
                  tables=("programs", "status_events", *SURVEY, "decisions")),
        facts=(*limits, *map(label_probability, found.probabilities.values()), *facts_of_table(table), *found.caveats),
    )  # fmt: skip


def _meaning(d: Diagnosis) -> str:
    """Return what the reading says, no surer than it is."""
    cell, verdict = d.triage.cell, d.triage.verdict
    if cell is None or verdict == INSUFFICIENT:
        return "The mark shows where both answers lie; it is too near the middle of a side to name one reading."
    meaning = meaning_of(cell, d.triage.work, d.eng.config.otif_target - d.eng.config.settings.sound_margin)
    return meaning if verdict == VERDICT else f"Probably so: {meaning[:1].lower()}{meaning[1:]}"


def _axes_table(d: Diagnosis) -> Table:
    """Return both questions with what they rest on, the bar, and the probability of yes."""
    criteria, work = d.triage.criteria, d.triage.work
    rows = (
        ("Are criteria agreed?", _signs_words(d), f"at least {label_number(d.eng.config.settings.criteria_floor)} of 100",
         label_probability(criteria.probability or 0.0)),
        ("Is the work sound?", _work_words(d), _work_bar(d), label_probability(work.probability or 0.0)),
    )  # fmt: skip
    columns = (Column("Question", width=0.2), Column("What it rests on", width=0.42), Column("Bar", width=0.22),
               Column("Probability of yes", "right", 0.16))  # fmt: skip
    return Table(columns, rows)


def _signs_words(d: Diagnosis) -> str:
    index, parts = d.triage.criteria.index, d.triage.criteria.parts
    counted = sum(part.is_ok for part in parts.values())
    asked = label_count(index.n, "person", "people")
    decided = parts["criteria_recorded"]
    also = f" and {label_count(decided.n, 'decision')}" if decided.is_ok else ""
    return f"{label_count(counted, 'sign')} from {asked}{also}: {_points(index)}"


def _work_words(d: Diagnosis) -> str:
    work = d.triage.work
    counted = f"{label_number(work.met)} of {label_count(work.n, 'promised program')} {_outcome(work.rate)}"
    counted += f", {label_number(work.unknown)} unknown" if work.unknown else ""
    return f"{counted}; {QUALITY}: {_points(mirrored(work.perceived))}" if work.perceived.is_ok else counted


def _work_bar(d: Diagnosis) -> str:
    settings = d.eng.config.settings
    bar = f"at least {label_share(d.eng.config.otif_target - settings.sound_margin)}"
    if not d.triage.work.perceived.is_ok:
        return bar
    return f"{bar}; quality at least {label_number(100 - settings.sound_work_score)} of 100"


def _outcome(rate: Result) -> str:
    return "on time and to spec" if rate.name == "otif_rate" else "on time"


def mirrored(perceived: Result) -> Result:
    """Return a score of 0 best to 100 worst turned round, so that more is better."""
    value, low, high = (None if x is None else 100 - x for x in (perceived.value, perceived.high, perceived.low))
    return replace(perceived, value=value, low=low, high=high)


def _points(result: Result) -> str:
    """Return a figure of 0 to 100 with its interval."""
    interval = "" if result.low is None else f" ({label_interval(result.low, result.high, 'points')})"
    return f"{label_result(result)} of 100{interval}"


def triage_evidence(d: Diagnosis) -> Exhibit | Callout | None:
    """Return the parts of both axes against their bars, and the symptoms of either side; None where nothing is measured."""
    found = d.triage
    rows = evidence_rows(d)
    if not any(row.value is not None for row in rows):
        return None
    table = _symptoms(d)
    title, numbers = _evidence_title(d)
    beside = f"The symptoms are supporting evidence and enter no probability{_not_measured(d)}." if table else ""
    attained, attained_facts = _attainment(d)
    reading = " ".join(
        filter(None, ("A bar says how far a figure has to come; parts of the index have none.", beside, attained))
    )
    results = [*found.results.values(), mirrored(found.work.perceived)]
    return Exhibit(
        "triage_evidence", title, draw(d.eng, plot_against_bars, rows),
        alt=describe_against_bars(rows, "Evidence on criteria and on the work"), table=table, reading=reading,
        foot=foot(d.eng, "Index of criteria: mean of its signs, 90 % interval; the others 95 %",
                  n="; ".join(_counted(d)), tables=("programs", *SURVEY, "decisions", "kpi_values")),
        facts=(*facts_of(*results), *numbers, *attained_facts, _not_measured(d), *(row.text for row in rows)),
    )  # fmt: skip


def evidence_rows(d: Diagnosis) -> list[Measured]:
    """Return the index and its parts, then deliveries and the quality of the work, on one scale of 0 to 100."""
    found, config = d.triage, d.eng.config
    rows = [_row(name_of("criteria_index"), found.criteria.index, config.settings.criteria_floor)]
    if any(part.is_ok for part in found.criteria.parts.values()):
        rows += [_row(f"– {name_of(name)}", part) for name, part in found.criteria.parts.items()]
    bar = config.otif_target - config.settings.sound_margin
    rows.append(_row(name_of(found.work.rate.name), found.work.rate, 100 * bar))
    return [*rows, _row(QUALITY, mirrored(found.work.perceived), 100 - config.settings.sound_work_score)]


def _row(label: str, result: Result, bar: float | None = None) -> Measured:
    scale = 100 if result.unit == "share" else 1
    value, low, high = (None if x is None else x * scale for x in (result.value, result.low, result.high))
    if not result.is_ok or value is None:
        return Measured(sentence_case(label), None, None, None, bar, label_result(result))
    said = label_value(result.value, result.unit, result.n) if scale == 100 else _points(result)
    if scale == 100:
        said += f" ({label_interval(result.low, result.high, result.unit, result.n)})"
    return Measured(sentence_case(label), value, low, high, bar, f"{said}; n = {label_number(result.n)}")


def _evidence_title(d: Diagnosis) -> tuple[str, tuple[str, ...]]:
    """Return both axes in one sentence, and the numbers in it that are no results."""
    criteria, work, settings = d.triage.criteria, d.triage.work, d.eng.config.settings
    floor, bar = label_number(settings.criteria_floor), label_share(d.eng.config.otif_target - settings.sound_margin)
    first = f"Agreed criteria score {label_number(criteria.index.value or 0)} of 100 against a floor of {floor}"
    if not criteria.index.is_ok:
        first = f"Agreed criteria: {label_result(criteria.index)}"
    second = f"{label_result(work.rate)} of promised programs arrived {_outcome(work.rate)} against a bar of {bar}"
    if not work.rate.is_ok:
        second = f"programs {_outcome(work.rate)}: {label_result(work.rate)}"
    return f"{first}; {second}", (floor, bar, "100", label_number(criteria.index.value or 0))


def _symptoms(d: Diagnosis) -> Table | None:
    """Return the symptoms of both sides; None where none is measured."""
    found = d.triage.symptoms
    if all(symptom.is_present is None for symptom in found):
        return None
    said = {True: "yes", False: "no", None: "–"}
    rows = tuple((sentence_case(one.side), sentence_case(one.name), said[one.is_present], one.value)
                 for one in found if one.value != NOT_MEASURED)  # fmt: skip
    columns = (Column("Points to", width=0.13), Column("Symptom", width=0.4), Column("Present", width=0.1),
               Column("Measured", width=0.37))  # fmt: skip
    return Table(columns, rows)


def _not_measured(d: Diagnosis) -> str:
    """Return how many symptoms are not in the table."""
    found = d.triage.symptoms
    absent = sum(one.value == NOT_MEASURED for one in found)
    return f"; {label_number(absent)} of {label_number(len(found))} are not measured" if absent else ""


def _counted(d: Diagnosis) -> list[str]:
    """Return what both axes count, for the foot line."""
    index, work = d.triage.criteria.index, d.triage.work
    counted = [f"n = {label_count(work.n, 'promised program')}"] if work.n else []
    return [*counted, *([label_count(index.n, "person asked", "people asked")] if index.n else [])]


def _attainment(d: Diagnosis) -> tuple[str, tuple[str, ...]]:
    """Return whether what arrived to specification reached its targets, and the numbers said."""
    reached = d.triage.attainment
    if not reached.is_ok or reached.value is None or reached.low is None or reached.high is None:
        return f"Whether programs delivered to specification reached their targets: {label_result(reached)}.", ()
    share, interval = label_share(reached.value), label_interval(reached.low, reached.high, "share")
    measures = label_count(reached.n, "measure")
    said = (f"Programs delivered to specification reached {share} of their targets on average (95 % CI {interval}, "
            f"{measures}).")  # fmt: skip
    return said, (share, interval, measures, "95 %")


def would_settle(d: Diagnosis) -> Exhibit | None:
    """Return what would settle the question where it is open, and what misreading it would cost; None without either."""
    found = d.triage
    table = _measurements(d) if found.would_settle else _misreadings(d)
    if not table.rows:
        return None
    costs = _misreadings_words(d) if found.would_settle else ""
    facts = (*facts_of_table(table), *_misreading_facts(d), label_number(len(found.would_settle)))
    return Exhibit(
        "would_settle", _settle_title(d), table=table,
        reading=" ".join(filter(None, (costs, _priced(d)))),
        foot=foot(d.eng, "Probability: share of draws in which a question is answered the other way" if found.misreadings
                  else "Signs never measured come first", n=label_list(_counted(d)), tables=("programs", *SURVEY, "costs")),
        facts=facts,
    )  # fmt: skip


def _settle_title(d: Diagnosis) -> str:
    found = d.triage
    if found.would_settle:
        count = label_number(len(found.would_settle))
        return f"{count} measurements would settle strategy or execution" if len(found.would_settle) > 1 else (
            "One measurement would settle strategy or execution")  # fmt: skip
    # The error that would cost most to make: one with money at stake, else the more probable one.
    worst = max(found.misreadings, key=lambda one: (one.at_stake is not None, one.probability))
    odds = label_probability(worst.probability)
    if worst.at_stake is None:
        return f"The reading is wrong about {AXES[worst.axis]} with a probability of {odds}"
    money = label_money(worst.at_stake.value or 0.0, d.cost.currency)
    return f"To be wrong about {AXES[worst.axis]} would put about {money} a quarter at stake (probability {odds})"


def _measurements(d: Diagnosis) -> Table:
    rows = tuple((sentence_case(AXES[one.axis]), one.what) for one in d.triage.would_settle)
    return Table((Column("Question", width=0.16), Column("What to measure", width=0.84)), rows)


def _misreadings(d: Diagnosis) -> Table:
    rows = tuple(
        (sentence_case(AXES[one.axis]), label_probability(one.probability), one.sentence, sentence_case(one.stakes))
        for one in d.triage.misreadings
    )
    columns = (Column("Wrong about", width=0.13), Column("Probability", "right", 0.13),
               Column("What would follow", width=0.46),
               Column("At stake a quarter (90 % range)", "right", 0.28))  # fmt: skip
    return Table(columns, rows)


def _misreadings_words(d: Diagnosis) -> str:
    return " ".join(f"{one.sentence} {_range(one.stakes)}".strip() for one in d.triage.misreadings)


def _range(stakes: str) -> str:
    return f"At stake a quarter: {stakes}." if "(" in stakes else ""


def _misreading_facts(d: Diagnosis) -> list[str]:
    said = [(label_probability(one.probability), one.sentence, one.stakes) for one in d.triage.misreadings]
    return [text for texts in said for text in texts]


def _priced(d: Diagnosis) -> str:
    """Return why there is no money where there is none."""
    stakes = {one.stakes for one in d.triage.misreadings}
    if TOO_LITTLE in stakes:
        return "There is too little data to say what an error would cost."
    if NOT_MEASURED in stakes:
        return "What an error would cost is not measured: spend and labour are not recorded."
    return ""
