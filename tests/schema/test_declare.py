from __future__ import annotations

import pandas as pd
import pytest

from gapkit import schema, vocabulary
from gapkit.schema.declare import Rule, ordered

KINDS = {"id", "text", "list", "date", "timestamp", "integer", "number", "money", "boolean", "category"}
TABLES = list(schema.TABLES.values())

# Canonical tables of the method besides the engagement record, which is engagement.yml; the signed plan of record; what the
# consultant notes.
EXPECTED = """
programs status_events stage_visits handoffs reviews decisions people survey_invited survey_respondents survey_answers
strategy_answers codebook priority_rankings priorities goals kpis kpi_values dependencies skills_required skills_actual
signed_plan process_steps tools workarounds tool_options record_checks incentives outcome_conflicts costs rates
observations
"""


def test_every_canonical_table_is_declared() -> None:
    """No table of the method is missing, none is invented."""
    assert set(EXPECTED.split()) == set(schema.TABLES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_explains_itself(table: schema.Table) -> None:
    """Each column has a known kind and a full sentence; what a document would print is never blank."""
    for field in table.fields():
        assert field.kind in KINDS
        assert field.description.endswith(".")
        assert field.accepts()
        assert ("category" == field.kind) == bool(field.allowed)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_and_references_point_to_columns_that_exist(table: schema.Table) -> None:
    """A key is made of the table's own columns, and an id refers to a column of a declared table."""
    names = {field.name for field in table.fields()}

    assert set(table.key) <= names
    for field in table.fields():
        if field.refers:
            other, column = field.refers.split(".")
            assert column in schema.TABLES[other].key


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rules_look_at_columns_that_exist(table: schema.Table) -> None:
    """A rule over a misspelled column would be silent for ever."""
    names = {field.name for field in table.fields()}
    rules = table.rules + table.caveats

    assert all(set(rule.columns) <= names for rule in rules)
    assert len(rules) == len({rule.name for rule in rules})


def test_programs_need_four_columns_only() -> None:
    """The method asks for an id, a type, a team and a status; everything else is optional."""
    required = [field.name for field in schema.TABLES["programs"].fields() if field.required]

    assert ["program_id", "type", "team", "status"] == required


def test_vocabulary_is_taken_from_one_place() -> None:
    """The words a column allows are those the rest of the package uses."""
    programs = schema.TABLES["programs"]

    assert programs.field("status").allowed == vocabulary.STATUSES
    assert programs.field("type").allowed == vocabulary.PROGRAM_TYPES
    assert schema.TABLES["stage_visits"].field("kind").allowed == vocabulary.STAGE_KINDS


def test_an_answer_may_be_blank_in_a_required_column() -> None:
    """A survey without its value column is refused; a single answer "not applicable" is not."""
    value = schema.TABLES["survey_answers"].field("value")

    assert (True, True, "1 to 5") == (value.required, value.nullable, value.limits)


def test_a_level_may_be_unknown_where_people_answer_but_not_where_they_are_invited() -> None:
    """A respondent may leave the level out; a count of people invited is of some level."""
    answered, invited = (schema.TABLES[f"survey_{name}"].field("level_band") for name in ("respondents", "invited"))

    assert (True, True) == (answered.required, answered.nullable)
    assert (True, False) == (invited.required, invited.nullable)


def test_answers_between_the_points_are_allowed() -> None:
    """A scale of another length, brought to 1 to 5, has points between ours; beyond the ends there is nothing."""
    answers = pd.DataFrame({"respondent_id": ["r1"] * 3, "item_id": ["A", "B", "C"], "value": [1.8, 5.0, 5.2]})
    problems = schema.validate({"survey_answers": schema.conform("survey_answers", answers)})

    assert ["5.2"] == [problem.value for problem in problems]


def test_survey_tokens_cannot_join_people() -> None:
    """No survey table refers to people, directly or by a column of that name."""
    for name in ("survey_respondents", "survey_answers", "strategy_answers", "priority_rankings", "survey_invited"):
        fields = schema.TABLES[name].fields()
        assert not any(field.name == "person_id" or field.refers.startswith("people.") for field in fields)


def test_a_rule_holds_where_nothing_is_known() -> None:
    """Unknown is not wrong: a missing value never breaks a rule, nor does an absent column."""
    rule = ordered("first", "then", "the first", "the then")
    frame = pd.DataFrame({"first": [1.0, 3.0, None], "then": [2.0, 2.0, 2.0]})

    assert [True, False, True] == rule.holds(frame).tolist()
    assert [True, True, True] == rule.holds(frame[["then"]]).tolist()


def test_a_rule_over_nullable_numbers_gives_plain_booleans() -> None:
    """Nullable integers compare to unknown, which counts as holding."""
    rule = Rule("r", ("a",), lambda frame: frame["a"] > 1, "too large", "1", "Lower it.")
    holds = rule.holds(pd.DataFrame({"a": pd.array([1, 2, None], dtype="Int64")}))

    assert "bool" == holds.dtype
    assert [True, False, True] == holds.tolist()
