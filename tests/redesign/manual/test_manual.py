from __future__ import annotations

from types import SimpleNamespace

import pytest

from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.manual.manual import MOST_ROWS, UNKNOWN, operating_manual

NAME = "*Launch* | <b>"


def part(**data):
    return SimpleNamespace(to_dict=lambda: {"sentence": "A sentence.", "caveats": [], **data})


def review(name, standing="proposed"):
    return {"id": name, "name": name, "when": "every Monday at 10:00, 45 minutes", "attendance": ["program owners"],
            "questions": ["What is due?"], "standing": standing}  # fmt: skip


def program(number, owner="P1"):
    return {"program_id": f"X{number}", "name": f"{NAME} {number}", "team": "Web", "owner": owner, "standing": "agreed"}


@pytest.fixture
def parts():
    """Small parts with client text that is markup."""
    sla = {"id": "Web → Brand", "days": 2.5, "answers": "Brand", "adherence": 0.85, "standing": "agreed",
           "breach": "After 2.5 business days the level above Brand is told."}  # fmt: skip
    kpi = {"name": "pages tested", "goal": "Grow", "kind": "leading", "owner_id": None, "cadence": "weekly",
           "standing": "proposed"}  # fmt: skip
    stops = [{"name": "Status call", "advice": "stop", "standing": "proposed"},
             {"name": "Town hall", "advice": "continue", "standing": "proposed"}]  # fmt: skip
    order = [{"rank": 1, "label": "Grow", "keep": True, "standing": "agreed"},
             {"rank": 2, "label": "Shrink", "keep": False, "standing": "proposed"}]  # fmt: skip
    return {
        "cadence": part(tz="Europe/Berlin", series=[review("Weekly"), review("Old", "declined")], stops=stops),
        "owners": part(register=[program(1), program(2, None)]),
        "slas": part(entries=[sla, {**sla, "id": "legal", "standing": "declined"}]),
        "priorities": part(order=order),
        "inputs": part(kpis=[kpi, {**kpi, "name": "revenue", "kind": "lagging"}]),
        "simplification": part(keep=["Grow"], drop=["Shrink"], programs=[{"name": NAME}], meetings=["Status call"],
                               when="Monday check-in, every Monday at 9:00, 30 minutes",
                               agenda=[{"minutes": 10, "question": "What is stuck?"}]),
    }  # fmt: skip


@pytest.fixture
def written(engage, parts):
    """The manual of an organisation of a scale."""

    def build(scale, decided=None, **changed):
        return operating_manual(engage({"scale": scale, "client": "A & *B*"}), {**parts, **changed}, decided or Decided())

    return build


def headings(text):
    return [line.lstrip("# ") for line in text.splitlines() if line.startswith("## ")]


def test_an_enterprise_gets_the_whole_manual(written):
    """Cadence, owners, hand-offs, source of truth, and how decisions are changed."""
    text = written("enterprise")

    assert ["What counts", "Cadence", "Owners", "Hand-offs", "Source of truth", "Weekly inputs",
            "How decisions are changed"] == headings(text)  # fmt: skip
    assert "| Web → Brand | 2.5 | Brand | 85 % | agreed |" in text
    assert "| \\*Launch\\* \\| \\<b\\> 2 | Web | to be named | agreed |" in text
    assert "- What is due?" in text
    assert "- Web → Brand: After 2.5 business days the level above Brand is told." in text
    assert "| pages tested | Grow | to be named | weekly |" in text


def test_what_was_declined_or_goes_on_is_left_out(written):
    """Only what holds is in the manual: no declined meeting or time, no dropped priority, no meeting that goes on."""
    text = written("enterprise")

    assert not [word for word in ("Old", "legal", "Shrink", "Town hall", "revenue") if word in text]
    assert "### Meetings that stop\n\n- Status call" in text


def test_a_mid_sized_organisation_gets_a_short_page(written):
    """Rules and times, no register of programs and no agenda."""
    text = written("mid")

    assert ["What counts", "Cadence", "Owners", "Hand-offs", "Source of truth", "How decisions are changed"] == headings(
        text
    )
    assert "Launch" not in text and "What is due?" not in text
    assert len(text) < len(written("enterprise"))


def test_a_small_organisation_gets_what_it_keeps_and_stops(written):
    """One priority, what stops, the week, who answers."""
    text = written("smb")

    assert ["What counts", "What stops", "The week", "Who answers", "Changes"] == headings(text)
    assert "- Shrink\n- \\*Launch\\* \\| \\<b\\>\n- Status call" in text
    assert "| 10 | What is stuck? |" in text


@pytest.mark.parametrize("scale", ["smb", "mid", "enterprise"])
def test_without_any_part_the_manual_still_stands(engage, scale):
    """Missing parts are said to be missing; the rules hold."""
    text = operating_manual(engage({"scale": scale}), {"cadence": None}, Decided())

    assert UNKNOWN in text
    assert "One named person answers for each program" in text


def test_empty_parts_are_told_by_their_sentence(written):
    """No waits, no series, no measures: the sentence of the part, and no empty table."""
    empty = {"slas": part(entries=[]), "cadence": part(tz="UTC", series=[], stops=[]), "owners": part(register=[]),
             "inputs": part(kpis=[]), "priorities": part(order=[])}  # fmt: skip
    text = written("enterprise", **empty)

    assert 5 == text.count("A sentence.")
    assert "|" not in text


def test_a_long_register_is_cut_and_says_so(written):
    """A register nobody reads on paper is in the workbook."""
    text = written("enterprise", owners=part(register=[program(n) for n in range(MOST_ROWS + 5)]))

    assert MOST_ROWS == text.count("\\*Launch\\*")
    assert f"The first {MOST_ROWS} of {MOST_ROWS + 5}; the workbook holds all." in text


def test_it_says_how_much_is_decided(written):
    """A proposal is never taken for a rule."""
    decided = Decided({"slas": {"Web → Brand": {"status": "agreed"}, "legal": {"status": "declined"}}})

    assert "Nothing of it has been decided yet" in written("mid")
    assert "1 entry is agreed; the rest is a proposal." in written("mid", decided)


def test_the_client_is_named_as_it_is(written):
    """The name on the page is no markup."""
    assert written("mid").startswith("# How A \\& \\*B\\* works\n")
