"""A wave is closed with its first report: the second must not show the few answers that came between the two.

The first report of a wave leaves a record of which answers it counted. Later reports count these and no others: the
difference of two reports of one wave is then about nobody. Where an answer counted then is gone or has changed, nothing of
the wave is shown, since what is missing could be worked out. The record holds digests only; nobody can read an answer from
them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from gapkit.errors import InputError, Problem
from gapkit.labels import label_count
from gapkit.survey.responses import Mask, Rows

FILE: Final = "survey.json"


@dataclass(frozen=True, slots=True)
class Closed:
    """What the first report of a wave counted.

    Attributes
    ----------
    counted, left_out : frozenset of str
        Digests of the answers counted, and of those left out for their flags.
    min_group : int
        Smallest group allowed then.
    min_answered_share : float
        Share of a construct's statements that had to be answered then.
    """

    counted: frozenset[str]
    left_out: frozenset[str]
    min_group: int
    min_answered_share: float

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {
            "min_group": self.min_group,
            "min_answered_share": self.min_answered_share,
            "counted": sorted(self.counted),
            "left_out": sorted(self.left_out),
        }


class Reopened(NamedTuple):
    """The answers of a closed wave as they were when it was reported.

    Attributes
    ----------
    rows : Rows
        Those recorded.
    counted : numpy.ndarray of bool
        Who of them was counted.
    why_not : str
        Why nothing may be shown; empty when it may.
    caveats : tuple of str
        What came later.
    """

    rows: Rows
    counted: Mask
    why_not: str
    caveats: tuple[str, ...]


def row_digests(rows: Rows) -> np.ndarray:
    """Return a digest per respondent, of everything figures rest on: group, level, answers, ranks."""
    numbers = np.column_stack([rows.answers, rows.ranks])
    keys = zip(rows.token, rows.group, rows.level, numbers, strict=True)
    texts = (
        "\n".join([rows.wave, *map(str, key[:3]), *(f"{number:g}" for number in key[3]), *rows.priorities]) for key in keys
    )
    return np.array([hashlib.sha256(text.encode()).hexdigest() for text in texts], dtype=np.str_)


def closing_record(rows: Rows, counted: Mask, min_group: int, min_answered_share: float) -> dict[str, Any]:
    """Return the record of one wave as plain data.

    Parameters
    ----------
    rows : Rows
        Everybody who answered.
    counted : numpy.ndarray of bool
        Who is counted.
    min_group, min_answered_share
        As in `Closed`.
    """
    digests = row_digests(rows)
    taken, left_out = (frozenset(digests[side].tolist()) for side in (counted, ~counted))
    return Closed(taken, left_out, min_group, min_answered_share).to_dict()


def reopen(rows: Rows, closed: Closed) -> Reopened:
    """Return the answers of a wave as they were when it was closed.

    Parameters
    ----------
    rows : Rows
        Everybody who has answered by now.
    closed : Closed
        What was reported.
    """
    digests = row_digests(rows)
    recorded = closed.counted | closed.left_out
    why_not = ""
    if not recorded <= set(digests.tolist()):
        why_not = (
            "Answers that were reported before are gone or have changed, and the difference of the two reports would be "
            f"about them. Restore them; or, if no report with survey figures was handed out, delete {FILE}."
        )
    known = np.isin(digests, list(recorded))
    late = int((~known).sum())
    many = f"Fewer than {closed.min_group} answers" if late < closed.min_group else label_count(late, "answer")
    caveats = (
        f"{many} came after this wave was first reported and are not counted, as the difference would be about them. A "
        "wave of their own would show them.",
    )
    return Reopened(rows.keep(known), np.isin(digests[known], list(closed.counted)), why_not, caveats if late else ())


def read_closed(folder: Path) -> dict[str, Closed]:
    """Read the record of an engagement.

    Parameters
    ----------
    folder : Path
        The engagement folder.

    Returns
    -------
    dict of str to Closed
        By wave; empty before the first report.

    Raises
    ------
    InputError
        When the file is not one gapkit wrote.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(wave): Closed(
                frozenset(one["counted"]), frozenset(one["left_out"]), int(one["min_group"]),
                float(one["min_answered_share"]),
            )
            for wave, one in data["waves"].items()
        }  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            [
                Problem(
                    "not a record of closed survey waves gapkit can read",
                    FILE,
                    value=f"{type(error).__name__}: {error}",
                    allowed="the file as gapkit wrote it",
                    remedy="Restore it from your backup. Delete it only if no report with survey figures was handed out.",
                )
            ]
        ) from error
