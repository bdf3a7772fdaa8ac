from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest

from gapkit.errors import InputError
from gapkit.measurement.adoption import Part, measure_adoption
from gapkit.measurement.adoption import wording as words
from gapkit.measurement.effects.effect import Effect
from gapkit.measurement.verdict import Judgement
from gapkit.redesign.targets.promises_file import AgreedSeries, NewModel, Promises
from gapkit.results import Result

SERIES = AgreedSeries("weekly", "Weekly review", "weekly", "Monday", dt.date(2026, 6, 5), "proposed")
RECORD = Promises(dt.date(2026, 6, 4), "held", (), {}, False, (), NewModel(series=(SERIES,)), {})


def owned(before, after):
    """Return the effect on single owners, so many of forty on either side."""
    sides = [Result("single_owner_rate", count / 40, 0.1, 0.9, n=40, events=count) for count in (before, after)]
    gap = Result("single_owner_rate_difference", 0.1, 0.0, 0.2, n=40, unit="pp", caveats=("Known as of today.",))
    return Effect("single_owner_rate", *sides, gap, 1, None, None, None, False, Judgement("not judged"), "")


def test_parts_measured_or_not_are_all_there(comparison, reviews):
    """Two of five can be told: one in place, one missing; the others name what would switch them on."""
    found = measure_adoption(comparison(reviews=reviews(12)), (owned(20, 4),), RECORD)

    assert [(part.id, part.verdict) for part in found.parts] == [
        ("meetings_held", "in place"), ("programs_reviewed", "not measured"), ("owners_single", "missing"),
        ("times_kept", "not measured"), ("inputs_reported", "not measured"),
    ]  # fmt: skip
    assert found.sentence == (
        f"2 of 5 parts of the new way of working could be measured: 1 in place and 1 missing; {words.WHERE_NOT}."
    )
    assert "The new way of working is proposed, never agreed: nobody marked it agreed in decisions.yml." in found.caveats
    assert "Known as of today." in found.caveats
    assert any(text.startswith("Waits within their agreed time: not measured.") for text in found.caveats)
    json.dumps(found.to_dict(), allow_nan=False)


def test_owners_are_counted_as_the_effect_on_them_counts(comparison):
    """Twenty of forty before, thirty-nine after, at the level of adoption."""
    part = measure_adoption(comparison(), (owned(20, 39),), RECORD).parts[2]

    assert [(side.events, side.n, side.level) for side in (part.before, part.after)] == [(20, 40, 0.9), (39, 40, 0.9)]
    assert part.verdict == "in place"


def test_without_a_record_the_decisions_of_today_are_the_model(comparison, reviews, tmp_path):
    """And that is said; a file that cannot be read is refused."""
    given = comparison(reviews=reviews(12))
    given.after.eng = replace(given.after.eng, folder=tmp_path)
    (tmp_path / "decisions.yml").write_text("cadence:\n  weekly: {status: agreed, weekday: Monday}\n", encoding="utf-8")
    found = measure_adoption(given, (), None)

    assert found.parts[0].verdict == "in place"
    assert found.parts[0].entries[0].standing == "agreed"
    assert any("No promises are on record" in text for text in found.caveats)
    (tmp_path / "decisions.yml").write_text("cadence: 3\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"decisions\.yml"):
        measure_adoption(given, (), None)


def test_without_anything_nothing_is_measured(comparison):
    """Every part says what is missing."""
    found = measure_adoption(comparison(), (), None)

    assert {part.verdict for part in found.parts} == {"not measured"}
    assert found.sentence == "Whether the new way of working ran is not measured."
    assert all(part.sentence.endswith(".") and part.after.caveats for part in found.parts)


def test_the_sentence_of_a_part_carries_counts_intervals_and_mark():
    """Both sides with their counts."""
    sides = [
        Result("x", share, share - 0.1, share + 0.05, level=0.9, n=20, events=round(20 * share)) for share in (0.4, 0.9)
    ]
    part = Part("meetings_held", "agreed meetings held when due", "", (), *sides, 0.8, "in place")

    assert words.part_sentence(part) == (
        "Agreed meetings held when due: 40 % (8 of 20, 90 % interval 30 to 45 %) before, 90 % (18 of 20, 90 % interval "
        "80 to 95 %) after; mark 80 %: in place."
    )


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (("in place", *["not measured"] * 4),
         "1 of 5 parts of the new way of working could be measured: it is in place."),
        (("missing", "too little data"),
         f"1 of 2 parts of the new way of working could be measured: it is missing; {words.WHERE_NOT}."),
        (("in place", "in place", "not measured"),
         "2 of 3 parts of the new way of working could be measured: all of them are in place."),
        (("in place", "in place"), "The new way of working ran in 2 of 2 parts."),
        (("in place", "partly in place"),
         f"The new way of working ran in 1 of 2 parts, and partly in 1; {words.WHERE_NOT}."),
    ],
)  # fmt: skip
def test_a_part_that_could_not_be_measured_is_not_taken_to_have_run(verdicts, said):
    """How many could be measured is said wherever some could not."""
    side = Result("x", 0.9, 0.8, 0.95, level=0.9, n=20, events=18)

    assert words.sentence([Part("x", "x", "", (), side, side, 0.8, verdict) for verdict in verdicts]) == said
