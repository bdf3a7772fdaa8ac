"""What the measure window will be able to show, said before anything is promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gapkit.baseline.frozen import worthwhile_change
from gapkit.config.window import misses_a_whole_quarter
from gapkit.labels import label_count, label_list, label_number, label_period, label_pp, label_result, sentence_case
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import facts_of_table, foot
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapkit.diagnosis import Diagnosis

NOTHING: Final = "no change could be shown"
NO_QUARTER: Final = (
    "The agreed window holds no whole quarter, from its first to its last day, and the execution rate is read over whole "
    "quarters only: as agreed, nothing of it will be measured."
)
METHOD: Final = "80 % power, two-sided 5 %"


def detectable(d: Diagnosis) -> Exhibit | Callout:
    """Return, for each measure of the baseline, the smallest change that would probably show."""
    found: Mapping[str, Mapping[str, Any]] = d.frozen["detectable"]
    if not found:
        return Callout("note", "What a measurement could show cannot be said yet: no measure has a baseline.")
    columns = (
        Column("Measure", width=0.24),
        Column("Baseline", "right", 0.18),
        Column("Expected afterwards", "right", 0.18),
        Column("Smallest change that would probably show", "right", 0.22),
        Column("Agreed as worthwhile", "right", 0.18),
    )
    primary = d.frozen["primary"]
    order = sorted(found, key=lambda name: name != primary)
    table = Table(columns, tuple(_row(d, name, found[name]) for name in order))
    config = d.eng.config
    window = label_period(config.measure_start, config.measure_end) if config.measure_start and config.measure_end else ""
    length = f"the agreed window, {window}" if window else "a window of one quarter, as none is agreed yet"
    first = order[0]
    return Exhibit(
        "detectable",
        f"{sentence_case(name_of(first))}: with about {_expected(found[first])} afterwards, {_title(found[first])}",
        table=table,
        reading="A smaller change may well come and would not show. A verdict must also hold against other explanations, "
        "which asks for somewhat more. Where the change agreed as worthwhile is smaller than what would show, measure for "
        f"longer or promise nothing of that measure. Expected counts: {length}, at the pace of the baseline."
        f"{_warning(d)}",
        foot=foot(d.eng, f"Smallest true change seen with {METHOD}", n="n as shown", tables=("programs", "status_events"))
        + f" · {label_list(list(d.frozen['quarters']))}",
        facts=(*facts_of_table(table), window, *(_title(one) for one in found.values())),
    )


def _warning(d: Diagnosis) -> str:
    """Return that nothing of the primary measure will be measured in the agreed window; empty where it can be."""
    return f" {NO_QUARTER}" if misses_a_whole_quarter(d.eng.config) else ""


def _row(d: Diagnosis, name: str, one: Mapping[str, Any]) -> tuple[str, ...]:
    result = d.results[name]
    counted = label_count(one["n_before"], *_noun(one))
    return (
        sentence_case(name_of(name)),
        f"{label_result(result)} ({counted})",
        _expected(one),
        _change(one),
        _agreed(d, name),
    )


def _noun(one: Mapping[str, Any]) -> tuple[str, str]:
    return ("delivery", "deliveries") if one["counts"] == "deliveries" else ("program", "programs")


def _expected(one: Mapping[str, Any]) -> str:
    return label_count(one["n_after"], *_noun(one))


def _change(one: Mapping[str, Any]) -> str:
    """Return the smallest change: points of a rate, times as many or as fast of a pace."""
    if "change" in one:
        return NOTHING if one["change"] is None else label_pp(one["change"])
    return NOTHING if one["ratio"] is None else f"{label_number(one['ratio'], 2)} times the pace"


def _title(one: Mapping[str, Any]) -> str:
    words = _change(one)
    return words if words == NOTHING else f"only {words} or beyond would probably show"


def _agreed(d: Diagnosis, name: str) -> str:
    """Return the change agreed as worthwhile, as the same figure: points, or times the pace."""
    if name.startswith("time_to_market"):
        return f"{label_number(1 / (1 + float(d.frozen['min_change']['ttm'])), 2)} times the pace"
    change = worthwhile_change(d.frozen["min_change"], name)
    return f"{label_number(1 + change, 2)} times the pace" if name == "velocity_per_week" else label_pp(change)
