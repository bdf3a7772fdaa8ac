"""Measure how right the measurement is where it is known what changed, and keep the figures in docs/validation-measure.md.

For each world (nothing changed; nothing did but it looks so; so much changed; `effects/worlds.py`) 400 organisations
are made, frozen at day 30 and measured after their window; verdicts and intervals are held against what is true.
docs/validation-measure.md explains the figures. What was computed is kept in a folder of the temporary directory, named for
the code it was computed with, so that a run that was interrupted goes on where it stopped.

Run with ``make validation-measure`` or ``python benchmarks/validation_measure.py --jobs 2``; some 40 minutes on two cores.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any, Final

from accuracy.figures import Figure
from accuracy.page import with_block
from effects.page import MARKS, block
from effects.scoring import figures_of
from effects.trials import put_to_trial
from effects.worlds import ALL, World
from validation import ROOT, Store, fingerprint

import gapkit

PAGE: Final = ROOT / "docs" / "validation-measure.md"
HERE: Final = Path(__file__).parent
# Rooms a measurement reads; how it is drawn and printed changes none of its figures.
ROOMS: Final = (
    "baseline", "config", "diagnosis", "engagement", "intake", "measurement", "redesign", "sample", "schema", "stats",
    "survey",
)  # fmt: skip


def code() -> list[Path]:
    """Return the files whose change would make the figures those of other code."""
    package = Path(gapkit.__file__).parent
    own = [HERE / "accuracy" / "organisations.py", *(HERE / "effects").glob("*.py")]
    return [*package.glob("*.py"), *(path for room in ROOMS for path in (package / room).rglob("*.py")), *own]


def compute(world: World, organisations: int, seed: int, store: Store, pool: Executor) -> list[dict[str, Any]]:
    """Return the trials of a world, computing those that are not on file."""
    found = store.read(world.name)
    futures = [pool.submit(put_to_trial, world, number, seed) for number in range(organisations) if number not in found]
    for future in as_completed(futures):
        record = future.result()
        found[record["number"]] = record
        store.add(world.name, record)
    return [found[number] for number in range(organisations)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how right the measurement is where the truth is known.")
    parser.add_argument("--organisations", type=int, default=400, help="organisations per world (default 400)")
    parser.add_argument("--cells", nargs="+", choices=[world.name for world in ALL],
                        help="these worlds only, and only printed (default: all, written to the page)")  # fmt: skip
    parser.add_argument("--jobs", type=int, default=1, help="processes (default 1)")
    parser.add_argument("--seed", type=int, default=2, help="another seed draws other organisations (default 2)")
    parser.add_argument(
        "--out", type=Path, default=PAGE, help="page whose figures are replaced (default docs/validation-measure.md)"
    )
    options = parser.parse_args()

    store = Store(Path(tempfile.gettempdir()) / f"gapkit-validation-measure-{fingerprint(code())}-{options.seed}")
    print(f"Kept in {store.folder}")
    figures: list[Figure] = []
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read by the processes started below
    with ProcessPoolExecutor(options.jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        for world in (one for one in ALL if not options.cells or one.name in options.cells):
            began = time.perf_counter()
            trials = compute(world, options.organisations, options.seed, store, pool)
            print(f"{world.name}: {len(trials)} organisations, {time.perf_counter() - began:.0f} s", flush=True)
            figures += figures_of(world, trials)
    command = f"python benchmarks/validation_measure.py --organisations {options.organisations}"
    written = block(figures, command, options.seed)
    if options.cells:
        print(written)
        return
    page = options.out.read_text(encoding="utf-8") if options.out.exists() else ""
    options.out.write_text(with_block(page, written, MARKS), encoding="utf-8")
    print(f"Written to {options.out}")


if __name__ == "__main__":
    main()
