"""The folder of a new engagement: settings to fill in, empty tables, what to ask the client for and its people.

Everything that names a table or a column is written from the schema, so the folder never promises what cannot be read.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from itertools import product
from pathlib import Path
from string import Template
from typing import Final, NamedTuple

import yaml

from gapkit.calendar import last_complete_quarters
from gapkit.config import describe_settings, load_config
from gapkit.engagement.reading import read_once
from gapkit.errors import InputError, Problem
from gapkit.interview import interview_guide
from gapkit.schema import TABLES, Field, Table, columns_markdown
from gapkit.survey import forms
from gapkit.survey.choices import TABLES_READ, Choices, read_choices
from gapkit.vocabulary import PHASE_DAYS, PHASES, SCALES

# The tables most engagements can fill from one tracker, and the one the consultant fills; the headers of all others wait in
# templates/.
FIRST_TABLES: Final = ("programs", "status_events", "stage_visits")
OBSERVATIONS: Final = "observations"

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
        ``data-request.md``, ``survey/`` (the forms, ready to send), ``interview-guide.md`` and ``commentary/``.

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
            _write(made, _bytes(_files(folder.name, scale, today or dt.date.today(), pages)))
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


class Forms(NamedTuple):
    """What became of the forms of the survey.

    Attributes
    ----------
    written : tuple of str
        Those written, by their path in the folder.
    left : tuple of str
        Those left alone, because they are no longer as they were first made.
    choices : Choices
        What of the client they ask about.
    """

    written: tuple[str, ...]
    left: tuple[str, ...]
    choices: Choices


def write_forms(folder: Path) -> Forms:
    """Write the forms of the survey with the client's own teams, priorities and answers to the four questions.

    Parameters
    ----------
    folder : Path
        The engagement folder; the tables people (or survey_invited), priorities and codebook say what to ask.

    Returns
    -------
    Forms
        A form that was changed since `new_engagement` made it is the consultant's and stays; deleted, it is written.

    Raises
    ------
    InputError
        When engagement.yml or one of these tables cannot be read, or the folder cannot be written.
    """
    config = load_config(folder)
    intake = read_once(folder, config)
    if problems := [problem for problem in intake.problems if problem.table in TABLES_READ]:
        raise InputError(problems)
    choices = read_choices(intake.tables, config.min_group, config.as_of)
    *earlier, made = _versions(choices, (_client(folder.name), config.client), config.min_group)
    left = tuple(path for path in made if _is_edited(folder / path, [files[path] for files in (*earlier, made)]))
    written = {path: content for path, content in made.items() if path not in left}
    try:
        _write(folder, written)
    except OSError as error:
        raise _refusal(f"the forms cannot be written ({error.strerror})", folder / "survey", "Close them.") from error
    return Forms(tuple(written), left, choices)


def _versions(choices: Choices, clients: Sequence[str], min_group: int) -> Iterator[dict[str, bytes]]:
    """Yield the forms as they may have been written while less was known of the client, as they are now last."""
    yield _bytes(forms(clients[0]))
    for client, *known in product(clients, (False, True), (False, True), (False, True)):
        asked = choices._asdict()
        parts = {name: asked[name] for name, is_known in zip(choices._fields, known, strict=True) if is_known}
        yield _bytes(forms(client, **parts, min_group=min_group))


def _is_edited(path: Path, versions: Sequence[bytes]) -> bool:
    """Return whether a file is there and is none we have written."""
    return path.is_file() and path.read_bytes() not in versions


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _bytes(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """Return the content of files as written: UTF-8, in a CSV with a byte order mark, by which Excel knows it."""
    return {
        path: content if isinstance(content, bytes) else content.encode("utf-8-sig" if path.endswith(".csv") else "utf-8")
        for path, content in files.items()
    }


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


def _files(name: str, scale: str | None, today: dt.date, pages: Sequence[str]) -> dict[str, str | bytes]:
    """Return every file of the folder by its path."""
    client = _client(name)
    places = {table: "data" if table in (*FIRST_TABLES, OBSERVATIONS) else "templates" for table in TABLES}
    return {
        "engagement.yml": _engagement_yml(client, scale, today),
        "data-request.md": _data_request(client, pages),
        "interview-guide.md": interview_guide(client),
        "data/README.md": _data_readme(client),
        "commentary/README.md": _commentary_readme(),
        **{f"{place}/{table}.csv": _header(TABLES[table]) for table, place in places.items()},
        **forms(client),
    }


def _client(name: str) -> str:
    """Return what the client is called until engagement.yml says it better."""
    return name.replace("_", " ").replace("-", " ").title()


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
    rows = "\n".join(f"| `{table.name}` | {table.purpose} | {table.switches_on} |" for table in TABLES.values())
    columns = "\n\n".join(f"### {table}\n\n{columns_markdown(table)}" for table in FIRST_TABLES)
    return _template("data.md", client=client, rows=rows, columns=columns)


def _data_request(client: str, pages: Sequence[str]) -> str:
    first = _requests([TABLES[name] for name in FIRST_TABLES])
    later = _requests([table for name, table in TABLES.items() if name not in (*FIRST_TABLES, OBSERVATIONS)])
    return _template("data-request.md", client=client, first=first, later=later, trackers=_below_the_first(pages))


def _below_the_first(pages: Sequence[str]) -> str:
    """Return the pages as chapters of one document: their headings one level down."""
    text = "\n\n".join(page.strip() for page in pages)
    return re.sub(r"^#", "##", text, flags=re.MULTILINE) + "\n" if pages else ""


def _requests(tables: list[Table]) -> str:
    return "\n\n".join(_request(table) for table in tables)


def _request(table: Table) -> str:
    """Return what to ask for one table: the sentence to say, what must be in it, what helps."""
    lines = [f"### {_plain(table.name)}", "", table.ask, "", f"It switches on: {table.switches_on}.", ""]
    if table.name in FIRST_TABLES:
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
