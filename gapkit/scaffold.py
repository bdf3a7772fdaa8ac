"""The folder of a new engagement: settings to fill in, empty tables, what to ask the client for.

Everything that names a table or a column is written from the schema, so the folder never promises what cannot be read.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final

import yaml

from gapkit.calendar import last_complete_quarters
from gapkit.config import describe_settings
from gapkit.errors import InputError, Problem
from gapkit.schema import TABLES, Field, Table, columns_markdown
from gapkit.vocabulary import PHASE_DAYS, PHASES, SCALES

# The tables most engagements can fill from one tracker; the headers of all others wait in templates/.
FIRST_TABLES: Final = ("programs", "status_events", "stage_visits")

# Places in the reports at which the consultant's own words are printed, by phase.
SLOTS: Final = {
    "diagnose": {"summary": "after the first page", "findings": "after the figures"},
    "redesign": {"summary": "after the first page", "actions": "before what we do not know"},
    "measure": {"summary": "after the first page", "next": "after the comparison"},
}

_TYPICAL: Final = {
    "smb": " With 8 to 25 programs a quarter expect counts and charts over time, few tests.",
    "mid": " With 25 to 80 programs a quarter a rate of two quarters is known to 15 to 30 points.",
    "enterprise": " With more than 80 programs a quarter rates can be shown by type.",
}
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\x00-\x1f]')


def new_engagement(
    name: str | Path, scale: str | None = None, *, trackers: Sequence[str] = (), today: dt.date | None = None
) -> Path:
    """Write the folder of a new engagement; it appears whole or not at all.

    Parameters
    ----------
    name : str or Path
        A plain name makes ``engagements/<name>`` under the current directory; anything with a slash is a path.
    scale : {"smb", "mid", "enterprise"}, optional
        Size of the organisation; left out it is derived from the data.
    trackers : sequence of str
        Tools the client plans in, names of `tracker_pages`; the data request then says what to click.
    today : date, optional
        Day filled in for `as_of`; the current day unless given.

    Returns
    -------
    Path
        The folder: ``engagement.yml`` (valid as it stands), ``data/`` and ``templates/`` with empty tables,
        ``data-request.md`` and ``commentary/``.

    Raises
    ------
    InputError
        When the folder exists, cannot be written, or the name or the scale cannot be used.
    """
    folder = _target(name, scale)
    pages = _chosen_pages(trackers)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Built beside its place, so that moving it there is one step on the same disk.
        with tempfile.TemporaryDirectory(prefix=".new-", dir=folder.parent) as draft:
            made = Path(draft) / folder.name
            _write(made, _files(folder.name, scale, today or dt.date.today(), pages))
            if folder.exists():
                raise _refusal("this folder exists already", folder, "Choose another name, or move the folder away.")
            made.rename(folder)
    except OSError as error:
        raise _refusal(f"the folder cannot be written ({error.strerror})", folder, "Choose another place.") from error
    return folder


def _target(name: str | Path, scale: str | None) -> Path:
    """Return the folder meant, after checking everything that can be known before writing."""
    text = str(name)
    parts = text.replace("\\", "/").rstrip("/").split("/")
    if parts[-1].startswith(".") or not parts[-1].strip() or _FORBIDDEN.search(parts[-1]):
        raise _refusal("not a name a folder can have", Path(text), "Use letters, digits, - and _.")
    folder = Path(text) if len(parts) > 1 or isinstance(name, Path) else Path("engagements") / text
    if scale is not None and scale not in SCALES:
        raise InputError([Problem("unknown scale", value=scale, allowed=", ".join(SCALES))])
    if folder.exists():
        raise _refusal("this folder exists already", folder, "Choose another name, or move the folder away.")
    return folder


def _refusal(what: str, folder: Path, remedy: str) -> InputError:
    return InputError([Problem(what, value=str(folder), remedy=remedy)])


def _write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # With a byte order mark Excel reads a CSV as UTF-8, and keeps it so when it saves.
        target.write_text(text, encoding="utf-8-sig" if target.suffix == ".csv" else "utf-8", newline="\n")


def tracker_pages() -> dict[str, str]:
    """Return the page of every tracker by its name: what to click, what to send, what is read of it."""
    folder = resources.files("gapkit") / "templates" / "trackers"
    return {
        Path(page.name).stem: page.read_text(encoding="utf-8") for page in sorted(folder.iterdir(), key=lambda p: p.name)
    }


def _chosen_pages(trackers: Sequence[str]) -> list[str]:
    pages = tracker_pages()
    unknown = [name for name in trackers if name not in pages]
    if unknown:
        remedy = "Leave --tracker out for another tool; any table can be read."
        problems = [Problem("unknown tracker", value=name, allowed=", ".join(pages), remedy=remedy) for name in unknown]
        raise InputError(problems)
    return [pages[name] for name in dict.fromkeys(trackers)]


def _files(name: str, scale: str | None, today: dt.date, pages: Sequence[str]) -> dict[str, str]:
    """Return every file of the folder by its path."""
    client = name.replace("_", " ").replace("-", " ").title()
    others = [table for table in TABLES.values() if table.name not in FIRST_TABLES]
    return {
        "engagement.yml": _engagement_yml(client, scale, today),
        "data-request.md": _data_request(client, pages),
        "data/README.md": _data_readme(client),
        "commentary/README.md": _commentary_readme(),
        **{f"data/{table}.csv": _header(TABLES[table]) for table in FIRST_TABLES},
        **{f"templates/{table.name}.csv": _header(table) for table in others},
    }


def _template(name: str, **values: str) -> str:
    text = (resources.files("gapkit") / "templates" / name).read_text(encoding="utf-8")
    return Template(text).substitute(values)


def _engagement_yml(client: str, scale: str | None, today: dt.date) -> str:
    quarters = last_complete_quarters(today, 2)
    window = [today + dt.timedelta(days=day - 1) for day in PHASE_DAYS["measure"]]
    settings = "\n".join(
        f"# {meaning} Why: {origin}.\n#  {setting}: {default}"
        for setting, default, meaning, _, origin in describe_settings()
    )
    return _template(
        "engagement.yml",
        client=yaml.safe_dump(client, allow_unicode=True, width=1000).removesuffix("\n...\n").strip(),
        today=today.isoformat(),
        baseline=", ".join(quarters),
        measure_start=window[0].isoformat(),
        measure_end=window[1].isoformat(),
        typical=_TYPICAL.get(scale or "", ""),
        scale=f"scale: {scale}" if scale else "#scale: mid",
        settings=settings,
    )


def _header(table: Table) -> str:
    return ",".join(field.name for field in table.fields()) + "\n"


def _data_readme(client: str) -> str:
    rows = "\n".join(f"| `{table.name}` | {table.purpose} | {table.switches_on} |" for table in _in_use())
    later = ", ".join(f"`{table.name}`" for table in _not_in_use())
    columns = "\n\n".join(f"### {table}\n\n{columns_markdown(table)}" for table in FIRST_TABLES)
    return _template("data.md", client=client, rows=rows, later=later, columns=columns)


def _data_request(client: str, pages: Sequence[str]) -> str:
    first, later = map(_requests, (_in_use(), _not_in_use()))
    return _template("data-request.md", client=client, first=first, later=later, trackers=_below_the_first(pages))


def _below_the_first(pages: Sequence[str]) -> str:
    """Return the pages as chapters of one document: their headings one level down."""
    text = "\n\n".join(page.strip() for page in pages)
    return re.sub(r"^#", "##", text, flags=re.MULTILINE) + "\n" if pages else ""


def _in_use() -> list[Table]:
    """Return the tables that switch figures on."""
    return [table for table in TABLES.values() if table.switches_on]


def _not_in_use() -> list[Table]:
    """Return the tables that are read and checked only."""
    return [table for table in TABLES.values() if not table.switches_on]


def _requests(tables: list[Table]) -> str:
    return "\n\n".join(_request(table) for table in tables)


def _request(table: Table) -> str:
    """Return what to ask for one table: the sentence to say, what must be in it, what helps."""
    lines = [f"### {_plain(table.name)}", "", table.ask, ""]
    if table.switches_on:
        lines += [f"It switches on: {table.switches_on}.", ""]
        lines += [f"- {_plain(field.name)}{_needed(field)}: {field.description}" for field in table.fields()]
    else:
        lines.append("In it: " + ", ".join(f"{_plain(field.name)}{_needed(field)}" for field in table.fields()) + ".")
    return "\n".join(lines)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _needed(field: Field) -> str:
    return " (needed)" if field.required else ""


def _commentary_readme() -> str:
    rows = [f"| `{phase}/{slot}.md` | {place} |" for phase in PHASES for slot, place in SLOTS[phase].items()]
    return _template("commentary.md", slots="\n".join(["| file | printed |", "|---|---|", *rows]))
