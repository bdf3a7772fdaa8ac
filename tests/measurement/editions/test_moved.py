"""What moved, split into data, definition and time, with counts worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapkit.baseline.frozen import Frozen
from gapkit.measurement.editions import Edition, Move, Moved
from gapkit.measurement.editions.reading import Reading, Step
from gapkit.measurement.editions.wording import read_anew
from gapkit.measurement.effects import Effect
from gapkit.measurement.verdict import Judgement
from gapkit.results import Result

Publish = Callable[..., tuple[dict[str, Any], Moved]]
AUGUST, OCTOBER = "2026-08-31", "2026-10-05"


def on_time(moved: Moved) -> Move:
    return next(move for move in moved.moves if move.measure == "on_time_rate")


def test_the_first_edition_says_so(publish: Publish, rows: Any) -> None:
    """There is nothing to compare with, and no move is made up."""
    entry, moved = publish(AUGUST, rows.before + rows.july)

    assert (None, ()) == (moved.since, moved.moves)
    assert "This is the first edition: there is none before it to compare with." == moved.sentence
    assert {"events": 12, "n": 20} == {name: entry["effects"]["on_time_rate"]["after"][name] for name in ("events", "n")}


def test_time_is_what_came_due_since(publish: Publish, rows: Any) -> None:
    """Twelve of twenty by August, eleven of twenty-one due in September: all of it is time."""
    entry, _ = publish(AUGUST, rows.before + rows.july + rows.september)
    _, moved = publish(OCTOBER, rows.before + rows.july + rows.september, entry)

    move = on_time(moved)

    assert (Step(0, 0, 0.0), Step(0, 0, 0.0)) == (move.data, move.definition)
    assert (11, 21) == move.time[:2]
    assert (
        "Since the edition of 31 August 2026 the on-time rate after moved from 12 of 20 to 23 of 41: 21 programs came due "
        "since (−4 pp), the records of that day read as they did, no definition changed."
    ) == moved.sentence.partition(" The verdict")[0]


def test_a_corrected_record_is_data(publish: Publish, rows: Any) -> None:
    """One program of July turns out delivered late: one fewer on time on the day of August, and nothing else."""
    entry, _ = publish(AUGUST, rows.before + rows.july)
    corrected = [{**rows.july[0], "actual_end": "2026-07-20"}, *rows.july[1:]]
    _, moved = publish(OCTOBER, rows.before + corrected, entry)

    move = on_time(moved)

    assert (-1, 0) == move.data[:2]
    assert move.definition.is_none
    assert move.time.is_none
    assert (
        "the records of that day, changed since, make it 11 of 20 (−5 pp), as 1 program met then is missed now (P100)"
        in (moved.because)
    )
    assert "no program came due since" in moved.because


def test_a_refrozen_rule_is_definition_and_judgement(publish: Publish, rows: Any, frozen: Frozen) -> None:
    """Ten days of grace make the eight late ones of July on time: definition; that somebody froze anew is a judgement."""
    entry, _ = publish(AUGUST, rows.before + rows.july)
    rules = {**frozen.data["rules"], "grace_days": 10}
    anew = replace(frozen, frozen_on=dt.date(2026, 9, 1), data={**frozen.data, "rules": rules})
    _, moved = publish(OCTOBER, rows.before + rows.july, entry, yardstick=anew)

    move = on_time(moved)

    assert (Step(0, 0, 0.0), (8, 0), Step(0, 0, 0.0)) == (move.data, move.definition[:2], move.time)
    assert ("The rules of the freeze changed: grace days 0 then, 10 now.",) == moved.definitions
    assert "The baseline was frozen anew on 1 September 2026, in place of the one of 5 May 2026." in moved.judgements
    assert "today's definitions make that day 20 of 20 (+40 pp)" in moved.because


def test_another_window_is_definition_and_agreement(publish: Publish, rows: Any) -> None:
    """A window that begins in September leaves nothing of July; the day of August then shows nothing due."""
    entry, _ = publish(AUGUST, rows.before + rows.july + rows.september)
    window = dt.date(2026, 9, 1), dt.date(2026, 9, 30)
    _, moved = publish(OCTOBER, rows.before + rows.july + rows.september, entry, window=window)

    move = on_time(moved)

    assert ((-12, -20), (11, 21)) == (move.definition[:2], move.time[:2])
    assert any("measure window changed" in text for text in moved.judgements)


def test_two_causes_at_once_are_told_apart(publish: Publish, rows: Any) -> None:
    """A correction, a new calendar and time: velocity moves by each of them, and each in its own column."""
    entry, _ = publish(AUGUST, rows.before + rows.july + rows.september)
    corrected = [*rows.july[1:], {**rows.july[0], "actual_end": "2026-06-30"}]
    _, moved = publish(OCTOBER, rows.before + corrected + rows.september, entry, holidays=(dt.date(2026, 7, 3),))

    velocity = next(move for move in moved.moves if move.measure == "velocity_per_week")

    assert (-1, 0, 11) == (velocity.data.events, velocity.definition.events, velocity.time.events)
    assert velocity.definition.value is not None
    assert velocity.definition.value > 0
    assert ("The days off changed: 3 July 2026.",) == moved.definitions


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(flips=st.sets(st.integers(0, 19)), late=st.integers(0, 21), grace=st.sampled_from([0, 10]), months=st.integers(7, 9))
def test_the_parts_add_up(
    publish: Publish, rows: Any, frozen: Frozen, flips: set[int], late: int, grace: int, months: int
) -> None:
    """Whatever is corrected, redefined and due: data, definition and time sum to the change, in counts and in points."""
    entry, _ = publish(AUGUST, rows.before + rows.july)
    july = [{**row, "actual_end": "2026-07-22" if k in flips else row["actual_end"]} for k, row in enumerate(rows.july)]
    rules = {**frozen.data["rules"], "grace_days": grace}
    anew = replace(frozen, data={**frozen.data, "rules": rules})
    window = dt.date(2026, months, 1), dt.date(2026, 9, 30)
    _, moved = publish(OCTOBER, rows.before + july + rows.september[:late], entry, yardstick=anew, window=window)

    for move in moved.moves:
        parts = (move.data, move.definition, move.time)
        assert sum(part.n for part in parts) == move.total.n
        if all(part.events is not None for part in parts):
            assert sum(part.events or 0 for part in parts) == move.total.events
        if all(part.value is not None for part in parts):
            assert sum(part.value or 0 for part in parts) == pytest.approx(move.total.value, abs=1e-12)
        assert move.now - move.published == move.total


def test_only_editions_before_its_day_are_compared_with(publish: Publish, rows: Any) -> None:
    """Neither the same day's edition, which is replaced, nor a later one enters; so a second run says the same."""
    august, _ = publish(AUGUST, rows.before + rows.july)
    october, once = publish(OCTOBER, rows.before + rows.july, august)
    again, twice = publish(OCTOBER, rows.before + rows.july, august, october)

    assert (october, once) == (again, twice)
    assert dt.date(2026, 8, 31) == once.since


def test_a_re_reading_says_what_differs_today(publish: Publish, rows: Any) -> None:
    """An edition before the latest stands; read again with a corrected record, the report names the figures that differ."""
    august, _ = publish(AUGUST, rows.before + rows.july)
    october, _ = publish(OCTOBER, rows.before + rows.july, august)
    corrected = [{**rows.july[0], "actual_end": "2026-07-20"}, *rows.july[1:]]
    _, same = publish(AUGUST, rows.before + rows.july, august, october)
    _, moved = publish(AUGUST, rows.before + corrected, august, october)

    assert "the edition stands as it was published, and no figure of it reads otherwise today" in same.rereading
    assert "on-time rate: 12 of 20 as published, 11 of 20 read today" in moved.differs
    assert moved.sentence.startswith(
        "This is a re-reading of 31 August 2026, whose edition was published with other figures: the on-time "
        "rate after was "
        "12 of 20 (+10 pp), and reads 11 of 20 (+5 pp) today; 1 figure of it reads otherwise."
    )
    assert "first edition" not in same.sentence + moved.sentence
    assert moved.sentence.endswith("No edition of an earlier day was published to compare it with.")


def test_a_day_before_the_latest_without_an_edition_is_named(publish: Publish, rows: Any) -> None:
    """It is no edition: nobody was shown it when it was due."""
    october, _ = publish(OCTOBER, rows.before + rows.july)
    _, moved = publish(AUGUST, rows.before + rows.july, october)

    assert "it is not recorded as an edition" in moved.rereading
    assert moved.sentence.startswith(moved.rereading)
    assert () == moved.differs


def test_too_few_to_say_stay_unsaid(publish: Publish, rows: Any) -> None:
    """Of three programs not even x of n is said: the split is in numbers of programs only, and adds up."""
    few = [rows.program(300 + k, "2026-07-15", "2026-07-10") for k in range(3)]
    entry, _ = publish(AUGUST, rows.before + few)
    _, moved = publish(OCTOBER, rows.before + few + rows.september, entry)

    move = on_time(moved)

    assert (None, None) == (move.published.events, move.published.value)
    assert (Step(None, 21, None), Step(None, 0, None)) == (move.time, move.data)
    assert "came from too little data to 14 of 24" in moved.change


def test_what_gapkit_itself_counts_otherwise_is_a_caveat(publish: Publish, rows: Any) -> None:
    """Another version made the last edition: part of the data column may be its."""
    entry, _ = publish(AUGUST, rows.before + rows.july)
    _, moved = publish(OCTOBER, rows.before + rows.july, {**entry, "gapkit": "0.0.1"})

    assert "made with gapkit 0.0.1" in moved.caveats[0]


def test_a_reading_of_nothing_has_no_event() -> None:
    """Where nothing fell due, none was on time, which can be subtracted; an unknown count cannot."""
    nothing = Reading.of({"value": None, "events": None, "n": 0, "unit": "share", "status": "not_assessable"})
    few = Reading.of({"value": None, "events": None, "n": 3, "unit": "share", "status": "thin"})
    some = Reading(0.6, 12, 20, "share", "ok")

    assert Step(12, 20, None) == some - nothing
    assert Step(None, 17, None) == some - few


def test_programs_that_left_the_export_are_named(publish: Publish, rows: Any) -> None:
    """Five late programs gone raise the rate; the sentence, a warning and the record say which, and that they were late."""
    entry, _ = publish(AUGUST, rows.before + rows.july)
    spring = {**rows.july[19], "name": "Spring guide"}
    full, _ = publish(AUGUST, [*rows.before, *rows.july[:19], spring])
    _, moved = publish(OCTOBER, rows.before + rows.july[:15], entry)
    _, some = publish(OCTOBER, rows.before + rows.july[:19], full)

    assert (
        "no program came due since; the records of that day, changed since, make it 12 of 15 (+20 pp), as 5 "
        "programs counted "
        "then are no longer on record (P115, P116, P117 and 2 others); no definition changed"
    ) == moved.because
    assert (
        "5 programs counted in an earlier edition are no longer on record, 5 of them missed by the on-time "
        "rate: P115, P116, "
        "P117 and 2 others. Find out why before these figures are used.",
    ) == moved.warnings
    assert [f"P{k}" for k in range(115, 120)] == [one["program_id"] for one in moved.to_dict()["programs"]]
    assert {"then": "missed", "now": None} == moved.to_dict()["programs"][0]["outcomes"]["on_time_rate"]
    assert "1 program counted then is no longer on record (Spring guide)" in some.because


def test_programs_gone_are_said_again_in_later_editions(publish: Publish, rows: Any) -> None:
    """Whoever sees only the later edition must know, though the one before it no longer counted them."""
    august, _ = publish(AUGUST, rows.before + rows.july)
    september, _ = publish("2026-09-30", rows.before + rows.july[:15], august)
    _, moved = publish(OCTOBER, rows.before + rows.july[:15], august, september)
    _, back = publish(OCTOBER, rows.before + rows.july, august, september)

    assert "5 programs counted in an earlier edition are no longer on record" in moved.warnings[0]
    assert () == moved.programs
    assert () == back.warnings
    assert "5 programs came in late, not counted then (P115, P116, P117 and 2 others)" in back.because


def test_programs_that_make_up_for_each_other_are_named(publish: Publish, rows: Any) -> None:
    """One met and one missed less, one of each more: the figure stands, and its programs do not."""
    entry, _ = publish(AUGUST, rows.before + rows.july)
    moved_out = {**rows.july[0], "baseline_end": "2026-10-15"}
    earlier = {**rows.july[12], "actual_end": "2026-07-14"}
    _, moved = publish(OCTOBER, [*rows.before, moved_out, *rows.july[1:12], earlier, *rows.july[13:]], entry)

    assert (0, -1) == on_time(moved).data[:2]
    assert "1 program counted then is on record and not counted for that day any more (P100)" in moved.because
    assert "1 program missed then is met now (P112)" in moved.because
    assert () == moved.warnings


def test_a_figure_that_stands_on_other_programs_says_so(publish: Publish, rows: Any) -> None:
    """Twelve of twenty as before, by one corrected down and one corrected up."""
    entry, _ = publish(AUGUST, rows.before + rows.july)
    july = [dict(row) for row in rows.july]
    july[0]["actual_end"], july[12]["actual_end"] = "2026-07-22", "2026-07-10"
    _, moved = publish(OCTOBER, rows.before + july, entry)

    assert on_time(moved).data.is_none
    assert (
        "that day still reads 12 of 20, though 1 program met then is missed now (P100) and 1 program missed "
        "then is met now "
        "(P112)"
    ) in moved.because


def test_programs_of_the_baseline_that_left_are_named(publish: Publish, rows: Any) -> None:
    """The frozen figures stand without them, and what is read anew does not have them: both are said."""
    entry, _ = publish(AUGUST, rows.before + rows.july)
    late = {**rows.before[3], "actual_end": "2026-02-22"}
    _, moved = publish(OCTOBER, [*rows.before[2:3], late, *rows.before[4:], *rows.july], entry)

    assert (
        "2 programs of the baseline are no longer on record: P000 and P001. The frozen figures stand; others "
        "before lack them.",
    ) == moved.warnings
    assert "1 program of the baseline reads otherwise than at that edition (P003). What was frozen stands." in moved.caveats


def test_an_edition_without_programs_is_compared_as_far_as_it_goes(publish: Publish, rows: Any) -> None:
    """One recorded by an older version holds counts only: the step is told, and no program is made up."""
    entry, _ = publish(AUGUST, rows.before + rows.july)
    old = {name: value for name, value in entry.items() if name != "counted"}
    _, moved = publish(OCTOBER, rows.before + rows.july[:15], old)

    assert "the records of that day, changed since, make it 12 of 15 (+20 pp), no definition changed" in moved.because
    assert ((), (), ()) == (moved.programs, moved.baseline_programs, moved.warnings)


def test_a_figure_before_that_is_read_anew_is_told(publish: Publish, rows: Any) -> None:
    """Time-to-market before is not frozen: where it moved from one edition to the next, the caveat says why it could."""
    entry, _ = publish(AUGUST, rows.before + rows.july)
    before = {"value": 71.2, "events": 94, "n": 154, "unit": "days", "status": "ok"}
    name = "time_to_market_restricted_mean_days"
    edition = Edition.of(AUGUST, entry | {"effects": {name: entry["effects"]["on_time_rate"] | {"before": before}}})
    now = effect_of(name, Result(name, 70.4, 60, 80, n=154, events=94, unit="days"))

    assert (
        "Not frozen at day 30; read anew from today's data, times over the stretch that both windows were watched. Before: "
        "mean time-to-market within the horizon 71 days (n = 154) then, 70 days (n = 154) now."
    ) == read_anew(edition, [now])
    assert "" == read_anew(edition, [effect_of(name, Result(name, 71.2, 60, 80, n=154, events=94, unit="days"))])


def effect_of(name: str, before: Result) -> Effect:
    after = Result(name, 50, 40, 60, n=40, events=30, unit="days")
    gap = Result(name, -20, -30, -10, n=40, unit="days")
    return Effect(
        name, before, after, gap, -1, None, None, None, is_primary=False, judgement=Judgement("monitoring"), sentence=""
    )


def test_decisions_and_words_since_are_listed(publish: Publish, rows: Any, tmp_path: Path) -> None:
    """What was agreed, changed and taken back in decisions.yml, a re-baselining, the consultant's words."""
    plan = "plan:\n  rooms:\n    status: {}\n    who: {}\n  tools:\n    status: {}\n    who: Ben\n"
    (tmp_path / "decisions.yml").write_text(plan.format("agreed", "Ana", "agreed"), encoding="utf-8")
    entry, _ = publish(AUGUST, rows.before + rows.july)
    (tmp_path / "decisions.yml").write_text(plan.format("agreed", "Eve", "declined"), encoding="utf-8")
    (tmp_path / "commentary" / "measure").mkdir(parents=True)
    (tmp_path / "commentary" / "measure" / "answer.md").write_text("Well done.", encoding="utf-8")
    _, moved = publish(OCTOBER, rows.before + rows.july, entry, primary="otif_rate")

    assert (
        "Declined in decisions.yml: action tools.",
        "Changed in decisions.yml: action rooms.",
        "The consultant's words were written or changed: answer.",
    ) == moved.judgements
