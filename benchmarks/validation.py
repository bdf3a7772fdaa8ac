"""Measure how right the diagnosis is on organisations whose truth is known, and keep the figures in docs/validation.md.

For each cell (what is planted, at what scale; `accuracy/cells.py`) 200 organisations are made, each is put to the parts of
the diagnosis the cell is about, and what it says is held against what is true. docs/validation.md explains the figures.
What was computed is kept in a folder of the temporary directory, named for the code it was computed with, so that a run
that was interrupted goes on where it stopped.

Run with ``make validation`` or ``python benchmarks/validation.py --jobs 2``; about an hour of one core.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any, Final

from accuracy.cells import CELLS, Cell
from accuracy.figures import Figure
from accuracy.page import block, with_block
from accuracy.scoring import figures_of
from accuracy.trials import put_to_trial

import gapkit

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs" / "validation.md"
CODE: Final = (*Path(gapkit.__file__).parent.rglob("*.py"), *Path(__file__).parent.glob("accuracy/*.py"))

Record = dict[str, Any]


def fingerprint(code: Iterable[Path] = CODE) -> str:
    """Return a word for the code whose figures these are."""
    digest = hashlib.sha256()
    for path in sorted(code):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class Store:
    """What has been computed, one line per organisation and one file per name of a cell."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, name: str) -> dict[int, Record]:
        """Return the trials of a cell by number; a line that was cut off is left out."""
        path, found = self._path(name), {}
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
            try:
                record = json.loads(line)
            except json.JSONDecodeError:
                continue
            found[record["number"]] = record
        return found

    def add(self, name: str, record: Record) -> None:
        with self._path(name).open("a", encoding="utf-8") as file:
            # On a line of its own also after one that was cut off.
            file.write("\n" + json.dumps(record, allow_nan=False))

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.jsonl"


def compute(cell: Cell, organisations: int, seed: int, store: Store, pool: ProcessPoolExecutor) -> list[Record]:
    """Return the trials of a cell: the first so many numbers, and more until as many are fit for what the cell asks."""
    found = store.read(cell.name)
    wanted = organisations
    while True:
        futures = [pool.submit(put_to_trial, cell, number, seed) for number in range(wanted) if number not in found]
        for future in as_completed(futures):
            record = future.result()
            found[record["number"]] = record
            store.add(cell.name, record)
        trials = [found[number] for number in range(wanted)]
        missing = organisations - sum(cell.is_fit(trial) for trial in trials)
        if missing <= 0:
            return trials
        wanted += missing


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how right the diagnosis is where the truth is known.")
    parser.add_argument("--organisations", type=int, default=200, help="organisations per cell (default 200)")
    parser.add_argument("--cells", nargs="+", choices=[cell.name for cell in CELLS],
                        help="these only, and only printed (default: all, written to the page)")  # fmt: skip
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other organisations (default 1)")
    parser.add_argument(
        "--out", type=Path, default=PAGE, help="page whose figures are replaced (default docs/validation.md)"
    )
    options = parser.parse_args()

    chosen = [cell for cell in CELLS if not options.cells or cell.name in options.cells]
    store = Store(Path(tempfile.gettempdir()) / f"gapkit-validation-{fingerprint()}-{options.seed}")
    print(f"Kept in {store.folder}")
    figures: list[Figure] = []
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read by the processes started below
    with ProcessPoolExecutor(options.jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        for cell in chosen:
            began = time.perf_counter()
            trials = compute(cell, options.organisations, options.seed, store, pool)
            print(f"{cell.name}: {len(trials)} organisations, {time.perf_counter() - began:.0f} s", flush=True)
            figures += figures_of(cell, trials)
    written = block(figures, f"python benchmarks/validation.py --organisations {options.organisations}", options.seed)
    if options.cells:
        print(written)
        return
    page = options.out.read_text(encoding="utf-8") if options.out.exists() else ""
    options.out.write_text(with_block(page, written), encoding="utf-8")
    print(f"Written to {options.out}")


if __name__ == "__main__":
    main()
