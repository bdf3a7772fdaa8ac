from __future__ import annotations

import pytest

from gapkit.measurement.promised.changed import changed_since
from gapkit.redesign.decisions.decided import Decided
from gapkit.redesign.targets.promises_file import from_record


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({"levers": {"parallel_approvals": {"status": "proposed"}}}, ()),
        ({"levers": {"parallel_approvals": {"status": "agreed", "adherence": 0.7}}},
         ("Lever parallel_approvals: agreed instead of proposed, changed after the promise.",)),
        ({"levers": {"parallel_approvals": {"status": "proposed", "adherence": 0.9}}},
         ("Lever parallel_approvals: adherence 0.9 instead of 0.7, changed after the promise.",)),
        ({"levers": {"parallel_approvals": {"status": "proposed", "adherence": None}}}, ()),
        ({"levers": {"parallel_approvals": {"status": "proposed", "value": 2}}},
         ("Lever parallel_approvals: value 2 instead of not stated, changed after the promise.",)),
        ({"levers": {"capacity": {"status": "declined"}}}, ()),
        ({"slas": {"legal": {"status": "agreed", "days": 3}}}, ("Agreed time legal: added, changed after the promise.",)),
        ({"slas": {"legal": {"status": "declined"}}}, ()),
        ({"targets": {"execution_rate": {"status": "proposed", "change": 0.15, "note": "ours"}}}, ()),
        ({"targets": {"execution_rate": {"status": "proposed", "change": 0.05}}},
         ("Target execution_rate: change 0.05 instead of 0.15, changed after the promise.",)),
        ({"owners": {"MKT-1": {"status": "agreed"}}}, ()),
    ],
)  # fmt: skip
def test_what_was_decided_otherwise_is_told(record, sections, expected):
    """Standing and amounts of levers, times, meetings and targets; notes and what nobody touched are no change."""
    assert changed_since(record, Decided(sections)) == expected


def test_many_changes_are_counted(record):
    """Six are named, the rest is a number."""
    sections = {"slas": {f"place {number}": {"status": "agreed", "days": 2} for number in range(9)}}
    found = changed_since(record, Decided(sections))

    assert (len(found), found[-1]) == (7, "3 further decisions changed after the promise.")


def test_an_empty_field_is_a_change_only_where_another_value_was_in_force(record):
    """Agreed with the field left empty, the usual share stays in force; a share of 90 % that was taken out is gone."""
    sections = {"levers": {"parallel_approvals": {"status": "agreed", "value": None, "adherence": None}}}
    agreed, kept_to = ({**record.data, "levers": [dict(one) for one in record.data["levers"]]} for _ in range(2))
    agreed["levers"][0] = kept_to["levers"][0] = {**agreed["levers"][0], "standing": "agreed"}
    kept_to["levers"][0] = {**kept_to["levers"][0], "levers": [{**agreed["levers"][0]["levers"][0], "adherence": 0.9}]}

    assert changed_since(from_record(agreed), Decided(sections)) == ()
    assert changed_since(from_record(kept_to), Decided(sections)) == (
        "Lever parallel_approvals: adherence not stated instead of 0.9, changed after the promise.",
    )
