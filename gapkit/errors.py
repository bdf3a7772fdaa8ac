"""Every way gapkit says no.

This module imports nothing of ours, so any room may raise from it. Bad input is collected as `Problem` rows and raised
once, as one `InputError`, so a consultant sees all of it in one go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with the input, said so that it can be mended without asking.

    Attributes
    ----------
    what : str
        The problem in one short sentence, without a final stop.
    file : str
        Path as the consultant knows it, relative to the engagement folder; empty when it concerns no file.
    sheet : str
        Excel sheet, empty for other files.
    row : int or None
        Row number as a spreadsheet shows it (the header is row 1 unless title rows precede it), or the line number of a
        YAML file. None when it concerns the whole file.
    column : str
        Column or key, as spelled in the file.
    value : str
        The value seen.
    allowed : str
        What would be accepted.
    remedy : str
        What to do, as an instruction.
    table : str
        The canonical table concerned, if known.
    """

    what: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    allowed: str = ""
    remedy: str = ""
    table: str = ""

    def where(self) -> str:
        """Return the place in reading order: file, sheet, row, column.

        Examples
        --------
        >>> Problem("unknown status", "data/programs.csv", row=7, column="status").where()
        'data/programs.csv, row 7, column "status"'
        """
        parts = [self.file or self.table]
        if self.sheet:
            parts.append(f'sheet "{self.sheet}"')
        if self.row is not None:
            parts.append(f"{'line' if self.file.endswith(('.yml', '.yaml')) else 'row'} {self.row}")
        if self.column:
            parts.append(f'column "{self.column}"' if not self.file.endswith((".yml", ".yaml")) else f'"{self.column}"')
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        """Return place, problem, value seen, what is allowed and what to do, on one line."""
        text = f"{self.where()}: {self.what}" if self.where() else self.what
        if self.value:
            text += f"; seen: {self.value!r}"
        if self.allowed:
            text += f"; allowed: {self.allowed}"
        return f"{text}. {self.remedy}" if self.remedy else f"{text}."


class GapkitError(Exception):
    """Base of all errors gapkit raises on purpose; the command turns them into an exit status, never a traceback."""


class InputError(GapkitError):
    """The input or the call is wrong (exit status 2).

    Parameters
    ----------
    problems : iterable of Problem
        All that was found, at once.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        count = len(self.problems)
        lines = "\n".join(f"  {problem}" for problem in self.problems)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the input\n{lines}")


class NotMeasurableError(GapkitError):
    """A whole phase has no data to work on; the message says in one line what is absent and what would switch it on."""


class RunError(GapkitError):
    """A run failed (exit status 1).

    Parameters
    ----------
    engagement, phase : str
        What was being run.
    message : str
        What went wrong, in one paragraph.
    cell : int or None
        Number of the notebook cell, counted from 1 over all cells, where there is one.
    source : str
        That cell's code.
    traceback : str
        The cell's traceback, for the log.
    """

    def __init__(
        self, engagement: str, phase: str, message: str, *, cell: int | None = None, source: str = "", traceback: str = ""
    ) -> None:
        self.engagement, self.phase, self.cell, self.source, self.traceback = engagement, phase, cell, source, traceback
        place = f"{engagement}, {phase}" + (f", cell {cell}" if cell is not None else "")
        super().__init__(f"{place}: {message}")
