"""Registers of what people said, from the record of a diagnosis: only what the survey showed and what may be quoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gapkit.report.register_fields import Field, Row, register, worded

if TYPE_CHECKING:
    from gapkit.report.registers import Register

LIMITS = (Field("Score", "score", "number", 10), Field("Score, low", "low", "number", 10),
          Field("Score, high", "high", "number", 10))  # fmt: skip


def people(record: Row) -> Iterator[Register]:
    """Yield the registers of the survey and of the consultant's observations, as far as the record has them."""
    if "survey" in record:
        waves: Mapping[str, Row] = record["survey"]["waves"]
        yield _participation(waves)
        yield _scores(waves)
        yield _both_sides(waves)
    if "observations" in record:
        yield _observations(record["observations"])
        yield _quotes(record["observations"])


def _rows(waves: Mapping[str, Row], part: str) -> list[Row]:
    return [{**row, "wave": wave} for wave, parts in waves.items() for row in parts[part]]


def _participation(waves: Mapping[str, Row]) -> Register:
    fields = (
        Field("Wave", "wave"), Field("Cut", "cut", width=10), Field("Part", "part", width=30),
        Field("Invited", "n_invited", "number", 10), Field("Answered", "n", "number", 10),
        Field("Response rate", "response_rate", "share", 10), Field("Rate, low", "low", "share", 10),
        Field("Rate, high", "high", "share", 10),
    )  # fmt: skip
    purpose = "Who answered, of everybody and of each part large enough to be shown."
    return register("Participation", purpose, fields, _rows(waves, "participation"))


def _scores(waves: Mapping[str, Row]) -> Register:
    rows = [{**row, "cut": "all", "part": "everybody"} for row in _rows(waves, "constructs")]
    rows += [{**row, "cut": "level", "part": row["level"]} for row in _rows(waves, "levels")]
    rows += [{**row, "cut": "group", "part": row["group"]} for row in _rows(waves, "groups")]
    fields = (
        Field("Wave", "wave"), Field("Asked about", "construct", width=26), Field("Cut", "cut", width=10),
        Field("Part", "part", width=30), Field("n", "n", "number", 8), *LIMITS, Field("Agreement", "agreement", width=16),
        Field("See hardly a problem", "hardly_share", "share", 12), Field("See it in part", "partly_share", "share", 12),
        Field("See it clearly", "clearly_share", "share", 12),
    )  # fmt: skip
    purpose = "Scores from 0 (best) to 100 (worst) with the 95 % interval; without a shared view shares stand instead."
    return register("Survey scores", purpose, fields, worded(rows, "construct"))


def _both_sides(waves: Mapping[str, Row]) -> Register:
    fields = (
        Field("Wave", "wave"), Field("Asked about", "construct", width=26), Field("One side", "first", width=26),
        Field("n, one side", "n_first", "number", 8), Field("Other side", "others", width=26),
        Field("n, other side", "n_others", "number", 8), Field("Cliff's delta", "delta", "ratio", 10),
        Field("Delta, low", "low", "ratio", 10), Field("Delta, high", "high", "ratio", 10), Field("p", "p", "ratio", 8),
        Field("p, corrected", "p_adjusted", "ratio", 10), Field("Size", "size"),
    )  # fmt: skip
    purpose = "How differently leadership and the others see it; above 0 where the others see it worse."
    return register("Leadership and others", purpose, fields, worded(_rows(waves, "gap"), "construct"))


def _observations(observed: list[Row]) -> Register:
    rows = [
        {**count, "finding": one["id"], "sources": one["n_sources"]}
        for one in observed
        for count in one["counts"]
        if count["n"]
    ]
    fields = (
        Field("Finding", "finding", width=28), Field("Direction", "direction"), Field("Observations", "n", "number", 12),
        Field("Opinions", "opinions", "number", 10), Field("Concrete cases", "cases", "number", 10),
        Field("Records, or told independently", "records", "number", 14),
        Field("Sources of the finding", "sources", "number", 12),
    )  # fmt: skip
    purpose = "What the consultant heard and saw, counted: in no score."
    return register("Observations", purpose, fields, worded(rows, "finding"))


def _quotes(observed: list[Row]) -> Register:
    rows = [{**quote, "finding": one["id"]} for one in observed for quote in one["quotes"]]
    fields = (Field("Finding", "finding", width=28), Field("Direction", "direction"),
              Field("Strength, 1 to 3", "strength", "number", 10), Field("Words", "text", width=90))  # fmt: skip
    return register("Quotes", "Words somebody agreed to be quoted with, names taken out.", fields, worded(rows, "finding"))
