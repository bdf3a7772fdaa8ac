from __future__ import annotations

import pytest

from gapkit.diagnosis.causes import capability, execution_discipline, leadership_direction
from gapkit.diagnosis.evidence import CLEARLY_ACTIVE, NOT_ASSESSABLE, NOT_SHOWN, POSSIBLE, PROBABLY_ACTIVE, VERDICTS
from gapkit.diagnosis.levers import VERDICTS as LEVER_VERDICTS
from gapkit.diagnosis.pitfalls import VERDICTS as PITFALL_VERDICTS
from gapkit.redesign.plan.choosing import ABSENT, DOUBTFUL, PER_FINDING, SURE, active, choose, doubtful, strongest


def ids(chosen):
    return [one.action.id for one in chosen]


def test_every_verdict_has_its_consequence():
    """Each word of a diagnosis means act, check, leave alone or not known, and only one of them."""
    causes = [words for each in (capability, leadership_direction, execution_discipline)
              for words in (each.WORDS.shown, each.WORDS.possible, each.WORDS.not_shown)]  # fmt: skip
    known = {*VERDICTS, *PITFALL_VERDICTS, *LEVER_VERDICTS, *causes, execution_discipline.NOTHING_WRITTEN}
    consequences = [*SURE, *DOUBTFUL, *ABSENT, NOT_ASSESSABLE]

    assert known == set(consequences)
    assert len(consequences) == len(set(consequences))


def test_the_surest_and_most_active_comes_first(findings):
    """Clearly before probably, and then by activity."""
    found = findings(
        misalignment=(PROBABLY_ACTIVE, 90.0, ()), poor_tooling=(CLEARLY_ACTIVE, 60.0, ()),
        cadence=(CLEARLY_ACTIVE, 70.0, ()), handoffs=(POSSIBLE, 99.0, ()),
    )  # fmt: skip

    assert ["cadence", "poor_tooling", "misalignment"] == [one.id for one in active(found)]
    assert ["handoffs"] == [one.id for one in doubtful(found)]


def test_a_missing_lever_is_the_more_urgent_the_lower_it_scores(findings):
    """For a lever 100 is good: one that scores 10 goes before a killer of 80, one of 40 behind it."""
    for score, first in ((10.0, "controllable_inputs"), (40.0, "poor_tooling")):
        found = findings(controllable_inputs=("missing", score, ()), poor_tooling=(CLEARLY_ACTIVE, 80.0, ()))

        assert first == active(found)[0].id


@pytest.mark.parametrize("scale", PER_FINDING)
def test_the_strongest_signs_are_answered_as_many_as_the_scale_can_carry(findings, sign, scale):
    """Three signs of one killer: the actions on the highest of them, in that order."""
    signs = (sign("T1", 30.0), sign("T2", 90.0), sign("T3", 0.0), sign("T4", 60.0))
    tooling = findings(poor_tooling=(CLEARLY_ACTIVE, 70.0, signs))[3]
    wanted = ["type-data-in-once", "compare-entries-monthly", "remove-largest-workaround"]

    assert wanted[: PER_FINDING[scale]] == [one.id for one in strongest(tooling, scale)]


def test_without_a_measured_sign_the_unmeasured_are_answered(findings, sign):
    """People report what nobody counted: the actions whose signs are not counted, none of those that are healthy."""
    signs = (sign("T1", 0.0), sign("T2", None), sign("T3", 0.0), sign("T4", None))
    tooling = findings(poor_tooling=(CLEARLY_ACTIVE, 70.0, signs))[3]

    assert ["type-data-in-once", "compare-entries-monthly"] == [one.id for one in strongest(tooling, "enterprise")]


def test_a_possible_finding_gets_one_check_and_nothing_else(findings, sign):
    """What is only possible is checked first."""
    found = findings(poor_tooling=(POSSIBLE, 55.0, (sign("T1", 90.0),)))

    assert ["check-poor-tooling"] == ids(choose(found, "mid"))


def test_nothing_active_means_nothing_to_do(findings):
    """A healthy organisation, or one nobody could assess, gets no plan."""
    blind = tuple(one for one in findings(misalignment=(NOT_ASSESSABLE, 0.0, ())) if one.id == "misalignment")

    assert () == choose(findings(), "mid") == choose(blind, "mid")


def test_one_action_for_two_findings_is_planned_once(findings, sign):
    """Naming owners answers the killer and the fracture."""
    signs = (sign("O1", 90.0),)
    found = findings(unclear_ownership=(CLEARLY_ACTIVE, 60.0, signs), ownership=(CLEARLY_ACTIVE, 80.0, signs))
    chosen = choose(found, "mid")

    assert ["name-one-owner-each"] == ids(chosen)
    assert ("ownership", ("unclear_ownership",)) == (chosen[0].finding.id, tuple(one.id for one in chosen[0].also))


def test_a_prerequisite_nobody_can_judge_is_put_in(findings, sign):
    """Late hand-offs are reviewed in a rhythm; where nothing is known of the rhythm, it is installed first."""
    found = findings(
        handoffs=(CLEARLY_ACTIVE, 70.0, (sign("Hand-off 1", 0.0), sign("Hand-off 2", 90.0))),
        cadence=(NOT_ASSESSABLE, 0.0, ()), operating_cadence=(NOT_ASSESSABLE, 0.0, ()),
    )  # fmt: skip
    chosen = {one.action.id: one for one in choose(found, "mid")}

    assert {"review-late-hand-offs", "install-one-rhythm"} == set(chosen)
    assert ("review-late-hand-offs",) == chosen["install-one-rhythm"].asked_by
    assert ("agree-hand-off-times",) == chosen["review-late-hand-offs"].assumes


def test_a_prerequisite_in_place_is_counted_on(findings, sign):
    """Where the cadence is not broken no rhythm has to be installed, and the action says what it counts on."""
    found = findings(handoffs=(CLEARLY_ACTIVE, 70.0, (sign("Hand-off 1", 0.0), sign("Hand-off 2", 90.0))))
    chosen = choose(found, "mid")

    assert ["review-late-hand-offs"] == ids(chosen)
    assert ("agree-hand-off-times", "install-one-rhythm") == chosen[0].assumes


def test_what_was_declined_goes_with_what_only_it_needed(findings, sign):
    """A declined action leaves, and so does a prerequisite nothing else asks for; a declined prerequisite is not put in."""
    found = findings(
        handoffs=(CLEARLY_ACTIVE, 70.0, (sign("Hand-off 2", 90.0),)), cadence=(NOT_ASSESSABLE, 0.0, ()),
        operating_cadence=(NOT_ASSESSABLE, 0.0, ()),
    )  # fmt: skip

    assert () == choose(found, "mid", declined=["review-late-hand-offs"])
    assert "install-one-rhythm" not in ids(choose(found, "mid", declined=["install-one-rhythm"]))


def test_what_was_agreed_stays_when_its_finding_is_gone(findings):
    """An action the client agreed to holds, whatever today's data show."""
    (one,) = choose(findings(), "mid", agreed=["freeze-briefs"])

    assert ("freeze-briefs", True) == (one.action.id, one.is_kept)
    assert NOT_SHOWN == one.finding.verdict
