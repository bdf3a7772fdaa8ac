"""What the runner asks of the kernel between notebooks: is the input good, make ready, begin afresh.

These functions run inside the kernel, where the libraries are imported anyway, so the runner's own process needs none of
them. Each answers with JSON.
"""

from __future__ import annotations

import datetime as dt
import gc
import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path

from gapkit.errors import InputError

# What the notebooks import sooner or later: most of a kernel's start, paid while the runner's own imports are under way.
NEEDED = ("gapkit.measurement", "gapkit.report.exhibits.diagnose", "matplotlib.figure")


def check(engagement: str, as_of: str | None = None) -> str:
    """Read the engagement; return its problems (fields of `Problem`), or else its name, its folder and the files read."""
    load = importlib.import_module("gapkit.engagement").load
    try:
        eng = load(engagement, as_of=as_of)
    except InputError as error:
        return json.dumps({"problems": [asdict(problem) for problem in error.problems]})
    files = [file for source in eng.sources for file in source.files]
    inputs = sorted({"engagement.yml", *files, *filter(None, [eng.config.brand.logo])})
    return json.dumps({"problems": [], "name": eng.name, "folder": str(eng.folder), "inputs": inputs})


def warm() -> str:
    """Import what the notebooks will need."""
    for module in NEEDED:
        importlib.import_module(module)
    return "null"


def closing_record(engagement: str, as_of: str | None, phase: str) -> str:
    """Return which answers of which survey waves a report of the phase counts."""
    load = importlib.import_module("gapkit.engagement").load
    survey = importlib.import_module("gapkit.survey").read_survey(load(engagement, as_of=as_of, phase=phase))
    return json.dumps(survey.closing_record())


def proposal(record: str, path: str) -> str:
    """Write the first file of decisions; `record` is the file that holds the record of the redesign."""
    made = json.loads(Path(record).read_text(encoding="utf-8"))
    text_of = importlib.import_module("gapkit.redesign.decisions.record").proposal_text
    Path(path).write_text(text_of(made["decisions"], dt.date.fromisoformat(made["as_of"])), encoding="utf-8", newline="\n")
    return "null"


def workbook(engagement: str, as_of: str | None, path: str, *records: str) -> str:
    """Write the workbook of an engagement; the folder read for the notebooks is not read again.

    `records` are the files that hold the records of diagnosis, redesign and measurement, empty ones where there are none.
    """
    load = importlib.import_module("gapkit.engagement").load
    registers = importlib.import_module("gapkit.report.registers")
    diagnosis, redesign, measured = (json.loads(Path(one).read_text(encoding="utf-8")) for one in records)
    eng = load(engagement, as_of=as_of)
    made = [
        (redesign, "decision_sheets", "decision_sheets"), (redesign, "redesign_registers", "redesigned"),
        (measured, "measure_registers", "measurement"), (diagnosis, "finding_registers", "findings"),
    ]  # fmt: skip
    found = [
        (sheet, dt.date.fromisoformat(record["as_of"]))
        for record, module, function in made
        for sheet in getattr(importlib.import_module(f"gapkit.report.{module}"), function)(record)
    ]
    parts = [*found, *((one, eng.as_of) for one in registers.evidence(eng))]
    sheets = [registers.contents(parts), *(one for one, _ in parts)]
    title = f"{eng.config.client}: {'findings and evidence' if diagnosis else 'evidence'}"
    write_workbook = importlib.import_module("gapkit.report.workbook").write_workbook
    write_workbook(path, sheets, title=title, as_of=eng.as_of, whose=(eng.name, eng.config.client))
    return "null"


def fresh() -> str:
    """Forget all names, figures and plot settings of the notebook before, so that the next cannot lean on it."""
    shell = importlib.import_module("IPython").get_ipython()
    shell.reset(new_session=True)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
        pyplot.rcdefaults()
    gc.collect()
    return "null"
