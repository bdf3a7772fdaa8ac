"""The files of an engagement that no table has the name of and no source asks for: what each looks like and what to do.

Files of one format that lie together in a folder of their own, and JSON of one format anywhere, are one source: trackers
answer in many files. A dated export whose present file is not there is proposed under the name the present one would have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby, takewhile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from gapkit.config import Source, files_named
from gapkit.errors import InputError, Problem
from gapkit.intake.finding.detect import Detection, canonical_table, detect, glimpse
from gapkit.intake.finding.export import Export, Extract, Format, Glimpse, Part
from gapkit.intake.finding.faults import find_fault
from gapkit.intake.finding.find import IGNORED, Plan, find_plans
from gapkit.intake.formats import FORMATS
from gapkit.intake.formats.forms import looks_like_form
from gapkit.intake.mapping import expected_names
from gapkit.intake.proposing.columnwords import known_names
from gapkit.intake.proposing.open_questions import Others
from gapkit.intake.proposing.propose import FEWEST_FIELDS, Proposal, propose, propose_flat, word_lines
from gapkit.intake.proposing.proposed_words import propose_words, words_without_meaning
from gapkit.intake.proposing.tally import program_names, take_tally
from gapkit.intake.proposing.yamllines import quoted
from gapkit.intake.reading.files import READABLE, read_file
from gapkit.intake.reading.header import name_key
from gapkit.intake.reading.records import Sheet

if TYPE_CHECKING:
    from gapkit.config import EngagementConfig

DATA: Final = "data"
SNAPSHOTS: Final = "snapshots"
DATABASE: Final = "A database is asked by a query: sql:, table: and url_env: under sources: (the variable holds sqlite:////path/to/the/file)."
REMEDIES: Final = {
    ".zip": "Unpack it, and put the files themselves here.",
    ".gz": "Unpack it, and put the file itself here.",
    ".xls": "Open it in Excel and save it as .xlsx.",
    ".xlsb": "Open it in Excel and save it as .xlsx.",
    ".ods": "Save it as .xlsx or CSV (UTF-8).",
    ".numbers": "Export it as .xlsx or CSV (UTF-8).",
    ".pdf": "A PDF is no export: ask for the data, and move this file out of data/.",
    ".db": DATABASE,
    ".sqlite": DATABASE,
    ".sqlite3": DATABASE,
    ".html": "Ask for the export as CSV, Excel or JSON, and move this file out of data/.",
}
OTHERWISE: Final = (
    "Name it under sources: with table: and fields:, or rename it to the table it holds, or move it out of data/ if it is "
    "no data."
)
OF_A_FORM: Final = (
    "It has the moments of a Google or Microsoft form, but hardly any heading is an item of the survey. If it is the "
    'survey, name it under sources: with format: forms and items: {MIS1: "heading as in the file", …}. If not: '
    f"{OTHERWISE[0].lower()}{OTHERWISE[1:]}"
)


class Unlisted(NamedTuple):
    """A file, or files that belong together, that nothing asks for.

    Attributes
    ----------
    file : str
        What `file:` would say: a file or a pattern.
    reason : str
        What it looks like and why.
    proposal : Proposal, optional
        The entry that would read it.
    problems : tuple of Problem
        Why it cannot be read as it is.
    remedy : str
        What to do where nothing can be proposed.
    """

    file: str
    reason: str
    proposal: Proposal | None = None
    problems: tuple[Problem, ...] = ()
    remedy: str = ""


class MissingWords(NamedTuple):
    """Words a source of engagement.yml has not mapped: its `file:`, the mapping (statuses, types, teams), and the lines."""

    file: str
    key: str
    lines: tuple[str, ...]


class _Group(NamedTuple):
    """Files to be read as one source: what `file:` would say, the first one's beginning, and what they look like."""

    file: str
    exports: tuple[Export, ...]
    seen: Glimpse
    detection: Detection | None


class _Opened(NamedTuple):
    """Files as read: by a format, or as a sheet, or neither and why."""

    group: _Group
    source: Source
    extract: Extract | None = None
    sheet: Sheet | None = None
    problems: tuple[Problem, ...] = ()


def find_unlisted(folder: Path, config: EngagementConfig, formats: Sequence[Format] = FORMATS) -> tuple[Unlisted, ...]:
    """Return every file nobody asks for, with a proposed source where one can be made.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    config : EngagementConfig
        Its engagement.yml.
    formats : sequence of Format
        The formats known.
    """
    found = find_plans(folder, config)
    claimed = {export.file for plan in found.plans for export in plan.exports} | {each.file for each in found.problems}
    # A present file that is filed under its day already is named by a source, though not read twice.
    named = [path for source in config.sources if source.file for path in files_named(folder, source.file)]
    claimed |= {path.relative_to(folder).as_posix() for path in named}
    opened = [_open(group) for group in _groups(folder, _left(folder, claimed), formats)]
    if not opened:
        return ()
    names = {plan.source.file: _names_listed(plan) for plan in found.plans if plan.table == "programs"}
    names |= {each.group.file: program_names(each.extract.parts, each.source) for each in opened if each.extract}
    others = {file: known for file, known in names.items() if known}
    return tuple(
        _look_at(each, {file: known for file, known in others.items() if file != each.group.file}) for each in opened
    )


def find_missing_words(folder: Path, config: EngagementConfig) -> Iterator[MissingWords]:
    """Yield the words that sources of engagement.yml have not mapped yet.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    config : EngagementConfig
        Its engagement.yml.
    """
    for plan in find_plans(folder, config).plans:
        if plan.source not in config.sources or plan.source.sql:
            continue
        try:
            parts, meanings = _read(plan)
        except InputError:
            continue  # said when the source is read
        is_flat = plan.format is None
        lines = propose_words(take_tally(parts, plan.source), meanings, is_flat=is_flat)
        lacking = words_without_meaning(lines, plan.source, is_flat=is_flat)
        for key in lacking:
            added = tuple(line for line in word_lines(key, lacking) if not line.startswith("#"))
            yield MissingWords(plan.source.file, key, added)


def _left(folder: Path, claimed: Collection[str]) -> dict[str, Path]:
    """Return the files nobody asks for: what `file:` would say, and where each is."""
    data = folder / DATA
    files = [path for path in sorted(data.rglob("*")) if path.is_file() and _is_data(path, data)]
    left = {file: path for path in files if (file := path.relative_to(folder).as_posix()) not in claimed}
    present = {file: path for file, path in left.items() if not _is_dated(file)}
    # Of the dated exports of one file the last stands for all.
    dated = {"/".join([DATA, *file.split("/")[3:]]): path for file, path in left.items() if _is_dated(file)}
    return {**dated, **present}


def _is_data(path: Path, data: Path) -> bool:
    parts = path.relative_to(data).parts
    return not any(part.startswith((".", "~$")) for part in parts) and path.suffix.lower() not in IGNORED


def _is_dated(file: str) -> bool:
    """Return whether a file lies in data/snapshots/DATE/."""
    parts = file.split("/")
    return parts[1] == SNAPSHOTS and len(parts) > 3


def _groups(folder: Path, left: Mapping[str, Path], formats: Sequence[Format]) -> list[_Group]:
    """Return the files to be read together, in order of name."""
    singles = []
    for file, path in sorted(left.items()):
        seen = glimpse(path, file)
        singles.append(_Group(file, (Export(path, file),), seen, detect(seen, formats)))
    alike: dict[tuple[str, str, str], list[_Group]] = {}
    for each in singles:
        parent = each.file.rpartition("/")[0]
        if each.detection and (each.seen.ending == ".json" or parent != DATA):
            alike.setdefault((parent, each.detection.format.name, each.seen.ending), []).append(each)
    joined = {each.file: one for groups in alike.values() if (one := _as_one(folder, groups)) for each in groups}
    by_file = {one.file: one for one in (joined.get(each.file, each) for each in singles)}
    return list(by_file.values())


def _as_one(folder: Path, groups: Sequence[_Group]) -> _Group | None:
    """Return files of one format as one source when a pattern names these and no others."""
    files = [group.file for group in groups]
    exports = tuple(export for group in groups for export in group.exports)
    parent, ending = files[0].rpartition("/")[0], PurePosixPath(files[0]).suffix
    alike = takewhile(lambda signs: len(set(signs)) == 1, zip(*(file.rpartition("/")[2] for file in files), strict=False))
    prefix = "".join(signs[0] for signs in alike)
    for start in (f"{parent}/", f"{parent}/{prefix}"):
        pattern = f"{start}*{ending}"
        if len(files) > 1 and not set("[]?*") & set(start) and _is_named(folder, pattern, exports):
            return groups[0]._replace(file=pattern, exports=exports)
    return None


def _is_named(folder: Path, pattern: str, exports: Sequence[Export]) -> bool:
    return set(files_named(folder, pattern)) == {export.path for export in exports}


def _open(group: _Group) -> _Opened:
    """Read files for what is in them; no table is made of it."""
    form = group.detection.format if group.detection else None
    source = Source(file=group.file, format=form.name if form else "")
    try:
        if form is not None:
            return _Opened(group, source, extract=form.read(group.exports, source))
        if group.seen.ending in READABLE and not canonical_table(group.seen) and _has_known_names(group.seen):
            first = group.exports[0]
            return _Opened(group, source, sheet=read_file(first.path, first.file, known_names()))
    except InputError as error:
        return _Opened(group, source, problems=error.problems)
    return _Opened(group, source)


def _has_known_names(seen: Glimpse) -> bool:
    """Return whether a row names enough columns that lists of programs have."""
    rows = (row for rows in seen.rows.values() for row in rows)
    return any(len({name_key(name) for name in row} & known_names()) >= FEWEST_FIELDS for row in rows)


def _look_at(opened: _Opened, others: Others) -> Unlisted:
    """Return what files look like, and what can be proposed for them."""
    (file, _, seen, detection), source = opened.group, opened.source
    if detection:
        proposal = propose(file, detection, opened.extract, source, others) if opened.extract else None
        return Unlisted(file, detection.reason, proposal, opened.problems)
    table = canonical_table(seen)
    if table:
        reason = f"has the columns of the table {table}"
        return Unlisted(file, reason, Proposal(f"# {reason}\nfile: {quoted(file)}\ntable: {table}\n", (), {}))
    guessed = propose_flat(file, opened.sheet, source, others) if opened.sheet else None
    if guessed:
        return Unlisted(file, "no format recognises it; its columns are called like those of a list of programs", guessed)
    faults = opened.problems or find_fault(opened.group.exports[0])
    if faults:
        return Unlisted(file, "cannot be read as it is", None, faults)
    remedy = REMEDIES.get(PurePosixPath(file).suffix.lower(), OF_A_FORM if looks_like_form(seen) else OTHERWISE)
    return Unlisted(file, "no format recognises it, and no table has its name", None, (), remedy)


def _names_listed(plan: Plan) -> dict[str, str]:
    """Return the names of the programs of a source of engagement.yml; of one that cannot be read, and of a query, none."""
    try:
        return program_names(_read(plan)[0], plan.source) if plan.exports else {}
    except InputError:
        return {}


def _read(plan: Plan) -> tuple[list[Part], dict[str, Mapping[str, str]]]:
    """Return what a source holds, of all its days, and what its files say of their statuses."""
    if plan.format is None:
        expected = expected_names(plan.table, plan.source)
        sheets = [read_file(export.path, export.file, expected, plan.source.sheet) for export in plan.exports]
        return [Part(plan.table, sheet, {}) for sheet in sheets], {}
    days = groupby(plan.exports, key=lambda export: export.on)
    extracts = [plan.format.read(list(exports), plan.source) for _, exports in days]
    parts = [part for extract in extracts for part in extract.parts]
    return parts, {word: meaning for extract in extracts for word, meaning in extract.meanings.items()}
