from __future__ import annotations

import pyarrow as pa
import pytest
from babel import Locale

from gapkit.intake.reading.calendarwords import LANGUAGES, OLDER_MONTHS, fold, halves, months, weekdays


def bare(name: str) -> str:
    return str(fold(pa.array([name.rstrip(".")])).to_pylist()[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_stands_for_two_months(language: str) -> None:
    """Every language must find its own months under their own numbers, whatever the other languages call theirs."""
    for widths in Locale.parse(language).months.values():
        for width in ("wide", "abbreviated"):
            names = {bare(name): number for number, name in widths[width].items()}

            assert names == {name: months()[name] for name in names}


def test_older_spellings_contradict_no_language() -> None:
    """A name added by hand must not take one from a language that has it."""
    ours = {
        bare(name) for language in LANGUAGES for w in Locale.parse(language).months.values() for name in w["wide"].values()
    }

    assert not set(OLDER_MONTHS) & ours


@pytest.mark.parametrize("name", ["MÄRZ", "märz", "marz", "Mrz"])
def test_case_and_accents_do_not_matter(name: str) -> None:
    """Spreadsheets change both when they save a file again."""
    assert 3 == months()[bare(name)]


def test_halves_of_the_day_are_those_of_noon() -> None:
    """Spanish, Portuguese, Swedish, Finnish, Czech and Turkish clocks of twelve hours have words of their own."""
    words = {"am": ["am", "damanha", "fm", "ap", "dop", "oo"], "pm": ["pm", "datarde", "em", "ip", "odp", "os"]}

    assert words == {half: [word for word in words[half] if halves()[word] == half] for half in words}


def test_a_weekday_is_no_word_of_another_kind() -> None:
    """Text before a date is taken for a weekday only if it is one."""
    assert {"wed", "mittwoch", "segunda-feira"} <= weekdays()
    assert not {"due", "on_time", "before"} & weekdays()
