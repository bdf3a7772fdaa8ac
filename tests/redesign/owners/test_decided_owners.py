from __future__ import annotations


def proposed(part, program):
    return part.register.set_index("program_id").loc[program, "proposed"]


def test_a_proposal_is_overtaken_by_whoever_has_come_to_answer_alone(owners, program, person):
    """Merely proposed gives way to the tracker, and that is said; agreed does not."""
    rows, people = [program("A", "Ben")], [person("Ana"), person("Ben")]
    part = owners(rows, people, {"A": {"owner": "Ana", "status": "proposed"}})

    assert "Ben" == proposed(part, "A")
    assert part.caveats[0].startswith("1 proposal overtaken")
    assert "Ana" == proposed(owners(rows, people, {"A": {"owner": "Ana", "status": "agreed"}}), "A")


def test_decisions_on_programs_that_are_over_are_named(owners, program, person):
    """An ended or unknown program keeps its entry, and the reader is told."""
    part = owners([program("A", "Ana")], [person("Ana")], {"Z9": {"owner": "Ana", "status": "agreed"}})

    assert "Decisions on owners of programs that are not open, or not known: Z9." == part.caveats[0]


def test_an_entry_without_a_name_leaves_the_program_to_be_shared_out(owners, program, person):
    """Nobody was found when it was written; now somebody is."""
    part = owners([program("A")], [person("Ana")], {"A": {"owner": None, "status": "proposed"}})

    assert "Ana" == proposed(part, "A")


def test_without_a_people_table_any_person_may_be_named(owners, program):
    """There is nothing to hold a name against, but a committee is still none."""
    named = {"A": {"owner": "New Person", "status": "agreed"}, "B": {"owner": "Brand Board", "status": "agreed"}}
    part = owners([program("A", "Ana;Ben"), program("B", "Ana;Ben")], (), named)

    assert "New Person" == proposed(part, "A")
    assert proposed(part, "B") in {"Ana", "Ben"}
