from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest

from gapkit.plain import plain
from gapkit.survey.responses import PLACE, Sealed, read_rows, waves_known


def test_rows_hold_what_was_answered(make: Any) -> None:
    """Each answer stands at its respondent and statement; not applicable is nan; unknown group and level are empty."""
    people = [make.Person("A", "manager", {"MIS1": 5, "ATT1": None}, otherwise=2), make.Person("", "", {}, otherwise=4)]
    rows = make.rows(people)

    assert ["A", ""] == rows.group.tolist()
    assert ["manager", ""] == rows.level.tolist()
    assert [5, 4] == rows.answers[:, PLACE["MIS1"]].tolist()
    assert [2, 4] == rows.answers[:, PLACE["MIS2"]].tolist()
    assert np.isnan(rows.answers[0, PLACE["ATT1"]])


def test_the_order_of_files_changes_nothing(make: Any) -> None:
    """Shuffled tables give the same rows."""
    tables = make.tables(make.crowd({("A", "contributor"): 6, ("B", "manager"): 5}, skipping=0.1))
    shuffled = {name: frame.sample(frac=1, random_state=3) for name, frame in tables.items()}
    one, other = read_rows(tables, "2026-04"), read_rows(shuffled, "2026-04")

    assert one.token.tolist() == other.token.tolist()
    np.testing.assert_array_equal(one.answers, other.answers)


def test_who_answered_no_statement_is_no_respondent(make: Any) -> None:
    """The check alone, or nothing, is no answer; statements nobody knows are passed over."""
    people = [make.Person(), make.Person(otherwise=None), make.Person(otherwise=None, answers={"XYZ9": 3})]

    assert 1 == len(make.rows(people))


def test_keeping_some_rows_keeps_their_texts(make: Any) -> None:
    """Places of strategy answers follow their respondents."""
    people = [make.Person(texts={"Q1": f"text {k}"}, codes={"Q1": "Q1A"}) for k in range(4)]
    kept = make.rows(people).keep(np.array([False, True, False, True]))

    assert ["text 1", "text 3"] == kept.strategy["text"].tolist()
    assert [0, 1] == kept.strategy["row"].tolist()


def test_sealed_answers_show_nothing_and_go_nowhere() -> None:
    """Printed, turned into plain data, copied or stored, no answer comes out."""
    sealed = Sealed({"secret": 5})

    assert "<kept private>" == repr(sealed) == str(sealed)
    assert "{}" == json.dumps(plain(sealed))
    assert sealed is copy.deepcopy(sealed)
    with pytest.raises(TypeError, match="not stored"):
        pickle.dumps(sealed)


def test_rows_print_nothing(make: Any) -> None:
    """A row printed by mistake tells the wave only."""
    assert "Rows of wave 2026-04, kept private" == repr(make.rows([make.Person("Secret team")]))


@pytest.mark.parametrize(
    ("names", "day", "expected"),
    [
        (["2026-09", "2026-04"], "2026-10-01", ("2026-04", "2026-09")),
        (["2026-09", "2026-04"], "2026-05-05", ("2026-04",)),
        (["pulse_2026-04", "pulse_2026-4x"], "2026-04-01", ("pulse_2026-4x", "pulse_2026-04")),
        (["2026Q3", "2026 Q2"], "2026-06-30", ("2026 Q2",)),
        (["wave 10", "wave 9"], "2026-01-01", ("wave 9", "wave 10")),
        (["after", "before"], "2026-01-01", ("after", "before")),
    ],
)
def test_waves_in_the_order_of_their_months(names: list[str], day: str, expected: tuple[str, ...]) -> None:
    """A wave of a later month or quarter is not known yet; names without one come in natural order."""
    assert expected == waves_known(pd.DataFrame({"wave": names}), dt.date.fromisoformat(day))
