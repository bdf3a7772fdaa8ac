"""Time `gapkit run northwind` beside the stock chain on the same notebooks, and beside the floor.

- gapkit: ``gapkit run northwind``, three phases to PDF, HTML, JSON and manifest.
- stock chain: for each notebook the ``papermill`` command, then ``jupyter nbconvert --to webpdf`` (through Chromium).
- floor: one kernel that starts, imports, computes and draws once; no conversion, no file written.

Wall time and peak memory (the process and all it started, shared pages counted once) are medians over the repetitions; the
ways take turns, so a slow minute of the machine hits all of them.

The stock chain needs Chromium and playwright, which gapkit does not: ``apt-get install chromium`` (or any Chrome) and
``pip install playwright``. Without them the script says so and times the rest.

Run with ``make bench`` or ``python benchmarks/pipeline.py --repeat 5 --chromium /usr/bin/chromium``.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = [ROOT / "notebooks" / name for name in ("1_diagnose.ipynb", "2_redesign.ipynb", "3_measure.ipynb")]
ENGAGEMENT = "northwind"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

# webpdf has no setting for an installed browser, so its launch is told where that is; the rest is nbconvert's own command.
WEBPDF = """
import sys
from playwright.async_api import BrowserType
launch, browser = BrowserType.launch, sys.argv.pop(1)
BrowserType.launch = lambda self, **options: launch(self, **{**options, "executable_path": browser})
from nbconvert.nbconvertapp import main
main()
"""

# All code of the notebooks in one kernel: what no way of running them can save.
FLOOR = """
import sys
import nbformat
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3")
for path in sys.argv[1:]:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            reply = client.execute_interactive(cell.source, output_hook=lambda message: None)
            if reply["content"]["status"] != "ok":
                sys.exit(reply["content"]["evalue"])
client.stop_channels()
manager.shutdown_kernel(now=True)
"""


class Cost(NamedTuple):
    """What one go took."""

    seconds: float
    megabytes: float


def run(commands: list[list[str]], folder: Path) -> Cost:
    """Run commands one after the other; stop the benchmark when one fails."""
    peak = 0.0
    started = time.perf_counter()
    for number, command in enumerate(commands):
        log = folder / f"{number}.log"
        with log.open("w") as output:
            process = psutil.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
            peak = max(peak, peak_memory(process))
        if process.returncode:
            sys.exit(f"{' '.join(command[:6])} … failed:\n{log.read_text()[-3000:]}")
    return Cost(time.perf_counter() - started, peak)


def peak_memory(process: psutil.Popen) -> float:
    """Wait for a process; return the most megabytes it and its descendants held at a time."""
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(map(megabytes, [process, *process.children(recursive=True)])))
        try:
            process.wait(0.1)
        except psutil.TimeoutExpired:
            continue
    return peak


def megabytes(process: psutil.Process) -> float:
    """Memory of one process, its share of what it shares included; 0 once it is gone."""
    try:
        full = process.memory_full_info()
    except psutil.Error:
        return 0.0
    return getattr(full, "pss", full.rss) / 1e6


def gapkit_commands(folder: Path) -> list[list[str]]:
    return [[sys.executable, "-m", "gapkit", "run", ENGAGEMENT, "--out", str(folder / "gapkit")]]


def floor_commands(folder: Path) -> list[list[str]]:
    return [[sys.executable, "-c", FLOOR, *map(str, NOTEBOOKS)]]


def stock_commands(folder: Path, browser: str) -> list[list[str]]:
    """papermill, then nbconvert, as one would type them; code cells are left out of the PDF as gapkit leaves them out."""
    commands = []
    for notebook in NOTEBOOKS:
        executed = str(folder / notebook.name)
        commands.append(
            [
                sys.executable,
                "-m",
                "papermill",
                str(notebook),
                executed,
                "-p",
                "engagement",
                ENGAGEMENT,
                "--no-progress-bar",
            ]
        )
        options = ["--to", "webpdf", "--no-input", "--WebPDFExporter.disable_sandbox=True"]
        commands.append([sys.executable, "-c", WEBPDF, browser, *options, executed])
    return commands


def find_browser(named: str | None) -> str | None:
    """Return the Chromium to use, or say why the stock chain is left out."""
    browser = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or importlib.util.find_spec("playwright") is None:
        missing = "playwright (pip install playwright)" if browser else "Chromium (apt-get install chromium)"
        print(f"The stock chain is left out: it needs {missing}.\n")
        return None
    return browser


def table(costs: dict[str, list[Cost]]) -> list[str]:
    """Return medians, the spread of times, and each way against the floor and against gapkit."""
    middle = {way: Cost(median(c.seconds for c in all_), median(c.megabytes for c in all_)) for way, all_ in costs.items()}
    lines = [f"{'':12}{'wall s':>8}{'from–to':>14}{'peak MB':>9}{'÷ floor':>9}{'÷ gapkit':>10}"]
    for way, cost in middle.items():
        times = [c.seconds for c in costs[way]]
        spread = f"{min(times):.1f}–{max(times):.1f}"
        to_floor, to_gapkit = cost.seconds / middle["floor"].seconds, cost.seconds / middle["gapkit"].seconds
        lines.append(f"{way:12}{cost.seconds:8.1f}{spread:>14}{cost.megabytes:9.0f}{to_floor:9.2f}{to_gapkit:10.2f}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description="Time gapkit run northwind beside the stock chain and the floor.")
    parser.add_argument("--repeat", type=int, default=5, help="repetitions of each way (default 5)")
    parser.add_argument("--chromium", help="Chromium or Chrome to use for the stock chain (default: found on the path)")
    options = parser.parse_args()

    browser = find_browser(options.chromium)
    ways: dict[str, Callable[[Path], list[list[str]]]] = {"floor": floor_commands, "gapkit": gapkit_commands}
    if browser:
        ways["stock chain"] = lambda folder: stock_commands(folder, browser)
    costs: dict[str, list[Cost]] = {way: [] for way in ways}
    for number in range(options.repeat + 1):
        for way, commands in ways.items():
            with tempfile.TemporaryDirectory() as folder:
                cost = run(commands(Path(folder)), Path(folder))
            if number:  # the first round only fills the caches of disk and byte code
                costs[way].append(cost)
    print("\n".join(table(costs)))
    print(f"\nMedians of {options.repeat}; {machine()}")


def machine() -> str:
    memory = f"{psutil.virtual_memory().total / 1e9:.0f} GB"
    return f"{os.cpu_count()} cores, {memory}, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
