from __future__ import annotations

import pandas as pd

from gapkit.intake.reading.words import fill_blanks, suggest, translate

STATUSES = ("in_progress", "delivered")


def test_mapping_comes_before_vocabulary_and_star_last() -> None:
    """A client's "delivered" may mean something else; what nobody knows goes where * says."""
    seen = pd.Series(["Delivered", "In Progress", "LIVE", "odd"], dtype="str")

    words = translate(seen, {"delivered": "in_progress", "Live": "delivered", "*": "in_progress"}, STATUSES)

    assert ["in_progress", "in_progress", "delivered", "in_progress"] == words.read.tolist()
    assert [False, False, False, True] == words.caught.tolist()


def test_unknown_words_are_marked_and_blanks_are_not() -> None:
    """An unknown word and an empty cell are different things."""
    words = translate(pd.Series(["odd", None], dtype="str"), {}, STATUSES)

    assert [True, False] == words.unknown.tolist()
    assert words.read.isna().all()


def test_without_a_vocabulary_words_stay() -> None:
    """A mapping of teams renames some and leaves the others."""
    assert ["Web", "Brand"] == translate(pd.Series(["WWW", "Brand"], dtype="str"), {"WWW": "Web"}).read.tolist()


def test_blank_has_the_meaning_the_mapping_gives() -> None:
    """(blank) fills empty cells, creates an absent column, and touches nothing else."""
    frame = pd.DataFrame({"status": pd.Series([None, "delivered"], dtype="str")})

    filled = fill_blanks(frame, {"status": {"(blank)": "in_progress"}, "type": {"(blank)": "other"}, "team": {"a": "b"}})

    assert [["in_progress", "other"], ["delivered", "other"]] == filled.to_numpy().tolist()
    assert frame["status"].isna().iloc[0]


def test_suggestion_only_for_near_words() -> None:
    """A wild guess helps nobody."""
    assert ["Did you mean delivered? ", ""] == [suggest(word, STATUSES) for word in ("Delivrd", "QA")]
