from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from gapkit.intake import Evidence, SourceRead, judge_reliability, records_delivery

TZ = "America/New_York"
PLANNED = {"baseline_end": "2026-03-01", "committed_at": "2026-01-01"}
DONE = PLANNED | {"status": "delivered", "actual_start": "2026-01-05", "actual_end": "2026-03-01", "to_spec": "yes"}


def source(**columns: str) -> SourceRead:
    return SourceRead("data/x.csv", ("data/x.csv",), "", "csv", "programs", 1, 1, columns_mapped=columns)


@pytest.fixture
def levels(table: Callable[..., pd.DataFrame]) -> Callable[..., dict[str, str]]:
    def judge(
        *rows: dict[str, Any], delivery: bool = True, sources: tuple[SourceRead, ...] = (), **tables: pd.DataFrame
    ) -> dict[str, str]:
        programs = table("programs", *({"program_id": f"P{number}", **row} for number, row in enumerate(rows)))
        found = judge_reliability(Evidence.of({"programs": programs, **tables}, sources, delivery=delivery, tz=TZ))
        return dict(zip(found["name"], found["level"], strict=True))

    return judge


def test_without_any_record_of_delivery_nothing_about_it_is_measured(levels: Callable[..., dict[str, str]]) -> None:
    """Not measured is not zero: no rate may be computed from a tracker that cannot say "delivered"."""
    found = levels(PLANNED, PLANNED, delivery=False)
    measured = {name for name, level in found.items() if level != "not measured"}

    assert {"gap_map"} == measured


def test_complete_data_carries_the_rates(levels: Callable[..., dict[str, str]]) -> None:
    """With promise, delivery and specification known for all, everything but flow and replanning stands."""
    found = levels(*[DONE] * 10)

    assert {"flow_efficiency", "replanned_later_share"} == {name for name, level in found.items() if level != "sufficient"}


@pytest.mark.parametrize(
    ("unknown", "level"), [(1, "sufficient"), (4, "limited"), (10, "not reliable"), (20, "not measured")]
)
def test_level_falls_with_the_share_unknown(levels: Callable[..., dict[str, str]], unknown: int, level: str) -> None:
    """Specification unknown for 5, 20, 50 and 100 % of deliveries."""
    rows = [DONE | {"to_spec": "unknown"}] * unknown + [DONE] * (20 - unknown)

    assert level == levels(*rows)["otif_rate"]


def test_dates_of_delivery_decide_on_time_and_velocity(levels: Callable[..., dict[str, str]]) -> None:
    """Half of the deliveries without a day: neither rate nor velocity can be leaned on."""
    found = levels(*[DONE] * 5, *[DONE | {"actual_end": None}] * 5)

    assert ["not reliable"] * 3 == [found[name] for name in ("execution_rate", "on_time_rate", "velocity_per_week")]


def test_slip_and_flattery_need_a_first_promise(levels: Callable[..., dict[str, str]]) -> None:
    """Today's planned date may have been moved after the fact."""
    found = levels(*[DONE | {"baseline_end": None, "current_end": "2026-03-01"}] * 10)

    assert ["not reliable", "not measured"] == [found["slip_median_days"], found["redating_flattery"]]


def test_assumed_commitments_do_not_carry_time_to_market(levels: Callable[..., dict[str, str]]) -> None:
    """The first export that lists a plan may come long after the promise."""
    series = SourceRead(
        "data/x.csv", (), "", "csv", "programs", 1, 1, columns_mapped={"status": "status"}, history="snapshots"
    )

    assert "not reliable" == levels(*[DONE] * 10, sources=(series,))["time_to_market_median_days"]
    assert "not measured" == levels(*[DONE | {"committed_at": None}] * 10)["time_to_market_median_days"]


def test_visits_switch_flow_on(levels: Callable[..., dict[str, str]], table: Callable[..., pd.DataFrame]) -> None:
    """Flow efficiency needs stage history of the programs that were started."""
    visit = {"stage": "brief", "entered_at": "2026-01-05"}
    all_but_one = table("stage_visits", *({"program_id": f"P{number}", **visit} for number in range(9)))

    assert "limited" == levels(*[DONE] * 10, stage_visits=all_but_one)["flow_efficiency"]


def test_every_statement_has_its_form_and_its_remedy(table: Callable[..., pd.DataFrame]) -> None:
    """Statement, reason and, unless sufficient, the one thing that would help."""
    programs = table("programs", {"program_id": "A"}, {"program_id": "B", "status": "delivered"})
    found = judge_reliability(Evidence.of({"programs": programs}, (), delivery=True, tz=TZ))

    assert found["statement"].str.match("(Sufficiently|Not) reliable for .*[.]$").all()
    assert found["because"].str.len().gt(0).all()
    assert (found["switch_on"].ne("") == found["level"].ne("sufficient")).all()


@pytest.mark.parametrize(
    ("columns", "mapped", "status", "expected"),
    [
        ({"status": "s"}, [], "in_progress", False),
        ({"status": "s", "actual_end": "Done"}, [], "in_progress", True),
        ({"status": "s"}, ["delivered"], "in_progress", True),
        ({"status": "s"}, [], "delivered", True),
    ],
)
def test_delivery_is_recorded_where_anything_could_say_so(
    table: Callable[..., pd.DataFrame], columns: dict[str, str], mapped: list[str], status: str, expected: bool
) -> None:
    """A column of actual ends, a word that means delivered, or a delivered program: one of them is enough."""
    programs = table("programs", {"program_id": "A", "status": status})

    assert expected is records_delivery(programs, [source(**columns)], mapped)


def test_closed_under_a_word_nobody_knows_is_no_delivery(table: Callable[..., pd.DataFrame]) -> None:
    """What was given up is closed too: above the agreed share of such programs, deliveries are not measured."""
    closed = {"status": "delivered", "closed_at": "2026-03-01 10:00", "actual_end": pd.Timestamp("2026-03-01")}
    programs = table("programs", *({"program_id": f"p{n}", **closed} for n in range(4)))
    known = programs.assign(is_status_assumed=False)
    unknown = programs.assign(is_status_assumed=[True, False, False, False])

    assert [True, False] == [records_delivery(each, (), ()) for each in (known, unknown)]
