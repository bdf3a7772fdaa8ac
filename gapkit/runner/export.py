"""An executed notebook as files: PDF and HTML for the client, notebook and numbers for the record.

The functions are those behind ``jupyter nbconvert --to gapkit-pdf``, called directly: starting nbconvert would take longer
than all the rest.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from nbformat import NotebookNode

from gapkit.baseline.frozen_check import record_faults
from gapkit.config import load_config
from gapkit.errors import RunError
from gapkit.report.atomic import write_atomically
from gapkit.report.consistency import require_agreement
from gapkit.report.document import read_document
from gapkit.report.html import make_html
from gapkit.report.manifest import Audience, manifest
from gapkit.report.pdf import make_pdf
from gapkit.runner import promises
from gapkit.runner.decisions import FILE as DECISIONS
from gapkit.runner.handouts import handouts
from gapkit.runner.notebook import phase_data, to_text
from gapkit.runner.orders import Subject
from gapkit.runner.yardstick import BASELINE, why_not_frozen

# What stands in the engagement folder besides data and words, and the phases that read it.
READ_BY: Final = {BASELINE: ("measure",), DECISIONS: ("redesign", "measure"), promises.FILE: ("measure",)}
AUDIENCE: Final[Mapping[str, Audience]] = {
    ".pdf": "client", ".html": "client", ".md": "client", ".ics": "client", ".ipynb": "internal", ".json": "internal",
}  # fmt: skip
# What computes and draws; a change of one may change a digit.
LIBRARIES: Final = ("gapkit", "matplotlib", "numpy", "pandas", "scipy", "statsmodels", "typst")


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one phase's notebook.

    Attributes
    ----------
    phase : str
        The phase.
    files : tuple of str
        Names of the files in the staging folder.
    manifest : mapping
        The phase's part of the manifest.
    notes : tuple of str
        What could not be printed as it was, promises that are not put on record, and why nothing was frozen.
    """

    phase: str
    files: tuple[str, ...]
    manifest: Mapping[str, Any]
    notes: tuple[str, ...]


def export(
    notebook: NotebookNode, phase: str, subject: Subject, stage: Path, *, refreeze: bool = False, rehearsal: bool = False
) -> Exported:
    """Write a phase's PDF, HTML, notebook and JSON into the staging folder; the diagnosis freezes its baseline.

    The redesign also hands out its calendar and the operating manual, and puts on record what it promises.

    Parameters
    ----------
    notebook : NotebookNode
        The executed notebook.
    phase : str
        Its phase, which names the files.
    subject : Subject
        The engagement.
    stage : Path
        Where the files are written.
    refreeze : bool
        Whether a baseline that is already frozen is replaced.
    rehearsal : bool
        Whether the data was read at another day with ``--as-of``: then nothing is promised.

    Raises
    ------
    RunError
        When the notebook shows no data of the phase, its words differ from its data, or it cannot be typeset.
    """
    data = phase_data(notebook)
    if data is None:
        raise RunError(subject.name, phase, "the notebook does not show the data of its phase")
    try:
        document = read_document(notebook)
        require_agreement(document)
        pdf, notes = make_pdf(document)
        page, numbers = make_html(document), to_json(data)
        further = handouts(data, document["settings"])
    except (RunError, ValueError) as error:
        raise RunError(subject.name, phase, f"the report cannot be made: {error}") from error
    contents = {"pdf": pdf, "html": page.encode(), "ipynb": to_text(notebook).encode(), "json": numbers.encode()}
    written = {**{f"{phase}.{suffix}": content for suffix, content in contents.items()}, **further}
    files = {name: stage / name for name in written}
    for name, content in written.items():
        files[name].write_bytes(content)
    if data.get("baseline"):
        freeze(subject.folder, data["baseline"], refreeze=refreeze)
    unfrozen = why_not_frozen(data, load_config(subject.folder), subject.folder) if phase == "diagnose" else ()
    promised = data.get("promises") if not rehearsal else None
    told = promises.keep(subject.folder, to_json(promised)) if promised else ()
    described = manifest(
        inputs=inputs_of(subject, phase),
        outputs=files,
        parameters={key: data.get(key) for key in ("engagement", "phase", "as_of", "seed")},
        versions={"python": sys.version.split()[0], **{library: version(library) for library in LIBRARIES}},
        audience={name: AUDIENCE[file.suffix] for name, file in files.items()},
    )
    return Exported(phase, tuple(files), described, (*document["notes"], *notes, *told, *unfrozen))


def inputs_of(subject: Subject, phase: str) -> dict[str, Path]:
    """Return the files a phase is made from, by their path in the engagement folder.

    The data, the consultant's words for the phase, what the client decided, and the baseline the measurement is held
    against.
    """
    folder = subject.folder
    words = [path.relative_to(folder).as_posix() for path in (folder / "commentary" / phase).glob("*.md")]
    agreed = [name for name, phases in READ_BY.items() if phase in phases and (folder / name).exists()]
    return {name: folder / name for name in (*subject.inputs, *words, *agreed)}


def freeze(folder: Path, record: Mapping[str, Any], *, refreeze: bool) -> None:
    """Write the baseline that later data may not bend, once; again only when asked, and then it keeps what it replaces.

    Parameters
    ----------
    folder : Path
        The engagement folder.
    record : mapping
        What is frozen, as the diagnosis gives it.
    refreeze : bool
        Whether a baseline that is already there is replaced.
    """
    path = folder / BASELINE
    if path.exists():
        if not refreeze:
            return
        before = _as_written(path)
        if record == {key: value for key, value in before.items() if key not in ("replaces", "replaced")}:
            return
        record = {**record, "replaces": before.get("frozen_on")}
        # A report of an earlier day needs the yardstick of that day. A damaged one would make this file unreadable.
        if not record_faults(before):
            record = {**record, "replaced": before}
    write_atomically(path, to_json(record).encode())


def _as_written(path: Path) -> dict[str, Any]:
    """Return a record as it stands, empty where it is no record at all: what is replaced may be damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def to_json(data: Mapping[str, Any]) -> str:
    """Return data as indented JSON in the order given: null, never NaN; one newline at the end.

    Raises
    ------
    ValueError
        When a number is not finite.
    """
    return json.dumps(data, allow_nan=False, ensure_ascii=False, indent=1) + "\n"
