from __future__ import annotations

import pytest

from gapkit.errors import InputError
from gapkit.intake.reading.textfile import decode, read_text

KNOWN = {"program_id", "name", "team"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    """What a spreadsheet saves as "CSV", "Unicode text" or "CSV UTF-8" must read alike."""
    text = "program_id,name\n1,Zoë’s Café – launch\n"

    assert text == decode(text.encode(encoding), "data/x.csv").text


def test_windows_1252_is_said_with_the_row() -> None:
    """A choice of encoding is a note, because accents may be wrong."""
    note = decode("a\nb\nZoë\n".encode("cp1252"), "data/x.csv").note

    assert "Windows-1252" in note
    assert "row 3" in note


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \r\n \n", "empty"),
        (b"PK\x03\x04rest", "Excel"),
        (b"\xd0\xcf\x11\xe0rest", "password"),
        (b"a,b\n\x81\x8d,c\n", "characters cannot be read"),
        (b"a,b\n\x00\x01\x02binary\x00", "binary"),
    ],
)
def test_what_is_not_text_is_refused(data: bytes, word: str) -> None:
    """A file under a wrong name or in an unreadable encoding is named, never guessed at."""
    with pytest.raises(InputError, match=word):
        decode(data, "data/x.csv")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separator_is_found(delimiter: str) -> None:
    """The separator is the one under which the header shows most known names."""
    sheet = (
        read_text(delimiter.join(["Program ID", "Name"]).encode() + b"\n" + f"1{delimiter}a, b".encode(), "x.csv", KNOWN)
        if delimiter != ","
        else read_text(b'Program ID,Name\n1,"a, b"', "x.csv", KNOWN)
    )

    assert (delimiter, "a, b") == (sheet.delimiter, sheet.cells[1].item())


def test_title_rows_are_skipped_and_rows_keep_their_number() -> None:
    """Row numbers must be those a spreadsheet shows, below titles, blank lines and multi-line cells alike."""
    text = 'Plan of June\n"two\nlines",x\n\nprogram_id,name\n1,"a\nb"\n\n2,c\n'

    sheet = read_text(text.encode(), "x.csv", KNOWN)

    assert [5, 7] == sheet.cells.index.tolist()
    assert ["a\nb", "c"] == sheet.cells[1].tolist()


def test_short_rows_are_padded() -> None:
    """Some exports leave out empty cells at the end of a row."""
    sheet = read_text(b"program_id,name,team\n1\n2,b\n", "x.csv", KNOWN)

    assert [2, 1, 0] == sheet.cells.notna().sum().tolist()


def test_a_row_with_more_filled_cells_than_the_header_is_named() -> None:
    """An unquoted separator shifts all later cells; extra empty cells do no harm."""
    sheet = read_text(b"program_id,name\n1,a,,\n2,b,c,d\n3,e\n", "x.csv", KNOWN)

    assert [(3, "c,d")] == [(problem.row, problem.value) for problem in sheet.problems]
    assert ["1", "2", "3"] == sheet.cells[0].tolist()


def test_an_unclosed_quote_is_named() -> None:
    """An open quotation mark swallows the rest of the file."""
    with pytest.raises(InputError, match="not closed"):
        read_text(b'program_id,name\n1,a\n2,"b\n3,c\n', "x.csv", KNOWN)


def test_no_known_name_is_refused_with_what_was_seen() -> None:
    """Without a header nothing can be read; the message shows the first row and some names expected."""
    with pytest.raises(InputError, match=r"no header.*seen: 'foo, bar'.*program_id"):
        read_text(b"foo,bar\n1,2\n", "x.csv", KNOWN)


def test_a_quotation_mark_at_the_start_of_a_line_is_no_hurdle() -> None:
    """Under a wrong separator the end of a cell of several lines looks like the start of one that runs on and on."""
    rows = "".join(f"{number},b,c\n" for number in range(2, 20_000))

    sheet = read_text(f'program_id,name,team\n1,"a\n",b\n{rows}'.encode(), "x.csv", KNOWN)

    assert (",", 19_999) == (sheet.delimiter, len(sheet.cells))
