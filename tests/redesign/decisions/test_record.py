"""Proposals and decisions as plain data: what the workbook and the first file are made from."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.decisions.file import parse_decisions
from gapkit.redesign.decisions.record import decisions_record, proposal_text, rules_of_record
from gapkit.redesign.decisions.rules import Rule, ruled
from gapkit.redesign.decisions.text import write_proposal

RULES = {"slas": {"days": Rule("number", "", lowest=0.5), "from_on": Rule("date", "", may_be_empty=True)}, "plan": {}}
TODAY: dict[str, Any] = {"slas": {"legal": {"days": 5, "from_on": dt.date(2026, 6, 8)}, "brand": {"days": 3}}}
NAMES = {"slas": {"legal": "Legal review"}}
DAY = dt.date(2026, 6, 4)
TEXT = write_proposal(TODAY, rules=RULES, names=NAMES, as_of=DAY)


def shown(record: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row["fields"] for row in record["entries"]["slas"]}


def test_the_record_is_plain_and_the_first_file_comes_from_it() -> None:
    """What `redesign.json` holds after a journey through JSON gives the file the proposals themselves would give."""
    record = json.loads(json.dumps(decisions_record(Decided(), TODAY, RULES, NAMES), allow_nan=False))

    assert TEXT == proposal_text(record, DAY)
    assert {name: ruled(fields) for name, fields in RULES.items()} == rules_of_record(record)
    assert (False, None, []) == (record["has_file"], record["proposed_on"], record["changes"])
    assert {"status": "proposed", "days": 5, "from_on": "2026-06-08", "note": None} == shown(record)["legal"]
    assert {"status": "proposed", "days": 3, "from_on": None, "note": None} == shown(record)["brand"]


def test_an_untouched_file_changes_nothing_shown() -> None:
    """First run and second run show the same entries."""
    first, second = (decisions_record(one, TODAY, RULES, NAMES) for one in (Decided(), parse_decisions(TEXT, RULES)))

    assert first["entries"] == second["entries"]
    assert (True, "2026-06-04") == (second["has_file"], second["proposed_on"])


def test_decisions_are_shown_over_proposals() -> None:
    """What somebody decided holds; what nobody touched is today's proposal; new and gone entries say so."""
    text = TEXT.replace("days: 5\n", "days: 4\n", 1).replace("status: proposed\n    days: 3", "status: agreed\n    days: 3")
    today = {"slas": {"legal": {"days": 6, "from_on": dt.date(2026, 7, 1)}, "print": {"days": 1}}}
    record = decisions_record(parse_decisions(text, RULES), today, RULES, NAMES)
    rows = {row["id"]: row for row in record["entries"]["slas"]}

    assert ["legal", "print", "brand"] == list(rows)
    assert {"status": "proposed", "days": 4, "from_on": "2026-07-01", "note": None} == rows["legal"]["fields"]
    assert {"status": "agreed", "days": 3, "from_on": None, "note": None} == rows["brand"]["fields"]
    assert [["days"], [], ["days"]] == [row["held"] for row in rows.values()]
    assert [{"days": 6, "from_on": "2026-07-01"}, {"days": 1}, None] == [row["proposed"] for row in rows.values()]
    assert "proposed as 6 now, as 5 first; 4 holds." in rows["legal"]["remark"]
    assert "proposed since decisions.yml was written" in rows["print"]["remark"]
    assert "not proposed any more" in rows["brand"]["remark"]
    assert {"changed", "moved", "agreed", "new", "gone"} == {change["kind"] for change in record["changes"]}
