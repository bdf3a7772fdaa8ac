from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from gapkit.intake.reading.calendarwords import LANGUAGES
from gapkit.intake.reading.dates import as_dates, count_votes, parse_moments

TZ = "America/New_York"


def moments(*cells: object, order: str | None = None, dtype: object = object) -> list[str]:
    found = parse_moments(pd.Series(list(cells), dtype=dtype), TZ, order)  # type: ignore[arg-type]
    return found.read.dt.strftime("%Y-%m-%d %H:%M").fillna("").tolist()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-06-24", "2026-06-24 00:00"),
        ("2026-06-24 17:39", "2026-06-24 17:39"),
        ("2026-06-24T17:39:05.123", "2026-06-24 17:39"),
        ("2026-06-24T21:39:00Z", "2026-06-24 17:39"),
        ("2026-06-24T21:39:00.000+0000", "2026-06-24 17:39"),
        ("2026-06-24 23:39:00 +02:00", "2026-06-24 17:39"),
        ("20260624", "2026-06-24 00:00"),
        ("2026/6/24", "2026-06-24 00:00"),
        ("24/Jun/26 5:39 PM", "2026-06-24 17:39"),
        ("24/jun/2026 12:05 AM", "2026-06-24 00:05"),
        ("24-June-2026", "2026-06-24 00:00"),
        ("June 24, 2026 5:39 PM", "2026-06-24 17:39"),
        ("Jun/24/26 5:39 PM", "2026-06-24 17:39"),
        ("1782337140000", "2026-06-24 17:39"),
        ("1782337140", "2026-06-24 17:39"),
        ("24/Jun/26 5:39:07 PM", "2026-06-24 17:39"),
        ("19/Jan/2025 12:00 AM", "2025-01-19 00:00"),
        ("10/nov/25 4:51 PM", "2025-11-10 16:51"),
        ("10/nov./25 4:51 p. m.", "2025-11-10 16:51"),
        ("10 de noviembre de 2025, 4:51 a.\u00a0m.", "2025-11-10 04:51"),
        ("10 de nov. de 2025", "2025-11-10 00:00"),
        ("10/Mrz/25 16:51", "2025-03-10 16:51"),
        ("10. März 2025", "2025-03-10 00:00"),
        ("1er août 2025", "2025-08-01 00:00"),
        ("10-AOUT-25", "2025-08-10 00:00"),
        ("10 listopada 2025", "2025-11-10 00:00"),
        ("10. marraskuuta 2025 4.51 ip.", "2025-11-10 16:51"),
        ("10 KASIM 2025", "2025-11-10 00:00"),
        ("10/Şub/25 4:51 ÖS", "2025-02-10 16:51"),
        ("10. úno 2025 4:51 odp.", "2025-02-10 16:51"),
        ("2026/Jun/24 17:39", "2026-06-24 17:39"),
        ("27/May/2025 03:26:42 PM", "2025-05-27 15:26"),
        ("Jun 24, 2026, 5:39\u202fPM", "2026-06-24 17:39"),
        ("Wednesday, June 24, 2026", "2026-06-24 00:00"),
        ("Wed, 24 Jun 2026 21:39:05 GMT", "2026-06-24 17:39"),
        ("Fri Apr 17 2026 04:00:00 GMT+0000 (GMT+00:00)", "2026-04-17 00:00"),
        ("Fri Apr 17 2026 04:00:00 GMT+0530 (India Standard Time)", "2026-04-16 18:30"),
        ("March 12, 2024 3:45 PM (GMT+3)", "2024-03-12 08:45"),
        ("March 12, 2024 3:45 PM (GMT-3:30)", "2024-03-12 15:15"),
        ("2026/06/24 21:39 UTC", "2026-06-24 17:39"),
    ],
)
def test_plain_ways_of_writing(written: str, read: str) -> None:
    """Spellings seen in real exports that allow one reading only are read without being told."""
    assert [read] == moments(written)


@pytest.mark.parametrize(
    "written",
    [
        "soon",
        "2026-02-30",
        "2026-13-01",
        "31/Apr/26",
        "24/Foo/26",
        "2026-06-24 25:00",
        "13:00 PM",
        "45000",
        "TBD",
        "#REF!",
        "03/04-2026",
        "24/Jun/26 13:00 PM",
        "24/Jun/26 0:10 AM",
        "24/Jun/26 17:60",
        "due 24 Jun 2026",
        "999999999",
        "24/Jun/26 (GMT+3)",
        "24/Jun/26 5:39 xm",
        "12 of 24",
    ],
)
def test_what_is_no_date_is_bad_and_not_today(written: str) -> None:
    """A cell that cannot be read is missing and marked; an Excel day count counts only where the cell is a number."""
    found = parse_moments(pd.Series([written, None], dtype="str"), TZ)

    assert found.read.isna().all()
    assert [True, False] == found.bad.tolist()


@pytest.mark.parametrize(("order", "read"), [("dmy", "2026-04-03 17:39"), ("mdy", "2026-03-04 17:39")])
def test_numeric_dates_follow_the_order(order: str, read: str) -> None:
    """03/04 is what the column says it is."""
    assert [read] * 3 == moments("03/04/2026 5:39 PM", "3.4.26 17:39", "03-04-2026 17:39:00", order=order)


def test_numeric_moments_with_a_zone_are_converted() -> None:
    """The twin columns meant for people write the zone behind the numbers."""
    assert ["2026-04-03 13:39"] == moments("4/3/2026, 5:39:12 PM GMT+0", order="mdy")


def test_numeric_dates_without_an_order_are_undecided() -> None:
    """Nothing is guessed: the cells wait for a decision."""
    found = parse_moments(pd.Series(["03/04/2026", "2026-03-04", None], dtype="str"), TZ)

    assert [True, False, False] == found.undecided.tolist()
    assert [False, True, False] == found.read.notna().tolist()


def test_the_cells_themselves_decide_the_order() -> None:
    """One component above 12 proves the order; the larger proof wins, so that one slip cannot turn a column round."""
    sure = pd.Series(["03/04/2026", "25/04/2026", "26/04/2026", "04/25/2026"], dtype="str")

    assert "dmy" == count_votes(sure).order()
    assert count_votes(pd.Series(["25/04/2026", "04/25/2026"], dtype="str")).order() is None
    assert count_votes(pd.Series(["03/04/2026"], dtype="str")).order() is None


def test_stored_cells_are_read_as_stored() -> None:
    """Excel gives moments, day counts (2026-06-24 is 46197) and epoch numbers as such; booleans are no dates."""
    day = dt.datetime(2026, 6, 24, 9)

    assert ["2026-06-24 09:00", "2026-06-24 12:00", "2026-06-24 17:39", "", ""] == moments(
        day, 46197.5, 1782337140000, True, 7
    )


def test_a_day_written_as_local_midnight_keeps_its_day() -> None:
    """Due dates that a tracker writes as midnight are days, also on the night the clocks skip midnight."""
    found = parse_moments(pd.Series(["19/Jan/2025 12:00 AM", "8/Mar/2026 12:00 AM"], dtype="str"), "America/Havana")

    assert [dt.datetime(2025, 1, 19), dt.datetime(2026, 3, 8)] == as_dates(found, "America/Havana").tolist()
    assert 0 == found.n_naive


def test_local_days_are_taken_after_the_zone() -> None:
    """23:30 on 31 March in New York is 1 April in UTC and still 31 March locally (docs/method.md, time zones)."""
    found = parse_moments(pd.Series(["2026-04-01T03:30:00Z", "2026-03-31"], dtype="str"), TZ)

    assert [dt.datetime(2026, 3, 31)] * 2 == as_dates(found, TZ).tolist()


def test_moments_without_a_zone_are_counted() -> None:
    """Naive moments are read as local, and the note says how many; plain days are no such case."""
    cells = pd.Series(["2026-06-24 17:39", "2026-06-24", "2026-06-24T21:39:00Z", "2026-06-24 17:39"], dtype="str")

    assert 2 == parse_moments(cells, TZ).n_naive


def test_typed_columns_pass_through() -> None:
    """Parquet moments with a zone are converted, those without are local."""
    aware = pd.Series(pd.to_datetime(["2026-06-24T21:39:00Z"]))

    assert ["2026-06-24 17:39"] == parse_moments(aware, TZ).read.dt.strftime("%Y-%m-%d %H:%M").tolist()
    assert ["2026-06-24 17:39"] == moments("2026-06-24 17:39", dtype="datetime64[us]")


@settings(max_examples=40)
@given(
    st.sampled_from([language for language in LANGUAGES if language not in ("en_GB", "es_MX")]),
    st.sampled_from(["dd/MMM/yyyy", "d MMMM yyyy", "d. LLL yyyy", "LLLL d, yyyy", "EEEE, d MMMM yyyy", "EEE d MMM y"]),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31)),
)
def test_every_language_comes_back(language: str, form: str, case: Callable[[str], str], day: dt.date) -> None:
    """What Babel writes in a language, whole or abbreviated, in any case, is read as the day it stands for."""
    found = parse_moments(pd.Series([case(format_date(day, form, locale=language))], dtype="str"), TZ)

    assert [pd.Timestamp(day)] == as_dates(found, TZ).tolist()


@settings(max_examples=40)
@given(st.lists(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2050, 12, 31)), min_size=1, max_size=30))
def test_every_way_of_writing_comes_back(days: list[dt.datetime]) -> None:
    """Writing days and reading them again gives the same days, whatever the way of writing."""
    expected = [day.strftime("%Y-%m-%d") for day in days]
    for form, order in {
        "%Y-%m-%d": None,
        "%d/%b/%Y": None,
        "%B %d, %Y": None,
        "%d/%m/%Y": "dmy",
        "%m/%d/%Y": "mdy",
    }.items():
        found = parse_moments(pd.Series([day.strftime(form) for day in days], dtype="str"), TZ, order)  # type: ignore[arg-type]

        assert expected == as_dates(found, TZ).dt.strftime("%Y-%m-%d").tolist()
        assert not np.any(found.bad)
