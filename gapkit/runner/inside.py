"""What the runner asks of the kernel between notebooks: is the input good, make ready, begin afresh.

These functions run inside the kernel, where the libraries are imported anyway, so the runner's own process needs none of
them. Each answers with JSON.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
from dataclasses import asdict

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


def workbook(engagement: str, as_of: str | None, path: str) -> str:
    """Write the workbook of an engagement; the folder read for the notebooks is not read again."""
    load = importlib.import_module("gapkit.engagement").load
    evidence = importlib.import_module("gapkit.report.registers").evidence
    eng = load(engagement, as_of=as_of)
    title = f"{eng.config.client}: evidence"
    importlib.import_module("gapkit.report.workbook").write_workbook(path, evidence(eng), title=title, as_of=eng.as_of)
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
