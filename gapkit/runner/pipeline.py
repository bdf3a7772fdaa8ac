"""The phases of one engagement: the kernel computes one while the one before is typeset; all are published at the end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from nbformat import NotebookNode

from gapkit.errors import GapkitError, InputError, NotMeasurableError, Problem, RunError
from gapkit.report.manifest import described
from gapkit.runner import decisions
from gapkit.runner.editions import FILE as EDITIONS
from gapkit.runner.editions import Editions
from gapkit.runner.export import Exported, export, to_json
from gapkit.runner.kernel import Kernel, KernelDiedError
from gapkit.runner.notebook import CellFailedError, execute, phase_data, to_text
from gapkit.runner.orders import NOTEBOOKS, Ended, Order, Subject
from gapkit.runner.progress import Progress
from gapkit.runner.publish import keep_failed, publish, staging
from gapkit.runner.record import published_record, stage_record
from gapkit.runner.waves import FILE as CLOSED_WAVES
from gapkit.runner.waves import Waves
from gapkit.vocabulary import PHASES

MANIFEST: Final = "manifest.json"
WORKBOOK: Final = "workbook.xlsx"


def run_phases(order: Order, subject: Subject, kernel: Kernel, progress: Progress) -> Ended:
    """Run the phases ordered and publish their reports.

    Raises
    ------
    RunError
        When a cell fails, the kernel ends or a report cannot be made; nothing is published then.
    InputError
        When a notebook refuses the input, or the reports cannot be written.
    """
    exports: dict[str, Future[Exported]] = {}
    skipped: dict[str, str] = {}
    waves, editions, told = Waves(subject.folder), Editions(subject.folder), ""
    records = {phase: published_record(subject.reports, phase) for phase in PHASES}
    with staging(subject.reports) as stage, ThreadPoolExecutor(max_workers=1) as typesetter:
        for number, phase in enumerate(order.phases):
            if number:
                kernel.ask("fresh")
            if phase == "measure":  # reads the baseline, which is frozen when the diagnosis has become a report
                _results(exports)
            try:
                notebook = _compute(order, subject, phase, kernel, progress)
            except NotMeasurableError as absent:
                skipped[phase] = str(absent)
            else:
                records[phase] = phase_data(notebook) or {}
                if "survey" in (phase_data(notebook) or {}):
                    shown = _ask(subject, kernel, phase, "closing_record", order.engagement, order.as_of, phase)
                    waves = waves.shown_in(phase, shown)
                if "edition" in (phase_data(notebook) or {}):
                    editions = editions.published((phase_data(notebook) or {})["edition"])
                exports[phase] = typesetter.submit(
                    export, notebook, phase, subject, stage, refreeze=order.refreeze, rehearsal=order.as_of is not None
                )
        progress.step(order.engagement, "typesetting")
        if exports:
            # The kernel writes it while the last report is typeset.
            files = {phase: stage_record(record, stage, phase) for phase, record in records.items()}
            _ask(
                subject, kernel, "workbook", "workbook", order.engagement, order.as_of, str(stage / WORKBOOK),
                *files.values(),
            )  # fmt: skip
            if "redesign" in exports and decisions.is_due(records["redesign"], subject.folder):
                told = decisions.describe(subject.folder, order.as_of)
                if order.as_of is None:
                    _ask(subject, kernel, "redesign", "proposal", files["redesign"], str(stage / decisions.FILE))
        exported = _results(exports)
        if exported:
            first = decisions.staged(stage, subject.folder)
            outside = {**waves.stage(stage), **editions.stage(stage), **first}
            beside = {
                CLOSED_WAVES: waves.path(stage),
                EDITIONS: editions.path(stage),
                decisions.FILE: stage / decisions.FILE if first else None,
            }
            (stage / MANIFEST).write_bytes(to_json(_manifest(subject, exported, stage, beside)).encode("utf-8"))
            names = [name for one in exported for name in one.files]
            publish(stage, subject.reports, [*names, WORKBOOK, MANIFEST], tuple(exports), outside)
    return Ended(
        subject.name,
        reports=tuple((phase, subject.reports / f"{phase}.pdf") for phase in exports),
        skipped=tuple(skipped.items()),
        notes=(
            *((one.phase, note) for one in exported for note in one.notes),
            *waves.notes,
            *((("measure", editions.note),) if editions.note else ()),
            *((("redesign", told),) if told else ()),
        ),
    )


def _results(exports: Mapping[str, Future[Exported]]) -> list[Exported]:
    """Wait for what is being typeset, and raise what went wrong there."""
    return [future.result() for future in exports.values()]


def _ask(subject: Subject, kernel: Kernel, step: str, function: str, *arguments: str | None) -> Any:
    """Return the kernel's answer to what is asked besides the notebooks."""
    try:
        return kernel.ask(function, *arguments)
    except (KernelDiedError, RuntimeError) as error:
        raise RunError(subject.name, step, f"{function.replace('_', ' ')}: {error}") from error


def _manifest(subject: Subject, exported: list[Exported], stage: Path, beside: Mapping[str, Path | None]) -> dict[str, Any]:
    """Return the manifest of all reports: those of this run, and the others as they were described before.

    `beside` names what a run leaves in the engagement folder: the records of closed survey waves and of editions as they
    stand after the run, and the file of decisions when this run writes it.
    """
    try:
        phases = json.loads((subject.reports / MANIFEST).read_text(encoding="utf-8"))["phases"]
    except (OSError, ValueError, KeyError, TypeError):
        phases = {}
    files = {WORKBOOK: stage / WORKBOOK, **{name: path for name, path in beside.items() if path}}
    outputs = {name: {**about, "audience": "internal"} for name, about in described(files).items()}
    made = {one.phase: one.manifest for one in exported}
    return {"engagement": subject.name, "phases": {**phases, **made}, "outputs": outputs}


def _compute(order: Order, subject: Subject, phase: str, kernel: Kernel, progress: Progress) -> NotebookNode:
    """Return the executed notebook of a phase."""
    last = 0

    def watch(cell: int, count: int) -> None:
        nonlocal last
        last = cell
        progress.step(order.engagement, f"{phase}, cell {cell} of {count}")

    parameters = {"engagement": order.engagement, "as_of": order.as_of}
    try:
        return execute(order.notebooks / NOTEBOOKS[phase], parameters, kernel, watch)
    except KernelDiedError as error:
        raise RunError(subject.name, phase, str(error), cell=last) from error
    except CellFailedError as error:
        raise _meaning(error, subject, phase) from error


def _meaning(error: CellFailedError, subject: Subject, phase: str) -> GapkitError:
    """Return the error a failed cell stands for; a notebook that failed itself is kept as far as it ran."""
    if error.kind == NotMeasurableError.__name__:
        return NotMeasurableError(error.message)
    if error.kind == InputError.__name__:
        return InputError(Problem(line.strip().removesuffix(".")) for line in error.message.splitlines()[1:])
    kept = keep_failed(to_text(error.notebook), subject.reports, phase)
    message = f"{error.kind}: {error.message}\nThe notebook as far as it ran: {kept}"
    return RunError(subject.name, phase, message, cell=error.cell, source=error.source, traceback=error.traceback)
