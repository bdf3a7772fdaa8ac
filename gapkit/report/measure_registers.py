"""The measurement as registers, from the content of `measure.json`: every effect, promise, point and open commitment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from gapkit.labels import sentence_case
from gapkit.measurement.wording import measure_name
from gapkit.report.register_fields import Field, Row, measured, register, worded
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.report.registers import Register


def measurement(record: Row) -> Iterator[Register]:
    """Yield the registers of a measurement, in the order of the workbook's sheets.

    Parameters
    ----------
    record : mapping
        Content of `measure.json`. Parts it does not have give no register; parts without rows an empty one.
    """
    if "effects" in record:
        yield _effects(record["effects"])
    if "explanations" in record:
        yield _explanations(record["explanations"]["considered"])
    if "promised" in record:
        yield _promises(record["promised"]["rows"])
    if "adoption" in record:
        yield _adoption(record["adoption"]["parts"])
    if "standing" in record:
        yield _points(record["standing"]["charts"])
    if "forecast" in record:
        yield _forecast(record["forecast"]["programs"])


def _effects(effects: Sequence[Row]) -> Register:
    fields = (
        Field("Measure", "measure", width=40), *measured("Before", "before"), Field("n before", "before.n", "number", 9),
        *measured("After", "after"), Field("n after", "after.n", "number", 9), *measured("Change", "difference"),
        Field("p", "p_value", "ratio", 9), Field("p, adjusted", "adjusted_p", "ratio", 9),
        Field("Verdict", "verdict", width=22),
        Field("Qualification", "qualification", width=44), Field("Needed", "needed", width=60),
        Field("In words", "sentence", width=90), Field("To know", "difference.caveats", width=60),
    )  # fmt: skip
    rows = [{**row, "measure": sentence_case(measure_name(row["measure"]))} for row in effects]
    return register("Effects", "Every measure before and after, with its change and 95 % interval.", fields, rows)


def _explanations(considered: Sequence[Row]) -> Register:
    fields = (
        Field("Explanation", "name", width=34), Field("Standing", "standing", width=22),
        Field("What was found", "sentence", width=110), *measured("Figure", "result"), Field("n", "result.n", "number", 9),
        Field("A verdict falls with it", "guards", width=14), Field("To know", "caveats", width=60),
    )  # fmt: skip
    return register("Explanations", "What else could explain the change of the primary measure.", fields, considered)


def _promises(rows: Sequence[Row]) -> Register:
    fields = (
        Field("Kind", "kind", width=10), Field("Name", "name", width=40), Field("Measure", "measure", width=34),
        Field("Standing", "standing", width=12), *measured("Promised", "predicted"),
        Field("Level", "predicted.level", "share", 9), *measured("Measured", "measured"),
        Field("n", "measured.n", "number", 9), Field("Word", "word", width=20), Field("In words", "sentence", width=90),
        Field("Why not", "why", width=50),
    )  # fmt: skip
    named = [{**row, "measure": sentence_case(measure_name(row["measure"]))} for row in rows]
    return register("Promises", "What was promised beside what was measured, both with interval.", fields, named)


def _adoption(parts: Sequence[Row]) -> Register:
    fields = (
        Field("Part", "part", width=40), Field("Of which", "name", width=34), *measured("Before", "before"),
        Field("n before", "before.n", "number", 9), *measured("After", "after"), Field("n after", "after.n", "number", 9),
        Field("Mark", "mark", "share", 9), Field("Word", "verdict", width=18), Field("Standing", "standing", width=12),
    )  # fmt: skip
    rows = [{**row, "part": part["name"]} for part in parts for row in ({**part, "name": "all"}, *part["entries"])]
    purpose = "How far the new way of working ran, part by part; 90 % intervals."
    return register("Adoption", purpose, fields, rows)


def _points(charts: Row) -> Register:
    fields = (
        Field("Chart", "chart", width=36), Field("From", "start", width=12), Field("Kept or counted", "x", "number", 10),
        Field("Of", "n", "number", 9), Field("Frozen", "is_baseline", width=9), Field("Judged", "is_used", width=9),
        Field("Signals", "signals", width=40),
    )  # fmt: skip
    rows = [{**point, "chart": sentence_case(name_of(name))} for name, chart in charts.items() for point in chart["points"]]
    return register("Standing points", "Every point of the standing charts.", fields, rows)


def _forecast(programs: Sequence[Row]) -> Register:
    fields = (
        Field("Program", "program_id", width=14), Field("Name", "name", width=36), Field("Team", "team", width=20),
        Field("Due", "due_on", width=12), Field("Days left", "days_left", "number", 9), Field("State", "state", width=14),
        Field("P(on time)", "p_on_time", "share", 10), Field("P(cancelled)", "p_cancelled", "share", 10),
        Field("Half such land by", "p50_on", width=12), Field("85 % by", "p85_on", width=12),
        Field("Past commitments", "n_pool", "number", 10), Field("Remark", "remark", width=50),
    )  # fmt: skip
    purpose = "Every open commitment with its probability of being on time; nothing is certain."
    return register("Forecast", purpose, fields, worded(programs, "state"))
