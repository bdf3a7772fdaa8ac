"""Tries to work out from everything that is published what fewer than five people said."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from gapkit import schema
from gapkit.config import Settings
from gapkit.diagnosis.diagnose import survey_to_dict
from gapkit.instrument import ASKED, CHECK, CHECK_ANSWER
from gapkit.report.exhibits import people, perception
from gapkit.survey import read_survey
from gapkit.survey.closing import FILE

SURVEY = ("survey_invited", "survey_respondents", "survey_answers", "strategy_answers", "codebook", "priority_rankings")
EXHIBITS = (people.leaders_and_teams, people.priorities_seen, perception.perception, perception.perception_by_group,
            perception.participation, perception.four_questions, perception.verbatims, perception.instrument)  # fmt: skip
# Organisations that invite an attack: lone small groups, small leaderships, assistants in a team of leaders.
ORGANISATIONS = {
    "a small team": {("Brand", "leadership"): 6, ("Brand", "contributor"): 9, ("Web", "contributor"): 12,
                     ("Legal", "contributor"): 3, ("Events", "manager"): 7},
    "two small teams": {("Brand", "leadership"): 5, ("Web", "contributor"): 14, ("Legal", "contributor"): 2,
                        ("Events", "manager"): 2, ("Sales", "contributor"): 8},
    "an assistant among leaders": {("Board", "leadership"): 7, ("Board", "contributor"): 1, ("Web", "contributor"): 11,
                                   ("Sales", "contributor"): 9},
    "few leaders": {("Brand", "leadership"): 2, ("Brand", "manager"): 4, ("Web", "contributor"): 12,
                    ("Sales", "contributor"): 10},
    "a team of one": {("Brand", "leadership"): 6, ("Web", "contributor"): 13, ("Solo", "contributor"): 1,
                      ("Sales", "manager"): 6},
}  # fmt: skip


def survey_of(cells, seed=1):
    """Return the survey tables of people whose teams mostly agree, here and there leaving a statement out."""
    rng = np.random.default_rng(seed)
    views = {group: rng.integers(2, 5, len(ASKED)) for group, _ in cells}
    crowd = [cell for cell, n in cells.items() for _ in range(n)]
    return tables_of([(group, level, answers(rng, views[group]), "ABC"[rng.integers(3)], rng.permutation(3) + 1)
                      for group, level in crowd])  # fmt: skip


def answers(rng, view):
    values, left_out = view + rng.integers(-1, 2, len(ASKED)), rng.random(len(ASKED)) < 0.04
    given = {item.id: None if left_out[k] else float(values[k]) for k, item in enumerate(ASKED)}
    return {**given, CHECK.id: CHECK_ANSWER}


def tables_of(crowd):
    tokens = [f"t{number:04d}" for number in range(len(crowd))]
    cells = pd.DataFrame([(group, level) for group, level, *_ in crowd], columns=["group", "level_band"])
    made = {
        "survey_invited": cells.value_counts().mul(2).rename("n_invited").reset_index().assign(wave="2026-04"),
        "survey_respondents": cells.assign(respondent_id=tokens, wave="2026-04", duration_s=400),
        "survey_answers": [{"respondent_id": token, "item_id": item, "value": value}
                           for token, one in zip(tokens, crowd, strict=True) for item, value in one[2].items()],
        "strategy_answers": [{"respondent_id": token, "question": "Q1", "code": one[3], "text": f"words of {one[3]}"}
                             for token, one in zip(tokens, crowd, strict=True)],
        "codebook": [{"question": "Q1", "code": code, "label": f"label {code}"} for code in "ABC"],
        "priority_rankings": [{"respondent_id": token, "priority_id": f"PR0{place + 1}", "rank": rank}
                              for token, one in zip(tokens, crowd, strict=True) for place, rank in enumerate(one[4])],
    }  # fmt: skip
    return {name: schema.conform(name, pd.DataFrame(rows)) for name, rows in made.items()}


@pytest.fixture
def edition(northwind, tmp_path):
    """A diagnosis as far as its exhibits of people go, of the given survey; the folder holds what was reported before."""
    config = replace(northwind.config, settings=Settings(flags_to_exclude=9, bootstrap_replicates=100))
    others = {name: frame for name, frame in northwind.tables.items() if name not in SURVEY}

    def make(tables):
        eng = replace(northwind, tables={**others, **tables}, config=config, folder=tmp_path)
        return SimpleNamespace(eng=eng, survey=read_survey(eng), observations=())

    return make


def published(d):
    """Return everything a reader gets of a survey: the record, every exhibit as text, and the letters of every chart."""
    blocks = [block for exhibit in EXHIBITS if (block := exhibit(d)) is not None]
    texts = [json.dumps(survey_to_dict(d.survey), sort_keys=True)]
    for block in blocks:
        texts += [block.to_text(), *re.findall(r">([^<>]+)</text>", getattr(block, "svg", ""))]
    return "\n".join(texts)


def shown_parts(d):
    """Return the parts of the organisation participation names, each with the count it prints."""
    rows = perception.participation(d).table.rows
    return {row[0]: int(row[2]) for row in rows}


@pytest.mark.parametrize("name", list(ORGANISATIONS))
def test_no_count_and_no_difference_of_counts_is_about_a_few(edition, name):
    """Whoever adds and subtracts up to four of the figures shown is left with nobody, or with five people or more."""
    tables = survey_of(ORGANISATIONS[name])
    d = edition(tables)
    people_ = tables["survey_respondents"]
    sets = who_is_in(shown_parts(d), people_)

    assert sets
    assert smallest_left(sets.values()) >= 5


@pytest.mark.parametrize("name", list(ORGANISATIONS))
def test_no_score_and_no_difference_of_scores_is_about_a_few(edition, name):
    """The same for each construct of the record, where who left statements out may change which groups are shown."""
    tables = survey_of(ORGANISATIONS[name])
    record = survey_to_dict(edition(tables).survey)["waves"]["2026-04"]
    for construct in (row["construct"] for row in record["constructs"]):
        inside = tables["survey_respondents"].loc[has_score(tables, construct)]
        sizes = {"Everybody": len(inside)}
        sizes |= {row["level"]: row["n"] for row in record["levels"] if row["construct"] == construct}
        sizes |= {f"Group: {row['group']}".replace("all other", "All other"): row["n"]
                  for row in record["groups"] if row["construct"] == construct}  # fmt: skip

        assert smallest_left(who_is_in(sizes, inside).values()) >= 5


def has_score(tables, construct):
    """Return who answered half of the statements of a construct or more."""
    items = [item.id for item in ASKED if item.block == construct]
    given = tables["survey_answers"].query("item_id in @items").groupby("respondent_id")["value"].count()
    return tables["survey_respondents"]["respondent_id"].map(given).ge(len(items) / 2).to_numpy(dtype=bool)


def smallest_left(sets):
    """Return the fewest people, above none, that adding and subtracting up to four of the figures leaves."""
    figures = list(sets)
    left = {
        int(np.count_nonzero(sum(sign * part for sign, part in zip((1, *signs), some, strict=True))))
        for size in range(1, min(4, len(figures)) + 1)
        for some in itertools.combinations(figures, size)
        for signs in itertools.product((1, -1), repeat=size - 1)
    }
    return min(left - {0})


def who_is_in(shown, respondents):
    """Return who stands behind each part that is shown: as an attacker who knows everybody's team and level would."""
    group, level = respondents["group"].to_numpy(str), respondents["level_band"].to_numpy(str)
    named = {part.removeprefix("Group: ") for part in shown if part.startswith("Group: ")}
    words = {"leadership": "leadership", "managers": "manager", "contributors": "contributor"}
    sets = {}
    for part, n in shown.items():
        if part == "Everybody":
            inside = np.ones(len(group))
        elif part.startswith("Group: All other"):
            inside = ~np.isin(group, list(named))
        elif part.startswith("Group: "):
            inside = group == part.removeprefix("Group: ")
        else:
            inside = np.isin(level, [band for word, band in words.items() if word in part.lower()])
        assert n == inside.sum(), f"{part} is not who it seems"
        sets[part] = np.asarray(inside, dtype=float)
    return sets


@pytest.mark.parametrize("name", list(ORGANISATIONS))
def test_each_chart_and_table_shows_the_same_groups(edition, name):
    """A group that participation hides is in no chart, no description of one, and no frame of the record."""
    d = edition(survey_of(ORGANISATIONS[name]))
    named = {part.removeprefix("Group: ") for part in shown_parts(d)}
    record = survey_to_dict(d.survey)["waves"]["2026-04"]
    groups = {row["group"] for row in record["groups"]} - {"all other groups"}
    block = perception.perception_by_group(d)
    drawn = set(re.findall(r">([A-Z]\w+) \(\d+\)</text>", getattr(block, "svg", "")))

    assert groups <= named
    assert drawn <= named
    assert all(row["n"] >= 5 for frame in ("groups", "levels", "constructs") for row in record[frame])
    assert all(row[side] >= 5 for row in record["gap"] for side in ("n_first", "n_others"))


@pytest.mark.parametrize("name", list(ORGANISATIONS))
def test_a_second_edition_with_one_more_answer_is_the_same(edition, tmp_path, name):
    """Figures, charts and words stand as they were, letter by letter, but for the remark that answers came late."""
    cells = ORGANISATIONS[name]
    first = edition(survey_of(cells))
    before = published(first)
    (tmp_path / FILE).write_text(json.dumps(first.survey.closing_record()), encoding="utf-8")
    for late in [list(cells)[1], ("New team", "manager")]:
        tables = survey_of(cells)
        one = survey_of({late: 1}, seed=9)
        grown = {table: pd.concat([tables[table], renamed(one[table])], ignore_index=True) for table in tables
                 if table not in {"survey_invited", "codebook"}}  # fmt: skip
        after = published(edition({**tables, **grown}))

        assert without_remark(before) == without_remark(after)
        assert "came after this wave was first reported" in after


def renamed(frame):
    return (
        frame.assign(respondent_id=frame["respondent_id"].str.replace("t0", "late")) if "respondent_id" in frame else frame
    )


def without_remark(text):
    return re.sub(r"Fewer than 5 answers came after this wave .*? would show them\. ?", "", text).replace(" \n", "\n")


@pytest.mark.parametrize("name", list(ORGANISATIONS))
def test_a_second_edition_with_an_answer_gone_shows_nothing(edition, tmp_path, name):
    """The first edition less the second would be the one who left, or the team that left: no figure is in the second."""
    cells = ORGANISATIONS[name]
    tables = survey_of(cells)
    first = edition(tables)
    (tmp_path / FILE).write_text(json.dumps(first.survey.closing_record()), encoding="utf-8")
    for team in ("Web", list(cells)[2][0]):
        members = tables["survey_respondents"].loc[lambda frame, team=team: frame["group"] == team, "respondent_id"]
        for gone in (members.iloc[:1], members):
            left = {table: frame.loc[~frame["respondent_id"].isin(gone)] if "respondent_id" in frame else frame
                    for table, frame in tables.items()}  # fmt: skip
            d = edition(left)

            assert [None] * 7 == [exhibit(d) for exhibit in EXHIBITS[1:]]
            assert "gone or have changed" in people.leaders_and_teams(d).text
            assert not any(survey_to_dict(d.survey)["waves"]["2026-04"].values())


def test_without_a_first_edition_one_respondent_less_never_shows_a_hidden_team(edition):
    """Whoever leaves, and from wherever, what is then shown still withstands subtraction."""
    cells = ORGANISATIONS["two small teams"]
    for leaving in cells:
        smaller = {cell: n - (cell == leaving) for cell, n in cells.items() if n - (cell == leaving)}
        tables = survey_of(smaller)
        sets = who_is_in(shown_parts(edition(tables)), tables["survey_respondents"])
        sizes = [int((one - other != 0).sum()) for one, other in itertools.permutations(sets.values(), 2)]

        assert all(size == 0 or size >= 5 for size in sizes)


def test_nothing_published_holds_a_token_or_a_row(edition):
    """No respondent's token and no list of one respondent's answers is anywhere in what is published."""
    tables = survey_of(ORGANISATIONS["a small team"])
    text = published(edition(tables))

    assert not [token for token in tables["survey_respondents"]["respondent_id"] if token in text]
    assert "kept private" not in text
