"""Filing an export under its day, so that a tracker without a memory gets one.

An export is copied to data/snapshots/YYYY-MM-DD/, to the place its source has below data/, all files of a call or none. The
same export is filed once only: a second copy would look like a week in which nothing changed.
"""

from __future__ import annotations

import datetime as dt
import filecmp
import shutil
import tempfile
import zoneinfo
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gapkit.config import EngagementConfig, Source, files_named
from gapkit.engagement.belonging import day_of, place_of, refused, source_of
from gapkit.errors import InputError, Problem
from gapkit.intake.finding.dated import SNAPSHOTS, exports_by_day, find_dated
from gapkit.intake.finding.detect import detect, glimpse
from gapkit.intake.finding.export import Export
from gapkit.intake.finding.find import Plan, find_plans, may_be_dated
from gapkit.intake.history.compare import Changes, compare_exports
from gapkit.intake.sources import read_source


class Filed(NamedTuple):
    """The export of one source and day after filing.

    Attributes
    ----------
    files : tuple of str
        Where its files lie now, relative to the engagement folder.
    on : date
        Its day.
    dated_by : str
        What the day was taken from.
    source : str
        The `file:` of the source it belongs to; empty when no source of engagement.yml and no table reads it.
    before : date or None
        Day of the export before it.
    changes : Changes or None
        What differs from that one; None where there is none, or one of the two cannot be read yet.
    """

    files: tuple[str, ...]
    on: dt.date
    dated_by: str
    source: str
    before: dt.date | None
    changes: Changes | None


class _Order(NamedTuple):
    """One file to be filed: from where, under which name and day, for which source."""

    path: Path
    name: str
    on: dt.date
    dated_by: str
    source: str

    @property
    def target(self) -> str:
        """Where it will lie."""
        return (SNAPSHOTS / self.on.isoformat() / self.name).as_posix()


def file_snapshots(
    folder: Path, config: EngagementConfig, files: Sequence[Path], *, on: dt.date | None = None, source: str = "",
    today: dt.date | None = None,
) -> list[Filed]:  # fmt: skip
    """File exports under their day and say what changed.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    config : EngagementConfig
        Its engagement.yml.
    files : sequence of Path
        The exports as they were downloaded.
    on : date, optional
        Their day; else the day the file states, that in its name, or that of its last change.
    source : str
        The `file:` of the source they belong to; else found by name, then by format.
    today : date, optional
        The latest day an export can be of; the current day unless given.

    Raises
    ------
    InputError
        With every file that is missing, filed already, dated in the future or of no clear source; nothing is filed then.
    """
    zone = zoneinfo.ZoneInfo(config.tz)
    plans = {plan.source.file: plan for plan in find_plans(folder, config).plans
             if plan.source in config.sources and may_be_dated(plan.source)}  # fmt: skip
    orders: list[_Order] = []
    problems: list[Problem] = []
    for path in files:
        try:
            orders.append(_order(path, plans, folder, on, source, zone))
        except InputError as error:
            problems += error.problems
    problems += _refusals(folder, orders, today or dt.datetime.now(zone).date())
    if problems:
        raise InputError(problems)
    _copy(folder, orders)
    return [_filed(folder, config, group) for group in _by_export(orders)]


def _order(
    path: Path, plans: Mapping[str, Plan], folder: Path, on: dt.date | None, source: str, zone: zoneinfo.ZoneInfo
) -> _Order:
    if not path.is_file():
        raise refused("there is no such file", path, remedy="Check the name.")
    if not path.stat().st_size:
        raise refused("the file is empty", path, remedy="Export it again.")
    day, dated_by = (on, "as you said") if on else day_of(path, zone)
    chosen = source_of(path, plans, folder, source)
    return _Order(path, place_of(chosen, path, folder), day, dated_by, chosen)


def _by_export(orders: Sequence[_Order]) -> list[list[_Order]]:
    """Return the files of one source and day together: several files can be one export."""
    groups: dict[tuple[str, dt.date], list[_Order]] = {}
    for order in orders:
        groups.setdefault((order.source or order.name, order.on), []).append(order)
    return list(groups.values())


def _refusals(folder: Path, orders: Sequence[_Order], today: dt.date) -> Iterator[Problem]:
    """Yield why exports are not filed: dated in the future, in the place of another, or filed already."""
    for group in _by_export(orders):
        problems = [
            problem for number, order in enumerate(group) for problem in _misplaced(folder, order, group[:number], today)
        ]
        twins = [_twins(folder, order) for order in group]
        filed = sorted(set.intersection(*(set(each) for each in twins)))
        problems += [] if problems or filed else _unfiled(folder, group, [order.path.resolve() for order in orders])
        if filed and not problems:
            what = f"this export is filed already, under {twins[0][filed[0]]}"
            remedy = "Export again, or leave it: nothing has changed since."
            problems = [Problem(what, str(group[0].path), value=group[0].on.isoformat(), remedy=remedy)]
        yield from problems


def _unfiled(folder: Path, group: Sequence[_Order], filing: Sequence[Path]) -> list[Problem]:
    """Return the problem of a file in data/ that would stand as the newest export of a source, after one filed now.

    What lies there is read as of the day of the engagement, so an older export left in place would undo the newer one.
    """
    order = group[0]
    wanted = order.source or f"data/{order.name}"
    left = [path for path in files_named(folder, wanted) if path.is_file() and path.resolve() not in filing]
    filed = {path: folder.glob(f"{SNAPSHOTS}/*/**/{path.name}") for path in left}
    unfiled = [path for path, others in filed.items() if not any(_is_same(path, other) for other in others)]
    if not unfiled:
        return []
    file = unfiled[0].relative_to(folder).as_posix()
    what = f"{file} lies there as the newest export of this source, and would stand after this one"
    remedy = f"File it first, with its day: gapkit snapshot NAME {file} --on DATE; or remove it, then file this one again."
    return [Problem(what, str(order.path), value=order.on.isoformat(), remedy=remedy)]


def _misplaced(folder: Path, order: _Order, before: Sequence[_Order], today: dt.date) -> Iterator[Problem]:
    file, day = str(order.path), order.on.isoformat()
    if order.on > today:
        what, allowed = "the day of the export lies in the future", f"{today.isoformat()} or earlier"
        yield Problem(what, file, value=day, allowed=allowed, remedy="Say the day with --on.")
    elif any(other.target == order.target for other in before):
        what = "two of these files would be filed in one place"
        yield Problem(f"{what}: {order.target}", file, value=day, remedy="File one of them, or say their days with --on.")
    elif (folder / order.target).exists() and not _is_same(folder / order.target, order.path):
        what, remedy = "another export of that day is filed", "Remove it first, or say the right day with --on."
        yield Problem(f"{what}: {order.target}", file, value=day, remedy=remedy)


def _twins(folder: Path, order: _Order) -> dict[str, str]:
    """Return the days under which the same content is filed already, with where."""
    dated, _ = find_dated(folder)
    return {str(other.on): other.file for other in dated if _is_same(other.path, order.path)}


def _is_same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and filecmp.cmp(one, other, shallow=False)


def _copy(folder: Path, orders: Sequence[_Order]) -> None:
    """Copy all files, or none."""
    done: list[Path] = []
    try:
        for order in orders:
            target = folder / order.target
            if target.exists():  # a page that has not changed since it was filed under the same day
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".filing-", delete=False) as draft:
                part = Path(draft.name)
            try:
                shutil.copyfile(order.path, part)
                part.chmod(0o644)
                part.replace(target)
            finally:
                part.unlink(missing_ok=True)
            done.append(target)
    except OSError as error:
        for target in done:
            target.unlink(missing_ok=True)
        raise InputError([Problem(f"the export cannot be filed ({error.strerror})", str(folder / SNAPSHOTS))]) from error


def _filed(folder: Path, config: EngagementConfig, group: Sequence[_Order]) -> Filed:
    """Return the account of one export filed."""
    files, on = tuple(order.target for order in group), group[0].on
    plan = next((plan for plan in find_plans(folder, config).plans for each in plan.exports if each.file == files[0]), None)
    source = "" if plan is None else group[0].source or f"data/{group[0].name}"
    days = exports_by_day(plan.exports if plan else _of_name(folder, group[0].name))
    before = max((day for day in days if day is not None and day < on), default=None)
    changes = None
    if before is not None:
        changes = _compare(plan or _unlisted(folder, files[0]), config, days[before], days[on])
    return Filed(files, on, group[0].dated_by, source, before, changes)


def _of_name(folder: Path, name: str) -> list[Export]:
    """Return the dated exports of one name that no source reads."""
    dated, _ = find_dated(folder)
    return [export for export in dated if export.file.endswith(f"/{export.on}/{name}")]


def _unlisted(folder: Path, file: str) -> Plan:
    seen = detect(glimpse(folder / file, file))
    return Plan(Source(file=file), "programs", (), seen.format if seen else None)


def _compare(plan: Plan, config: EngagementConfig, *exports: Sequence[Export]) -> Changes | None:
    """Return what differs between the exports of two days; None when one of them cannot be read as programs yet."""
    frames = []
    for of_day in exports:
        undated = tuple(export._replace(on=None) for export in of_day)
        try:
            reads = read_source(plan._replace(exports=undated), config)
        except InputError:
            return None
        programs = next((read.frame for read in reads if read.table == "programs"), None)
        if programs is None or "program_id" not in programs or programs["program_id"].dropna().duplicated().any():
            return None
        frames.append(programs)
    return compare_exports(*frames)
