"""An organisation as an engagement folder: engagement.yml, one CSV per table, and the truth beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pandas as pd

from gapkit.sample.arguments import CONDITIONS
from gapkit.sample.organisation import SyntheticOrganisation
from gapkit.sample.truth import Truth
from gapkit.vocabulary import KILLERS, name_of

YAML: Final = """\
# {client} is made up: its tables come from a generator, and truth.json holds the planted answers.

# Name on the cover.
client: {client}

# The data is read as it stood at the end of this day.
as_of: {as_of}

# Moments become dates in this zone.
tz: {tz}
currency: {currency}

# Day 1 of the 90 days. Diagnose reads the data as of day 30, redesign as of day 60, measure as of as_of; the baseline is
# the last two quarters that are over at day 30.
started_on: {started_on}

# Working days from Monday, and days off (US federal holidays).
weekmask: {weekmask}
holidays: [
{holidays},
]

# The quarter after the redesign, agreed on before day 60.
measure_start: {measure_start}
measure_end: {measure_end}

# The one measure the engagement is judged by.
primary: {primary}

# Seed of every random draw in the analysis.
seed: {seed}
"""

README: Final = """\
# {client}

{client} is made up. No person, program or figure here belongs to anyone; the tables come from `gapkit.sample`. As the
answers are planted, what the notebooks say about it can be checked.

Made with

```python
{code}
```

Equal arguments give equal files, to the byte; a test holds the committed ones to it.

## What is planted

World: {world}
Killers injected: {injected}.

| | severity, 0 to 1 |
|---|---|
{severities}

The redesign raises the execution rate of the last quarter by {improvement}; without it {without} of its frozen plan would
have been delivered by the end of the quarter. True rates, every outcome known:

| quarter | programs | execution rate | on time | on time and to spec |
|---|---|---|---|---|
{rates}

`truth.json` holds all of it, with every share and level the organisation ran on.

## Files

`engagement.yml`, and in `data/` one CSV per canonical table: {tables}.
"""


def write_engagement(org: SyntheticOrganisation, folder: str | Path) -> Path:
    """Write an organisation as an engagement folder.

    Parameters
    ----------
    org : SyntheticOrganisation
        What to write.
    folder : str or Path
        The engagement folder; created if need be. Files of the same name are replaced.

    Returns
    -------
    Path
        The folder. It holds engagement.yml, data/<table>.csv, truth.json and README.md; the same organisation gives the
        same bytes.
    """
    folder = Path(folder)
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for name, table in org.tables.items():
        _write(folder / "data" / f"{name}.csv", csv_text(table))
    _write(folder / "engagement.yml", yaml_text(org.config))
    _write(folder / "truth.json", json.dumps(org.truth.to_dict(), indent=2, ensure_ascii=False) + "\n")
    _write(folder / "README.md", readme_text(org))
    return folder


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def csv_text(table: pd.DataFrame) -> str:
    """Return a table as CSV; columns without any value are left out, unless all are.

    Moments carry their offset from UTC, whole numbers no decimals, true and false are yes and no.

    Examples
    --------
    >>> moments = pd.to_datetime(["2026-03-31 23:30"]).tz_localize("America/New_York")
    >>> print(csv_text(pd.DataFrame({"at": moments, "hours": [2.0], "done": pd.array([True]), "note": [None]})), end="")
    at,hours,done
    2026-03-31T23:30-04:00,2,yes
    """
    filled = table.columns[table.notna().any()] if len(table) else table.columns
    return str(pd.DataFrame({name: _cells(table[name]) for name in filled}).to_csv(index=False, lineterminator="\n"))


def _cells(column: pd.Series) -> pd.Series:
    kind = column.dtype
    cells = column
    if isinstance(kind, pd.DatetimeTZDtype):
        stamp = column.dt.strftime("%Y-%m-%dT%H:%M%z")
        cells = stamp.str.slice(0, -2) + ":" + stamp.str.slice(-2)
    elif kind.kind == "M":
        cells = column.dt.strftime("%Y-%m-%d")
    elif kind.kind == "f":
        cells = column.map(lambda number: f"{number:.10g}", na_action="ignore")
    elif kind.kind == "b":
        cells = column.map({True: "yes", False: "no"})
    return cells


def yaml_text(config: dict[str, Any]) -> str:
    """Return engagement.yml of a configuration, with comments."""
    days = [day.isoformat() for day in config["holidays"]]
    lines = [", ".join(days[k : k + 8]) for k in range(0, len(days), 8)]
    return YAML.format_map(config | {"holidays": ",\n".join(f"  {line}" for line in lines)})


def readme_text(org: SyntheticOrganisation) -> str:
    """Return the README of the folder: how it was made, and what is planted."""
    truth = org.truth
    rates = [
        f"| {quarter} | {n:.0f} | {execution:.0%} | {on_time:.0%} | {otif:.0%} |"
        for quarter, execution, on_time, otif, n in truth.rates.itertuples()
    ]
    return README.format(
        client=org.arguments.client,
        code=_code(truth),
        world=truth.world,
        injected=", ".join(name_of(name) for name in truth.injected) or "none",
        severities="\n".join(f"| {name_of(name)} | {truth.severities[name]:.2f} |" for name in (*KILLERS, *CONDITIONS)),
        improvement=f"{truth.improvement * 100:.0f} points",
        without=f"{truth.after_without_redesign:.0%}",
        rates="\n".join(rates),
        tables=", ".join(f"`{name}`" for name in org.tables),
    )


def _code(truth: Truth) -> str:
    arguments = "".join(f"    {name}={value!r},\n" for name, value in truth.arguments.items())
    return f"from gapkit.sample import synthetic_organisation\n\norg = synthetic_organisation(\n{arguments})"
