from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from gapkit.intake.proposing.yamllines import LONGEST_KEY, Line, capped, inline, listed, quoted, remark, wrapped

texts = st.text(st.characters(codec=None), max_size=30)


def read(text: str) -> object:
    return yaml.load(text, Loader=yaml.BaseLoader)


@given(texts, texts)
def test_quoted_text_comes_back(key: str, value: str) -> None:
    """Whatever a client writes, it is read back as it was, as a key and as a value, and takes one line."""
    line = f"{quoted(key)}: {quoted(value)}"

    assert {key: value} == read(line)
    assert 1 == len(line.splitlines())


@given(texts, texts)
def test_a_line_is_one_entry(word: str, times: str) -> None:
    """A word with its meaning and count is an entry and a comment, never more."""
    line = Line(word, inline({"status": "in_progress", "stage": word}), 3, remark(times), "what is it?")

    assert {word: {"status": "in_progress", "stage": word}} == read(line.text)
    assert 1 == len(line.text.splitlines())


def test_an_entry_may_be_left_empty() -> None:
    """A word nothing is known of gets an empty entry, with the question behind it."""
    assert '"BUG":  # 2 rows: what is it?' == Line("BUG", "", 2, "2 rows", "what is it?").text


def test_a_word_too_long_for_a_key_is_a_comment() -> None:
    """YAML reads no key beyond 1,024 characters; the file stays readable and the word is still named."""
    text = Line("x" * (LONGEST_KEY + 1), "delivered", 1, "1 row").text

    assert text.startswith('# too long to be mapped: "xxx')
    assert read(f"a: b\n{text}\n") == {"a": "b"}


@given(texts)
def test_a_remark_is_a_comment_on_one_line(text: str) -> None:
    """No sign of a client's text can end the comment it stands in."""
    assert {"a": "b"} == read(f"a: b  # {remark(text)}\n")


def test_long_lists_are_cut_and_counted() -> None:
    """What is left out is said, with its rows."""
    lines = [Line(f"w{n}", "other", 10 - n, f"{10 - n} rows") for n in range(5)]

    assert ['"w0": other  # 10 rows', '"w1": other  # 9 rows', "# … and 3 more, 21 rows: they stay unmapped"] == capped(
        lines, 2
    )
    assert 5 == len(capped(lines, 5))
    assert ['"a" (1,200)', '"b"', "… and 1 more"] == listed({"a": 1200, "b": 0, "c": 1}, 2)


def test_comments_are_wrapped_between_words() -> None:
    """A list of many names stays readable."""
    lines = wrapped("owners seen:", [f'"Owner {n}" ({n})' for n in range(40)])

    assert all(len(line) <= 124 and line.startswith("# ") for line in lines)
    assert 40 == " ".join(lines).count('"Owner')
