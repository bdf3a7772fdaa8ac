"""Check what_if against the generator: what it predicts for a lever, and what the lever does inside the generator.

Every organisation is read as at the end of a diagnosis, without the lever. `predict` says what each lever would change in
the two baseline quarters. Then other histories of the same organisation are told, each with the lever and without it, every
random draw the same: the difference of what happens, over all of them, is the truth about the process. The history that was
read, told again with the lever, is what would have happened in the same quarters. A 90 % interval should hold the truth in
nine of ten cases; 85 % is asked for.

Run with ``python benchmarks/validation_levers.py --organisations 100 --write docs/validation-levers.md`` (half an hour).
"""

from __future__ import annotations

import argparse
import datetime as dt
import time
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from gapkit.baseline import Baseline, estimate_baseline
from gapkit.calendar import quarter_end
from gapkit.config import EngagementConfig
from gapkit.engagement import Engagement
from gapkit.engagement.rewind import rewind
from gapkit.redesign.what_if.levers import BY_ID, Pull
from gapkit.redesign.what_if.offsets import kaplan_meier_quantile
from gapkit.redesign.what_if.what_if import predict
from gapkit.sample import Arguments, Levers
from gapkit.sample.organisation import make_organisation
from gapkit.sample.story import Story, tell

READ_AFTER_DAYS: Final = 35  # days after the baseline quarters at which a diagnosis usually reads the data
HISTORIES: Final = 6
ADHERENCE: Final = 0.7
RATES: Final = ("execution_rate", "on_time_rate", "otif_rate")
TIMES: Final = {"time_to_market_median_days": 0.5, "time_to_market_p85_days": 0.85}
WORLDS: Final = (
    {"structural_bottlenecks": "strong"},
    {"structural_bottlenecks": "moderate"},
    {"structural_bottlenecks": "strong", "unclear_ownership": "strong"},
    {"unclear_ownership": "strong"},
    {},
)
SCALES: Final = ("mid", "mid", "smb", "mid", "mid", "enterprise", "mid", "mid")
OBSERVATIONS: Final = ("mild", "none", "mild", "full")


def arguments_of(number: int) -> Arguments:
    """The organisation of a number: killers, scale and errors of recording vary independently of each other."""
    return Arguments(
        seed=9000 + number,
        killers=WORLDS[number % len(WORLDS)],
        scale=SCALES[(number // len(WORLDS) + number) % len(SCALES)],
        observation=OBSERVATIONS[number % len(OBSERVATIONS)],
    )


def read(arguments: Arguments) -> Engagement:
    """The organisation as an engagement, read some weeks after its last two quarters but one."""
    quarters = arguments.told_quarters[-3:-1]
    day = quarter_end(quarters[-1]) + dt.timedelta(days=READ_AFTER_DAYS)
    config = EngagementConfig(
        "validation", day, arguments.tz, arguments.currency, holidays=arguments.holidays,
        given_baseline_quarters=quarters, seed=arguments.seed,
    )  # fmt: skip
    tables = rewind(make_organisation(arguments).tables, day)
    known = {name: table for name, table in tables.items() if len(table)}
    return Engagement("validation", Path("nowhere"), config, day, known, (), (), (), pd.DataFrame(), True, "")


def pulls_of(baseline: Baseline) -> Iterator[tuple[Pull, Levers]]:
    """Each lever as what_if and as the generator pull it."""
    limit = max(1, round(1.25 * float(baseline.daily_wip.mean())))
    yield Pull("sla", 2.0, adherence=ADHERENCE), Levers(approval_wait_cap_bdays=2.0, adherence=ADHERENCE)
    yield Pull("drop_approval", stage="legal review"), Levers(drop_approval="legal review")
    yield Pull("parallel_approvals"), Levers(parallel_approvals=True)
    yield Pull("fewer_rounds", 0), Levers(max_returns=0)
    yield Pull("weekly_forum", adherence=ADHERENCE), Levers(weekly_forum=True, adherence=ADHERENCE)
    yield Pull("capacity", 1.5), Levers(approver_capacity=1.5)
    yield Pull("wip_limit", float(limit)), Levers(wip_limit=limit)
    yield Pull("named_owner"), Levers(single_owner=True)


def happened(stories: list[Story], quarters: tuple[str, ...]) -> dict[str, float]:
    """Rates and times of the committed programs of some quarters, over several histories."""
    parts: dict[str, list[np.ndarray]] = {name: [] for name in (*RATES, "days", "event")}
    for story in stories:
        cohort = story.is_cohort & story.plan["quarter"].isin(quarters).to_numpy()
        for name, met in zip(RATES, (story.is_delivered_by_quarter_end, story.is_on_time, story.is_otif), strict=True):
            parts[name].append(met[cohort])
        done = np.isfinite(story.flow.finished_h)
        ended = story.clock.dates(np.where(done, story.flow.finished_h, story.flow.cancelled_h))
        days = (ended - story.clock.dates(story.plan["commit_h"].to_numpy(dtype=float))).dt.days.to_numpy(float)
        parts["days"].append(np.maximum(days, 0.5)[cohort])
        parts["event"].append(done[cohort])
    joined = {name: np.concatenate(arrays) for name, arrays in parts.items()}
    known = np.isfinite(joined["days"])
    times = {name: kaplan_meier_quantile(joined["days"][known], joined["event"][known], p) for name, p in TIMES.items()}
    return {name: float(joined[name].mean()) for name in RATES} | times


def compare(number: int, asked: Container[str] = tuple(BY_ID), count: int = HISTORIES) -> list[dict[str, Any]]:
    """What was predicted for one organisation and what was true, one row per lever and measure."""
    arguments = arguments_of(number)
    eng = read(arguments)
    baseline = estimate_baseline(eng)
    pairs = [pair for pair in pulls_of(baseline) if pair[0].lever in asked]
    begun = time.perf_counter()
    found = predict(eng, baseline, [pull for pull, _ in pairs])
    seconds = time.perf_counter() - begun
    histories = [arguments.but(replicate=1 + k) for k in range(count)]
    usual = happened([tell(one) for one in histories], baseline.quarters)
    own = happened([tell(arguments)], baseline.quarters)
    rows = []
    for one, (pull, levers) in zip(found.levers, pairs, strict=True):
        truth = happened([tell(history.but(levers=levers)) for history in histories], baseline.quarters)
        once = happened([tell(arguments.but(levers=levers))], baseline.quarters)
        row = {"organisation": number, "scale": arguments.scale, "observation": arguments.observation, "lever": pull.lever,
               "engine": one.engine, "refused": one.refused, "seconds": seconds, "backtest": found.backtest.verdict,
               "killers": "+".join(arguments.killers), "used": found.load and found.load.utilisation}  # fmt: skip
        rows += [{**row, "measure": "", "true": np.nan}] if one.refused else []
        for name in (
            name for name in truth if name in one.changes
        ):  # the generator's decisions do not run through its flow
            result = one.changes[name]
            true, same = truth[name] - usual[name], once[name] - own[name]
            rows.append({**row, "measure": name, "true": true, "same": same, "value": result.value, "low": result.low,
                         "high": result.high})  # fmt: skip
    return rows


def is_inside(rows: pd.DataFrame, truth: str) -> pd.Series:
    """Whether each interval holds the truth; times are whole days, so half a day is rounding."""
    half = np.where(rows["measure"].isin(TIMES), 0.5, 1e-9)
    return (rows[truth] >= rows["low"] - half) & (rows[truth] <= rows["high"] + half)


def summary(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Coverage of the intervals and error of the estimates."""
    known = rows.dropna(subset=["true", "same", "low", "high"])
    table = known.assign(covered=is_inside(known, "true"), covered_same=is_inside(known, "same"))
    return table.groupby(by, sort=False).agg(
        predictions=("covered", "size"), covered=("covered", "mean"), covered_same=("covered_same", "mean"),
        true=("true", "mean"), predicted=("value", "mean"),
    )  # fmt: skip


def page(rows: pd.DataFrame, command: str, organisations: int) -> str:
    """The Markdown page."""
    whole = summary(rows.assign(all="all"), ["all"]).iloc[0]
    asked = rows.drop_duplicates(["organisation", "lever"])
    refused = asked.loc[asked["refused"].fillna("") != ""].groupby("lever").size()
    answered = asked.groupby("lever", sort=False).size()
    tested = rows.drop_duplicates("organisation")["backtest"].value_counts()
    lines = [
        "# Levers: predicted against pulled inside the generator",
        "",
        f"Command: `{command}`, 2026-11-22. Organisations of seeds 9000 to {8999 + organisations}; the truth is the mean "
        f"of {HISTORIES} other histories of each, with the lever and without, every random draw the same.",
        "",
        f"Of {int(whole['predictions'])} intervals of 90 % over {organisations} organisations, {whole['covered']:.1%} hold "
        f"the true change (asked for: 85 %); {whole['covered_same']:.1%} hold what the lever would have done in the very "
        "quarters that were read.",
        "",
        "| lever | measure | predictions | hold the truth | hold the same quarters | true change | predicted |",
        "|---|---|---|---|---|---|---|",
        *(_line(index, row) for index, row in summary(rows, ["lever", "measure"]).iterrows()),
        "",
        "| engine | predictions | hold the truth | hold the same quarters |",
        "|---|---|---|---|",
        *(f"| {engine} | {int(row['predictions'])} | {row['covered']:.1%} | {row['covered_same']:.1%} |"
          for engine, row in summary(rows, ["engine"]).iterrows()),
        "",
        "| recording | predictions | hold the truth | hold the same quarters |",
        "|---|---|---|---|",
        *(f"| {how} | {int(row['predictions'])} | {row['covered']:.1%} | {row['covered_same']:.1%} |"
          for how, row in summary(rows, ["observation"]).iterrows()),
        "",
        "| lever | asked | refused |",
        "|---|---|---|",
        *(f"| {lever} | {n} | {int(refused.get(lever, 0))} |" for lever, n in answered.items()),
        "",
        f"Backtest: {', '.join(f'{verdict} {n}' for verdict, n in tested.items())}.",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def _line(index: Any, row: pd.Series) -> str:
    lever, measure = index
    form = "{:+.1f} days" if measure in TIMES else "{:+.1%}"
    shares = " | ".join(f"{row[name]:.0%}" for name in ("covered", "covered_same"))
    figures = " | ".join(form.format(row[name]) for name in ("true", "predicted"))
    return f"| {lever} | {measure} | {int(row['predictions'])} | {shares} | {figures} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare predicted changes with those of the generator.")
    parser.add_argument("--organisations", type=int, default=100, help="how many (default 100)")
    parser.add_argument("--first", type=int, default=0, help="number of the first (default 0)")
    parser.add_argument("--write", type=Path, help="Markdown file to write")
    parser.add_argument("--rows", type=Path, help="CSV file for all single comparisons")
    options = parser.parse_args()

    rows: list[dict[str, Any]] = []
    for number in range(options.first, options.first + options.organisations):
        rows += compare(number)
        print(".", end="", flush=True)
        if options.rows:
            pd.DataFrame(rows).to_csv(options.rows, index=False)
    frame = pd.DataFrame(rows)
    command = f"python benchmarks/validation_levers.py --organisations {options.organisations}"
    text = page(frame, command, options.organisations)
    print(f"\n\n{text}")
    if options.write:
        options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
