"""Exhibits of the forecast: how it would have done before, how many open commitments will be on time, when each lands."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, Protocol

import pandas as pd

from gapkit.labels import label_count, label_date, label_number, label_result, label_share, sentence_case
from gapkit.measurement.forecast.throughput import QUEUE
from gapkit.measurement.forecast.wording import NOT_RELIABLE, OVERDUE, SURE, UNLIKELY, span_words
from gapkit.plots.forecast import (
    MOST_ROWS,
    describe_earlier_forecasts,
    describe_expected,
    plot_earlier_forecasts,
    plot_expected,
)
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, foot, unmeasured
from gapkit.report.exhibits.redesigned.parts import NOTHING, day_of, joined, rest_in_workbook, text_of
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from gapkit.engagement import Engagement
    from gapkit.measurement.forecast import Forecast
    from gapkit.results import Result

ROWS: Final = 20  # as many as one page holds
SHEET: Final = "Forecast"
DEFINITION: Final = (
    "On time: delivered by the frozen date and grace. Each open commitment is compared with the client's earlier ones when "
    "they had as many days left, started or not as it is"
)
OVERLAP: Final = (
    "The days are a month apart and each looks three months ahead, so neighbours share programs and the test is weaker "
    "than its number of days."
)
HALF_AND_MOST: Final = (
    "Half and most: dates by which half and 85 % of earlier programs that stood like it had landed, if not cancelled. "
    "Later than a date (“>”): not reached by then, and not watched for longer."
)
EXPECTED: Final = (
    Column("What to expect", width=0.5),
    Column("Expected", "right", 0.22),
    Column("80 % interval", "right", 0.28),
)


class Measured(Protocol):
    """A measurement as these exhibits read it."""

    @property
    def eng(self) -> Engagement:
        """What it was computed from."""

    @property
    def forecast(self) -> Forecast:
        """What is to be expected."""


def foretold(m: Measured) -> Exhibit | Callout | None:
    """Return how the forecast would have done at earlier month ends; None where there is no forecast to test."""
    part = m.forecast.backtest
    words = m.forecast.test_sentence
    if not words:
        return None
    if part.verdict == "too little to test":
        return Callout("note", words)
    title = m.forecast.test_title
    reading = words.removeprefix(title).removeprefix(" (80 % intervals)")
    return Exhibit(
        "earlier_forecasts", title, draw(m.eng, plot_earlier_forecasts, part.points),
        alt=describe_earlier_forecasts(part.points),
        reading=joined(sentence_case(reading.lstrip(",; ")), OVERLAP),
        foot=foot(m.eng, "Each forecast uses only what was known on its day; on time by the date known then",
                  n=f"n = {label_count(part.n_programs, 'commitment')}, those of {len(part.points)} days added up"),
        facts=(words, "80 %", "three months"),
    )  # fmt: skip


def forecast(m: Measured) -> Exhibit | Callout:
    """Return how many open commitments will be on time, by month due."""
    part = m.forecast
    if not part.on_time.is_ok or part.programs.empty:
        return unmeasured(part.sentence, part.on_time)
    table = Table(EXPECTED, tuple(_expected(part)))
    queue = _queue(part)
    more = rest_in_workbook(min(MOST_ROWS, len(part.by_month)), len(part.by_month), "month", SHEET)
    return Exhibit(
        "forecast", part.sentence.rstrip("."), draw(m.eng, plot_expected, part.by_month),
        alt=describe_expected(part.by_month), table=table,
        reading=joined(part.test_sentence, part.both_views, queue),
        foot=joined(*part.caveats, *dict.fromkeys(_left_out(part)), more,
                    foot(m.eng, f"{DEFINITION}; quarters moved together", n=f"n = {label_number(part.on_time.n)}")),
        facts=(part.sentence, part.test_sentence, part.both_views, queue, *facts_of_table(table)),
    )  # fmt: skip


def _left_out(part: Forecast) -> Iterator[str]:
    """Yield which commitments a count leaves out, in all and by window."""
    yield from part.on_time.caveats
    for result in part.windows.values():
        if result.is_ok:
            yield from result.caveats


def _expected(part: Forecast) -> list[tuple[str, str, str]]:
    """Return the figures beside the chart: by window where it is not all of them, and the pace."""
    windows = [result for result in part.windows.values() if result.is_ok and 0 < result.n < part.on_time.n]
    rows = [(f"On time, of the {label_number(result.n)} {result.period}", label_number(result.value or 0), _limits(result))
            for result in windows]  # fmt: skip
    pace = part.throughput.results if part.throughput is not None else {}
    rows += [(sentence_case(name_of(name)), label_result(result), _limits(result))
             for name, result in pace.items() if name != QUEUE]  # fmt: skip
    return rows


def _limits(result: Result) -> str:
    if not result.is_ok or result.low is None or result.high is None:
        return NOTHING
    return span_words(result.low, result.high)


def _queue(part: Forecast) -> str:
    """Return by when as many as are open would be worked off at the pace so far."""
    result = part.throughput.results[QUEUE] if part.throughput is not None else None
    if result is None or not result.is_ok:
        return ""
    middle, low, high = (_by(part.as_of, days) for days in (result.value, result.low, result.high))
    queue = label_count(len(part.programs), "delivery", "deliveries")
    return (
        f"At the pace so far, with nothing new put first, {queue}, as many as commitments are open, would take until "
        f"{middle} (80 % interval {low if low == high else f'{low} to {high}'})."
    )


def _by(as_of: dt.date, days: float | None) -> str:
    return "more than two years from now" if days is None else label_date(as_of + dt.timedelta(days=int(days)))


def landing(m: Measured) -> Exhibit | Callout | None:
    """Return the commitments due next, each with its probability and dates; None where there is no forecast."""
    part = m.forecast
    if not part.test_sentence:
        return None
    # What is due next comes first; overdue ones fill the page.
    order = (part.programs["remark"] == OVERDUE).sort_values(kind="stable").index
    shown = part.programs.loc[order].head(ROWS)
    coming = int((shown["remark"] != OVERDUE).sum())
    known = shown["p_on_time"].notna() & (shown["remark"] != OVERDUE)
    if not known.any() and not shown["p50_on"].notna().any():
        return Callout("note", "When open commitments land cannot be said: too few earlier programs stood like them.")
    is_counted = part.backtest.tells_apart and coming > 0
    title, facts = _counted_title(shown, coming) if is_counted else _title(part, coming)
    why = (
        "single probabilities are not tested yet"
        if part.backtest.brier is None
        else "the test gives no ground to trust a single one"
    )
    single = f"Read them together: {why}." if part.is_reliable else f"{sentence_case(why)}."
    single = "" if part.backtest.tells_apart else single
    return Exhibit(
        "landing", title if part.is_reliable else f"{NOT_RELIABLE}: {title[0].lower()}{title[1:]}", table=_register(shown),
        reading=joined(HALF_AND_MOST, single),
        foot=joined(rest_in_workbook(len(shown), len(part.programs), "open commitment", SHEET),
                    foot(m.eng, DEFINITION, n=f"n = {label_number(int(known.sum()))} of {label_number(len(shown))}")),
        facts=(*facts, "85 %"),
    )  # fmt: skip


def _counted_title(shown: pd.DataFrame, coming: int) -> tuple[str, tuple[str, ...]]:
    """Return how many of the programs due next are more likely on time than not, and the numbers said."""
    likely, unknown = int((shown["p_on_time"] > 0.5).sum()), int(shown["p_on_time"].isna().sum())
    rest = f"; for {label_number(unknown)} there is too little data" if unknown else ""
    are = "is" if likely == 1 else "are"
    due = label_count(coming, "commitment")
    said = f"Of the {due} due next, {label_number(likely)} {are} more likely on time than not{rest}"
    return said, (label_number(coming), label_number(likely), label_number(unknown))


def _title(part: Forecast, coming: int) -> tuple[str, tuple[str, ...]]:
    """Return what can be said where single programs are not told apart: their total, if that; and the numbers said."""
    total = part.on_time
    if not coming:
        return "Every open commitment is overdue; half of earlier ones like it had landed by the dates below", ()
    if not part.is_reliable or not total.is_ok or total.low is None or total.high is None:
        due = label_count(coming, "commitment")
        return f"When half of earlier programs that stood like the {due} due next had landed", (label_number(coming),)
    span, of = span_words(total.low, total.high), label_count(total.n, "open commitment")
    return f"How many of {of} will be on time can be said, {span}, and not which of them", (span, of)


def _register(programs: pd.DataFrame) -> Table:
    columns = (Column("Program", width=0.26), Column("Due", "right", 0.12), Column("State", width=0.14),
               Column("On time", "right", 0.1), Column("Half by", "right", 0.13), Column("Most by", "right", 0.13),
               Column("Cancelled", "right", 0.12))  # fmt: skip
    rows = []
    for row in programs.to_dict(orient="records"):
        overdue = row["remark"] == OVERDUE
        rows.append((
            _name(row), day_of(row["due_on"]), text_of(row["state"]),
            "overdue" if overdue else _chance(row["p_on_time"]),
            _landed(row, "p50_on"), _landed(row, "p85_on") if row["has_p85"] else NOTHING,
            _chance(row["p_cancelled"]),
        ))  # fmt: skip
    return Table(columns, tuple(rows))


def _chance(p: float) -> str:
    """Return a probability as a table cell: never certain."""
    if pd.isna(p):
        return NOTHING
    return f"> {label_share(SURE)}" if p > SURE else f"< {label_share(UNLIKELY)}" if p < UNLIKELY else label_share(p)


def _name(row: Mapping[Hashable, Any]) -> str:
    name = text_of(row["name"])
    return str(row["program_id"]) if name == NOTHING else name


def _landed(row: Mapping[Hashable, Any], column: str) -> str:
    """Return a date, or the one it is later than, or a dash with too little data."""
    if pd.notna(row[column]):
        return day_of(row[column])
    return NOTHING if pd.isna(row["seen_until_on"]) else f"> {day_of(row['seen_until_on'])}"
