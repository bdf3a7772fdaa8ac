"""Time reading and peak memory of two inputs far larger than a client's, as `gapkit check` and every run read them.

- jira: 200,000 Jira issues of 250 columns as CSV: repeated columns, most of them empty, cells of several lines.
- parquet: 1,000,000 programs and 10,000,000 stays in stages, canonical tables as Parquet.

Each is written to a temporary folder (some 500 MB) by one process and read by a fresh one, so that the figures hold what a
user waits for: starting Python, importing gapkit and `read_tables`. Peak memory is that of the reading process.

Run with ``python benchmarks/intake.py`` (needs psutil, as all of the development tools).
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
from pipeline import Cost, machine, peak_memory

ISSUES: Final = 200_000
PROGRAMS: Final = 1_000_000
STAYS: Final = 10
LIMITS: Final = {"jira": Cost(60, 3000), "parquet": Cost(60, 10000)}

HEAD: Final = "client: Benchmark\nas_of: 2026-06-30\ntz: America/New_York\ncurrency: USD\n"
SOURCES: Final = """sources:
  - file: data/jira.csv
    format: jira-csv
    types: {Story: content, Task: ops, Bug: other}
"""

READ: Final = """
import sys
from pathlib import Path
from gapkit.config import load_config
from gapkit.intake import read_tables
folder = Path(sys.argv[1])
intake = read_tables(folder, load_config(folder))
print(", ".join(f"{len(table):,} rows of {name}" for name, table in intake.tables.items()))
sys.exit("; ".join(map(str, intake.problems[:5])) or None)
"""

# Columns of a Jira export, with how many of each there are; what is filled is written by `issues`.
COLUMNS: Final = {
    **dict.fromkeys(
        ("Summary", "Issue key", "Issue id", "Issue Type", "Status", "Project key", "Project name", "Project type",
         "Project lead", "Project lead id", "Project description", "Priority", "Resolution", "Assignee", "Assignee Id",
         "Reporter", "Reporter Id", "Creator", "Creator Id", "Created", "Updated", "Last Viewed", "Resolved", "Due date",
         "Votes", "Description", "Environment", "Original estimate", "Remaining Estimate", "Time Spent", "Work Ratio",
         "Security Level", "Custom field (Start date)", "Custom field (Story point estimate)", "Custom field (Rank)",
         "Custom field (Development)", "Parent", "Parent key", "Parent summary", "Status Category",
         "Status Category Changed"),
        1,
    ),
    "Labels": 6, "Sprint": 8, "Component/s": 3, "Fix versions": 3, "Comment": 40, "Attachment": 12, "Watchers": 6,
    "Watchers Id": 6, "Outward issue link (Blocks)": 5, "Inward issue link (Blocks)": 5, "Custom field (Asset type)": 21,
}  # fmt: skip
WIDTH: Final = 250


def header() -> list[str]:
    """Names of all columns, filled up with custom fields nobody uses."""
    names = [name for name, count in COLUMNS.items() for _ in range(count)]
    return names + [f"Custom field (Field {number})" for number in range(WIDTH - len(names))]


def issues(count: int) -> Iterator[list[str]]:
    """Rows of a Jira export, about two kilobytes each."""
    random = np.random.default_rng(3)
    names = header()
    place = {name: names.index(name) for name in COLUMNS}
    words = np.array([f"word{number}" for number in range(500)])
    texts = [" ".join(words[random.integers(500, size=size)]) for size in random.integers(20, 200, 1000)]
    letters = [text.replace("word9", "\nand “word” 9") for text in texts]
    first = np.datetime64("2021-01-01T08:00")
    for number in range(count):
        row = [""] * WIDTH
        a, b, c = (int(n) for n in random.integers(1000, size=3))
        created = first + number * 13
        done = number % 3 == 0
        row[: place["Priority"] + 1] = [
            texts[a][:60], f"MKT-{number}", str(100_000 + number), ("Story", "Task", "Bug")[a % 3],
            ("To Do", "In Review", "Done")[2 if done else a % 2], "MKT", "Marketing", "software", "Ann Lee", f"id-{a}",
            "All of marketing", "Medium",
        ]  # fmt: skip
        filled = {
            "Resolution": ("Done", "Won't Do")[b % 5 == 0] if done else "", "Assignee": f"Person {b}",
            "Reporter": f"Person {c}", "Created": moment(created), "Updated": moment(created + 1440 * (a % 90)),
            "Resolved": moment(created + 1440 * (b % 60)) if done else "",
            "Due date": moment(created.astype("M8[D]") + np.timedelta64(c % 90, "D")) if c % 4 else "",
            "Description": letters[b], "Status Category": "Done" if done else ("To Do", "In Progress")[a % 2],
            "Custom field (Rank)": f"1|i{number:05x}:", "Custom field (Development)": "{}",
            "Custom field (Story point estimate)": str(a % 8) if a % 3 else "",
            "Parent": str(100_000 + number // 10) if number % 10 else "",
            "Parent key": f"MKT-{number // 10}" if number % 10 else "",
        }  # fmt: skip
        for name, cell in filled.items():
            row[place[name]] = cell
        for name, some in (("Labels", a % 4), ("Sprint", b % 3), ("Comment", c % 4)):
            row[place[name] : place[name] + some] = [
                letters[(a + n) % 1000][: 40 if name != "Comment" else 400] for n in range(some)
            ]
        row[-1 - a % 60] = "yes"
        yield row


def moment(when: np.datetime64) -> str:
    """A moment as Jira writes it by default: 24/Jun/26 5:39 PM."""
    written = pd.Timestamp(when)
    return f"{written:%d/%b/%y} {written.hour % 12 or 12}:{written:%M %p}"


def write_jira(folder: Path) -> None:
    """Write the engagement of the Jira case."""
    (folder / "engagement.yml").write_text(HEAD + SOURCES, encoding="utf-8")
    with (folder / "data" / "jira.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header())
        writer.writerows(issues(ISSUES))


def write_parquet(folder: Path) -> None:
    """Write the engagement of the Parquet case: programs one after the other, each through ten stages."""
    (folder / "engagement.yml").write_text(HEAD, encoding="utf-8")
    random = np.random.default_rng(3)
    numbers = np.arange(PROGRAMS)
    ids = pa.array(pd.Series(numbers).astype("str")).cast(pa.string())
    start = np.datetime64("2021-01-04") + (numbers % 1600).astype("timedelta64[D]")
    days = random.integers(5, 120, PROGRAMS).astype("timedelta64[D]")
    status = np.array(["delivered", "in_progress", "not_started"])[random.integers(3, size=PROGRAMS)]
    programs = {
        "program_id": ids, "name": pa.array(pd.Series(numbers).map("Program {}".format)),
        "type": np.array(["campaign", "content", "event"])[numbers % 3],
        "team": np.array([f"Team {n}" for n in range(50)])[numbers % 50], "committed_at": start - np.timedelta64(20, "D"),
        "current_start": start, "current_end": start + days, "status": status,
        "actual_start": start,
        "actual_end": np.where(status == "delivered", start + days + np.timedelta64(7, "D"), np.datetime64("NaT")),
        "owners_at_start": np.array([f"Person {n}" for n in range(900)])[numbers % 900],
        "budget_planned": random.integers(1000, 90_000, PROGRAMS).astype(float),
    }  # fmt: skip
    pq.write_table(pa.table(programs), folder / "data" / "programs.parquet")
    entered = np.repeat(start.astype("datetime64[us]"), STAYS) + np.tile(np.arange(STAYS), PROGRAMS) * np.timedelta64(
        9, "h"
    )
    stays = {
        "program_id": ids.take(np.repeat(numbers, STAYS)),
        "stage": pa.array([f"stage {n}" for n in range(STAYS)]).take(np.tile(np.arange(STAYS), PROGRAMS)),
        "kind": pa.array(["work", "wait", "approval"]).take(np.tile(np.arange(STAYS), PROGRAMS) % 3),
        "entered_at": pa.array(entered, pa.timestamp("us", "UTC")),
        "left_at": pa.array(entered + np.timedelta64(9, "h"), pa.timestamp("us", "UTC")),
    }
    pq.write_table(pa.table(stays), folder / "data" / "stage_visits.parquet")


CASES: Final[dict[str, Callable[[Path], None]]] = {"jira": write_jira, "parquet": write_parquet}


def read(folder: Path) -> tuple[Cost, str]:
    """Read an engagement in a fresh process; return what it took and what it printed."""
    started = time.perf_counter()
    process = psutil.Popen([sys.executable, "-c", READ, str(folder)], stdout=subprocess.PIPE, text=True)
    peak = peak_memory(process)
    cost = Cost(time.perf_counter() - started, peak)
    if process.returncode:  # what is wrong went to standard error
        sys.exit("the input could not be read")
    return cost, process.stdout.read().strip()


def main() -> None:
    parser = argparse.ArgumentParser(description="Time reading and peak memory of very large inputs.")
    parser.add_argument("--case", choices=CASES, help="only this one (default: all)")
    parser.add_argument("--write", metavar="FOLDER", type=Path, help="only write the case into this folder, to look at it")
    options = parser.parse_args()
    if options.write:
        (options.write / "data").mkdir(parents=True)
        CASES[options.case](options.write)
        return
    print(f"{'':10}{'file MB':>9}{'wall s':>9}{'peak MB':>9}   limits, s and MB")
    for case in [options.case] if options.case else CASES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "engagement"
            subprocess.run([sys.executable, __file__, "--case", case, "--write", str(folder)], check=True)
            size = sum(path.stat().st_size for path in (folder / "data").iterdir()) / 1e6
            cost, said = read(folder)
        limit = LIMITS[case]
        print(
            f"{case:10}{size:9.0f}{cost.seconds:9.1f}{cost.megabytes:9.0f}   {limit.seconds:.0f} and {limit.megabytes:.0f}"
        )
        print(f"{'':10}{said}")
    print(f"\n{machine()}")


if __name__ == "__main__":
    main()
