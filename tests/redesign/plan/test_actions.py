from __future__ import annotations

import networkx as nx
import pytest

from gapkit.diagnosis.killers.remedies import REMEDIES, remedies_for
from gapkit.diagnosis.signs.thresholds import THRESHOLDS
from gapkit.redesign.plan.actions import ACTIONS, actions_for, check_for
from gapkit.redesign.plan.library import ENTRIES, LAUNCH
from gapkit.redesign.what_if import LEVERS as WHAT_IF_LEVERS
from gapkit.vocabulary import CAUSES, FRACTURES, KILLERS, LEVERS, PITFALLS, SCALES

FINDINGS = (*KILLERS, *FRACTURES, *CAUSES, *PITFALLS, *LEVERS)
LAUNCH_DAYS = 18  # business days of days 61 to 90 with a few days off


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("finding", FINDINGS)
def test_every_finding_has_an_action_and_a_check_at_every_scale(finding: str, scale: str) -> None:
    """Whatever is found, the plan has an answer, and a way to settle a doubt."""
    assert actions_for(finding, scale)
    assert finding in check_for(finding, scale).findings


@pytest.mark.parametrize("scale", SCALES)
def test_prerequisites_exist_and_form_no_circle(scale: str) -> None:
    """An action can be done once what it needs is done, and that can be."""
    library = ACTIONS[scale]
    needs = [(need, name) for name, action in library.items() for need in action.needs]

    assert {need for need, _ in needs} <= set(library)
    assert nx.is_directed_acyclic_graph(nx.DiGraph(needs))


def test_ids_are_unique() -> None:
    """An entry of decisions.yml means one action."""
    assert len(ENTRIES) == len({entry.id for entry in ENTRIES})


@pytest.mark.parametrize("scale", SCALES)
def test_every_action_is_worded_and_sized(scale: str) -> None:
    """No action without a sentence, a role, an effort, a duration and a measure."""
    for action in ACTIONS[scale].values():
        assert action.do.endswith(".") and "{" not in action.do, action.id
        assert action.who and action.answers, action.id
        assert action.effort_days > 0 and action.lasts_bdays >= 5, action.id


@pytest.mark.parametrize("remedy", REMEDIES, ids=lambda one: f"{one.scale} {one.finding} {one.moves}")
def test_every_remedy_has_its_action(remedy) -> None:
    """What the diagnosis advises can be planned: an action moves the same indicator in the same finding."""
    assert any(remedy.moves in action.moves(remedy.finding) for action in actions_for(remedy.finding, remedy.scale))


def test_a_remedy_is_not_worded_twice() -> None:
    """An action that answers a remedy has its words, not its own."""
    own = [entry.do for entry in ENTRIES if entry.do]

    assert not set(own) & {remedy.do for remedy in REMEDIES}
    for entry in ENTRIES:
        finding, moves = entry.answers[0]
        has_remedy = any(one.moves == moves for scale in SCALES for one in remedies_for(finding, scale))
        assert has_remedy != bool(entry.do), entry.id


def test_larger_organisations_take_no_less() -> None:
    """Effort and duration do not fall with size."""
    for entry in ENTRIES:
        assert sorted(entry.effort_days) == list(entry.effort_days), entry.id
        assert sorted(entry.weeks) == list(entry.weeks), entry.id


def test_what_is_launched_fits_between_day_61_and_day_90() -> None:
    """An action that may begin on day 61 can end by day 90."""
    longest = max(entry.weeks[-1] * 5 for entry in ENTRIES if entry.phase == LAUNCH)

    assert longest <= LAUNCH_DAYS


def test_levers_and_signs_named_exist() -> None:
    """An action pulls levers of the what-if, and moves indicators of the method."""
    known = {remedy.moves for remedy in REMEDIES} | set(THRESHOLDS) | set(FINDINGS)
    known |= {"Source 1", "Source 2", "Source 3", "Inputs 1"}

    assert {lever for entry in ENTRIES for lever in entry.levers} <= {lever.id for lever in WHAT_IF_LEVERS}
    assert {moves for entry in ENTRIES for _, moves in entry.answers} <= known


def test_an_action_may_answer_several_findings() -> None:
    """Naming one owner answers the killer and the fracture: it is planned once."""
    assert ("unclear_ownership", "ownership") == ACTIONS["mid"]["name-one-owner-each"].findings
