"""Exhibits of what levers would change: the check of the engine first, then each lever, then what cannot be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gapkit.labels import label_count, label_days, label_interval, label_number, label_share, label_value
from gapkit.plots.foretold import describe_foretold, plot_foretold
from gapkit.plots.predicted import Changed, describe_predicted, plot_predicted
from gapkit.redesign.what_if.levers import ASSOCIATION
from gapkit.report.blocks import Callout, Column, Exhibit, Table
from gapkit.report.exhibits.common import draw, facts_of_table, foot, unmeasured
from gapkit.report.exhibits.redesigned.parts import NOTHING, Parts, joined
from gapkit.vocabulary import name_of

if TYPE_CHECKING:
    from gapkit.redesign.what_if import Prediction, WhatIf
    from gapkit.redesign.what_if.backtest import Backtest
    from gapkit.results import Result

RATE, TIME = "execution_rate", "time_to_market_median_days"
SHOWN: Final = {
    "execution_rate": "Execution rate", "on_time_rate": "On-time rate",
    "time_to_market_median_days": "Median days to market", "time_to_market_p85_days": "85th percentile, days",
}  # fmt: skip
HELD: Final = (
    "An engine that foretells a quarter in which nothing was changed may be asked what a change would do. Holding is no "
    "proof: with few programs the interval is wide."
)
FAILED: Final = (
    "An engine that does not foretell a quarter in which nothing was changed cannot promise what a change would do."
)


def backtest(r: Parts) -> Exhibit | Callout | None:
    """Return whether the engine foretold a quarter in which nothing was changed; None where no lever has a figure."""
    part = r.what_if.backtest
    if not predicted(r.what_if):
        return None
    if not part.figures:
        return Callout("note", part.sentence)
    held = part.verdict == "held"
    name, first = next(iter(part.figures.items()))
    came = f"{name_of(name)} {label_days(first.observed)}, {label_number(first.low)} to {label_number(first.high)} foretold"
    begin = "The check held" if held else "The check failed"
    counted = f"n = {label_count(part.n_from, 'program')} and {label_number(part.n_to)}"
    return Exhibit(
        "backtest", f"{begin}: {part.to_quarter} against what was known of {part.from_quarter}, {came}",
        draw(r.eng, plot_foretold, part.figures), alt=describe_foretold(part.figures),
        reading=HELD if held else FAILED,
        foot=foot(r.eng, f"Programs of {part.from_quarter} drawn again foretell the times of {part.to_quarter}; prediction "
                  "at 90 % for all figures together", n=counted, tables=("programs", "stage_visits")),
        facts=_backtest_facts(part), quoted=(part.to_quarter, part.from_quarter),
    )  # fmt: skip


def _backtest_facts(part: Backtest) -> tuple[str, ...]:
    words = [text for one in part.figures.values()
             for text in (label_days(one.observed), label_number(one.low), label_number(one.high))]  # fmt: skip
    return (part.sentence, "85th", *words)


def predicted(part: WhatIf) -> tuple[Prediction, ...]:
    """Return the levers of which something is said."""
    return tuple(one for one in part.levers if not one.refused and any(found.is_ok for found in one.changes.values()))


def what_if(r: Parts) -> Exhibit | Callout:
    """Return what each lever would change, one by one and together; no promise where the check did not hold."""
    part = r.what_if
    shown = [one for one in predicted(part) if one.engine != ASSOCIATION]
    if not shown:
        return unmeasured(f"What levers would change is not known. {_why_nothing(part)}".strip())
    together = part.together if part.together and not part.together.refused else None
    rows = [*map(_changed, shown), *([_changed(together, is_together=True)] if together else [])]
    table = _table([*shown, *([together] if together else [])])
    rate, time = f"{name_of(RATE)}, percentage points", f"{name_of(TIME)}, days"
    lead = together or max(shown, key=_size)
    caveats = tuple(dict.fromkeys(text for one in (together or shown[0],) for text in one.caveats))
    return Exhibit(
        "what_if", _title(lead, part), draw(r.eng, plot_predicted, rows, rate, time),
        alt=describe_predicted(rows, rate, time), table=table, reading=_reading(part, lead),
        foot=joined(*caveats, foot(r.eng, "Change: with the lever less without, 90 % intervals", _any_result(lead),
                                   tables=("programs", "stage_visits")).replace("95 % interval: ", "")),
        facts=(*facts_of_table(table), *_facts(part), "90 %", part.backtest.sentence),
        quoted=tuple(one.name for one in part.levers),
    )  # fmt: skip


def _why_nothing(part: WhatIf) -> str:
    """Return the reason most levers share."""
    reasons = [one.refused for one in part.levers if one.refused and one.engine != ASSOCIATION]
    return max(reasons, key=reasons.count) if reasons else part.backtest.sentence


def _changed(one: Prediction, *, is_together: bool = False) -> Changed:
    return Changed(one.name, one.changes.get(RATE), one.changes.get(TIME), one.is_promise, is_together)


def _size(one: Prediction) -> float:
    found = one.changes.get(RATE)
    return found.value if found is not None and found.value is not None else -1.0


def _any_result(one: Prediction) -> Result:
    return one.changes.get(RATE) or next(iter(one.changes.values()))


def _title(lead: Prediction, part: WhatIf) -> str:
    """Return the change all levers make together, else that of the strongest; no figure where it is no promise."""
    found = lead.changes.get(RATE)
    if not lead.is_promise:
        why = "the check of the engine failed" if part.backtest.figures else "the engine cannot be checked"
        return f"No change is promised: {why}"
    who = f"{label_count(len(lead.pulls), 'lever')} together" if len(lead.pulls) > 1 else lead.name
    if found is None or found.value is None:
        return f"{who}: too little data to say what would change"
    interval = label_interval(found.low, found.high, "pp")
    return f"{who} would change the execution rate by {label_value(found.value, 'pp')} (90 % interval {interval})"


def _reading(part: WhatIf, lead: Prediction) -> str:
    """Return whether any change is told from none, the association, and how far levers were taken to be kept."""
    said = [] if lead.is_promise else ["These figures show a direction at most."]
    edited = [one for one in predicted(part) if one.engine != ASSOCIATION]
    clear = sum(_is_clear(one.changes.get(RATE)) for one in edited)
    said.append(f"Taken one by one, the change in the execution rate can be told from none for {label_number(clear)} of "
                f"{label_count(len(edited), 'lever')}.")  # fmt: skip
    said += [
        f"{one.name} is an association, no promise: {name_of(key)} {label_value(found.value, 'pp')} "
        f"({label_interval(found.low, found.high, 'pp')})."
        for one in predicted(part) if one.engine == ASSOCIATION
        for key, found in one.changes.items() if found.is_ok
    ]  # fmt: skip
    return joined(*said)


def _is_clear(found: Result | None) -> bool:
    """Return whether an interval lies on one side of zero."""
    return found is not None and found.low is not None and found.high is not None and (found.low > 0 or found.high < 0)


def _facts(part: WhatIf) -> tuple[str, ...]:
    counts = range(len(part.levers) + 1)
    changes = [
        found for one in (*part.levers, *((part.together,) if part.together else ())) for found in one.changes.values()
    ]
    words = [text for found in changes if found.is_ok and found.unit == "pp"
             for text in (label_value(found.value, "pp"), label_interval(found.low, found.high, "pp"))]  # fmt: skip
    return (*map(label_number, counts), *words)


def _table(predictions: list[Prediction]) -> Table:
    columns = (Column("Lever", width=0.27), Column("Kept to in", "right", 0.09),
               *(Column(words, "right", 0.16) for words in SHOWN.values()))  # fmt: skip
    rows = [(one.name, _adherence(one), *(_cell(one.changes.get(name)) for name in SHOWN)) for one in predictions]
    return Table(columns, tuple(rows))


def _adherence(one: Prediction) -> str:
    shares = sorted({pull.adherence for pull in one.pulls if pull.what.takes_adherence})
    return " and ".join(label_share(share) for share in shares) or NOTHING


def _cell(found: Result | None) -> str:
    if found is None:
        return NOTHING
    if found.value is None:
        return "too little data"
    interval = label_interval(found.low, found.high, found.unit)
    if found.unit == "pp":
        return f"{label_value(found.value, 'pp')} ({interval.removesuffix(' pp')})"
    value, low, high = (label_number(number or 0.0) for number in (found.value, found.low, found.high))
    return f"{value} ({low} to {high})"


def refused(r: Parts) -> Table | None:
    """Return the levers of which nothing is said, and why; None where there are none, or `what_if` has said it of all."""
    part = r.what_if
    rows = [(one.name, one.refused) for one in part.levers if one.refused]
    if not rows or not predicted(part):
        return None
    columns = (Column("Lever", width=0.32), Column("Why nothing is predicted", width=0.68))
    return Table(columns, tuple(rows), title="Levers nothing is predicted for")
