"""The record of editions: what it holds, and how a damaged one is refused."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gapkit.errors import InputError
from gapkit.measurement.editions import FILE, Moved, read_editions
from gapkit.measurement.editions.counted import Counted
from gapkit.measurement.editions.definitions import Definitions

Publish = Callable[..., tuple[dict[str, Any], Moved]]


def write(folder: Path, **entries: Any) -> None:
    by_day = {entry["as_of"]: entry for entry in entries.values()}
    (folder / FILE).write_text(json.dumps({"editions": by_day}), encoding="utf-8")


def test_what_is_written_is_read_back(publish: Publish, rows: Any, tmp_path: Path) -> None:
    """Oldest first, whatever order the file has; definitions and judgements are the same after the round trip."""
    august, _ = publish("2026-08-31", rows.before + rows.july, holidays=(dt.date(2026, 7, 3),))
    october, _ = publish("2026-10-05", rows.before + rows.july)
    write(tmp_path, october=october, august=august)
    first, last = read_editions(tmp_path)

    assert [dt.date(2026, 8, 31), dt.date(2026, 10, 5)] == [first.as_of, last.as_of]
    assert august["definitions"] == json.loads(json.dumps(first.definitions.to_dict()))
    assert august["judgements"] == json.loads(json.dumps(first.judgements.to_dict()))
    assert (12, 20) == (first.after["on_time_rate"].events, first.after["on_time_rate"].n)
    assert not first.definitions.counts_alike(last.definitions)
    assert august["counted"] == {side: counted.to_dict() for side, counted in first.counted.items()}
    assert {"met": 12, "missed": 8} == Counter(first.counted["after"].outcomes["on_time_rate"].values())


def test_the_same_data_give_the_same_entry(publish: Publish, rows: Any) -> None:
    """Nothing of the moment enters: neither clock nor order."""
    assert publish("2026-08-31", rows.before + rows.july)[0] == publish("2026-08-31", [*rows.july, *rows.before])[0]


def test_no_edition_yet(tmp_path: Path) -> None:
    """Before the first there is no file, and that is no problem."""
    assert () == read_editions(tmp_path)


def test_every_figure_is_that_of_its_programs(publish: Publish, rows: Any) -> None:
    """Counts of the rates and deliveries follow from the programs recorded beside them, on both sides."""
    entry, _ = publish("2026-10-05", rows.before + rows.july + rows.september)
    counted = {side: Counted.of(entry["counted"][side]) for side in ("before", "after")}

    for name in ("execution_rate", "on_time_rate", "velocity_per_week"):
        outcomes, after = counted["after"].outcomes[name], entry["effects"][name]["after"]
        assert (after["events"], after["n"]) == ([*outcomes.values()].count("met"), len(outcomes))
    assert Counter({"met": 10, "missed": 10}) == Counter(counted["before"].outcomes["on_time_rate"].values())


def test_an_entry_of_an_older_version_holds_no_programs(publish: Publish, rows: Any, tmp_path: Path) -> None:
    """It is read as it is."""
    entry, _ = publish("2026-08-31", rows.before + rows.july)
    write(tmp_path, one={name: value for name, value in entry.items() if name != "counted"})

    assert {} == read_editions(tmp_path)[0].counted


@pytest.mark.parametrize("letters", ["yn", "x" * 20, 5])
def test_programs_without_their_outcome_are_refused(publish: Publish, rows: Any, tmp_path: Path, letters: Any) -> None:
    """Too few letters, other letters, none: said with place and what is allowed."""
    entry, _ = publish("2026-08-31", rows.before + rows.july)
    entry["counted"]["after"]["outcomes"]["on_time_rate"] = letters
    write(tmp_path, one=entry)

    with pytest.raises(InputError, match=r"2026-08-31\.counted\.after\.outcomes\.on_time_rate.*20 letters"):
        read_editions(tmp_path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: "{",
        lambda entry: "[]",
        lambda entry: json.dumps({"editions": {"yesterday": entry}}),
        lambda entry: json.dumps({"editions": {"2026-08-31": {**entry, "definitions": {}}}}),
        lambda entry: json.dumps({"editions": {"2026-08-31": {**entry, "judgements": None}}}),
        lambda entry: json.dumps(
            {"editions": {"2026-08-31": {**entry, "effects": {"on_time_rate": {"after": {"n": "x"}}}}}}
        ),
    ],
)
def test_a_damaged_record_is_refused(publish: Publish, rows: Any, tmp_path: Path, damage: Callable[[Any], str]) -> None:
    """Cut short, another file, an entry without its parts: said with file and remedy, never as a traceback."""
    entry, _ = publish("2026-08-31", rows.before + rows.july)
    (tmp_path / FILE).write_text(damage(entry), encoding="utf-8")

    with pytest.raises(InputError, match=r"editions\.json: not a record of editions gapkit can read.*backup"):
        read_editions(tmp_path)


def test_rules_of_another_version_are_passed_over(publish: Publish, rows: Any, changed: Callable[..., Any]) -> None:
    """A threshold this version does not know cannot be set; all others are."""
    entry, _ = publish("2026-08-31", rows.before + rows.july)
    told = {**entry["definitions"], "settings": {"min_n_rate": 12, "gone": 3}, "rules": {"grace_days": 2, "gone": 1}}
    config = Definitions.of(told).config(changed())

    assert (12, 2) == (config.settings.min_n_rate, config.grace_days)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rules", {"grace_days": "x"}), ("rules", None), ("weekmask", "0000000"), ("weekmask", 5),
        ("settings", {"min_n_rate": "x"}), ("settings", {"min_n_rate": 2.5}), ("settings", []), ("fiscal_start_month", 13),
        ("window", ["2026-09-30", "2026-07-01"]), ("window", ["2026-07-01"]), ("window", None),
    ],
)  # fmt: skip
def test_a_day_is_not_read_again_by_definitions_that_cannot_hold(
    publish: Publish, rows: Any, tmp_path: Path, name: str, value: Any
) -> None:
    """Each is refused when the file is read, with its place, the value and what is allowed."""
    entry, _ = publish("2026-08-31", rows.before + rows.july)
    write(tmp_path, one=entry | {"definitions": entry["definitions"] | {name: value}})

    with pytest.raises(InputError) as caught:
        read_editions(tmp_path)
    (problem,) = caught.value.problems
    assert f"2026-08-31.definitions.{name}" in problem.value
    assert problem.allowed


@pytest.mark.parametrize(
    ("change", "part"),
    [({"value": None}, "value"), ({"events": 21}, "events"), ({"n": -1}, "n"), ({"value": "x"}, "value")],
)
def test_a_figure_that_cannot_be_is_refused(
    publish: Publish, rows: Any, tmp_path: Path, change: dict[str, Any], part: str
) -> None:
    """Said to be shown without a value, more events than programs, fewer than no program: none is read as a figure."""
    entry, _ = publish("2026-08-31", rows.before + rows.july)
    entry["effects"]["on_time_rate"]["after"] |= change
    write(tmp_path, one=entry)

    with pytest.raises(InputError, match=rf"2026-08-31\.effects\.on_time_rate\.after\.{part}"):
        read_editions(tmp_path)
