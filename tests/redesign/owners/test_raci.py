from __future__ import annotations


def letters(part, program):
    rows = part.raci.rows.set_index("program_id")
    return tuple(rows.loc[program, ["accountable", "responsible", "consulted", "informed", "check"]])


def visit(program, team, stage="legal review", kind="approval"):
    return {"program_id": program, "stage": stage, "kind": kind, "team": team, "entered_at": "2026-06-10 09:00"}


def handoff(program, to_team):
    return {"program_id": program, "from_team": "Web", "to_team": to_team, "requested_at": "2026-06-10 09:00"}


def test_each_team_has_one_letter(owners, program, person):
    """Executing team R, approvers and other functions C, receivers I; whoever is consulted already is not also informed."""
    part = owners(
        [program("A", "Ana", functions="Marketing;Sales")],
        [person("Ana")],
        stage_visits=[visit("A", "Legal"), visit("A", "Web"), visit("A", "Studio", kind="work"), visit("A", None, "board")],
        handoffs=[handoff("A", "Legal"), handoff("A", "Print"), handoff("A", "Web")],
    )

    assert ("Ana", "Web", "Legal; board; Sales", "Print", "exactly one A") == letters(part, "A")


def test_a_planned_program_has_what_is_usual_for_its_type(owners, program, person):
    """Legal approves two of two web programs and Finance one of three: of those with approvals, half is enough."""
    rows = [program("A", "Ana", type="web"), program("B", "Ana", type="web"), program("C", "Ben", type="web"),
            program("N", "Ben", type="web"), program("M", "Cy", type="email")]  # fmt: skip
    part = owners(rows, [person(name) for name in ("Ana", "Ben", "Cy")],
                  stage_visits=[visit("A", "Legal"), visit("B", "Legal"), visit("C", "Finance")])  # fmt: skip

    assert "Legal" == letters(part, "N")[2]
    assert "Finance; Legal" == letters(part, "C")[2]
    assert "" == letters(part, "M")[2]


def test_checks_are_in_words(owners, program):
    """One A, none, and two persons of whom none can be chosen."""
    declined = {"C": {"owner": "Ana", "status": "declined"}}
    rows = [program(f"P{k}", "Ben") for k in range(5)]
    part = owners([program("A", "Ana"), program("B"), program("C", "Ana;Ben"), *rows], (), declined)

    assert ("Ana; Ben", "several A") == letters(part, "C")[::4]
    assert ("Exactly one A: 6 of 8 open programs; no A: 1; several A: 1.",) == part.raci.checks


def test_a_program_without_a_team_has_no_r(owners, program, person):
    """The team is not recorded: said in the row and below."""
    part = owners([program("A", "Ana", team=None)], [person("Ana")])

    assert ("", "exactly one A, no R") == (letters(part, "A")[1], letters(part, "A")[4])
    assert "No R: the team of 1 program is not recorded." == part.raci.checks[1]
