from __future__ import annotations

from types import SimpleNamespace

import pytest

from gapkit.measurement.effects.effect import Effect
from gapkit.measurement.explanations import Explanation, Explanations
from gapkit.measurement.explanations.wording import NAMES
from gapkit.measurement.verdict import Judgement
from gapkit.report.consistency import disagreements
from gapkit.report.exhibits.measured import explanations as show
from gapkit.results import Result


def change(value, low, high, unit="pp"):
    """A change with its interval."""
    return Result("x", value, low, high, n=40, unit=unit, period="1 July to 30 September 2026", method="Newcombe")


def looked(name, standing, result=None, sentence="Looked at.", guards=False):
    """One explanation."""
    return Explanation(name, NAMES[name], standing, result, sentence, guards)


@pytest.fixture
def measured(engage):
    """A measurement with an on-time rate from 31 of 62 to 23 of 30, and the explanations given."""
    before, after = (Result("on_time_rate", x / n, 0.1, 0.9, n=n, events=x) for x, n in ((31, 62), (23, 30)))

    def build(*items, difference=None):
        gap = difference or change(0.27, 0.05, 0.43)
        primary = Effect("on_time_rate", before, after, gap, 1, 0.1, 0.01, None, True, Judgement("improved"), "It did.")
        return SimpleNamespace(eng=engage(), primary=primary, explanations=Explanations(items))

    return build


def test_every_reading_of_the_change_stands_on_one_axis(measured):
    """The plain one first; readings of other units and without a figure are left out, and words agree with data."""
    m = measured(
        looked("case_mix", "does not explain it", change(0.25, 0.03, 0.4)),
        looked("regression_to_mean", "may explain it", change(0.1, -0.1, 0.3)),
        looked("time_series", "cannot be told", change(0.3, -1, 2, "per_week")),
        looked("season", "cannot be told"),
    )
    block = show.compared(m)

    assert block.title == "On-time rate +27 pp (+5 to +43 pp): its direction is clear in 1 of 2 other readings too"
    assert list(show.readings(m)) == [
        "as it is", "with the mix of work held equal", "against a baseline drawn to earlier quarters"
    ]  # fmt: skip
    assert disagreements([block.to_dict()]) == []


def test_no_clear_change_is_told_as_such(measured):
    """The readings that show none either are counted."""
    m = measured(looked("case_mix", "does not explain it", change(0.0, -0.2, 0.2)), difference=change(0.1, -0.1, 0.3))
    block = show.compared(m)

    assert block.title.endswith("1 of 1 other reading show no clear change either")
    assert disagreements([block.to_dict()]) == []


@pytest.mark.parametrize("unit", ["ratio", "days"])
def test_another_unit_has_no_readings(measured, unit):
    """Velocity is not read against rates."""
    m = measured(looked("case_mix", "cannot be told"), difference=change(0.2, 0.1, 0.3, unit))

    assert show.compared(m) is None


def test_the_table_begins_with_what_may_explain_it(measured):
    """Then what cannot be told, what does not, and what is ruled out; all of them are there."""
    m = measured(
        looked("follow_up", "ruled out"),
        looked("case_mix", "may explain it", sentence="Held equal +1 pp.", guards=True),
        looked("season", "cannot be told"),
    )
    block = show.explanations(m)

    assert block.title == "1 of 3 other explanations may explain the change"
    assert [row[-1] for row in block.table.rows] == ["may explain it", "cannot be told", "ruled out"]
    assert block.table.rows[0] == ("Another mix of work", "Held equal +1 pp.", "may explain it")
    assert block.reading.endswith("No change is claimed while one of these may explain it: Another mix of work.")
    assert disagreements([block.to_dict()]) == []


def test_none_known_to_explain_it_is_no_proof(measured):
    """The reading says that what cannot be told is not excluded."""
    block = show.explanations(measured(looked("season", "cannot be told")))

    assert block.title == "None of 1 other explanations looked at is known to explain the change"
    assert "is not excluded" in block.reading


def test_what_was_looked_at_stands_in_the_appendix(measured):
    """With the caveats of each."""
    table = show.looked_at(measured(looked("season", "cannot be told")))

    assert table.rows == (("The season", "The same quarter a year earlier", ""),)
