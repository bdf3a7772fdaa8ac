"""The findings as registers: what the diagnosis says, figure by figure, for people who work in a spreadsheet.

They are read from the record of the diagnosis, the content of `diagnose.json`. So they say what the report says, to the
last digit, hold nothing the record does not hold (no answer of a group too small to be shown, no quote that was not
allowed), and can be made again beside a later phase without computing the diagnosis, or counting answers, a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from gapkit.labels import sentence_case
from gapkit.report.flow_registers import flow
from gapkit.report.people_registers import people
from gapkit.report.register_fields import Field, Row, measured, register, scored, worded
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.report.registers import Register

UNITS: Final = {"pp": "percentage points", "per_week": "a week"}


def findings(record: Row) -> Iterator[Register]:
    """Yield the registers of findings the record of a diagnosis holds, in the order of the workbook's sheets.

    Parameters
    ----------
    record : mapping
        Content of `diagnose.json`. Parts it does not have give no register; parts without rows an empty one.
    """
    if "findings" in record:
        yield _findings(record["findings"])
        yield _indicators(record["findings"])
    if "results" in record:
        yield _figures(record["results"])
    if "claims" in record:
        yield _claims(record["claims"])
        yield _claim_figures(record["claims"])
    if "attribution" in record:
        yield _attribution(record["attribution"])
    if "cost" in record:
        yield _cost(record["cost"])
        yield _drivers(record["cost"])
        yield _assumptions(record["cost"], record.get("changed_settings", ()))
    yield from flow(record)
    yield from people(record)


def _findings(found: Sequence[Row]) -> Register:
    rows = [{**row, "best": (row["rank"] or [None] * 2)[0], "worst": (row["rank"] or [None] * 2)[1]} for row in found]
    fields = (
        Field("Family", "family"), Field("Finding", "name", width=26), Field("Verdict", "verdict", width=22),
        *scored("Activity", "activity"), *scored("Behaviour", "behaviour"), *scored("Perception", "perception"),
        Field("P(most active)", "p_rank1", "share"), Field("P(among two most active)", "p_top2", "share", 14),
        Field("Best rank", "best", "number", 8), Field("Worst rank", "worst", "number", 8),
        Field("Grade", "grade", width=8),
        Field("Rests on", "sources", width=22), Field("In words", "sentence", width=80),
        Field("To know", "caveats", width=60),
    )  # fmt: skip
    purpose = "Killers, fractures, causes, pitfalls and levers; scores from 0 to 100 with their 90 % interval."
    return register("Findings", purpose, fields, rows)


def _indicators(found: Sequence[Row]) -> Register:
    rows = [
        {**row, "family": one["family"], "finding": one["name"], "words": UNITS.get(row["unit"], row["unit"]),
         **{anchor: {"value": row[anchor], "unit": row["unit"]} for anchor in ("healthy", "severe")}}
        for one in found for row in one["indicators"]
    ]  # fmt: skip
    fields = (
        Field("Family", "family"), Field("Finding", "finding", width=26), Field("Id", "id", width=10),
        Field("Indicator", "name", width=60), *measured("Value", ""), Field("Unit", "words", width=16),
        Field("n", "n", "number", 8), Field("Healthy", "healthy.value", "amount", 10),
        Field("Severe", "severe.value", "amount", 10), Field("Score", "score", "number", 8),
        Field("Status", "status", width=16),
        Field("Tables", "source", width=30), Field("Definition", "definition", width=70),
        Field("To know", "caveats", width=60),
    )  # fmt: skip
    purpose = "Every sign under the findings: its value with the 95 % interval, the anchors and the score they give."
    return register("Indicators", purpose, fields, [{**row, "status": row["status"].replace("_", " ")} for row in rows])


def _result_row(name: str, result: Row) -> Row:
    return {**result, "figure": name, "words": UNITS.get(result["unit"], result["unit"]),
            "status": result["status"].replace("_", " ")}  # fmt: skip


RESULT_FIELDS: Final = (
    Field("Figure", "figure", width=44), *measured("Value", ""), Field("Unit", "words", width=16),
    Field("Level of the interval", "level", "share", 11), Field("n", "n", "number", 8),
    Field("Of them", "events", "number", 8),
    Field("Period", "period", width=26), Field("Status", "status", width=14), Field("Grade", "grade", width=8),
    Field("Method", "method", width=50), Field("To know", "caveats", width=60),
)  # fmt: skip


def _figures(results: Mapping[str, Row]) -> Register:
    rows = [_result_row(sentence_case(name_of(name)), result) for name, result in results.items()]
    return register("Figures", "Every pooled figure of the diagnosis with its interval.", RESULT_FIELDS, rows)


def _claims(claims: Sequence[Row]) -> Register:
    rows = [{**claim, "words": UNITS.get(claim["effect"]["unit"], claim["effect"]["unit"])} for claim in claims]
    fields = (
        Field("Id", "id", width=6), Field("Claim", "name", width=30), Field("Verdict", "verdict", width=22),
        *measured("Effect", "effect"), Field("Unit", "words", width=16), Field("n", "effect.n", "number", 8),
        Field("p", "p_value", "ratio", 8), Field("p, corrected", "adjusted_p", "ratio", 10),
        Field("Exploratory", "is_exploratory", width=11), Field("In words", "sentence", width=80),
        Field("What was tested", "statement", width=60), Field("How programs were divided", "exposure", width=50),
        Field("Method", "method", width=50), Field("To know", "caveats", width=60),
    )  # fmt: skip
    return register("Claims", "What is commonly said of execution, tested on these data.", fields, rows)


def _claim_figures(claims: Sequence[Row]) -> Register:
    rows = []
    for claim in claims:
        groups = {"group": claim["groups"], "held equal": claim["adjusted"], "other outcome": claim["secondary"]}
        for part, figures in groups.items():
            rows += [{**_result_row(one["label"], one["result"]), "claim": claim["id"], "part": part} for one in figures]
        if claim["sensitivity"] is not None:
            label = "without programs cancelled by decision"
            rows.append({**_result_row(label, claim["sensitivity"]), "claim": claim["id"], "part": "sensitivity"})
    fields = (Field("Claim", "claim", width=8), Field("Part", "part", width=14), *RESULT_FIELDS)
    return register("Claim figures", "The figures behind each claim, group by group.", fields, rows)


def _attribution(found: Row) -> Register:
    joint = {"killer": "all of them together", "share": found["joint"], "words": found["sentence"]}
    rows = [*worded(found["killers"], "killer"), joint]
    fields = (
        Field("Killer", "killer", width=26), Field("Exposed: programs …", "meaning", width=50),
        *measured("Failure rate, exposed", "exposed"), Field("n, exposed", "exposed.n", "number", 9),
        *measured("Failure rate, others", "others"), Field("n, others", "others.n", "number", 9),
        *measured("Relative risk", "relative_risk"), *measured("Share of failures", "share"),
        Field("In words", "words", width=60),
    )  # fmt: skip
    purpose = "How much lost execution goes with each killer: association, not proof of a cause."
    return register("Attribution", purpose, fields, rows)


def _cost(cost: Row) -> Register:
    buckets = [
        {**_result_row(sentence_case(name_of(bucket["result"]["name"])), bucket["result"]), "id": bucket["id"],
         "about": bucket["about"], "hours": bucket["hours"]}
        for bucket in cost["buckets"]
    ]  # fmt: skip
    others = [
        _result_row(sentence_case(name_of(cost[part]["name"])), cost[part]) for part in ("amount", "total", "tax", "delay")
    ]
    limits = (("value", "P50"), ("low", "P5"), ("high", "P95"))
    fields = (
        Field("Id", "id", width=6), Field("Figure", "figure", width=34),
        *(Field(words, side, "amount", 14) for side, words in limits), Field("Unit", "words", width=10),
        *(Field(f"Hours, {words}", f"hours.{side}", "number", 12) for side, words in limits),
        Field("n", "n", "number", 8), Field("Status", "status", width=14), Field("What is in it", "about", width=60),
        Field("To know", "caveats", width=60),
    )  # fmt: skip
    purpose = f"What the gap costs, in {cost['currency']}, {cost['period']}; the cost of delay stands apart."
    return register("Cost", purpose, fields, [*buckets, *others])


def _drivers(cost: Row) -> Register:
    fields = (Field("What is uncertain", "name", width=60), Field("Moves the figure by", "share", "share", 16))
    return register("Cost drivers", "What moves the cost most: squared rank correlation.", fields, cost["drivers"])


def _assumptions(cost: Row, changed: Sequence[Row]) -> Register:
    thresholds = [
        {"name": one["name"].replace("_", " "), "value": f"{one['value']} (the method has {one['default']})",
         "source": "engagement.yml", "owner": "consultant"}
        for one in changed
    ]  # fmt: skip
    fields = (Field("Assumption", "name", width=50), Field("Value", "value", width=44), Field("Source", "source", width=44),
              Field("Owner", "owner", width=24))  # fmt: skip
    purpose = "What figures rest on that somebody could dispute, and who can confirm or correct it."
    return register("Assumptions", purpose, fields, [*cost["assumptions"], *thresholds])
