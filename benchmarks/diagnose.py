"""Time `gk.diagnose` on 200 programs in the window and 60 respondents, all bootstraps included, against a limit of 5 s.

The organisation is a synthetic enterprise of which teams are kept until 200 programs fall into the window of the diagnosis,
and the first 60 who answered. It is written to a temporary folder and read by a fresh process, once per repetition, so that
the first call holds what a user waits for: modules and caches that nothing has loaded yet. `gk.load` is timed apart.

Run with ``python benchmarks/diagnose.py --repeat 5`` (needs psutil, as all of the development tools).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Final

import pandas as pd
from pipeline import machine

from gapkit.calendar import quarter_start
from gapkit.config import EngagementConfig
from gapkit.sample import SyntheticOrganisation, synthetic_organisation, write_engagement

PROGRAMS: Final = 200
RESPONDENTS: Final = 60
LIMIT: Final = 5.0
OF_RESPONDENTS: Final = ("survey_respondents", "survey_answers", "strategy_answers", "priority_rankings")

TIME: Final = """
import sys, time
import gapkit as gk
began = time.perf_counter()
eng = gk.load(sys.argv[1], phase="diagnose")
loaded = time.perf_counter()
gk.diagnose(eng)
first = time.perf_counter()
gk.diagnose(eng)
print(loaded - began, first - loaded, time.perf_counter() - first)
"""


def organisation() -> tuple[SyntheticOrganisation, str]:
    """Return an organisation of that size, and its size in words."""
    whole = synthetic_organisation(
        seed=8, scale="enterprise", killers={"unclear_ownership": "strong", "structural_bottlenecks": "strong"}
    )
    programs, answers = whole.tables["programs"], whole.tables["survey_respondents"]
    is_inside = in_window(programs, EngagementConfig(**whole.config))
    running = is_inside.groupby(programs["team"]).sum().sort_values(ascending=False).cumsum()
    teams = running.index[: int((running < PROGRAMS).sum()) + 1]
    kept = programs["team"].isin(teams)
    answered = answers.loc[answers["wave"] == answers["wave"].min(), "respondent_id"].head(RESPONDENTS)
    tables = {name: _only(table, "program_id", programs.loc[kept, "program_id"]) for name, table in whole.tables.items()}
    tables |= {name: _only(tables[name], "respondent_id", answered) for name in OF_RESPONDENTS}
    return replace(whole, tables=tables), f"{(is_inside & kept).sum()} programs in the window, {len(answered)} respondents"


def in_window(programs: pd.DataFrame, config: EngagementConfig) -> pd.Series:
    """Return which programs, parts left out, are planned for or at work in the window of the diagnosis."""
    begin, now = pd.Timestamp(quarter_start(config.baseline_quarters[0])), pd.Timestamp(config.as_of_for("diagnose"))
    started = programs["actual_start"].fillna(programs["baseline_start"])
    ended = programs[["actual_end", "cancelled_at", "baseline_end"]].bfill(axis=1).iloc[:, 0]
    return (programs["level"] == "program") & (started <= now) & ~(ended < begin)


def _only(table: pd.DataFrame, column: str, kept: pd.Series) -> pd.DataFrame:
    """Return the rows of a table that speak of what is kept; all of a table that does not name it."""
    if column not in table:
        return table
    return table.loc[table[column].isin(kept) | table[column].isna()].reset_index(drop=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time gk.diagnose on 200 programs and 60 respondents.")
    parser.add_argument("--repeat", type=int, default=5, help="fresh processes (default 5)")
    options = parser.parse_args()

    org, size = organisation()
    with tempfile.TemporaryDirectory() as folder:
        write_engagement(org, Path(folder) / "engagement")
        command = [sys.executable, "-c", TIME, str(Path(folder) / "engagement")]
        told = [subprocess.run(command, check=True, capture_output=True, text=True).stdout for _ in range(options.repeat)]
    times = [[float(word) for word in line.split()] for line in told]
    load, first, again = (median(column) for column in zip(*times, strict=True))
    slowest = max(row[1] for row in times)
    print(f"{size}\n{'gk.load':24}{load:6.2f} s")
    print(f"{'gk.diagnose, first call':24}{first:6.2f} s (slowest {slowest:.2f}, limit {LIMIT:.0f})")
    print(f"{'gk.diagnose, again':24}{again:6.2f} s\nMedians of {options.repeat}; {machine()}")


if __name__ == "__main__":
    main()
