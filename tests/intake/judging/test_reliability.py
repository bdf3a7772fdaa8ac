from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from gapkit.intake import Evidence, SourceRead, judge_reliability
from gapkit.intake.history.settle import ASSUMED

TZ = "America/New_York"
PLANNED = {"baseline_end": "2026-03-01", "committed_at": "2026-01-01"}
DONE = PLANNED | {"status": "delivered", "actual_start": "2026-01-05", "actual_end": "2026-03-01", "to_spec": "yes"}


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


def test_stages_without_a_kind_say_what_would_switch_flow_on(table: Callable[..., pd.DataFrame]) -> None:
    """They are recorded; what is missing is a word from the consultant, not an export."""
    log = SourceRead("a.json", (), "", "trello-json", "programs", 1, 1, unmapped={"kind": (("Doing", 3), ("Legal", 1))})
    programs = table("programs", {"program_id": "A", **DONE})
    found = judge_reliability(Evidence.of({"programs": programs}, (log,), delivery=True, tz=TZ)).set_index("name")

    assert "4 stays in stages nobody has given a kind (work, wait, approval …)" == found.loc["flow_efficiency", "because"]
    assert "A kind for every status" in found.loc["flow_efficiency", "switch_on"]


def test_statuses_without_a_meaning_are_the_reason_given(table: Callable[..., pd.DataFrame]) -> None:
    """Deliveries are not measured because of words, and the remedy is words; the map of what is open stands."""
    rows = ({"program_id": f"P{number}", **PLANNED} for number in range(4))
    programs = table("programs", *rows).assign(**{ASSUMED: [True, False, False, False]})
    found = judge_reliability(Evidence.of({"programs": programs}, (), delivery=False, tz=TZ)).set_index("name")

    because = "25 % of 4 programs have a status without a meaning, or one their dates contradict"
    assert because == found.loc["execution_rate", "because"]
    assert "--write-mapping" in found.loc["execution_rate", "switch_on"]
    assert "limited" == found.loc["gap_map", "level"]
