from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import gapkit as gk
from gapkit.engagement import Engagement
from gapkit.plain import plain, plain_rows, results_to_dict
from gapkit.survey import Survey, read_survey
from gapkit.survey.closing import FILE
from gapkit.survey.read import person_names

Build = Callable[..., Engagement]
SIZES = {("A", "leadership"): 6, ("A", "contributor"): 6, ("B", "contributor"): 7, ("C", "contributor"): 8}


def published(survey: Survey) -> str:
    """Everything a reader may get to see, as text."""
    return json.dumps([
        [wave.name, wave.is_shown, results_to_dict(wave.results), wave.caveats,
         {name: plain_rows(frame) for name, frame in wave.frames.items()}]
        for wave in survey.waves.values()
    ], default=str)  # fmt: skip


def test_planted_problems_are_seen(northwinds: Survey) -> None:
    """In the example organisation ownership and bottlenecks are planted, and the people see just these two."""
    scores = northwinds.waves["2026-04"].constructs.set_index("construct")["score"]

    assert {"structural_bottlenecks", "unclear_ownership"} == set(scores.nlargest(3).index) - {"work"}
    assert (scores[["structural_bottlenecks", "unclear_ownership"]] > 60).all()


def test_a_wave_of_the_future_is_not_known(northwinds: Survey) -> None:
    """Read as at the end of the diagnosis, the survey after the redesign has not been held; later it has."""
    assert ["2026-04"] == list(northwinds.waves)
    assert ["2026-04", "2026-09"] == list(read_survey(gk.load("northwind")).waves)


def test_without_a_survey_nothing_is_measured(engagement: Build) -> None:
    """No tables: no wave, every construct not measured, and what would switch it on."""
    survey = read_survey(engagement({}))

    assert ({}, False, None) == (dict(survey.waves), survey.is_measured, survey.last)
    assert {"not_assessable"} == {result.status for result in survey.results.values()}
    assert "survey_respondents" in survey.results["perceived_cadence"].caveats[0]
    assert {"waves": {}} == survey.closing_record()


def test_the_order_of_rows_changes_nothing(engagement: Build, make: Any) -> None:
    """Shuffled tables give the same survey to the last digit."""
    tables = make.tables(make.crowd(SIZES, skipping=0.05))
    shuffled = {name: frame.sample(frac=1, random_state=5) for name, frame in tables.items()}

    assert published(read_survey(engagement(tables))) == published(read_survey(engagement(shuffled)))


def test_nothing_printed_or_stored_holds_an_answer(northwind: Engagement, northwinds: Survey) -> None:
    """No token in anything that is printed or turned into plain data, and the answers inside come out empty."""
    tokens = set(northwind.survey_respondents["respondent_id"])
    wave = northwinds.last
    assert wave is not None
    everything = " ".join([repr(northwinds), published(northwinds), json.dumps(northwinds.closing_record())])

    assert not [token for token in tokens if token in everything]
    assert {} == plain(wave._sealed)


def test_two_editions_one_respondent_apart_leak_nothing(engagement: Build, make: Any, tmp_path: Path) -> None:
    """After the first report one more person answers: every figure of the second is the same, digit by digit."""
    people = make.crowd(SIZES, skipping=0.05)
    invited = {cell: 2 * n for cell, n in SIZES.items()} | {("D", "manager"): 6}
    first = read_survey(engagement(make.tables(people, invited)))
    (tmp_path / FILE).write_text(json.dumps(first.closing_record()), encoding="utf-8")
    for late in [("A", "leadership"), ("B", "contributor"), ("D", "manager"), ("", "")]:
        second = read_survey(engagement(make.tables([*people, *make.crowd({late: 1}, seed=7)], invited)))
        one, other = first.last, second.last
        assert one is not None
        assert other is not None

        assert results_to_dict(one.results) == results_to_dict(other.results)
        for name, frame in one.frames.items():
            pd.testing.assert_frame_equal(frame, other.frames[name])
        assert "Fewer than 5 answers came after this wave was first reported" in other.caveats[0]
        assert first.closing_record() == second.closing_record()


def test_an_edition_with_an_answer_gone_shows_nothing(engagement: Build, make: Any, tmp_path: Path) -> None:
    """The difference would be the answer that is gone: no figure of the wave leaves any more."""
    people = make.crowd(SIZES)
    first = read_survey(engagement(make.tables(people)))
    (tmp_path / FILE).write_text(json.dumps(first.closing_record()), encoding="utf-8")
    wave = read_survey(engagement(make.tables(people[:-1]))).last

    assert wave is not None
    assert not wave.is_shown
    assert {None} == {result.value for result in wave.results.values()}
    assert {0} == {len(frame) for frame in wave.frames.values()}
    assert "gone or have changed" in wave.caveats[0]


@pytest.mark.parametrize("change", ["one coded anew", "four coded late", "one code gone"])
def test_an_edition_with_other_codes_shows_nothing_of_the_question(
    engagement: Build, make: Any, tmp_path: Path, change: str
) -> None:
    """Counts of codes in two reports, one answer coded otherwise, would tell whose; the other figures stay as they were."""
    coded = [
        replace(one, codes={"Q1": "AB"[k % 2], "Q2": "C"}, texts={"Q1": "x"}) for k, one in enumerate(make.crowd(SIZES))
    ]
    late = [replace(one, codes={"Q2": "C"}) for one in coded[:8]]
    before = [*late, *coded[8:]]
    first = read_survey(engagement(make.tables(before)))
    (tmp_path / FILE).write_text(json.dumps(first.closing_record()), encoding="utf-8")
    after = {
        "one coded anew": [*before[:-1], replace(before[-1], codes={"Q1": "C", "Q2": "C"})],
        "four coded late": [*coded[:4], *before[4:]],
        "one code gone": [*before[:-1], replace(before[-1], codes={"Q2": "C"})],
    }[change]
    one, other = first.last, read_survey(engagement(make.tables(after))).last

    assert one is not None
    assert other is not None
    assert one.results["agreement_Q1"].is_ok
    assert "have changed since this wave was first reported" in other.results["agreement_Q1"].caveats[0]
    assert {"Q2"} == set(other.choices["question"])
    assert other.verbatims.empty
    assert one.results["agreement_Q2"] == other.results["agreement_Q2"]


def test_a_question_coded_after_the_first_report_is_recorded_with_the_second(
    engagement: Build, make: Any, tmp_path: Path
) -> None:
    """It was not shown before, so nothing can be subtracted; from then on its codes stay."""
    people = make.crowd(SIZES)
    first = read_survey(engagement(make.tables(people)))
    (tmp_path / FILE).write_text(json.dumps(first.closing_record()), encoding="utf-8")
    coded = [replace(one, codes={"Q1": "AB"[k % 2]}) for k, one in enumerate(people)]
    second = read_survey(engagement(make.tables(coded)))

    assert second.last is not None
    assert second.last.results["agreement_Q1"].is_ok
    assert ({}, ["Q1"]) == (
        first.closing_record()["waves"]["2026-04"]["codes"],
        list(second.closing_record()["waves"]["2026-04"]["codes"]),
    )


def test_an_edition_under_other_settings_counts_the_same_people(engagement: Build, make: Any, tmp_path: Path) -> None:
    """Who was counted, and from how many answers on, stays as it was when the wave was closed."""
    people = make.inattentive(make.crowd(SIZES), 5)
    strict = make.config(settings=replace(make.config().settings, flags_to_exclude=2))
    first = read_survey(engagement(make.tables(people), strict))
    (tmp_path / FILE).write_text(json.dumps(first.closing_record()), encoding="utf-8")
    loose = replace(strict, settings=replace(strict.settings, flags_to_exclude=9, min_answered_share=1))

    assert published(first) == published(read_survey(engagement(make.tables(people), loose)))


def test_a_later_wave_is_held_against_an_earlier_one_that_may_no_longer_be_shown(
    engagement: Build, make: Any, tmp_path: Path
) -> None:
    """An earlier wave of eight was reported; that one of its answers is gone now does not let nine be shown."""
    people = make.crowd({("A", "contributor"): 8})
    first = read_survey(engagement(make.tables(people)))
    (tmp_path / FILE).write_text(json.dumps(first.closing_record()), encoding="utf-8")
    changed = replace(people[0], group="B")
    later = make.crowd({("A", "contributor"): 9}, wave="2026-09")

    assert not read_survey(engagement(make.tables([changed, *people[1:], *later]))).is_measured


def test_waves_without_a_month_are_named(engagement: Build, make: Any) -> None:
    """Before and after cannot be told by their names, so it is said in which order they are taken."""
    people = [*make.crowd(SIZES, wave="after"), *make.crowd(SIZES, wave="before")]
    survey = read_survey(engagement(make.tables(people)))

    assert ["after", "before"] == list(survey.waves)
    assert "after and before are taken in this order" in survey.caveats[0]


def test_names_of_owners_are_known(northwind: Engagement) -> None:
    """Owners, their spellings and those who left are taken out of texts; teams are not, nor the client's domain."""
    owners = replace(
        northwind.config.owners, same={"Ana Ruiz": ("ana.ruiz@acme.com",)}, left=("Bo Berg",), not_persons={"Blue": "team"}
    )
    programs = northwind.programs.head(3).assign(owners_now=["Cy Dee;Blue", "Brand Board", None])
    tables = {"programs": programs, "status_events": northwind.status_events.head(0)}
    eng = replace(northwind, config=replace(northwind.config, owners=owners), tables=tables)
    names = person_names(eng)

    assert {"Ana Ruiz", "ana.ruiz", "Bo Berg", "Cy Dee"} <= set(names)
    assert not {"Blue", "Brand Board"} & set(names)
