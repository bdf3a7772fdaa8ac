from __future__ import annotations

import pytest

from gapkit.diagnosis.causes import capability, execution_discipline, leadership_direction
from gapkit.diagnosis.causes.wording import causes_title, doubts
from gapkit.diagnosis.evidence import Finding
from gapkit.diagnosis.signs.signs import counted, missing, sign_of
from gapkit.results import Result
from gapkit.vocabulary import CAUSES, name_of

REVERSED = sign_of(leadership_direction.REVERSED, Result("x", 0.41, 0.35, 0.47, n=243))
UNSURE = sign_of(leadership_direction.REVERSED, Result("x", 0.21, 0.15, 0.27, n=243))
SCORE = sign_of(leadership_direction.SAID, Result("x", 60.0, 55.0, 65.0, n=40, unit="points"))


def cause(name, verdict, *signs):
    return Finding(name, "cause", name_of(name), verdict, None, None, None, None, None, None, (), "", "", (), signs)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (("not shown to be lacking", "unclear", "not assessable"),
         "Leadership direction is unclear: 41 % of decisions were taken back within 60 days; not shown: capability; not "
         "assessable: execution discipline"),
        (("may be lacking", "not shown to be unclear", "no defined way to follow"),
         "Capability may be lacking; execution discipline has no defined way to follow; not shown: leadership direction"),
        (("not shown to be lacking", "not shown to be unclear", "not shown to be weak"),
         "No cause is shown: capability, leadership direction and execution discipline"),
        (("not assessable",) * 3,
         "No cause can be assessed: capability, leadership direction and execution discipline"),
    ],
)  # fmt: skip
def test_the_title_names_what_is_shown_what_not_and_what_nobody_knows(verdicts, expected):
    """Shown first with the number that carries it; not shown and not assessable are two things."""
    signs = {"leadership_direction": (SCORE, sign_of(leadership_direction.REVERSED, Result("x", 0.41, 0.35, 0.47, n=99)))}
    found = [cause(name, verdict, *signs.get(name, ())) for name, verdict in zip(CAUSES, verdicts, strict=True)]

    assert expected == causes_title(found)


def test_what_happened_carries_a_cause_before_what_people_say():
    """The score is beyond too; the decision taken back is what a leader can look up."""
    found = [cause("leadership_direction", "unclear", SCORE, UNSURE, REVERSED)]

    assert causes_title(found).startswith("Leadership direction is unclear: 41.0 % of decisions")


def test_doubts_stand_beside_what_is_shown_only():
    """A sign that may be chance is told where the cause is shown, and is nothing where it is not."""
    shown, hidden = (
        cause("leadership_direction", verdict, SCORE, UNSURE) for verdict in ("unclear", "not shown to be unclear")
    )

    assert "Leadership direction: every sign that is beyond its threshold may be so by chance." == doubts(shown)
    assert "" == doubts(hidden)


def test_a_cause_on_answers_alone_is_carried_by_them():
    """Skills were never rated: the score is the number there is."""
    said = sign_of(capability.SAID, Result("x", 70.0, 65.0, 75.0, n=40, unit="points"))
    found = [cause("capability", "may be lacking", said, missing(capability.HOLES, "Ratings would switch this on."))]

    assert "Capability may be lacking" == causes_title(found)


def test_a_census_carries_a_cause():
    """A figure without an interval is clear by its value."""
    churned = counted(leadership_direction.CHURN, 0.5, 3)
    found = [cause("leadership_direction", "unclear", SCORE, churned)]

    assert "50 % of the official priorities changed from one quarter's plan to the next" in causes_title(found)
    assert execution_discipline.ID in CAUSES
