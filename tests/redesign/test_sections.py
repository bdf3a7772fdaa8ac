"""The registry of sections: what may be edited where."""

from __future__ import annotations

from gapkit.engagement import Engagement
from gapkit.redesign.decisions.decided import SECTIONS
from gapkit.redesign.decisions.rules import Rule, ruled
from gapkit.redesign.sections import RULES, names_for, rules_for


def test_every_section_with_rules_is_one_of_the_decisions() -> None:
    """And every rule explains itself."""
    assert set(RULES) <= set(SECTIONS)
    assert [] == [(name, field) for name, fields in RULES.items() for field, rule in fields.items() if not rule.help]


def test_each_section_begins_with_its_standing_and_ends_with_a_note() -> None:
    """Whether a part has its own note or not, nobody can do without."""
    note = Rule("text", "reason", may_be_empty=True)

    assert ["status", "days", "note"] == list(ruled({"note": note, "days": Rule("number", "")}))
    assert note == ruled({"note": note})["note"]


def test_persons_are_those_of_the_engagement(northwind_day_60: Engagement) -> None:
    """The people table and today's owners may be named; nobody else, and nothing else is narrowed."""
    eng = northwind_day_60
    rules = rules_for(eng)
    owning = {name for names in eng.programs["owners_now"].dropna() for name in names.split(";")}

    assert {*eng.people["person_id"], *owning} == set(rules["owners"]["owner"].allowed)
    assert RULES["slas"] == rules["slas"]


def test_ids_get_the_names_people_use(northwind_day_60: Engagement) -> None:
    """Of programs, priorities and measures, also behind a word such as stop; an unknown id has none."""
    eng = northwind_day_60
    program, priority, measure = eng.programs.iloc[0], eng.priorities.iloc[0], eng.kpis.iloc[0]
    entries = {
        "owners": {program["program_id"]: {}, "nobody": {}},
        "priorities": {priority["priority_id"]: {}, f"stop {program['program_id']}": {}},
        "inputs": {f"input for {measure['kpi_id']}": {}},
        "slas": {"legal review": {}},
    }

    assert {
        "owners": {program["program_id"]: program["name"]},
        "priorities": {priority["priority_id"]: priority["label"], f"stop {program['program_id']}": program["name"]},
        "inputs": {f"input for {measure['kpi_id']}": measure["name"]},
    } == names_for(eng, entries)
